"""Conversations as the inbox shows them: each row with what other features know of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.window import window_closes_at
from api.customer.models import Customer
from api.database import one_of
from api.identity.models import User
from api.inbox.repository import IS_DRAFT
from api.inbox.schemas import AssignedUser, ConversationOut, DraftOut, Participant
from api.order.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a page of conversations is shown with, by ids: a handful of statements, however many rows."""

    customers: dict[int, Customer]
    users: dict[int, AssignedUser]
    drafts: dict[int, DraftOut]
    last: dict[int, tuple[Direction, MessageStatus]]


def shown(session: Session, rows: Sequence[Conversation]) -> list[ConversationOut]:
    """The conversations as they are shown, in their order."""
    session.flush()
    ids = [row.id for row in rows]
    around = _Surroundings(
        customers=_customers(session, {row.customer_id for row in rows}),
        users=_users(session, {row.assigned_user_id for row in rows} - {None}),
        drafts=_drafts(session, ids),
        last=_last_messages(session, ids),
    )
    return [_out(row, around) for row in rows]


def _out(row: Conversation, around: _Surroundings) -> ConversationOut:
    customer = around.customers[row.customer_id]
    direction, status = around.last.get(row.id, (None, None))
    return ConversationOut(
        id=row.id,
        channel_id=row.channel_id,
        customer=Participant.model_validate(customer),
        customer_phone=row.customer_phone,
        opted_out=customer.marketing_stopped_at is not None,
        last_message=row.last_message,
        last_message_direction=direction,
        last_message_status=status,
        last_updated=row.last_updated,
        unread_count=row.unread_count,
        needs_answer=row.unanswered_since is not None,
        unanswered_since=row.unanswered_since,
        assigned_user_id=row.assigned_user_id,
        assigned_user=around.users.get(row.assigned_user_id or 0),
        draft=around.drafts.get(row.id),
        window_closes_at=window_closes_at(row),
        reading_is_due=row.reading_due_at is not None,
        reading_error=row.reading_error,
        created_at=row.created_at,
    )


def _customers(session: Session, ids: Collection[int]) -> dict[int, Customer]:
    return {row.id: row for row in session.scalars(select(Customer).where(one_of(Customer.id, ids)))}


def _users(session: Session, ids: Collection[int | None]) -> dict[int, AssignedUser]:
    rows = session.execute(select(User.id, User.name).where(one_of(User.id, ids))) if ids else ()
    return {user_id: AssignedUser(id=user_id, name=name) for user_id, name in rows}


def _drafts(session: Session, ids: Collection[int]) -> dict[int, DraftOut]:
    lines = (
        select(func.count())
        .where(
            OrderLine.business_id == Order.business_id, OrderLine.order_id == Order.id, OrderLine.removed_at.is_(None)
        )
        .correlate(Order)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Order.conversation_id,
            Order.id.label("order_id"),
            Order.number,
            Order.stage,
            Order.total_amount,
            Order.currency,
            Order.confidence,
            lines.label("line_count"),
            Order.version,
        ).where(one_of(Order.conversation_id, ids), IS_DRAFT)
    )
    return {row.conversation_id: DraftOut.model_validate(row, from_attributes=True) for row in rows}


def _last_messages(session: Session, ids: Collection[int]) -> dict[int, tuple[Direction, MessageStatus]]:
    """Each conversation's last message: whose it is, and how far it has come."""
    latest = (
        select(Message.direction, Message.status)
        .where(
            Message.business_id == Conversation.business_id,
            Message.conversation_id == Conversation.id,
            Message.changes_message_id.is_(None),
        )
        .order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc())
        .limit(1)
        .lateral("latest")
    )
    rows = session.execute(
        select(Conversation.id, latest.c.direction, latest.c.status)
        .join(latest, true())
        .where(one_of(Conversation.id, ids))
    )
    return {conversation_id: (direction, status) for conversation_id, direction, status in rows}
