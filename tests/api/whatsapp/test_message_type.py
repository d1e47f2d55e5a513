"""What messages say, in all the forms in which they are met."""

from decimal import Decimal
from typing import Any

import orjson
import pytest

from api.conversation.content import CartItem, MessageContent
from api.whatsapp.form_reply import read_form
from api.whatsapp.message_type import READERS, read_content, reply_to

ADDRESS = {
    "in_pin_code": "400063", "building_name": "Cello Triumph", "landmark_area": "near the lake",
    "address": "IB Patel Rd", "city": "Mumbai", "name": "Asha Rao", "phone_number": "+919000000001",
    "floor_number": "8", "tower_number": "B", "house_number": "12", "state": "Maharashtra",
}  # fmt: skip
WRITTEN = (
    "Name: Asha Rao\nPhone: +919000000001\n"
    "Address: House 12, Floor 8, Tower B, Cello Triumph, IB Patel Rd, near the lake, Mumbai, Maharashtra - 400063"
)


def nfm(data: object, name: str | None = "flow", body: str = "Sent") -> dict[str, Any]:
    told = data if isinstance(data, str | None) else orjson.dumps(data).decode()
    reply = {"name": name, "body": body, "response_json": told}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}


@pytest.mark.parametrize("data", [{"values": ADDRESS, "saved_address_id": "a1"}, ADDRESS])
def test_an_address_form_reads_like_a_written_address(data: object) -> None:
    content = read_content(nfm(data, "address_message"))
    assert content.text == WRITTEN
    assert content.parts["address"] == ADDRESS
    assert content.parts["form"]["name"] == "address_message"


def test_a_flow_s_answers_are_kept_and_its_line_is_what_stands_in_the_chat() -> None:
    content = read_content(nfm({"screen_0_size": "M", "flow_token": "unused"}))
    assert content.text == "Sent"
    assert content.parts["form"] == {"name": "flow", "data": {"screen_0_size": "M", "flow_token": "unused"}}
    assert "address" not in content.parts


@pytest.mark.parametrize("data", ["", None, "{broken", "[1, 2]", '"words"', "3", "null", "\ud83d", {"values": []}])
def test_a_form_that_holds_anything_is_read(data: object) -> None:
    content = read_content(nfm(data, None))
    assert content.text == "Sent"
    assert content.parts["form"]["name"] == "flow"


@pytest.mark.parametrize("reply", [None, 3, [], "x", {}, {"response_json": {"values": ADDRESS}}])
def test_a_form_reply_of_any_shape_is_read(reply: object) -> None:
    assert read_form(reply).name == "flow"


def test_a_call_permission_is_kept() -> None:
    told = {"response": "accept", "is_permanent": False, "expiration_timestamp": 1760000000, "response_source": "user"}
    content = read_content({"type": "interactive", "interactive": {"call_permission_reply": told}})
    assert content.parts == {"call_permission": told}


@pytest.mark.parametrize("answer", [None, {}, [], 3, {"type": "nfm_reply"}, {"button_reply": 3}, {"list_reply": None}])
def test_an_answer_that_is_missing_says_nothing(answer: object) -> None:
    content = read_content({"type": "interactive", "interactive": answer, "errors": [{"code": 131051, "title": "T"}]})
    assert content == MessageContent("interactive", parts={"errors": [{"code": 131051, "title": "T"}]})
    assert content.preview == "Answer"


def test_a_template_s_button_needs_no_context() -> None:
    assert read_content({"type": "button", "button": {"text": "Haan"}}) == MessageContent("button", "Haan")
    assert read_content({"type": "button"}) == MessageContent("button")


def test_shared_contacts_are_kept_by_name_and_number() -> None:
    cards = [
        {"name": {"formatted_name": "Lata Devi"}, "phones": [{"phone": "+91 90000 00002", "wa_id": "919000000002"}]},
        {"name": {"first_name": "Ravi", "last_name": "K"}, "org": {"company": "Stores"}},
        {"phones": [{"phone": "1"}]},
        {},
        None,
    ]
    found = read_content({"type": "contacts", "contacts": cards}).parts["contacts"]
    assert [card.get("name") for card in found] == ["Lata Devi", "Ravi K", None, None, None]
    assert found[0]["phones"][0]["wa_id"] == "919000000002"
    assert found[1]["org"] == {"company": "Stores"}


def test_a_cart_keeps_the_prices_that_the_customer_saw_and_rows_that_come_twice() -> None:
    row = {"product_retailer_id": "S-1", "quantity": "2", "item_price": "49.5", "currency": "INR"}
    content = read_content(
        {"type": "order", "order": {"catalog_id": 194836, "product_items": [row, row | {"quantity": 1}]}}
    )
    assert content.items == (
        CartItem("S-1", Decimal(2), Decimal("49.5"), "INR"),
        CartItem("S-1", Decimal(1), Decimal("49.5"), "INR"),
    )
    assert content.parts == {"catalog_id": "194836"}
    assert MessageContent.of("order", "", orjson.loads(orjson.dumps(content.attributes()))) == content


def test_a_message_tells_what_it_was_forwarded_from_and_what_it_is_about() -> None:
    context = {
        "forwarded": True,
        "frequently_forwarded": False,
        "id": "wamid.0",
        "referred_product": {"catalog_id": "C", "product_retailer_id": "S-1"},
    }
    item = {"type": "text", "text": {"body": "is this there?"}, "context": context}
    content = read_content(item)
    assert (content.sku, content.parts["context"]) == ("S-1", {"forwarded": True, "catalog_id": "C"})
    assert reply_to(item) == "wamid.0"


def test_an_advertisement_that_brought_the_customer_is_kept() -> None:
    referral = {"source_url": "https://fb.me/x", "source_id": "120", "source_type": "ad", "ctwa_clid": "Aff-n8"}
    content = read_content({"type": "text", "text": {"body": "hi"}, "referral": referral})
    assert content.parts["referral"] == referral


def test_a_file_tells_its_type_and_name() -> None:
    file = {
        "id": "9",
        "mime_type": "application/pdf",
        "sha256": "x",
        "filename": "list.pdf",
        "url": "https://x",
        "caption": "2",
    }
    content = read_content({"type": "document", "document": file})
    assert (content.text, content.media_id) == ("2", "9")
    assert content.parts["file"] == {"mime_type": "application/pdf", "sha256": "x", "filename": "list.pdf"}


@pytest.mark.parametrize("item", [{"type": "voice", "voice": {"id": 9}}, {"type": "voice", "audio": {"id": "9"}}])
def test_a_voice_message_of_old_has_its_file(item: dict[str, Any]) -> None:
    assert read_content(item).media_id == "9"


def test_what_cannot_be_shown_says_what_it_was() -> None:
    poll = read_content({"type": "unsupported", "unsupported": {"type": "poll_creation"}, "errors": [{"code": 131051}]})
    assert (poll.preview, poll.is_for_engine) == ("Message that cannot be shown (poll_creation)", False)
    assert read_content({"type": "unsupported"}).preview == "Message that cannot be shown"


@pytest.mark.parametrize(
    ("item", "type_"),
    [
        ({"text": {"body": "x"}}, "text"),
        ({"type": "TEXT", "text": {"body": "x"}}, "text"),
        ({"type": 7}, "7"),
        ({"type": {}}, "unknown"),
        ({}, "unknown"),
        ({"type": "x" * 500}, "x" * 64),
    ],
)
def test_the_type_is_found_where_it_is_missing_or_written_otherwise(item: dict[str, Any], type_: str) -> None:
    assert read_content(item).type == type_


def test_an_edit_says_the_new_words_in_their_own_form() -> None:
    inner = {"type": "image", "image": {"caption": "2 piece", "id": "9"}}
    item = {"type": "edit", "edit": {"original_message_id": "wamid.0", "message": inner}}
    content = read_content(item)
    assert (content.type, content.text, content.media_id, content.parts["edited_type"]) == (
        "edit",
        "2 piece",
        "9",
        "image",
    )
    assert reply_to(item) == "wamid.0"


@pytest.mark.parametrize("edit", [None, {}, 3, {"message": None}, {"message": {"type": "edit", "edit": {}}}])
def test_an_edit_of_any_shape_is_read(edit: object) -> None:
    assert read_content({"type": "edit", "edit": edit}).text == ""


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize(
    "part", [None, 0, "x", [], [None], [[]], {"id": []}, {"body": {}}, {"name": 3, "message_id": []}]
)
def test_no_part_of_any_shape_is_too_much(kind: str, part: object) -> None:
    content = read_content(
        {"type": kind, kind: part, "context": part, "referral": part, "errors": part, "group_id": part}
    )
    assert content.preview
    assert MessageContent.of(kind, content.text, orjson.loads(orjson.dumps(content.attributes()))).type == kind
