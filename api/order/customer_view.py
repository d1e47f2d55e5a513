"""A customer as a person sees her beside a chat: put together from her orders, chats, tags and notes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.customer import tag
from api.customer.models import Customer
from api.customer.schemas import CustomerOut, TagOut
from api.note.models import Note
from api.order import view
from api.order.customer_schemas import AddressUsed, CustomerConversation, CustomerDetail, Spent
from api.order.models import Order, OrderStatus

BOUGHT = (OrderStatus.CONFIRMED, OrderStatus.FULFILLED)
SHOWN = 20


def detail(session: Session, customer: Customer) -> CustomerDetail:
    """One customer with everything."""
    latest = session.scalars(_orders(customer).order_by(Order.id.desc()).limit(SHOWN)).all()
    first, last = _span(session, customer)
    return CustomerDetail(
        **CustomerOut.model_validate(customer).model_dump(),
        tags=[TagOut.model_validate(each) for each in tag.tags_of(session, [customer.id])[customer.id]],
        spent=_spent(session, customer),
        orders_by_status=_by_status(session, customer),
        first_order_at=first,
        last_order_at=last,
        latest_orders=view.summaries(session, latest),
        addresses=_addresses(session, customer),
        conversations=_conversations(session, customer),
        note_count=_note_count(session, customer),
    )


def last_orders(session: Session, business_id: int, customer_ids: Sequence[int]) -> dict[int, datetime]:
    """When the customers' last confirmed orders were confirmed, by customer."""
    query = (
        select(Order.customer_id, func.max(Order.confirmed_at))
        .where(Order.business_id == business_id, Order.customer_id.in_(customer_ids), Order.status.in_(BOUGHT))
        .group_by(Order.customer_id)
    )
    return {customer_id: at for customer_id, at in session.execute(query) if at is not None}


def _orders(customer: Customer) -> Select[Order]:
    return select(Order).where(Order.business_id == customer.business_id, Order.customer_id == customer.id)


def _span(session: Session, customer: Customer) -> tuple[datetime | None, datetime | None]:
    bought = _orders(customer).where(Order.status.in_(BOUGHT))
    found = bought.with_only_columns(func.min(Order.confirmed_at), func.max(Order.confirmed_at))
    first, last = session.execute(found).one()
    return first, last


def _by_status(session: Session, customer: Customer) -> dict[OrderStatus, int]:
    counted = _orders(customer).with_only_columns(Order.status, func.count()).group_by(Order.status)
    return dict(session.execute(counted).all())


def _spent(session: Session, customer: Customer) -> list[Spent]:
    query = (
        _orders(customer)
        .with_only_columns(func.count(), func.sum(Order.total_amount), Order.currency)
        .where(Order.status.in_(BOUGHT))
        .group_by(Order.currency)
        .order_by(Order.currency)
    )
    rows = session.execute(query)
    return [Spent(order_count=count, amount_minor=int(amount), currency=currency) for count, amount, currency in rows]


def _addresses(session: Session, customer: Customer) -> list[AddressUsed]:
    """The different addresses of her latest orders, the last used first."""
    with_address = _orders(customer).where(Order.address.is_not(None)).order_by(Order.id.desc()).limit(10 * SHOWN)
    found: dict[tuple[str, str | None], AddressUsed] = {}
    for order in session.scalars(with_address):
        key = (" ".join((order.address or "").casefold().split()), order.pincode)
        found.setdefault(key, _address(order))
    return list(found.values())[:SHOWN]


def _address(order: Order) -> AddressUsed:
    return AddressUsed(
        name=order.name,
        phone=order.phone,
        address=order.address or "",
        address_parts=order.address_parts,
        pincode=order.pincode,
        city=order.city,
        order_id=order.id,
        used_at=order.updated_at,
    )


def _conversations(session: Session, customer: Customer) -> list[CustomerConversation]:
    query = select(Conversation).where(
        Conversation.business_id == customer.business_id, Conversation.customer_id == customer.id
    )
    rows = session.scalars(query.order_by(Conversation.last_updated.desc()))
    return [CustomerConversation.model_validate(row) for row in rows]


def _note_count(session: Session, customer: Customer) -> int:
    notes = select(func.count()).where(Note.business_id == customer.business_id, Note.customer_id == customer.id)
    return session.scalar(notes) or 0
