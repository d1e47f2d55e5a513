"""The customer's side: what the page and `Phone` do, and what the service hears of it."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.simulator.handset import NotThereError
from api.simulator.options import Delays, Product, Retries
from tests.api.simulator.conftest import ASHA, NUMBER, Graph, until
from tests.api.simulator.receiver import Receiver
from tests.api.simulator.test_messages import bill, buttons, rows

Start = Callable[..., Graph]
Json = dict[str, Any]
KEY = f"{NUMBER.phone_number_id}.{ASHA}"


def last(receiver: Receiver, graph: Graph) -> Json:
    """The message that came last."""
    graph.simulator.wait_until_delivered()
    return receiver.items("messages")[-1]


def test_a_customer_quotes_edits_reacts_and_deletes(receiver: Receiver, start: Start) -> None:
    graph = start()
    asha = graph.simulator.phone(ASHA, "Asha")
    first = asha.say("2 kg sugar")
    shops = graph.sent(type="text", text={"body": "Which brand?"})

    asha.say("any", quote=shops)
    assert last(receiver, graph)["context"] == {"from": NUMBER.digits, "id": shops}
    asha.edit(first, "3 kg sugar")
    edited = last(receiver, graph)
    assert edited["edit"] == {
        "original_message_id": first,
        "message": {"type": "text", "text": {"body": "3 kg sugar"}},
    }
    assert edited["id"] != first
    asha.react(shops, "👍")
    assert last(receiver, graph)["reaction"] == {"message_id": shops, "emoji": "👍"}
    asha.react(shops, "")
    assert last(receiver, graph)["reaction"] == {"message_id": shops}
    asha.delete(first)
    assert last(receiver, graph)["revoke"] == {"original_message_id": first}
    with pytest.raises(NotThereError):
        asha.edit(first, "again")
    with pytest.raises(NotThereError):
        asha.edit(shops, "mine now")


def test_a_customer_taps_buttons_rows_and_quick_replies(receiver: Receiver, start: Start) -> None:
    quick = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]}
    template = {"name": "sale", "language": "en", "components": [{"type": "BODY", "text": "Sale"}, quick]}
    graph = start(templates={NUMBER.waba_id: [template]})
    asha = graph.simulator.phone(ASHA)
    asha.say("hello")
    asked, listed = graph.sent(**buttons(2)), graph.sent(**rows(3))
    payload = [
        {"type": "button", "sub_type": "quick_reply", "index": 0, "parameters": [{"type": "payload", "payload": "P"}]}
    ]
    sale = graph.sent(type="template", template={"name": "sale", "language": {"code": "en"}, "components": payload})

    asha.tap(asked, "y1")
    tapped = last(receiver, graph)
    assert tapped["interactive"] == {"type": "button_reply", "button_reply": {"id": "y1", "title": "1Yes"}}
    assert tapped["context"]["id"] == asked
    asha.tap(listed, "2r")
    row = {"id": "2r", "title": "t", "description": "d"}
    assert last(receiver, graph)["interactive"] == {"type": "list_reply", "list_reply": row}
    asha.tap(sale, "Stop")
    assert last(receiver, graph)["button"] == {"payload": "P", "text": "Stop"}
    for wamid, button in ((asked, "y7"), (sale, "Go"), ("wamid.unknown", "y1")):
        with pytest.raises(NotThereError):
            asha.tap(wamid, button)


def test_a_customer_sends_files_places_carts_and_forms(receiver: Receiver, start: Start) -> None:
    graph = start()
    asha = graph.simulator.phone(ASHA)
    asha.send_file("audio", b"sound", "audio/ogg; codecs=opus", voice=True)
    audio = last(receiver, graph)["audio"]
    assert (audio["voice"], audio["mime_type"]) == (True, "audio/ogg; codecs=opus")
    asha.send_file("document", b"%PDF", "application/pdf", filename="list.pdf")
    assert last(receiver, graph)["document"]["filename"] == "list.pdf"
    asha.send_location(12.97, 77.6, "Home")
    assert last(receiver, graph)["location"] == {"latitude": 12.97, "longitude": 77.6, "name": "Home"}
    item = {"product_retailer_id": "SUGAR-1KG", "quantity": 2, "item_price": 48, "currency": "INR"}
    asha.send_cart([item], text="soon please")
    order = last(receiver, graph)["order"]
    assert (order["product_items"], order["text"]) == ([item], "soon please")
    form = {"name": "address_message", "parameters": {"country": "IN"}}
    asked = graph.sent(
        type="interactive", interactive={"type": "address_message", "body": {"text": "Where?"}, "action": form}
    )
    asha.answer_form(asked, "address_message", {"values": {"in_pin_code": "560001"}})
    reply = last(receiver, graph)["interactive"]["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"values": {"in_pin_code": "560001"}}


def test_a_customer_pays_what_is_asked_for(receiver: Receiver, start: Start) -> None:
    graph = start(delays=Delays(sent=None, delivered=None, read=None))
    asha = graph.simulator.phone(ASHA)
    hello = asha.say("hello")
    asked = graph.sent(**bill("O-17"))

    asha.pay(asked)
    graph.simulator.wait_until_delivered()

    (status,) = receiver.items("statuses")
    payment = status["payment"]
    assert (status["id"], status["type"], status["status"], status["recipient_id"]) == (
        asked,
        "payment",
        "captured",
        ASHA,
    )
    assert (payment["reference_id"], payment["currency"]) == ("O-17", "INR")
    assert payment["amount"] == {"value": 1100, "offset": 100}
    assert payment["transaction"]["status"] == "success"
    with pytest.raises(NotThereError):
        asha.pay(hello)


def test_the_page_loads_nothing_from_elsewhere_and_says_so(start: Start) -> None:
    address = start().simulator.address
    page = httpx.get(f"{address}/", follow_redirects=True)
    assert page.url.path == "/phone/"
    found = set(re.findall(r'(?:src|href)="([^"]+)"', page.text))
    assert found
    while found:
        answer = httpx.get(address + found.pop())
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        if "javascript" in answer.headers["content-type"]:
            found |= {f"/phone/{name}" for name in re.findall(r'from "\./([^"]+)"', answer.text)}
            assert "innerHTML" not in answer.text
    assert httpx.get(f"{address}/phone/secrets.txt").status_code == 404


def test_a_person_plays_a_customer_on_the_page(receiver: Receiver, start: Start) -> None:
    graph = start(products=(Product("SUGAR-1KG", "Sugar 1 kg", 48.0, "INR"),))
    with httpx.Client(base_url=f"{graph.simulator.address}/phone/api") as page:
        customer = {"wa_id": ASHA, "name": "Asha", "phone_number_id": NUMBER.phone_number_id}
        assert page.post("/customers", json=customer).json()["key"] == KEY

        said = page.post(f"/chats/{KEY}/actions", json={"action": "say", "arguments": {"text": "2 kg sugar"}}).json()[
            "id"
        ]
        png = {"Content-Type": "image/png"}
        page.post(f"/chats/{KEY}/files", params={"kind": "image", "caption": "this"}, content=b"picture", headers=png)
        graph.sent(type="text", text={"body": "Yes"})
        until(lambda: page.get("/state").json()["chats"][0]["messages"][-1]["status"] == "read")

        state = page.get("/state").json()
        assert state["products"] == [
            {"retailer_id": "SUGAR-1KG", "name": "Sugar 1 kg", "price": 48.0, "currency": "INR"}
        ]
        (chat,) = state["chats"]
        assert (chat["name"], chat["open"], chat["shop"]) == ("Asha", True, NUMBER.verified_name)
        assert [(message["mine"], message["type"]) for message in chat["messages"]] == [
            (True, "text"),
            (True, "image"),
            (False, "text"),
        ]
        assert chat["messages"][0]["id"] == said
        picture = page.get(f"/media/{chat['messages'][1]['content']['id']}")
        assert (picture.content, picture.headers["content-type"]) == (b"picture", "image/png")


def test_the_page_hears_of_what_the_shop_writes_at_once(start: Start) -> None:
    graph = start()
    address = f"{graph.simulator.address}/phone/api/changes"
    with httpx.stream("GET", address, timeout=20) as stream:
        events = (json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line)
        graph.simulator.phone(ASHA).say("hello")
        heard = next(event for event in events if "key" in event)

    assert heard["key"] == KEY
    assert heard["messages"][0]["content"] == {"body": "hello"}


def test_the_page_tells_whether_the_service_is_there(receiver: Receiver, start: Start) -> None:
    receiver.answer = lambda number: 503 if number == 1 else 200
    graph = start(retries=Retries(first_seconds=0.5))
    state = f"{graph.simulator.address}/phone/api/state"
    graph.simulator.phone(ASHA).say("hello")
    until(lambda: not httpx.get(state).json()["connected"])
    graph.simulator.wait_until_delivered()

    assert httpx.get(state).json()["connected"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"action": "network"}, 422),
        ({"action": "say", "arguments": {"words": "x"}}, 422),
        ({"action": "tap", "arguments": {"wamid": "wamid.unknown", "button": "x"}}, 404),
    ],
)
def test_the_page_can_do_nothing_else(start: Start, given: Json, status: int) -> None:
    graph = start()
    graph.simulator.phone(ASHA).say("hello")

    assert httpx.post(f"{graph.simulator.address}/phone/api/chats/{KEY}/actions", json=given).status_code == status
    assert httpx.post(f"{graph.simulator.address}/phone/api/chats/1.2/actions", json=given).status_code == 404
