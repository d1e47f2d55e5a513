"""What the engine makes of a chat: a draft order with its evidence, for a person to confirm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from engine.catalog import NO_OPTIONS
from engine.conversation import Span


class Stage(StrEnum):
    """How far a chat has come at its end: nobody asked to buy, an order stands, or it was called off."""

    NONE = "none"
    ORDER = "order"
    CANCELLED = "cancelled"


class Payment(StrEnum):
    """How the customer chose to pay."""

    COD = "cod"
    UPI = "upi"
    BANK = "bank"
    CARD = "card"


class Intent(StrEnum):
    """The main purpose of one customer message."""

    PURCHASE = "purchase"
    MODIFY = "modify"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    DETAILS = "details"
    INQUIRY = "inquiry"
    PAYMENT = "payment"
    ORDER_STATUS = "order_status"
    COMPLAINT = "complaint"
    SMALLTALK = "smalltalk"
    OTHER = "other"


ORDERING = (Intent.PURCHASE, Intent.MODIFY)  # of messages that say what is wanted


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a mention may mean. `sku` is None where only the product is known.

    `score` is the matcher's raw 0..1; it orders candidates and is no probability.
    """

    item_group_id: str
    sku: str | None
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One thing that the customer wants, as far as the chat tells.

    Exactly one of four forms:

    - a SKU: `sku` is set (and `item_group_id` with it);
    - a product whose variant is open: `item_group_id` is set, `options` says what is known and
      `missing` names what has to be asked;
    - several products that fit equally: only `candidates`;
    - something the catalogue does not hold: only `text`, the customer's words.

    `evidence` are the words that made it; `reasons` say of each what it said, and what `confidence` comes from.
    """

    quantity: Decimal
    confidence: float
    sku: str | None = None
    item_group_id: str | None = None
    options: Mapping[str, str] = field(default_factory=lambda: NO_OPTIONS, hash=False)
    missing: tuple[str, ...] = ()
    text: str = ""
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def is_matched(self) -> bool:
        """Whether the line names one SKU."""
        return self.sku is not None


class QuestionKind(StrEnum):
    """What a question asks for."""

    VARIANT = "variant"
    PRODUCT = "product"
    ADDRESS = "address"
    NOT_SOLD = "not_sold"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask the customer next.

    `choices` are the answers that fit, where they are few; `line` is the index of the draft's line
    that it is about, None where it is about the order.
    """

    kind: QuestionKind
    text: str
    line: int | None = None
    option: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A delivery address: the customer's own words, and the parts that were recognised in them."""

    text: str
    house: str | None = None
    street: str | None = None
    landmark: str | None = None
    area: str | None = None
    city: str | None = None
    state: str | None = None
    pincode: str | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What the customer said about the delivery. `evidence` maps a field's name to where it was said."""

    name: str | None = None
    phone: str | None = None
    address: Address | None = None
    pincode: str | None = None
    city: str | None = None
    payment: Payment | None = None
    deliver_on: date | None = None
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MessageIntent:
    """The intent read from one customer message, with its probability 0..1."""

    message_id: str
    intent: Intent
    probability: float


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """The order as it stands at the end of the chat.

    `confidence` is the probability that an agent would change nothing in the lines. `lines` is empty
    unless `stage` is `order`.
    """

    stage: Stage
    lines: tuple[OrderLine, ...] = ()
    details: Details = Details()
    confidence: float = 1.0
    questions: tuple[Question, ...] = ()
    intents: tuple[MessageIntent, ...] = ()
