"""What each of Meta's message types says: one small reader a type, chosen by the type's name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from api.conversation.content import CartItem, Location, MessageContent
from api.conversation.message_kind import EDIT, REVOKE
from api.whatsapp.form_reply import read_form
from api.whatsapp.json_value import as_list, as_object, clean, clean_text, decimal_at, number_at, text_at

UNKNOWN = "unknown"
_ONE = Decimal(1)

Item = Mapping[str, object]
Parts = dict[str, object]
Reader = Callable[[str, Item], MessageContent]


def read_content(item: Item) -> MessageContent:
    """What the message `item` says; a type that has no reader keeps its name and says nothing."""
    kind = _kind(item)
    content = READERS.get(kind, _wordless)(kind, item)
    if not content.parts and item.keys().isdisjoint(_COMMON):
        return content
    parts = {name: value for name, value in (*content.parts.items(), *_common_parts(item)) if value}
    return replace(content, sku=content.sku or _product(item), parts=parts)


def reply_to(item: Item) -> str | None:
    """The wamid of the message that `item` quotes, reacts to or changes."""
    for name, key in (("reaction", "message_id"), (EDIT, "original_message_id"), (REVOKE, "original_message_id")):
        if (found := text_at(item, name, key)) is not None:
            return found
    return text_at(item, "context", "id") or text_at(item, "context", "message_id")


def _kind(item: Item) -> str:
    """Meta's word for the type; where it is missing, the part that is there tells."""
    told = text_at(item, "type")
    if told is None:
        return next((name for name in READERS if name in item), UNKNOWN)
    return told.lower() if told.lower() in READERS else told[:64]


def _words(value: object, *path: str) -> str:
    """The text along `path` with its own spacing kept: evidence counts its characters."""
    for key in path:
        value = as_object(value).get(key)
    return clean_text(value) if isinstance(value, str) else ""


def _product(item: Item) -> str | None:
    return text_at(item, "context", "referred_product", "product_retailer_id")


# Where any message may say more than its own words.
_COMMON = frozenset({"context", "referral", "group_id", "errors"})


def _common_parts(item: Item) -> tuple[tuple[str, object], ...]:
    """What any message may carry beside its own words."""
    context = as_object(item.get("context"))
    flags: Parts = {name: True for name in ("forwarded", "frequently_forwarded") if context.get(name) is True}
    catalog_id = text_at(context, "referred_product", "catalog_id")
    return (
        ("context", flags | ({"catalog_id": catalog_id} if catalog_id else {})),
        ("referral", clean(as_object(item.get("referral")))),
        ("group_id", text_at(item, "group_id")),
        ("errors", [_error(error) for error in as_list(item.get("errors"))]),
    )


def _error(error: object) -> Parts:
    details = text_at(error, "error_data", "details") or text_at(error, "details")
    found = {"code": as_object(error).get("code"), "title": text_at(error, "title"), "details": details}
    return {name: clean(value) for name, value in found.items() if value is not None}


def _some(value: object, *names: str) -> Parts:
    """Those of the named parts that are there, cleaned."""
    known = as_object(value)
    return {name: clean(known[name]) for name in names if known.get(name) not in (None, "")}


def _wordless(kind: str, item: Item) -> MessageContent:  # noqa: ARG001 - a reader like the others
    return MessageContent(kind)


def _text(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, _words(item, "text", "body"))


def _media(kind: str, item: Item) -> MessageContent:
    # A voice message came as `voice` once, and some send it so under `audio`.
    file = item.get(kind) or item.get("audio" if kind == "voice" else kind)
    parts = {"file": _some(file, "mime_type", "sha256", "filename", "voice", "animated")}
    return MessageContent(kind, _words(file, "caption"), media_id=text_at(file, "id"), parts=parts)


def _location(kind: str, item: Item) -> MessageContent:
    place = item.get("location")
    latitude, longitude = number_at(place, "latitude"), number_at(place, "longitude")
    if latitude is None or longitude is None:
        return MessageContent(kind)
    name, address = text_at(place, "name") or "", text_at(place, "address") or ""
    return MessageContent(kind, location=Location(latitude, longitude, name, address), parts=_some(place, "url"))


def _contacts(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, parts={"contacts": [_card(card) for card in as_list(item.get("contacts"))]})


def _card(card: object) -> Parts:
    """A shared contact: its name in one line, the rest as it came."""
    parts = [text_at(card, "name", part) for part in ("first_name", "middle_name", "last_name")]
    name = text_at(card, "name", "formatted_name") or " ".join(part for part in parts if part)
    rest = _some(card, "phones", "emails", "addresses", "org", "urls", "birthday")
    return ({"name": name} if name else {}) | rest


def _order(kind: str, item: Item) -> MessageContent:
    rows = as_list(as_object(item.get("order")).get("product_items"))
    items = tuple(found for row in rows if (found := _cart_item(row)))
    return MessageContent(
        kind, _words(item, "order", "text"), items=items, parts={"catalog_id": text_at(item, "order", "catalog_id")}
    )


def _cart_item(row: object) -> CartItem | None:
    sku = text_at(row, "product_retailer_id")
    quantity = decimal_at(row, "quantity")
    if sku is None:
        return None
    amount = quantity if quantity is not None and quantity > 0 else _ONE
    return CartItem(sku, amount, decimal_at(row, "item_price"), text_at(row, "currency"))


def _interactive(kind: str, item: Item) -> MessageContent:
    answer = as_object(item.get("interactive"))
    if "nfm_reply" in answer:
        return _form(kind, answer["nfm_reply"])
    if "call_permission_reply" in answer:
        names = ("response", "is_permanent", "expiration_timestamp", "response_source")
        return MessageContent(kind, parts={"call_permission": _some(answer["call_permission_reply"], *names)})
    chosen = answer.get("button_reply") or answer.get("list_reply")
    parts = _some(chosen, "description")
    return MessageContent(kind, _words(chosen, "title"), choice_id=text_at(chosen, "id"), parts=parts)


def _form(kind: str, told: object) -> MessageContent:
    form = read_form(told)
    parts = {"form": {"name": form.name, "data": dict(form.data)}, "address": dict(form.address)}
    return MessageContent(kind, form.words, parts=parts)


def _button(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, _words(item, "button", "text"), choice_id=text_at(item, "button", "payload"))


def _reaction(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, emoji=text_at(item, "reaction", "emoji") or "")


_SYSTEM_NAMES = (
    "type", "wa_id", "new_wa_id", "user_id", "parent_user_id", "previous_user_id", "previous_parent_user_id",
    "identity", "customer",
)  # fmt: skip


def _system(kind: str, item: Item) -> MessageContent:
    told = _some(item.get("system"), *_SYSTEM_NAMES) | _some(item, "identity")
    return MessageContent(kind, _words(item, "system", "body"), parts={"system": told})


def _edit(kind: str, item: Item) -> MessageContent:
    """The new words, in the form of the message that they are now."""
    inner = as_object(as_object(item.get(EDIT)).get("message"))
    # An edit of an edit is none that Meta sends: its words are nowhere deeper.
    said = MessageContent(UNKNOWN) if _kind(inner) == EDIT else read_content(inner)
    return replace(said, type=kind, parts={**said.parts, "edited_type": said.type})


def _unsupported(kind: str, item: Item) -> MessageContent:
    parts = {"unsupported": text_at(item, "unsupported", "type")}
    return MessageContent(kind, _words(item, "text", "body"), parts=parts)


READERS: Mapping[str, Reader] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "document": _media,
    "audio": _media,
    "voice": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "system": _system,
    "request_welcome": _wordless,
    EDIT: _edit,
    REVOKE: _wordless,
    "unsupported": _unsupported,
}
