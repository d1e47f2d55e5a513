"""What each of Meta's message types says: one small reader a type, chosen by the type's name."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from api.conversation.content import CartItem, Location, MessageContent
from api.whatsapp.json_value import as_list, as_object, clean_text, decimal_at, number_at, text_at

UNKNOWN = "unknown"
_ONE = Decimal(1)

Item = Mapping[str, object]
Reader = Callable[[str, Item], MessageContent]


def read_content(item: Item) -> MessageContent:
    """What the message `item` says; a type that has no reader keeps its name and says nothing."""
    kind = (text_at(item, "type") or UNKNOWN)[:64]
    return READERS.get(kind, _wordless)(kind, item)


def reply_to(item: Item) -> str | None:
    """The wamid of the message that `item` quotes or reacts to."""
    return text_at(item, "reaction", "message_id") or text_at(item, "context", "id")


def _words(value: object, *path: str) -> str:
    """The text along `path` with its own spacing kept: evidence counts its characters."""
    for key in path:
        value = as_object(value).get(key)
    return clean_text(value) if isinstance(value, str) else ""


def _product(item: Item) -> str | None:
    return text_at(item, "context", "referred_product", "product_retailer_id")


def _wordless(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, sku=_product(item))


def _text(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, _words(item, "text", "body"), sku=_product(item))


def _media(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, _words(item, kind, "caption"), sku=_product(item), media_id=text_at(item, kind, "id"))


def _location(kind: str, item: Item) -> MessageContent:
    place = item.get("location")
    latitude, longitude = number_at(place, "latitude"), number_at(place, "longitude")
    if latitude is None or longitude is None:
        return MessageContent(kind)
    name, address = text_at(place, "name") or "", text_at(place, "address") or ""
    return MessageContent(kind, location=Location(latitude, longitude, name, address))


def _order(kind: str, item: Item) -> MessageContent:
    rows = as_list(as_object(item.get("order")).get("product_items"))
    items = tuple(found for row in rows if (found := _cart_item(row)))
    return MessageContent(kind, _words(item, "order", "text"), items=items)


def _cart_item(row: object) -> CartItem | None:
    sku = text_at(row, "product_retailer_id")
    quantity = decimal_at(row, "quantity")
    if sku is None:
        return None
    return CartItem(sku, quantity if quantity is not None and quantity > 0 else _ONE)


def _interactive(kind: str, item: Item) -> MessageContent:
    answer = as_object(item.get("interactive"))
    chosen = answer.get("button_reply") or answer.get("list_reply")
    return MessageContent(kind, _words(chosen, "title"), choice_id=text_at(chosen, "id"))


def _button(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, _words(item, "button", "text"), choice_id=text_at(item, "button", "payload"))


def _reaction(kind: str, item: Item) -> MessageContent:
    return MessageContent(kind, emoji=text_at(item, "reaction", "emoji") or "")


READERS: Mapping[str, Reader] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "document": _media,
    "audio": _media,
    "voice": _media,
    "sticker": _media,
    "location": _location,
    "order": _order,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
}
