"""Templates: what may be sent of them, and how Graph lists and makes them."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.simulator.options import Options
from tests.api.simulator.conftest import NO_LIMITS, NUMBER, Graph, simulating

Json = dict[str, Any]
READY: Json = {
    "name": "order_ready",
    "language": "en",
    "components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Dear {{1}}, order {{2}} is ready"},
        {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Thanks"},
            {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}"},
        ]},
    ],
}  # fmt: skip
NAMED: Json = {
    "name": "named",
    "language": "en",
    "parameter_format": "NAMED",
    "components": [{"type": "BODY", "text": "Dear {{customer}}"}],
}
OTHERS: list[Json] = [
    {"name": "paused", "language": "en", "status": "PAUSED"},
    {"name": "disabled", "language": "en", "status": "DISABLED"},
    {"name": "pending", "language": "en", "status": "PENDING"},
    {"name": "login", "language": "en", "category": "AUTHENTICATION"},
]
HEADER = {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://shop.example/a.png"}}]}
BODY = {"type": "body", "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "17"}]}
TRACK = {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "17"}]}


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    yield from simulating(Options(templates={NUMBER.waba_id: [READY, NAMED, *OTHERS]}, limits=NO_LIMITS))


def template(name: str = "order_ready", *components: Json, language: str = "en") -> Json:
    return {"type": "template", "template": {"name": name, "language": {"code": language}, "components": [*components]}}


def body(*texts: str) -> Json:
    return {"type": "body", "parameters": [{"type": "text", "text": each} for each in texts]}


def test_a_template_with_all_that_it_needs_is_accepted(graph: Graph) -> None:
    answer = graph.message(**template("order_ready", HEADER, BODY, TRACK)).json()

    assert answer["messages"][0]["message_status"] == "accepted"


def test_named_parameters_are_matched_by_name(graph: Graph) -> None:
    def named(name: str) -> Json:
        return {"type": "body", "parameters": [{"type": "text", "parameter_name": name, "text": "Asha"}]}

    graph.sent(**template("named", named("customer")))
    assert graph.code(**template("named", named("order"))) == 100


REFUSED = {
    "unknown": (template("unknown"), 132001),
    "in another language": (template(language="hi"), 132001),
    "not approved yet": (template("pending"), 132001),
    "paused": (template("paused"), 132015),
    "disabled": (template("disabled"), 132016),
    "one text too few": (template("order_ready", HEADER, body("Asha"), TRACK), 132000),
    "one text too many": (template("order_ready", HEADER, body("A", "B", "C"), TRACK), 132000),
    "an empty text": (template("order_ready", HEADER, body("", "17"), TRACK), 100),
    "a text of two lines": (template("order_ready", HEADER, body("A\nB", "17"), TRACK), 132018),
    "too long a text": (template("order_ready", HEADER, body("x" * 1020, "17"), TRACK), 132005),
    "no picture": (template("order_ready", BODY, TRACK), 132012),
    "words for a picture": (template("order_ready", body("A") | {"type": "header"}, BODY, TRACK), 132012),
    "no address for the button": (template("order_ready", HEADER, BODY), 131008),
    "a button that is not there": (template("order_ready", HEADER, BODY, TRACK | {"index": 2}), 131009),
    "a button of another kind": (template("order_ready", HEADER, BODY, TRACK | {"index": 0}), 132012),
}


@pytest.mark.parametrize(("message", "code"), REFUSED.values(), ids=REFUSED)
def test_a_template_that_does_not_fit_is_refused(graph: Graph, message: Json, code: int) -> None:
    assert graph.code(**message) == code


def test_a_login_code_is_not_sent_to_a_user_id(graph: Graph) -> None:
    message = {"messaging_product": "whatsapp", "recipient": "IN.1349", **template("login")}

    assert graph.send(message).json()["error"]["code"] == 131062


def test_templates_are_listed_in_pages_and_by_status(graph: Graph) -> None:
    names: list[str] = []
    after: str | None = "0"
    while after is not None:
        page = graph.http.get(f"/v24.0/{NUMBER.waba_id}/message_templates", params={"limit": 3, "after": after}).json()
        names += [row["name"] for row in page["data"]]
        after = page["paging"]["cursors"]["after"] if "next" in page["paging"] else None
    paused = graph.http.get(f"/v24.0/{NUMBER.waba_id}/message_templates", params={"status": "PAUSED", "fields": "name"})

    assert names == ["hello_world", "order_ready", "named", "paused", "disabled", "pending", "login"]
    assert [set(row) for row in paused.json()["data"]] == [{"name", "id"}]


def test_a_template_is_made_looked_up_and_deleted(graph: Graph) -> None:
    path = f"/v25.0/{NUMBER.waba_id}/message_templates"
    wanted = {
        "name": "sale",
        "language": "en",
        "category": "MARKETING",
        "components": [{"type": "BODY", "text": "Sale!"}],
    }

    made = graph.http.post(path, json=wanted).json()

    assert made["status"] == "PENDING"
    assert graph.http.get(f"/v25.0/{made['id']}").json()["name"] == "sale"
    assert graph.http.post(path, json=wanted).json()["error"]["code"] == 100
    assert graph.http.delete(path, params={"name": "sale"}).json() == {"success": True}
    assert graph.http.delete(path, params={"name": "sale"}).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"name": "With Spaces"},
        {"category": "TRANSACTIONAL"},
        {"components": [{"type": "FOOTER", "text": "x"}]},
        {"components": [{"type": "BODY", "text": "Dear {{1}}"}]},
        {"components": [{"type": "BODY", "text": "Dear {{2}}", "example": {"body_text": [["x"]]}}]},
    ],
)
def test_a_template_that_meta_would_not_take_is_not_made(graph: Graph, change: Json) -> None:
    wanted = {"name": "new", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hi"}]}

    answer = graph.http.post(f"/v25.0/{NUMBER.waba_id}/message_templates", json=wanted | change)

    assert answer.json()["error"]["code"] == 100
