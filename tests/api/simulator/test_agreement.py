"""The service's checks before it sends, and the simulator's, were written apart: here they check each other."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from api.sending.message import body_of, outgoing
from api.simulator.check.message import check_message
from api.simulator.check.node import Node
from api.simulator.check.template import TemplateCheck
from api.simulator.clock import Clock
from api.simulator.graph_error import GraphError
from api.simulator.media import MediaStore
from api.simulator.options import Faults
from api.simulator.template_book import TemplateBook
from tests.api.simulator.conftest import ASHA
from tests.api.simulator.test_messages import ACCEPTED, REFUSED

Json = dict[str, Any]
# What Meta is asked or told beside the content.
NOT_IN_CONTENT = {"a tracker of 513", "an unknown upload"}
STORE = MediaStore(Clock(), 300, Faults())
TEMPLATES = TemplateCheck(TemplateBook({}), "1", STORE)


def body_by_service(kind: str, content: Any) -> Json | None:  # noqa: ANN401 - any JSON
    """What the service would tell Meta, None where it refuses."""
    try:
        return body_of(outgoing(kind, content))
    except ValidationError:
        return None


def is_taken(body: Json) -> bool:
    """Whether the simulator accepts a message with this content."""
    try:
        check_message(Node({"messaging_product": "whatsapp", "to": ASHA, **body}), TEMPLATES, STORE)
    except GraphError:
        return False
    return True


@pytest.mark.parametrize("message", ACCEPTED.values(), ids=ACCEPTED)
def test_the_service_sends_what_meta_accepts_and_as_meta_accepts_it(message: Json) -> None:
    kind = message.get("type", "text").lower()
    body = body_by_service(kind, message[kind])

    assert body is not None
    assert is_taken(body)


@pytest.mark.parametrize("name", REFUSED.keys() - NOT_IN_CONTENT)
def test_the_service_refuses_what_meta_would_refuse(name: str) -> None:
    message, _, _ = REFUSED[name]

    assert body_by_service(message["type"], message.get(message["type"])) is None


def words(limit: int, *, empty: bool = True) -> st.SearchStrategy[str]:
    """Texts about as long as the limit. How Meta judges an empty one that may be missing is not known: not `empty`."""
    lengths = [1, limit, 1, limit - 1, limit, 1, limit + 1, *([0] if empty else [])]
    return st.sampled_from(lengths).map(lambda length: "x" * length)


def several(each: st.SearchStrategy[Json], limit: int) -> st.SearchStrategy[list[Json]]:
    """About as many as the limit, with ids of their own."""
    lists = st.lists(each, min_size=1, max_size=limit + 1)
    return lists.map(lambda rows: [row | {"id": f"{number}{row['id']}"} for number, row in enumerate(rows)])


TEXT_HEADER = words(60).map(lambda text: {"type": "text", "text": text})
AROUND = {"body": words(1024).map(lambda text: {"text": text})}
AROUND_LIST = {"body": words(4096).map(lambda text: {"text": text})}
MAYBE = {"header": TEXT_HEADER, "footer": words(60).map(lambda text: {"text": text})}
BUTTONS = several(st.fixed_dictionaries({"id": words(255), "title": words(18)}), 3).map(
    lambda replies: {
        "buttons": [
            {"type": "reply", "reply": each | {"title": f"{n}{each['title']}"}} for n, each in enumerate(replies)
        ]
    }
)
ROWS = several(
    st.fixed_dictionaries({"id": words(199), "title": words(24)}, optional={"description": words(72, empty=False)}), 5
)
SECTIONS = st.lists(
    st.fixed_dictionaries({"rows": ROWS}, optional={"title": words(24, empty=False)}), min_size=1, max_size=3
)
LISTS = st.fixed_dictionaries({"button": words(20), "sections": SECTIONS}).map(
    lambda action: (
        action
        | {
            "sections": [
                section | {"rows": [row | {"id": f"{number}{row['id']}"} for row in section["rows"]]}
                for number, section in enumerate(action["sections"])
            ]
        }
    )
)
LINK = st.fixed_dictionaries(
    {"display_text": words(20), "url": st.sampled_from(["https://shop.example", "shop.example", "ftp://shop.example"])}
).map(lambda parameters: {"name": "cta_url", "parameters": parameters})
INTERACTIVE = st.one_of(
    st.fixed_dictionaries({"type": st.just("button"), "action": BUTTONS, **AROUND}, optional=MAYBE),
    st.fixed_dictionaries({"type": st.just("list"), "action": LISTS, **AROUND_LIST}, optional=MAYBE),
    st.fixed_dictionaries({"type": st.just("cta_url"), "action": LINK, **AROUND}, optional=MAYBE),
)


@given(INTERACTIVE)
@settings(max_examples=300, deadline=None)
def test_service_and_simulator_judge_alike(content: Json) -> None:
    body = body_by_service("interactive", content)

    assert (body is not None) == is_taken({"type": "interactive", "interactive": content})
    assert body is None or is_taken(body)
