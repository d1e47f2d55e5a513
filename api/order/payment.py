"""What Meta tells of payments that customers make in the chat (India): kept whole, and shown on the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation.models import Direction, Message
from api.identity.models import Channel
from api.order.change import note_change
from api.order.models import Order, OrderPayment, OrderStatus

CAPTURED = "captured"
_PAYABLE = (OrderStatus.DRAFT, OrderStatus.CONFIRMED, OrderStatus.FULFILLED)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewPayment:
    """How a payment stood at `timestamp`, by the `reference_id` of the request; the amount in minor units."""

    reference_id: str
    status: str
    timestamp: datetime | None
    payload: Mapping[str, object]
    transaction_id: str | None = None
    transaction_status: str | None = None
    amount_minor: int | None = None
    currency: str | None = None


def record_payments(session: Session, channel: Channel, new: Sequence[NewPayment]) -> None:
    """Keep what was told, and bring the orders to it; where an order is not known yet, `settle_payments` does."""
    if not new:
        return
    session.execute(insert(OrderPayment).on_conflict_do_nothing(), [_values(channel, payment) for payment in new])
    for reference in sorted({payment.reference_id for payment in new}):
        _adopt(session, channel, reference)
    orders = session.scalars(
        select(Order)
        .where(
            Order.business_id == channel.business_id,
            Order.payment_reference.in_({payment.reference_id for payment in new}),
        )
        .order_by(Order.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for order in orders:
        settle_payments(session, order)


def _adopt(session: Session, channel: Channel, reference: str) -> None:
    """Give a reference that no order has to the order that its request, sent in the chat, was about: the last one."""
    known = select(Order.id).where(Order.business_id == channel.business_id, Order.payment_reference == reference)
    if session.scalar(known) is not None:
        return
    asked = {"interactive": {"action": {"parameters": {"reference_id": reference}}}}
    request = (
        Message.channel_id == channel.id,
        Message.direction == Direction.OUTBOUND,
        Message.payload.contains(asked),
    )
    chat = select(Message.conversation_id).where(*request).order_by(Message.id.desc()).limit(1).scalar_subquery()
    order = session.scalar(
        select(Order)
        .where(Order.conversation_id == chat, Order.payment_reference.is_(None), Order.status.in_(_PAYABLE))
        .order_by(Order.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if order is not None:
        order.payment_reference = reference


def _values(channel: Channel, payment: NewPayment) -> dict[str, object]:
    return {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "reference_id": payment.reference_id,
        "status": payment.status,
        "transaction_id": payment.transaction_id,
        "transaction_status": payment.transaction_status,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "timestamp": payment.timestamp,
        "payload": payment.payload,
    }


def settle_payments(session: Session, order: Order) -> None:
    """Bring a locked order to what was told of its `payment_reference`.

    The latest word counts, but that nothing takes a captured payment back. Call it when an order gets its
    reference: payments may have been quicker.
    """
    told = payments_of(session, order)
    if not told:
        return
    standing = next((payment for payment in reversed(told) if payment.status == CAPTURED), told[-1])
    paid_at = (standing.timestamp or standing.created_at) if standing.status == CAPTURED else None
    if (order.payment_status, order.paid_at) == (standing.status, paid_at):
        return
    order.payment_status, order.paid_at = standing.status, paid_at
    data = {"payment_status": standing.status, "payment_id": standing.id}
    note_change(session, order, "order.payment", user_id=None, data=data)


def payments_of(session: Session, order: Order) -> list[OrderPayment]:
    """All that was told of an order's payment, in the order in which it happened."""
    if order.payment_reference is None:
        return []
    query = select(OrderPayment).where(
        OrderPayment.business_id == order.business_id, OrderPayment.reference_id == order.payment_reference
    )
    return sorted(session.scalars(query), key=lambda payment: (payment.timestamp or _LONG_AGO, payment.id))
