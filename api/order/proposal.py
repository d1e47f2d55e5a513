"""What a reading proposes to an order, in plain values: order never sees the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ProposalStage(StrEnum):
    """How far the chat has come: nobody asked to buy, an order stands, or it was called off."""

    NONE = "none"
    ORDER = "order"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it was said: `text` is the stretch `start:end` (code points) of a stored message's text.

    `start == end == 0` points at the whole message: a cart, a picture.
    """

    message_id: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ProposedCandidate:
    """Something that a line may mean; `sku` is None where only the product is known."""

    item_group_id: str
    sku: str | None
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One thing that the customer wants: a SKU, a product with open options, candidates, or only words.

    `confidence` is a probability 0..1. `sku` and `item_group_id` are keys of the business's catalogue.
    """

    quantity: Decimal
    confidence: float
    sku: str | None = None
    item_group_id: str | None = None
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    missing: tuple[str, ...] = ()
    text: str = ""
    candidates: tuple[ProposedCandidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedDetails:
    """What the customer said about the delivery.

    `address_parts` holds the recognised ones of house, street, landmark, area, city, state, pincode;
    `payment` is one of cod, upi, bank, card; `evidence` maps a field's name to where it was said.
    """

    name: str | None = None
    phone: str | None = None
    address: str | None = None
    address_parts: Mapping[str, str] = field(default_factory=dict, hash=False)
    pincode: str | None = None
    city: str | None = None
    payment: str | None = None
    deliver_on: date | None = None
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ProposedQuestion:
    """Something to ask the customer next: `kind` is one of variant, product, address, not_sold.

    `line` is the index of the proposal's line that it is about, None where it is about the order;
    `option` the option it asks for; `choices` the answers that fit, where they are few.
    """

    kind: str
    text: str
    line: int | None = None
    option: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The draft order as the latest reading sees it; `lines` is empty unless `stage` is `order`.

    `confidence` is the probability that an agent would change nothing in the lines.
    """

    stage: ProposalStage
    lines: tuple[ProposedLine, ...] = ()
    details: ProposedDetails = field(default_factory=ProposedDetails)
    confidence: float = 1.0
    questions: tuple[ProposedQuestion, ...] = ()
