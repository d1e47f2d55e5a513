"""What a message says, whatever its type, in one form that is stored, shown and read by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

PLACEHOLDERS = {
    "image": "Photo",
    "video": "Video",
    "audio": "Voice message",
    "voice": "Voice message",
    "document": "Document",
    "sticker": "Sticker",
    "location": "Location",
    "contacts": "Contact",
    "order": "Cart",
    "reaction": "Reaction",
    "unsupported": "Message that cannot be shown",
}
# Meta's notes about a chat rather than something that the customer wrote.
NOTICES = frozenset({"system"})


@dataclass(frozen=True, slots=True)
class CartItem:
    """One row of a cart; `sku` is the item's `product_retailer_id`."""

    sku: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Location:
    """A pin on the map, in degrees, with what the customer's phone calls it."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What a message says. `type` is Meta's own word for it.

    `text` is its words: the body, a caption, the title of a tapped button or row, the note of a cart.
    `sku` is the attached product's, `choice_id` the id of a tapped button or row, `media_id` Meta's id of
    a file. An empty `emoji` of a reaction takes the reaction back.
    """

    type: str
    text: str = ""
    sku: str | None = None
    items: tuple[CartItem, ...] = ()
    location: Location | None = None
    emoji: str = ""
    choice_id: str | None = None
    media_id: str | None = None

    @property
    def preview(self) -> str:
        """One line for a list of conversations: the words, or what kind of message it is."""
        words = " ".join(self.text.split())
        return (words or self.emoji or PLACEHOLDERS.get(self.type, f"[{self.type}]"))[:200]

    @property
    def is_notice(self) -> bool:
        """Whether Meta wrote it, not a person: it is not unread and does not open the 24-hour window."""
        return self.type in NOTICES

    def attributes(self) -> dict[str, Any]:
        """All but type and text, as JSON; what is empty is left out."""
        found: dict[str, Any] = {
            "sku": self.sku,
            "items": [{"sku": item.sku, "quantity": str(item.quantity)} for item in self.items],
            "location": _location_attributes(self.location),
            "emoji": self.emoji,
            "choice_id": self.choice_id,
            "media_id": self.media_id,
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, type_: str, text: str, attributes: Mapping[str, Any]) -> Self:
        """The content that was stored as `type_`, `text` and `attributes`."""
        place = attributes.get("location")
        return cls(
            type=type_,
            text=text,
            sku=attributes.get("sku"),
            items=tuple(CartItem(row["sku"], Decimal(row["quantity"])) for row in attributes.get("items", ())),
            location=Location(**place) if place else None,
            emoji=attributes.get("emoji", ""),
            choice_id=attributes.get("choice_id"),
            media_id=attributes.get("media_id"),
        )


def _location_attributes(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "name": place.name,
        "address": place.address,
    }
