"""What Graph takes and refuses of each type of message: at each limit, and one beyond it."""

from typing import Any

import pytest

from tests.api.simulator.conftest import ASHA, NUMBER, Graph

Json = dict[str, Any]
BODY = {"body": {"text": "b"}}


def buttons(count: int = 1, *, title: str = "Yes", identity: str = "y", **changes: Any) -> Json:  # noqa: ANN401 - any JSON
    rows = [{"type": "reply", "reply": {"id": f"{identity}{n}", "title": f"{n}{title}"}} for n in range(count)]
    return interactive("button", {"buttons": rows}, **changes)


def rows(count: int = 1, *, title: str = "t", description: str = "d", identity: str = "r", sections: int = 1) -> Json:
    each = [{"id": f"{n}{identity}", "title": title, "description": description} for n in range(count)]
    parts = [{"title": f"s{n}", "rows": each[n::sections]} for n in range(sections)]
    return interactive("list", {"button": "Choose", "sections": parts})


def interactive(kind: str, action: Json, **changes: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"type": "interactive", "interactive": {"type": kind, **BODY, "action": action, **changes}}


def products(count: int) -> Json:
    items = [{"product_retailer_id": str(n)} for n in range(count)]
    action = {"catalog_id": "1", "sections": [{"title": "All", "product_items": items}]}
    return interactive("product_list", action, header={"type": "text", "text": "h"})


def bill(reference: str, *, total: int = 1100, subtotal: int = 1000, quantity: Any = 1, name: str = "bread") -> Json:  # noqa: ANN401 - what is tested
    item = {"name": name, "amount": {"value": 1500, "offset": 100}, "quantity": quantity}
    order = {
        "status": "pending",
        "items": [item | {"sale_amount": {"value": 1000, "offset": 100}}],
        "subtotal": {"value": subtotal, "offset": 100},
        "tax": {"value": 100, "offset": 100},
    }
    parameters = {
        "reference_id": reference,
        "type": "physical-goods",
        "currency": "INR",
        "total_amount": {"value": total, "offset": 100},
        "order": order,
    }
    return interactive("order_details", {"name": "review_and_pay", "parameters": parameters})


def text(body: Any = "hello") -> Json:  # noqa: ANN401 - what is tested
    return {"type": "text", "text": {"body": body}}


def place(latitude: Any, longitude: Any) -> Json:  # noqa: ANN401 - what is tested
    return {"type": "location", "location": {"latitude": latitude, "longitude": longitude}}


def link(**content: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"link": "https://shop.example/file", **content}


URL = {"name": "cta_url", "parameters": {"display_text": "x" * 20, "url": "https://shop.example"}}
ADDRESS = {"name": "address_message", "parameters": {"country": "IN"}}
FLOW = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Open"}

ACCEPTED: dict[str, Json] = {
    "a text of 4096": text("x" * 4096),
    "a text without its type": {"text": {"body": "x"}},
    "a type in capitals": {"type": "TEXT", "text": {"body": "x"}},
    "a quote": text() | {"context": {"message_id": "wamid.any"}},
    "a tracker of 512": text() | {"biz_opaque_callback_data": "x" * 512},
    "three buttons, titles of 20, ids of 256": buttons(3, title="x" * 19, identity="x" * 255),
    "a body of 1024": buttons(body={"text": "x" * 1024}),
    "a header and a footer of 60": buttons(header={"type": "text", "text": "x" * 60}, footer={"text": "x" * 60}),
    "a picture above buttons": buttons(header={"type": "image", "image": link()}),
    "ten rows, titles of 24, texts of 72, ids of 200": rows(
        10, title="x" * 24, description="x" * 72, identity="x" * 199
    ),
    "ten rows in three sections": rows(10, sections=3),
    "a link": interactive("cta_url", URL),
    "a request for the location": interactive("location_request_message", {"name": "send_location"}),
    "a request for the address": interactive("address_message", ADDRESS),
    "a product without a body": {
        "type": "interactive",
        "interactive": {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "a"}},
    },
    "thirty products": products(30),
    "the catalogue": interactive("catalog_message", {"name": "catalog_message"}),
    "a flow": interactive("flow", {"name": "flow", "parameters": FLOW}),
    "coordinates as texts": place("39.28", "-84.26"),
    "a picture by link": {"type": "image", "image": link(caption="x" * 1024)},
    "a document with its name": {"type": "document", "document": link(filename="bill.pdf")},
    "a contact": {"type": "contacts", "contacts": [{"name": {"formatted_name": "A B", "first_name": "A"}}]},
    "a reaction": {"type": "reaction", "reaction": {"message_id": "wamid.any", "emoji": "👍"}},
    "a reaction that is taken away": {"type": "reaction", "reaction": {"message_id": "wamid.any", "emoji": ""}},
    "a bill whose sums are right": bill("right"),
}

REFUSED: dict[str, tuple[Json, int, str]] = {
    "a text of 4097": (text("x" * 4097), 100, "at most 4096"),
    "an empty text": (text(" "), 131008, "text['body'] is required"),
    "a text that is none": (text(5), 100, "must be a string"),
    "an unknown field": ({"type": "text", "text": {"body": "x", "colour": "red"}}, 100, 'Unexpected key "colour"'),
    "an unknown type": ({"type": "poll", "poll": {}}, 100, "must be one of"),
    "no content": ({"type": "image"}, 131008, "image is required"),
    "a tracker of 513": (text() | {"biz_opaque_callback_data": "x" * 513}, 100, "at most 512"),
    "four buttons": (buttons(4), 131009, "Max length: 3"),
    "a button's title of 21": (buttons(title="x" * 20), 131009, "Max length: 20"),
    "a button's id of 257": (buttons(identity="x" * 256), 100, "at most 256"),
    "no button": (buttons(0), 131009, "Min length: 1"),
    "a body of 1025": (buttons(body={"text": "x" * 1025}), 100, "at most 1024"),
    "no body": (buttons(body=None), 131008, "interactive['body'] is required"),
    "a header of 61": (buttons(header={"type": "text", "text": "x" * 61}), 100, "at most 60"),
    "a footer of 61": (buttons(footer={"text": "x" * 61}), 100, "at most 60"),
    "eleven rows": (rows(11), 131009, "max allowed count: 10"),
    "a row's title of 25": (rows(title="x" * 25), 100, "at most 24"),
    "a row's text of 73": (rows(description="x" * 73), 100, "at most 72"),
    "a row's id of 201": (rows(identity="x" * 200), 100, "at most 200"),
    "a picture above a list": (
        rows() | {"interactive": rows()["interactive"] | {"header": {"type": "image", "image": link()}}},
        100,
        "must be one of {TEXT}",
    ),
    "a link's text of 21": (
        interactive(
            "cta_url", {"name": "cta_url", "parameters": {"display_text": "x" * 21, "url": "https://a.example"}}
        ),
        100,
        "at most 20",
    ),
    "31 products": (products(31), 131009, "max allowed count: 30"),
    "products without a header": (
        interactive("product_list", products(1)["interactive"]["action"]),
        131008,
        "interactive['header'] is required",
    ),
    "a place off the earth": (place(91, 0), 131009, "from -90 to 90"),
    "a place without a number": (place("north", 0), 131009, "latitude"),
    "a caption of 1025": ({"type": "image", "image": link(caption="x" * 1025)}, 100, "at most 1024"),
    "a caption of a sound": ({"type": "audio", "audio": link(caption="x")}, 100, 'Unexpected key "caption"'),
    "a link that is none": ({"type": "image", "image": {"link": "file:///etc/passwd"}}, 100, "not a valid URI"),
    "an id and a link": ({"type": "image", "image": link(id="1")}, 131008, "either id or link"),
    "an unknown upload": ({"type": "image", "image": {"id": "1"}}, 100, "media attachment ID"),
    "a contact with half a name": (
        {"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]},
        131008,
        "beside formatted_name",
    ),
    "a reaction in words": (
        {"type": "reaction", "reaction": {"message_id": "w", "emoji": "ok"}},
        131009,
        "single emoji",
    ),
    "a bill that does not add up": (bill("wrong", total=1200), 131009, "is 1100"),
    "a bill whose items do not add up": (bill("wrong", subtotal=900), 131009, "items come to 1000"),
    "half an item": (bill("wrong", quantity=0.5), 131009, "whole number"),
    "an item's name of 61": (bill("wrong", name="x" * 61), 100, "at most 60"),
    "a reference of 36": (bill("x" * 36), 100, "at most 35"),
}


@pytest.mark.parametrize("message", ACCEPTED.values(), ids=ACCEPTED)
def test_what_meta_accepts_is_accepted(graph: Graph, message: Json) -> None:
    answer = graph.message(**message)

    assert answer.status_code == 200, answer.text
    assert answer.json()["contacts"] == [{"input": f"+{ASHA}", "wa_id": ASHA}]
    assert answer.json()["messages"][0]["id"].startswith("wamid.")


@pytest.mark.parametrize(("message", "code", "says"), REFUSED.values(), ids=REFUSED)
def test_what_meta_refuses_is_refused_by_code_and_details(graph: Graph, message: Json, code: int, says: str) -> None:
    answer = graph.message(**message)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["type"]) == (400, code, "OAuthException")
    assert says in error["error_data"]["details"]
    assert error["message"].startswith(f"(#{code}) ")
    assert error["fbtrace_id"]


def test_an_order_is_billed_once_and_only_such_an_order_has_a_status(graph: Graph) -> None:
    def status(reference: str, status: str) -> Json:
        parameters = {"reference_id": reference, "order": {"status": status}}
        return interactive("order_status", {"name": "review_order", "parameters": parameters})

    assert graph.code(**status("O-1", "shipped")) == 131009
    graph.sent(**bill("O-1"))
    assert graph.code(**bill("O-1")) == 131009
    graph.sent(**status("O-1", "canceled"))
    assert graph.code(**status("O-1", "shipped")) == 2046


def test_payments_and_indian_addresses_go_to_indian_numbers_alone(graph: Graph) -> None:
    abroad = {"messaging_product": "whatsapp", "to": "16505551234"}

    assert graph.send(abroad | bill("abroad")).json()["error"]["code"] == 131009
    assert graph.send(abroad | interactive("address_message", ADDRESS)).json()["error"]["code"] == 131009


@pytest.mark.parametrize("to", ["009190000000", "12", "Asha", "9" * 16])
def test_a_number_that_is_none_is_refused(graph: Graph, to: str) -> None:
    assert graph.send({"messaging_product": "whatsapp", "to": to, **text()}).json()["error"]["code"] == 100


def test_a_message_to_the_own_number_is_refused(graph: Graph) -> None:
    own = {"messaging_product": "whatsapp", "to": NUMBER.digits, **text()}

    assert graph.send(own).json()["error"]["code"] == 100


def test_a_customer_is_reached_by_the_user_id_as_well(graph: Graph) -> None:
    customer = graph.simulator.do(lambda network: network.customer("919000000777"))

    answer = graph.send({"messaging_product": "whatsapp", "recipient": customer.user_id, **text()})

    assert answer.json()["contacts"] == [{"input": customer.user_id, "user_id": customer.user_id}]
    assert graph.send({"messaging_product": "whatsapp", "recipient": "91", **text()}).json()["error"]["code"] == 100


def test_a_request_that_is_no_object_is_refused(graph: Graph) -> None:
    for body in (b"[1]", b"{", b'{"messaging_product": "telegram"}', b"{}"):
        answer = graph.http.post(f"/v25.0/{NUMBER.phone_number_id}/messages", content=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_only_a_message_that_came_in_can_be_marked_as_read(graph: Graph) -> None:
    phone = graph.simulator.phone("919000000778")
    first, second = phone.say("one"), phone.say("two")
    read = {"messaging_product": "whatsapp", "status": "read", "typing_indicator": {"type": "text"}}

    assert graph.send(read | {"message_id": "wamid.unknown"}).json()["error"]["code"] == 131009
    assert graph.send(read | {"message_id": second}).json() == {"success": True}
    assert [entry.status for entry in graph.simulator.entries("919000000778")] == ["read", "read"]
    assert first != second
