"""Every one of Meta's limits is checked before anything is stored, and the error names it."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from api.sending.message import body_of, outgoing

BUTTONS: dict[str, Any] = {
    "type": "button",
    "body": {"text": "Which size?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "m", "title": "M"}}]},
}
LIST: dict[str, Any] = {
    "type": "list",
    "body": {"text": "Which size?"},
    "action": {"button": "Choose", "sections": [{"title": "Sizes", "rows": [{"id": "m", "title": "M"}]}]},
}
LINK: dict[str, Any] = {
    "type": "cta_url",
    "body": {"text": "It is on its way."},
    "action": {"name": "cta_url", "parameters": {"display_text": "Track it", "url": "https://shop.example/1"}},
}
PRODUCTS: dict[str, Any] = {
    "type": "product_list",
    "header": {"type": "text", "text": "Kurtis"},
    "body": {"text": "See what is new"},
    "action": {
        "catalog_id": "1",
        "sections": [{"title": "New", "product_items": [{"product_retailer_id": "KU-BLU-M"}]}],
    },
}
ADDRESS: dict[str, Any] = {
    "type": "address_message",
    "body": {"text": "Where to?"},
    "action": {"name": "address_message", "parameters": {"country": "IN", "values": {"in_pin_code": "411001"}}},
}
FLOW: dict[str, Any] = {
    "type": "flow",
    "body": {"text": "Book a visit"},
    "action": {"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book"}},
}
BILL: dict[str, Any] = {
    "type": "order_details",
    "body": {"text": "Your bill"},
    "action": {
        "name": "review_and_pay",
        "parameters": {
            "reference_id": "order-1042",
            "type": "physical-goods",
            "currency": "INR",
            "total_amount": {"value": 10500, "offset": 100},
            "order": {
                "status": "pending",
                "items": [{"name": "Aata", "amount": {"value": 5000, "offset": 100}, "quantity": 2}],
                "subtotal": {"value": 10000, "offset": 100},
                "tax": {"value": 500, "offset": 100},
            },
        },
    },
}
NEWS: dict[str, Any] = {
    "type": "order_status",
    "body": {"text": "It is on its way"},
    "action": {
        "name": "review_order",
        "parameters": {"reference_id": "order-1042", "order": {"status": "shipped"}},
    },
}
TEMPLATE: dict[str, Any] = {
    "name": "order_confirmed",
    "language": {"code": "en"},
    "components": [{"type": "body", "parameters": [{"type": "text", "text": "Asha"}]}],
}
CONTACT: dict[str, Any] = {"name": {"formatted_name": "Asha Rao", "first_name": "Asha"}}

GOOD: dict[str, tuple[str, Any]] = {
    "text": ("text", {"body": "hello"}),
    "image": ("image", {"link": "https://shop.example/1.jpg", "caption": "blue"}),
    "video": ("video", {"id": "1"}),
    "audio": ("audio", {"id": "1"}),
    "document": ("document", {"id": "1", "filename": "bill.pdf"}),
    "sticker": ("sticker", {"id": "1"}),
    "location": ("location", {"latitude": 18.5, "longitude": 73.8, "name": "Shop", "address": "MG Road"}),
    "contacts": ("contacts", [CONTACT]),
    "reaction": ("reaction", {"message_id": "wamid.1", "emoji": "👍"}),
    "button": ("interactive", BUTTONS),
    "list": ("interactive", LIST),
    "cta_url": ("interactive", LINK),
    "location request": (
        "interactive",
        {"type": "location_request_message", "body": {"text": "Where?"}, "action": {"name": "send_location"}},
    ),
    "address": ("interactive", ADDRESS),
    "product": (
        "interactive",
        {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "KU-BLU-M"}},
    ),
    "product list": ("interactive", PRODUCTS),
    "catalog": (
        "interactive",
        {"type": "catalog_message", "body": {"text": "All we have"}, "action": {"name": "catalog_message"}},
    ),
    "flow": ("interactive", FLOW),
    "order details": ("interactive", BILL),
    "order status": ("interactive", NEWS),
    "template": ("template", TEMPLATE),
}


def changed(content: Any, path: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """`content` with another value at a path like `action.buttons.0.reply.title`; None takes it out."""
    made = deepcopy(content)
    *way, last = path.split(".")
    place = made
    for step in way:
        place = place[int(step)] if step.isdigit() else place.setdefault(step, {})
    if value is None:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return made


def button(number: int) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": f"{number}", "title": f"{number}"}}


def row(number: int) -> dict[str, str]:
    return {"id": f"{number}", "title": f"{number}"}


def rows(first: int, last: int) -> dict[str, Any]:
    return {"title": f"from {first}", "rows": [row(number) for number in range(first, last)]}


def products(first: int, last: int) -> dict[str, Any]:
    items = [{"product_retailer_id": f"{number}"} for number in range(first, last)]
    return {"title": f"from {first}", "product_items": items}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_message_is_told_as_it_was_given(name: str) -> None:
    type_, content = GOOD[name]

    assert body_of(outgoing(type_, content)) == {"type": type_, type_: content}


# What is changed, the field that the error names, and what it says.
TOO_MUCH = [
    ("text", "body", "x" * 4097, "body", "the text has 4097 characters; WhatsApp allows 4096"),
    ("text", "body", "", "body", "the text is empty; WhatsApp wants 1 to 4096 characters"),
    ("text", "body", " \n", "body", "the text is empty"),
    ("text", "body", "a\0", "body", "NUL"),
    ("text", "colour", "red", "colour", "Extra inputs are not permitted"),
    ("image", "caption", "x" * 1025, "caption", "the caption has 1025 characters; WhatsApp allows 1024"),
    ("image", "id", "1", "image", "the file's media_id, its id at Meta, or its link"),
    ("image", "link", None, "image", "the file's media_id, its id at Meta, or its link"),
    ("image", "link", "ftp://shop.example/1.jpg", "link", "https:// or http://"),
    ("audio", "caption", "listen", "caption", "Extra inputs are not permitted"),
    ("document", "filename", "x" * 241, "filename", "the file's name has 241 characters; WhatsApp allows 240"),
    ("location", "latitude", 91, "latitude", "less than or equal to 90"),
    ("location", "longitude", float("nan"), "longitude", "finite number"),
    ("location", "name", None, "location", "an address only with a name"),
    ("contacts", "0.name.first_name", None, "name", "formatted_name and one more"),
    ("contacts", "0.birthday", "17 May", "birthday", "should match pattern"),
    ("reaction", "emoji", "ok", "reaction", "a reaction is one emoji"),
    ("button", "body.text", "x" * 1025, "text", "the body has 1025 characters; WhatsApp allows 1024"),
    ("button", "footer", {"text": "x" * 61}, "text", "the footer has 61 characters; WhatsApp allows 60"),
    (
        "button",
        "header",
        {"type": "text", "text": "x" * 61},
        "text",
        "the header has 61 characters; WhatsApp allows 60",
    ),
    ("button", "action.buttons", [], "buttons", "there are 0 buttons; WhatsApp allows 1 to 3"),
    (
        "button",
        "action.buttons",
        [button(number) for number in range(4)],
        "buttons",
        "there are 4 buttons; WhatsApp allows 1 to 3",
    ),
    (
        "button",
        "action.buttons.0.reply.title",
        "x" * 21,
        "title",
        "a button's title has 21 characters; WhatsApp allows 20",
    ),
    ("button", "action.buttons.0.reply.id", "x" * 257, "id", "a button's id has 257 characters; WhatsApp allows 256"),
    ("button", "action.buttons", [button(1), button(1)], "action", "two buttons' ids are the same: 1"),
    ("list", "action.button", "x" * 21, "button", "the list's button has 21 characters; WhatsApp allows 20"),
    ("list", "action.sections.0.title", "x" * 25, "title", "a section's title has 25 characters; WhatsApp allows 24"),
    ("list", "action.sections.0.rows.0.title", "x" * 25, "title", "a row's title has 25 characters"),
    ("list", "action.sections.0.rows.0.id", "x" * 201, "id", "a row's id has 201 characters; WhatsApp allows 200"),
    (
        "list",
        "action.sections.0.rows.0.description",
        "x" * 73,
        "description",
        "a row's description has 73 characters; WhatsApp allows 72",
    ),
    ("list", "action.sections", [rows(0, 6), rows(6, 11)], "action", "there are 11 rows in all sections"),
    ("list", "action.sections", [rows(0, 11)], "rows", "there are 11 rows in a section; WhatsApp allows 1 to 10"),
    ("list", "action.sections", [rows(0, 2), rows(1, 3)], "action", "two rows' ids are the same: 1"),
    ("list", "action.sections", [rows(0, 1), {"rows": [row(1)]}], "action", "each needs a title"),
    ("list", "header", {"type": "image", "image": {"id": "1"}}, "type", "Input should be 'text'"),
    ("cta_url", "action.parameters.display_text", "x" * 21, "display_text", "WhatsApp allows 20"),
    ("cta_url", "action.parameters.url", "shop.example", "url", "https:// or http://"),
    ("address", "action.parameters.country", "SG", "country", "Input should be 'IN'"),
    ("address", "action.parameters.values.in_pin_code", "41100", "in_pin_code", "should match pattern"),
    ("address", "action.parameters.values.planet", "earth", "planet", "Extra inputs are not permitted"),
    (
        "address",
        "action.parameters.validation_errors",
        {"planet": "no"},
        "parameters",
        "the form has no field planet",
    ),
    ("product list", "header", None, "header", "Field required"),
    ("product list", "action.sections", [products(0, 31)], "product_items", "there are 31 products in a section"),
    (
        "product list",
        "action.sections",
        [products(0, 20), products(20, 31)],
        "action",
        "there are 31 products in all sections; WhatsApp allows 1 to 30",
    ),
    ("flow", "action.parameters.flow_name", "visit", "parameters", "flow_id or its flow_name, one of both"),
    ("order details", "action.parameters.reference_id", "x" * 36, "reference_id", "should match pattern"),
    ("order details", "action.parameters.currency", "USD", "currency", "Input should be 'INR'"),
    ("order details", "action.parameters.total_amount.value", 1, "parameters", "the total_amount is 1, but"),
    (
        "order details",
        "action.parameters.order.subtotal.value",
        9999,
        "order",
        "the subtotal is 9999, but its items cost 10000",
    ),
    ("order details", "action.parameters.order.items.0.quantity", 1.5, "quantity", "valid integer"),
    ("order details", "action.parameters.order.items.0.name", "x" * 61, "name", "an item's name has 61 characters"),
    ("order status", "action.parameters.order.status", "lost", "status", "Input should be 'pending'"),
    ("template", "name", "Order Confirmed", "name", "should match pattern"),
    ("template", "components.0.parameters.0.text", "two\nlines", "text", "no line breaks"),
    ("template", "components.0.parameters.0.text", "a     b", "text", "at most 4 spaces in a row"),
]


@pytest.mark.parametrize(("name", "path", "value", "field", "says"), TOO_MUCH)
def test_what_meta_would_refuse_is_refused_here(name: str, path: str, value: Any, field: str, says: str) -> None:  # noqa: ANN401 - any JSON
    type_, content = GOOD[name]

    with pytest.raises(ValidationError) as caught:
        outgoing(type_, changed(content, path, value))

    found = [(str(error["loc"][-1]), error["msg"]) for error in caught.value.errors()]
    assert any(says in message for _, message in found), found
    if field != type_:
        assert any(place in {field, "action", "order", "parameters"} for place, _ in found), found


def test_what_is_just_within_the_limits_is_taken() -> None:
    full = changed(BUTTONS, "action.buttons", [button(number) for number in range(3)])
    full = changed(full, "body.text", "x" * 1024)
    full = changed(full, "footer", {"text": "x" * 60})

    outgoing("interactive", full)
    outgoing("text", {"body": "x" * 4096})
    outgoing("interactive", changed(LIST, "action.sections", [rows(0, 5), rows(5, 10)]))
    outgoing("interactive", changed(PRODUCTS, "action.sections", [products(0, 15), products(15, 30)]))


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        outgoing("carrier_pigeon", {})


def test_a_reaction_can_be_taken_back() -> None:
    assert body_of(outgoing("reaction", {"message_id": "wamid.1", "emoji": ""}))["reaction"]["emoji"] == ""
