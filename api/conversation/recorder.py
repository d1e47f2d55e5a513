"""Makes rows of messages, many at once: a handful of statements, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation.incoming import NewMessage, ReadingDelay
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.status import settle_statuses
from api.customer.models import Customer
from api.customer.people import customers_of
from api.customer.person import Person
from api.identity.models import Channel
from api.live.service import announce_all


def record_messages(session: Session, channel: Channel, new: Sequence[NewMessage], delay: ReadingDelay) -> set[int]:
    """Make rows of the messages that are not known yet, and bring their conversations up to date.

    Returns the ids of the conversations that have something new to read. Messages with a known wamid
    change nothing. The caller holds the people's locks (`api.whatsapp.lock`).
    """
    unknown = _unknown(session, channel, new)
    if not unknown:
        return set()
    people = customers_of(session, channel.business_id, (message.person for message in unknown.values()))
    conversations = _conversations(session, channel, people.values(), _first_times(unknown.values(), people))
    rows = _insert(session, channel, unknown, people, conversations)
    noted = [(row, unknown[row.wamid]) for row in rows if row.wamid is not None]
    due = _note(session, noted, {row.id: row for row in conversations.values()}, people, delay)
    settle_statuses(session, channel, rows)
    announce_all(session, "conversation", {row.conversation_id for row in rows}, business_id=channel.business_id)
    return due


def _unknown(session: Session, channel: Channel, new: Iterable[NewMessage]) -> dict[str, NewMessage]:
    """The messages whose wamid has no row, by wamid; of those with the same one, the first."""
    wanted: dict[str, NewMessage] = {}
    for message in new:
        wanted.setdefault(message.wamid, message)
    known = select(Message.wamid).where(Message.channel_id == channel.id, Message.wamid.in_(wanted))
    for wamid in session.scalars(known):
        wanted.pop(wamid or "", None)
    return wanted


def _first_times(new: Iterable[NewMessage], people: Mapping[Person, Customer]) -> dict[int, datetime]:
    """When each customer's first message among these was written."""
    times: dict[int, datetime] = {}
    for message in new:
        customer_id = people[message.person].id
        times[customer_id] = min(message.timestamp, times.get(customer_id, message.timestamp))
    return times


def _conversations(
    session: Session, channel: Channel, people: Iterable[Customer], begun_at: Mapping[int, datetime]
) -> dict[int, Conversation]:
    """The conversations of `channel` with these people by customer id, locked; made where there are none."""
    by_id = {customer.id: customer for customer in people}
    found = _locked(session, channel, by_id)
    missing = [customer for customer_id, customer in by_id.items() if customer_id not in found]
    if missing:
        values = [
            {
                "business_id": channel.business_id,
                "channel_id": channel.id,
                "customer_id": customer.id,
                "customer_phone": customer.phone,
                "last_updated": begun_at[customer.id],
            }
            for customer in missing
        ]
        session.execute(insert(Conversation).on_conflict_do_nothing(), values)
        found |= _locked(session, channel, [customer.id for customer in missing])
    return found


def _locked(session: Session, channel: Channel, customer_ids: Iterable[int]) -> dict[int, Conversation]:
    rows = session.scalars(
        select(Conversation)
        .where(Conversation.channel_id == channel.id, Conversation.customer_id.in_(list(customer_ids)))
        .order_by(Conversation.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row.customer_id: row for row in rows}


def _insert(
    session: Session,
    channel: Channel,
    new: Mapping[str, NewMessage],
    people: Mapping[Person, Customer],
    conversations: Mapping[int, Conversation],
) -> Sequence[Message]:
    values = [_values(message, channel, conversations[people[message.person].id].id) for message in new.values()]
    return session.scalars(insert(Message).on_conflict_do_nothing().returning(Message), values).all()


def _values(new: NewMessage, channel: Channel, conversation_id: int) -> dict[str, Any]:
    inbound = new.direction is Direction.INBOUND
    return {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "conversation_id": conversation_id,
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


def _note(
    session: Session,
    noted: Iterable[tuple[Message, NewMessage]],
    conversations: Mapping[int, Conversation],
    people: Mapping[Person, Customer],
    delay: ReadingDelay,
) -> set[int]:
    """Bring what a list of conversations shows up to date; return the ids of those to be read."""
    now = session.scalars(select(func.clock_timestamp())).one()  # by the clock that all workers share
    due: set[int] = set()
    for row, new in noted:
        conversation = conversations[row.conversation_id]
        _note_message(conversation, new, people[new.person])
        if not new.content.is_notice:
            request_reading(conversation, delay, now)
            due.add(conversation.id)
    return due


def _note_message(conversation: Conversation, new: NewMessage, customer: Customer) -> None:
    if conversation.last_message is None or new.timestamp >= conversation.last_updated:
        conversation.last_message = new.content.preview
        conversation.last_updated = new.timestamp
    if customer.phone:
        conversation.customer_phone = customer.phone
    if new.direction is Direction.INBOUND and not new.content.is_notice:
        conversation.unread_count += 1
        heard = conversation.last_customer_message_at
        conversation.last_customer_message_at = max(new.timestamp, heard or new.timestamp)


def request_reading(conversation: Conversation, delay: ReadingDelay, now: datetime) -> None:
    """Have `conversation` read once its customer pauses; its row has to be locked, `now` is the database's time."""
    first = conversation.reading_requested_at or now
    conversation.reading_requested_at = first
    conversation.reading_due_at = delay.due_at(first, now)
    conversation.reading_attempts = 0
    conversation.reading_error = None
