"""A shop with a conversation: what the tests of orders, stock and catalogue start from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.catalog.service import Editor, add_product, add_variant
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.identity.current_user import CurrentUser
from api.identity.models import Business, Channel, User
from api.order import repository
from api.order.models import Order, OrderLine
from api.order.proposal import Proposal, ProposalStage, ProposedDetails, ProposedLine, ProposedQuestion
from api.order.service import propose
from api.reading.models import Reading
from api.stock.service import set_quantity
from tests.factories import make_business, make_channel, make_customer, make_user

_numbers = count(1)
_EPOCH = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def make_product(session: Session, business: Business, group: str, title: str = "Anarkali kurti") -> Product:
    """A product without variants yet."""
    values = {"item_group_id": group, "title": title, "description": "", "brand": "", "product_type": ""}
    return add_product(session, Editor(business.id, None), values)


def make_variant(
    session: Session, product: Product, sku: str, *, stock: int | str | None = None, **changes: object
) -> Variant:
    """A variant at 499.00; of which so much is in stock, or which is not counted."""
    values: dict[str, Any] = {"sku": sku, "title": None, "options": {}, "price_minor": 49900, "available": True}
    values |= {"fractional": False, "aliases": []}
    made = add_variant(session, Editor(product.business_id, None), product, values | changes)
    if stock is not None:
        set_quantity(session, product.business_id, {made.id: Decimal(stock)})
    return made


def make_conversation(session: Session, business: Business, channel: Channel, **customer_is: object) -> Conversation:
    """A conversation with a new customer, nothing said yet."""
    customer = make_customer(session, business, **customer_is)
    made = Conversation(
        business_id=business.id, channel_id=channel.id, customer_id=customer.id, customer_phone=customer.phone
    )
    session.add(made)
    session.flush()
    return made


def make_message(session: Session, conversation: Conversation, content: str) -> Message:
    """What the customer says next."""
    number = next(_numbers)
    made = Message(
        business_id=conversation.business_id,
        channel_id=conversation.channel_id,
        conversation_id=conversation.id,
        wamid=f"wamid.shop{number}",
        direction=Direction.INBOUND,
        type="text",
        content=content,
        status=MessageStatus.RECEIVED,
        timestamp=_EPOCH + timedelta(minutes=number),
    )
    session.add(made)
    session.flush()
    return made


def wish(sku: str | None = None, group: str | None = None, quantity: str = "1", **changes: Any) -> ProposedLine:  # noqa: ANN401 - any field
    """A line that a reading proposes."""
    return ProposedLine(Decimal(quantity), **{"confidence": 0.9, "sku": sku, "item_group_id": group, **changes})


def read(
    session: Session,
    conversation: Conversation,
    *lines: ProposedLine,
    stage: ProposalStage = ProposalStage.ORDER,
    said: str = "...",
    details: ProposedDetails | None = None,
    questions: tuple[ProposedQuestion, ...] = (),
) -> Order | None:
    """Let a reading of the conversation's next message propose `lines`; returns the draft."""
    message = make_message(session, conversation, said)
    reading = Reading(
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        last_message_id=message.id,
        engine_version="test",
        draft={},
        current=False,
        duration_ms=1.0,
    )
    session.add(reading)
    session.flush()
    return propose(
        session,
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        reading_id=reading.id,
        last_message_id=message.id,
        draft=Proposal(stage, lines, details or ProposedDetails(), 0.8, questions),
    )


def as_current(user: User) -> CurrentUser:
    """The user as a request knows her."""
    return CurrentUser(
        id=user.id, business_id=user.business_id, role=user.role, name=user.name, email=user.email, session_id=1
    )


def content_of(session: Session, order: Order) -> list[tuple[str | None, Decimal]]:
    """SKU and quantity of the lines that count."""
    return [(line.sku, line.quantity) for line in live_lines(session, order)]


def live_lines(session: Session, order: Order) -> list[OrderLine]:
    """The lines that nobody removed."""
    return repository.live(repository.lines_of(session, order))


@dataclass
class Shop:
    """A business with an agent, a conversation, a kurti in two sizes and a saree."""

    business: Business
    agent: CurrentUser
    channel: Channel
    conversation: Conversation
    variants: Mapping[str, Variant] = field(default_factory=dict)

    @classmethod
    def open(cls, session: Session, **stock: int | str | None) -> "Shop":
        """A new shop; `stock` by variant: S, M, SAREE; what is not named is not counted."""
        business = make_business(session)
        channel = make_channel(session, business)
        kurti = make_product(session, business, "KURTI")
        saree = make_product(session, business, "SAREE", "Banarasi saree")
        variants = {
            "S": make_variant(session, kurti, "KURTI-S", options={"size": "S"}, stock=stock.get("S")),
            "M": make_variant(session, kurti, "KURTI-M", options={"size": "M"}, stock=stock.get("M")),
            "SAREE": make_variant(session, saree, "SAREE", price_minor=250000, stock=stock.get("SAREE")),
        }
        agent = as_current(make_user(session, business))
        return cls(business, agent, channel, make_conversation(session, business, channel), variants)
