"""What WhatsApp's own kinds of messages do for the draft."""

from typing import Any

import orjson

from api.conversation.models import Conversation, Message
from api.customer.models import Customer
from api.order.models import Order, OrderLine
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.payloads import message, messages_of

ADDRESS = {
    "name": "Asha Rao",
    "phone_number": "+919000000001",
    "in_pin_code": "411001",
    "house_number": "12",
    "address": "MG Road, Camp",
    "landmark_area": "near Post Office",
    "city": "Pune",
    "state": "Maharashtra",
}


def ordered(line: Line) -> list[tuple[str | None, int]]:
    return [(each.sku, int(each.quantity)) for each in line.all(OrderLine)]


def about(sku: str, text: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A message about a product of the catalogue."""
    product = {"catalog_id": "1", "product_retailer_id": sku}
    return message(text, context={"id": "wamid.catalog", "referred_product": product}) | changes


def test_a_product_that_is_asked_about_is_the_one_that_is_ordered(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, about("SUGAR-1KG", "yeh 3 bhej do")))
    assert ordered(line) == [("SUGAR-1KG", 3)]


def test_a_photo_s_product_is_the_one_that_is_ordered(line: Line, shop: Shop) -> None:
    photo = about("AATA-1KG", "", type="image", image={"id": "9", "caption": "yeh 2 chahiye"})
    line.deliver(messages_of(shop.number, photo))
    assert ordered(line) == [("AATA-1KG", 2)]


def test_an_address_that_is_filled_in_is_the_order_s(line: Line, shop: Shop) -> None:
    form = {"name": "address_message", "body": "…", "response_json": orjson.dumps({"values": ADDRESS}).decode()}
    filled = message(type="interactive", text=None, interactive={"type": "nfm_reply", "nfm_reply": form})
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do"), filled))
    (order,) = line.all(Order)
    assert ordered(line) == [("AATA-1KG", 2)]
    assert (order.name, order.pincode, order.city) == ("Asha Rao", "411001", "Pune")
    assert "MG Road" in (order.address or "")
    assert "address" not in {question["kind"] for question in order.questions}


def test_messages_that_say_nothing_order_nothing(line: Line, shop: Shop) -> None:
    first = message("2 kg aata bhej do")
    nothing = [
        message(type="reaction", reaction={"message_id": first["id"], "emoji": "2️⃣"}),
        message(type="request_welcome"),
        message(type="unsupported", unsupported={"type": "poll_creation"}),
        message(type="contacts", contacts=[{"name": {"formatted_name": "5 kg sugar"}}]),
        message(type="system", system={"type": "customer_identity_changed", "body": "5 kg sugar bhej do"}),
        message(type="interactive", interactive={"type": "call_permission_reply", "call_permission_reply": {}}),
        message(type="hologram", hologram={"body": "5 kg sugar"}),
    ]
    line.deliver(messages_of(shop.number, first))
    line.deliver(messages_of(shop.number, *nothing))
    assert ordered(line) == [("AATA-1KG", 2)]
    assert len(line.all(Message)) == 8


def test_a_group_s_message_is_its_writer_s_and_opens_no_window(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do", group_id="G1")))
    (conversation,), (row,) = line.all(Conversation), line.all(Message)
    assert (conversation.last_customer_message_at, conversation.unread_count) == (None, 1)
    assert row.attributes["group_id"] == "G1"
    assert len(line.all(Customer)) == 1
