"""What was said: messages of a chat, and spans that point into their text."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Sender(StrEnum):
    """Which side of the chat wrote a message."""

    CUSTOMER = "customer"
    BUSINESS = "business"


class MessageKind(StrEnum):
    """What a message is made of. `OTHER` is any kind that says nothing about an order."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    LOCATION = "location"
    ORDER = "order"
    INTERACTIVE = "interactive"
    REACTION = "reaction"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CartItem:
    """One row of a WhatsApp catalogue cart. The price is the customer's side's and never trusted."""

    sku: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    `text` is the body of a text message, the caption of an image, the title of a tapped button or
    list row (`payload` its id), the note of a cart; empty where the message has no words. `at` carries its UTC offset:
    "tomorrow" is counted on the sender's calendar. `sku` and `item_group_id` name the product
    attached to an image or a product inquiry, where there is one. `reply_to` is the id of the quoted
    message; of a reaction, the id of the message reacted to.
    """

    id: str
    sender: Sender
    at: datetime
    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    reply_to: str | None = None
    sku: str | None = None
    item_group_id: str | None = None
    items: tuple[CartItem, ...] = ()
    emoji: str = ""
    payload: str = ""

    @property
    def size(self) -> int:
        """The characters of its text."""
        return len(self.text)

    @property
    def from_customer(self) -> bool:
        """Whether the customer wrote it."""
        return self.sender is Sender.CUSTOMER


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a message's text: `message.text[start:end] == text`, in code points.

    A span over a cart or an attached product, which have no words, is empty: `start == end == 0`.
    """

    message_id: str
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, message: Message, start: int, end: int) -> "Span":
        """The span of `message` between two offsets."""
        return cls(message.id, start, end, message.text[start:end])
