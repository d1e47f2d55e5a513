"""Conversations as messages make them: rows, previews, the unread count, the window, and statuses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.conversation.content import MessageContent
from api.conversation.models import Conversation, Direction, Message, MessageStatus, MessageStatusEvent
from api.customer import service as customers
from api.customer.models import Customer
from api.customer.person import Person
from api.identity import repository as users
from api.identity.models import Channel
from api.live.service import announce
from api.problem import Unprocessable

# How far a status has come; a later one with a lower rank changes nothing. A message that failed and was
# delivered all the same was delivered. WhatsApp says `played` of a voice message that was listened to.
RANKS = {
    MessageStatus.QUEUED: 0,
    MessageStatus.SENT: 1,
    MessageStatus.FAILED: 2,
    MessageStatus.DELIVERED: 3,
    MessageStatus.READ: 4,
}
STATUSES = {
    "sent": MessageStatus.SENT,
    "failed": MessageStatus.FAILED,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "played": MessageStatus.READ,
}
# How far a timestamp may lie ahead of our clock before ours is believed.
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that came in, or that the shop sent from its phone. `payload` is Meta's item."""

    wamid: str
    direction: Direction
    person: Person
    content: MessageContent
    timestamp: datetime
    reply_to_wamid: str | None
    payload: Mapping[str, object]
    webhook_event_id: int | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class NewStatus:
    """A status that Meta told of a message."""

    wamid: str
    status: str
    timestamp: datetime
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReadingDelay:
    """How long a reading waits for a customer who is still typing, in seconds."""

    after_last_message: float = 1.0
    at_most: float = 5.0


def record_message(session: Session, channel: Channel, new: NewMessage, delay: ReadingDelay) -> Message | None:
    """The message's new row, its conversation brought up to date and a reading asked for.

    None where the wamid is known already: then nothing changes.
    """
    if _is_known(session, channel.id, new.wamid):
        return None
    person = new.person
    customer = customers.upsert(session, channel.business_id, person.wa_id, person.user_id, person.profile_name)
    conversation = _conversation(session, channel, customer, new.timestamp)
    message = _insert(session, channel, conversation, new)
    if message is None:
        return None
    _note(conversation, message, new.content, customer)
    if not new.content.is_notice:
        request_reading(conversation, delay)
    settle_statuses(session, message)
    announce(session, "conversation", conversation.id, business_id=channel.business_id)
    return message


def _is_known(session: Session, channel_id: int, wamid: str) -> bool:
    known = select(Message.id).where(Message.channel_id == channel_id, Message.wamid == wamid)
    return session.scalar(known) is not None


def _conversation(session: Session, channel: Channel, customer: Customer, at: datetime) -> Conversation:
    """The conversation of `channel` with `customer`, locked; made where there is none yet."""
    made = insert(Conversation).values(
        business_id=channel.business_id,
        channel_id=channel.id,
        customer_id=customer.id,
        customer_phone=customer.phone,
        last_updated=at,
    )
    found = (
        select(Conversation)
        .where(Conversation.channel_id == channel.id, Conversation.customer_id == customer.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    conversation = session.scalar(found)
    if conversation is None:
        session.execute(made.on_conflict_do_nothing())
        conversation = session.scalars(found).one()
    return conversation


def _insert(session: Session, channel: Channel, conversation: Conversation, new: NewMessage) -> Message | None:
    inbound = new.direction is Direction.INBOUND
    values = {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "conversation_id": conversation.id,
        "wamid": new.wamid,
        "direction": new.direction,
        "type": new.content.type,
        "content": new.content.text,
        "attributes": new.content.attributes(),
        "payload": new.payload,
        "webhook_event_id": new.webhook_event_id,
        "sequence": new.sequence,
        "reply_to_wamid": new.reply_to_wamid,
        "status": MessageStatus.RECEIVED if inbound else MessageStatus.SENT,
        "timestamp": new.timestamp,
    }
    return session.scalar(insert(Message).values(values).on_conflict_do_nothing().returning(Message))


def _note(conversation: Conversation, message: Message, content: MessageContent, customer: Customer) -> None:
    """Bring what a list of conversations shows up to date."""
    if conversation.last_message is None or message.timestamp >= conversation.last_updated:
        conversation.last_message = content.preview
        conversation.last_updated = message.timestamp
    if customer.phone:
        conversation.customer_phone = customer.phone
    if message.direction is Direction.INBOUND and not content.is_notice:
        conversation.unread_count += 1
        conversation.last_customer_message_at = max(
            message.timestamp, conversation.last_customer_message_at or message.timestamp
        )


def request_reading(conversation: Conversation, delay: ReadingDelay) -> None:
    """Have `conversation` read once its customer pauses; the conversation's row has to be locked."""
    # By the database's clock, which all workers share.
    now = func.clock_timestamp()
    first = func.coalesce(Conversation.reading_requested_at, now)
    conversation.reading_requested_at = first
    conversation.reading_due_at = func.least(
        now + timedelta(seconds=delay.after_last_message), first + timedelta(seconds=delay.at_most)
    )
    conversation.reading_attempts = 0
    conversation.reading_error = None


def record_status(session: Session, channel: Channel, new: NewStatus) -> None:
    """Keep a status, and apply it to its message; where that is not known yet, once it is."""
    values = {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "wamid": new.wamid,
        "status": new.status,
        "timestamp": new.timestamp,
        "payload": new.payload,
    }
    session.execute(insert(MessageStatusEvent).values(values).on_conflict_do_nothing())
    message = session.scalar(
        select(Message).where(Message.channel_id == channel.id, Message.wamid == new.wamid).with_for_update()
    )
    if message is not None:
        settle_statuses(session, message)


def settle_statuses(session: Session, message: Message) -> None:
    """Bring an outbound message's status to the furthest one that was told of it."""
    if message.direction is not Direction.OUTBOUND or message.wamid is None:
        return
    told = session.scalars(
        select(MessageStatusEvent).where(
            MessageStatusEvent.channel_id == message.channel_id, MessageStatusEvent.wamid == message.wamid
        )
    ).all()
    furthest = _furthest(told)
    if furthest is None or RANKS[STATUSES[furthest.status]] <= RANKS[message.status]:
        return
    message.status = STATUSES[furthest.status]
    message.error = _error(furthest.payload) if message.status is MessageStatus.FAILED else None
    announce(session, "conversation", message.conversation_id, business_id=message.business_id)


def _furthest(told: Iterable[MessageStatusEvent]) -> MessageStatusEvent | None:
    known = (event for event in told if event.status in STATUSES)
    return max(known, key=lambda event: RANKS[STATUSES[event.status]], default=None)


def _error(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Meta's first error of a failed status: `code`, `title` and more."""
    errors = payload.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return first if isinstance(first, dict) else None


def believable(timestamp: datetime | None, received_at: datetime) -> datetime:
    """Meta's timestamp, or when we received it where that is missing or lies in the future."""
    if timestamp is None or timestamp > received_at + CLOCK_SKEW:
        return received_at
    return timestamp


def mark_read(session: Session, conversation: Conversation) -> None:
    """An agent has seen all of it."""
    if conversation.unread_count:
        conversation.unread_count = 0
        announce(session, "conversation", conversation.id, business_id=conversation.business_id)


def assign(session: Session, conversation: Conversation, user_id: int | None, *, by_user_id: int) -> None:
    """Give a conversation to a user of its business, or to nobody; raise Unprocessable where there is no such user."""
    if user_id == conversation.assigned_user_id:
        return
    if user_id is not None and users.user(session, conversation.business_id, user_id) is None:
        raise Unprocessable(f"there is no user {user_id}")
    conversation.assigned_user_id = user_id
    audit.record(
        session,
        business_id=conversation.business_id,
        user_id=by_user_id,
        action="conversation.assigned",
        subject_type="conversation",
        subject_id=conversation.id,
        assigned_user_id=user_id,
    )
    announce(session, "conversation", conversation.id, business_id=conversation.business_id)


def due_readings(session: Session, age: timedelta, limit: int) -> list[int]:
    """Ids of conversations whose reading has been due for longer than `age`."""
    overdue = Conversation.reading_due_at < func.clock_timestamp() - age
    due = select(Conversation.id).where(overdue).order_by(Conversation.reading_due_at).limit(limit)
    return list(session.scalars(due))
