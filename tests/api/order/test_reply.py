"""The engine's questions come as messages that can be sent as they are."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.channel.token import set_access_token
from api.encryption import Vault
from api.identity.models import Business, User
from api.order.proposal import ProposedCandidate, ProposedQuestion
from api.order.reply import replies
from api.sending.message import outgoing
from tests.factories import make_channel
from tests.shop import Shop, as_current, make_conversation, make_product, make_variant, read, wish

SIZE = ProposedQuestion("variant", "Which size for the Anarkali kurti?", 0, "size", ("S", "M"))


def asked(session: Session, shop: Shop, question: ProposedQuestion, **line: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any field
    """The messages that ask a question about the draft's one line."""
    read(session, shop.conversation, wish(None, "KURTI", **line), questions=(question,))
    (reply,) = replies(session, shop.conversation)
    assert all(outgoing(message["type"], message["content"]) for message in reply.messages)
    return [dict(message) for message in reply.messages]


def texts(values: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(value["id"], value["title"]) for value in values]


def test_few_answers_are_buttons_whose_ids_are_skus(session: Session) -> None:
    shop = Shop.open(session)

    buttons, words = asked(session, shop, SIZE, missing=("size",))

    assert buttons["conversation_id"] == shop.conversation.id
    assert buttons["content"]["type"] == "button"
    assert texts(button["reply"] for button in buttons["content"]["action"]["buttons"]) == [
        ("KURTI-S", "S"),
        ("KURTI-M", "M"),
    ]
    assert words == {
        "conversation_id": shop.conversation.id,
        "type": "text",
        "content": {"body": "Which size for the Anarkali kurti? S, M"},
    }


@pytest.mark.parametrize("count", [4, 10])
def test_more_answers_are_a_list(session: Session, count: int) -> None:
    shop = Shop.open(session)
    sizes = tuple(f"size {number}" for number in range(count))
    question = ProposedQuestion("variant", "Which size?", 0, "size", sizes)

    chosen, _ = asked(session, shop, question, missing=("size",))

    assert chosen["content"]["type"] == "list"
    (section,) = chosen["content"]["action"]["sections"]
    assert [row["title"] for row in section["rows"]] == list(sizes)


def test_too_many_answers_are_only_words(session: Session) -> None:
    shop = Shop.open(session)
    question = ProposedQuestion("variant", "Which size?", 0, "size", tuple(f"{n}" for n in range(11)))

    messages = asked(session, shop, question, missing=("size",))

    assert [message["type"] for message in messages] == ["text"]


def test_a_long_answer_goes_on_in_its_rows_description(session: Session) -> None:
    shop = Shop.open(session)
    titles = ("Anarkali kurti in blue cotton", "Anarkali kurti in red silk")
    candidates = (
        ProposedCandidate("KURTI", None, titles[0], 0.5),
        ProposedCandidate("SAREE", "SAREE", titles[1], 0.5),
    )
    question = ProposedQuestion("product", f"Which one do you mean: {' or '.join(titles)}?", 0, None, titles)

    read(session, shop.conversation, wish(None, None, candidates=candidates), questions=(question,))
    (reply,) = replies(session, shop.conversation)
    chosen, words = reply.messages

    (section,) = chosen["content"]["action"]["sections"]
    first, second = section["rows"]
    assert (first["title"], first["description"]) == ("Anarkali kurti in blue …", titles[0])
    assert first["id"].startswith("line-")
    assert second["id"] == "SAREE"
    assert words["content"]["body"] == question.text
    outgoing("interactive", chosen["content"])


def test_a_choice_that_leaves_several_variants_names_none(session: Session) -> None:
    shop = Shop.open(session)
    dress = make_product(session, shop.business, "DRESS")
    for color in ("red", "blue"):
        make_variant(session, dress, f"DRESS-S-{color}", options={"size": "S", "color": color})
    question = ProposedQuestion("variant", "Which size?", 0, "size", ("S",))

    read(session, shop.conversation, wish(None, "DRESS", missing=("size", "color")), questions=(question,))
    (reply,) = replies(session, shop.conversation)

    (button,) = reply.messages[0]["content"]["action"]["buttons"]
    assert button["reply"]["id"].endswith("-size-S")


def test_an_address_is_asked_by_a_form_in_india(session: Session) -> None:
    shop = Shop.open(session)
    question = ProposedQuestion("address", "Please share the delivery address with PIN code.")

    read(session, shop.conversation, wish("KURTI-S"), questions=(question,))
    (reply,) = replies(session, shop.conversation)

    assert [message["content"].get("type", "text") for message in reply.messages] == ["address_message", "text"]
    outgoing("interactive", reply.messages[0]["content"])


def test_without_a_draft_there_is_nothing_to_ask(session: Session) -> None:
    shop = Shop.open(session)

    assert replies(session, shop.conversation) == []


def test_a_suggested_reply_can_be_sent_as_it_is(
    client: TestClient, session: Session, business: Business, admin: User
) -> None:
    shop = shop_of(session, business, admin)
    read(session, shop.conversation, wish(None, "KURTI", missing=("size",)), questions=(SIZE,))
    session.flush()

    (suggested,) = client.get(f"/conversations/{shop.conversation.id}/suggested-replies").json()["items"]
    answer = client.post("/messages/send", json=suggested["messages"][0])

    assert suggested["question"]["option"] == "size"
    assert answer.status_code == 202
    assert answer.json()["attributes"]["choices"] == [{"id": "KURTI-S", "title": "S"}, {"id": "KURTI-M", "title": "M"}]


def shop_of(session: Session, business: Business, admin: User) -> Shop:
    """A shop of the business that the client is logged in to."""
    channel = make_channel(session, business)
    set_access_token(channel, "token", Vault([b"\x00" * 32]))
    kurti = make_product(session, business, "KURTI")
    variants = {size: make_variant(session, kurti, f"KURTI-{size}", options={"size": size}) for size in ("S", "M")}
    conversation = make_conversation(session, business, channel)
    conversation.last_customer_message_at = datetime.now(UTC)
    return Shop(business, as_current(admin), channel, conversation, variants)
