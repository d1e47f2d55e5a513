"""What a message says, whatever its type, in one form that is stored, shown and read by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from api.conversation.message_kind import CHANGES, kind_of


@dataclass(frozen=True, slots=True)
class CartItem:
    """One row of a cart; `sku` is the item's `product_retailer_id`.

    `price` is one piece's as the customer's phone shows it, in `currency`: never trusted, orders are priced from
    the catalogue.
    """

    sku: str
    quantity: Decimal
    price: Decimal | None = None
    currency: str | None = None

    def attributes(self) -> dict[str, Any]:
        """The row as JSON; decimals as text, what is unknown left out."""
        found = {
            "sku": self.sku,
            "quantity": str(self.quantity),
            "price": None if self.price is None else str(self.price),
            "currency": self.currency,
        }
        return {name: value for name, value in found.items() if value is not None}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The row that was stored so."""
        price = row.get("price")
        return cls(row["sku"], Decimal(row["quantity"]), Decimal(price) if price else None, row.get("currency"))


@dataclass(frozen=True, slots=True)
class Location:
    """A pin on the map, in degrees, with what the customer's phone calls it."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    def attributes(self) -> dict[str, Any]:
        """The place as JSON."""
        return {
            "latitude": self.latitude,
            "longitude": self.longitude,
            "name": self.name,
            "address": self.address,
        }


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What a message says. `type` is Meta's own word for it.

    `text` is its words: the body, a caption, the title of a tapped button or row, the note of a cart, an address
    that was filled in. `sku` is the attached product's, `choice_id` the id of a tapped button or row, `media_id`
    Meta's id of a file. An empty `emoji` of a reaction takes the reaction back. `parts` is what else there is for
    people to see, as JSON by name: docs/whatsapp-events.md lists it.
    """

    type: str
    text: str = ""
    sku: str | None = None
    items: tuple[CartItem, ...] = ()
    location: Location | None = None
    emoji: str = ""
    choice_id: str | None = None
    media_id: str | None = None
    parts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def preview(self) -> str:
        """One line for a list of conversations: the words, or what kind of message it is."""
        words = " ".join(self.text.split())
        return (words or self.emoji or self.placeholder)[:200]

    @property
    def placeholder(self) -> str:
        """What is shown in place of words."""
        what = self.parts.get("unsupported")
        return kind_of(self.type).placeholder + (f" ({what})" if isinstance(what, str) else "")

    @property
    def counts_as_unread(self) -> bool:
        """Whether an agent should see it; Meta's notices and reactions need no look."""
        return kind_of(self.type).unread

    @property
    def opens_window(self) -> bool:
        """Whether the customer wrote it to the shop alone: a group has a window of its own."""
        return kind_of(self.type).opens_window and not self._is_taken_back and "group_id" not in self.parts

    @property
    def is_for_engine(self) -> bool:
        """Whether the engine should have a look."""
        return kind_of(self.type).read

    @property
    def is_change(self) -> bool:
        """Whether it changes an earlier message."""
        return self.type in CHANGES

    @property
    def _is_taken_back(self) -> bool:
        return self.type == "reaction" and not self.emoji

    def attributes(self) -> dict[str, Any]:
        """All but type and text, as JSON; what is empty is left out."""
        found: dict[str, Any] = {
            "sku": self.sku,
            "items": [item.attributes() for item in self.items],
            "location": self.location.attributes() if self.location else None,
            "emoji": self.emoji,
            "choice_id": self.choice_id,
            "media_id": self.media_id,
        }
        return {name: value for name, value in (*self.parts.items(), *found.items()) if value}

    @classmethod
    def of(cls, type_: str, text: str, attributes: Mapping[str, Any]) -> Self:
        """The content that was stored as `type_`, `text` and `attributes`."""
        place = attributes.get("location")
        return cls(
            type=type_,
            text=text,
            sku=attributes.get("sku"),
            items=tuple(CartItem.of(row) for row in attributes.get("items", ())),
            location=Location(**place) if place else None,
            emoji=attributes.get("emoji", ""),
            choice_id=attributes.get("choice_id"),
            media_id=attributes.get("media_id"),
            parts={name: value for name, value in attributes.items() if name not in _OWN},
        )


_OWN = frozenset({"sku", "items", "location", "emoji", "choice_id", "media_id"})
