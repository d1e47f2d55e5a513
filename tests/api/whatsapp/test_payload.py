"""What the parser finds in webhooks, whatever they are made of."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversation.content import CartItem, MessageContent
from api.conversation.models import Direction
from api.customer.person import Person
from api.whatsapp.json_value import clean, loads
from api.whatsapp.payload import Malformed, OtherEvent, ReceivedMessage, ReceivedStatus, parse

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "benchmark" / "public" / "whatsapp"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
# Shapes that look like Meta's from the outside, so that the inner readers are reached.
META_KEYS = (
    "id", "from", "from_user_id", "to", "type", "timestamp", "text", "body", "image", "caption", "order", "context",
    "product_items", "product_retailer_id", "quantity", "location", "latitude", "longitude", "interactive", "title",
    "button_reply", "list_reply", "reaction", "message_id", "emoji", "button", "payload", "status", "errors",
    "referred_product", "profile", "name", "wa_id", "user_id",
)  # fmt: skip
META_LIKE = st.recursive(
    ANY_JSON | st.sampled_from(["text", "image", "order", "location", "interactive", "button", "reaction", "17", "-1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(META_KEYS), inner, max_size=8),
    max_leaves=25,
)
VALUES = st.fixed_dictionaries(
    {"metadata": st.fixed_dictionaries({"phone_number_id": st.just("1") | META_LIKE})},
    optional=dict.fromkeys(("contacts", "messages", "statuses", "errors", "message_echoes"), META_LIKE),
)
CHANGES = st.fixed_dictionaries(
    {"field": st.sampled_from(["messages", "smb_message_echoes", "history"]) | ANY_JSON, "value": VALUES}
)
ENVELOPES = st.fixed_dictionaries(
    {"entry": st.lists(st.fixed_dictionaries({"changes": st.lists(CHANGES | ANY_JSON, max_size=3)}), max_size=3)}
)


def envelope(value: dict[str, Any], field: str | None = "messages") -> dict[str, Any]:
    value = {"metadata": {"display_phone_number": "9800000001", "phone_number_id": "77"}} | value
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "9", "changes": [{"field": field, "value": value}]}],
    }


def message(**parts: object) -> dict[str, Any]:
    return {"from": "919000000001", "id": "wamid.1", "timestamp": "1750000000", "type": "text"} | parts


def content_of(**parts: object) -> MessageContent:
    (item,) = parse(envelope({"messages": [message(**parts)]}))
    assert isinstance(item, ReceivedMessage)
    return item.content


@given(ANY_JSON)
def test_any_json_is_parsed_without_an_exception(payload: object) -> None:
    parse(payload)


@given(ENVELOPES)
def test_any_envelope_is_parsed_and_everything_in_it_can_be_stored(payload: object) -> None:
    for item in parse(payload):
        assert b"\\u0000" not in orjson.dumps(item.raw)


@given(ANY_JSON)
def test_cleaning_makes_any_json_fit_for_the_database(value: object) -> None:
    assert b"\\u0000" not in orjson.dumps(clean(value))


def test_a_text_message_is_read_with_its_sender_number_and_time() -> None:
    contacts = [{"profile": {"name": "Asha"}, "wa_id": "919000000001", "user_id": "IN.42"}]
    (item,) = parse(envelope({"contacts": contacts, "messages": [message(text={"body": " 2 kg aata "})]}))
    assert isinstance(item, ReceivedMessage)
    assert item.direction is Direction.INBOUND
    assert item.person == Person("919000000001", "IN.42", "Asha")
    assert item.source.phone_number_id == "77"
    assert item.timestamp == datetime.fromtimestamp(1750000000, UTC)
    assert item.content == MessageContent("text", " 2 kg aata ")


def test_every_entry_change_and_item_is_found() -> None:
    value = {
        "metadata": {"phone_number_id": "77"},
        "messages": [message(id="a"), message(id="b")],
        "statuses": [{"id": "c", "status": "read"}, {"id": "d", "status": "sent"}],
    }
    change = {"field": "messages", "value": value}
    items = parse({"entry": [{"changes": [change, change]}, {"changes": [change]}]})
    assert Counter(type(item).__name__ for item in items) == {"ReceivedMessage": 6, "ReceivedStatus": 6}


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, {"id": None}, {"id": "wamid.2"}])
def test_a_bad_message_is_named_and_does_not_block_its_neighbors(bad: object) -> None:
    items = parse(envelope({"messages": [message(id="a"), bad, message(id="b")]}))
    assert [type(item) for item in items] == [ReceivedMessage, Malformed, ReceivedMessage]
    assert items[1].source.path == "$.entry[0].changes[0].value.messages[1]"


@pytest.mark.parametrize("bad", [None, 7, "x", [], {"entry": None}, {"entry": [None]}, {"entry": [{"changes": [3]}]}])
def test_a_bad_envelope_is_one_malformed_item(bad: object) -> None:
    (item,) = parse(bad)
    assert isinstance(item, Malformed)


def test_a_missing_field_name_means_messages() -> None:
    (item,) = parse(envelope({"messages": [message()]}, field=None))
    assert isinstance(item, ReceivedMessage)


def test_an_unknown_field_is_kept_by_its_name() -> None:
    (item,) = parse(envelope({"event": "DISABLED_UPDATE"}, field="account_update"))
    assert isinstance(item, OtherEvent)
    assert item.name == "account_update"
    assert item.raw["event"] == "DISABLED_UPDATE"


def test_an_unknown_message_type_is_kept_by_its_name() -> None:
    assert content_of(type="hologram", hologram={"id": 1}) == MessageContent("hologram")
    assert content_of(type=None).type == "unknown"


def test_a_status_without_contacts_is_read() -> None:
    (item,) = parse(envelope({"statuses": [{"id": "wamid.1", "status": "failed", "errors": [{"code": 131047}]}]}))
    assert isinstance(item, ReceivedStatus)
    assert (item.wamid, item.status, item.raw["errors"]) == ("wamid.1", "failed", [{"code": 131047}])


ECHO = {"from": "9800000001", "to": "919000000001", "id": "wamid.1", "type": "text", "text": {"body": "ok ji"}}


@pytest.mark.parametrize("field", ["smb_message_echoes", "message_echoes", None])
def test_what_the_shop_wrote_on_its_phone_is_an_outbound_message(field: str | None) -> None:
    (item,) = parse(envelope({"message_echoes": [ECHO]}, field=field))
    assert isinstance(item, ReceivedMessage)
    assert item.direction is Direction.OUTBOUND
    assert item.person == Person("919000000001")


@pytest.mark.parametrize("to", [{"to": "919000000001"}, {"to": None}])
def test_the_contact_beside_an_echo_completes_whom_it_is_to(to: dict[str, str | None]) -> None:
    contacts = [{"profile": {"name": "Asha"}, "wa_id": "919000000001", "user_id": "IN.42"}]
    (item,) = parse(envelope({"contacts": contacts, "message_echoes": [ECHO | to]}, field="smb_message_echoes"))
    assert isinstance(item, ReceivedMessage)
    assert item.person == Person("919000000001", "IN.42", "Asha")


def test_a_sender_who_hides_her_number_is_known_by_her_user_id() -> None:
    contacts = [{"profile": {"username": "asha"}, "user_id": "IN.42"}]
    hidden = message(from_user_id="IN.42")
    del hidden["from"]
    (item,) = parse(envelope({"contacts": contacts, "messages": [hidden]}))
    assert isinstance(item, ReceivedMessage)
    assert item.person == Person(None, "IN.42", username="asha")


def test_a_contact_that_is_somebody_else_lends_no_id() -> None:
    contacts = [{"profile": {"name": "Asha"}, "wa_id": "5511900000001", "user_id": "BR.7"}]
    (item,) = parse(envelope({"contacts": contacts, "messages": [message()]}))
    assert isinstance(item, ReceivedMessage)
    assert item.person == Person("919000000001", None, "Asha")


@pytest.mark.parametrize("timestamp", [None, "", "soon", -1, 10**30, "9" * 40, True, [], "١٢٣"])
def test_an_absurd_timestamp_is_none(timestamp: object) -> None:
    (item,) = parse(envelope({"messages": [message(timestamp=timestamp)]}))
    assert isinstance(item, ReceivedMessage)
    assert item.timestamp is None


def test_a_cart_is_read_with_quantities_as_numbers_or_text() -> None:
    rows = [
        {"product_retailer_id": "S-1", "quantity": 2, "item_price": 30},
        {"product_retailer_id": "S-2", "quantity": "3"},
        {"product_retailer_id": "S-3", "quantity": "many"},
        {"product_retailer_id": "S-4", "quantity": 1.5},
        {"quantity": 2},
        None,
    ]
    content = content_of(type="order", order={"text": "jaldi", "product_items": rows})
    assert content.text == "jaldi"
    assert content.items == (
        CartItem("S-1", Decimal(2), Decimal(30)),
        CartItem("S-2", Decimal(3)),
        CartItem("S-3", Decimal(1)),
        CartItem("S-4", Decimal("1.5")),
    )


def test_buttons_and_list_rows_are_read_by_their_titles() -> None:
    button = {"type": "button_reply", "button_reply": {"id": "b1", "title": "Size M"}}
    row = {"type": "list_reply", "list_reply": {"id": "r1", "title": "Red", "description": "Cotton"}}
    assert content_of(type="interactive", interactive=button) == MessageContent("interactive", "Size M", choice_id="b1")
    assert content_of(type="interactive", interactive=row) == MessageContent(
        "interactive", "Red", choice_id="r1", parts={"description": "Cotton"}
    )
    assert content_of(type="button", button={"text": "Haan", "payload": "YES"}) == MessageContent(
        "button", "Haan", choice_id="YES"
    )


def test_a_picture_is_read_with_caption_and_attached_product() -> None:
    context = {"id": "wamid.0", "referred_product": {"product_retailer_id": "S-1"}}
    content = content_of(type="image", image={"id": "m1", "caption": "yeh wala"}, context=context)
    assert content == MessageContent("image", "yeh wala", sku="S-1", media_id="m1")


def test_a_reaction_points_at_its_message_and_may_be_taken_back() -> None:
    (item,) = parse(envelope({"messages": [message(type="reaction", reaction={"message_id": "wamid.0"})]}))
    assert isinstance(item, ReceivedMessage)
    assert item.reply_to_wamid == "wamid.0"
    assert item.content == MessageContent("reaction")


def test_content_comes_back_from_its_stored_form() -> None:
    place = {"latitude": 19.07, "longitude": "72.87", "name": "Home"}
    for content in (
        content_of(type="location", location=place),
        content_of(type="order", order={"product_items": [{"product_retailer_id": "S", "quantity": 2}]}),
        content_of(text={"body": "hello"}),
        content_of(type="reaction", reaction={"message_id": "x", "emoji": "👍"}),
    ):
        stored = orjson.loads(orjson.dumps(content.attributes()))
        assert MessageContent.of(content.type, content.text, stored) == content


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": "\\ud83d"}', {"a": "\ud83d"}),
    ],
)
def test_json_is_read_leniently(body: bytes, value: object) -> None:
    assert loads(body) == value


@pytest.mark.parametrize("body", [b"", b"{", b"hello", b"[" * 100_000])
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        loads(body)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample payloads are not here")
def test_sample_payloads_are_read_whole() -> None:
    names = Counter(
        item.name
        for path in sorted(SAMPLES.glob("*/webhooks/*.json"))
        for item in parse(orjson.loads(path.read_bytes()))
    )
    assert names["malformed"] == 0
    assert names["message.text"] >= 4
    assert {"message.order", "message.interactive", "message.button", "status.delivered", "status.failed"} <= set(names)
