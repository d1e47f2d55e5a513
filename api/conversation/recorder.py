"""Makes rows of messages, many at once: a handful of statements, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation.answer import note_answer, note_question
from api.conversation.change import IS_CHANGE, settle_changes
from api.conversation.content import MessageContent
from api.conversation.incoming import NewMessage, ReadingDelay
from api.conversation.message_kind import CHANGES, MEDIA_PLACEHOLDER, REVOKE
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.status import STATUSES, settle_statuses
from api.customer.models import Customer
from api.customer.people import customers_of
from api.customer.person import Person
from api.database import one_of
from api.identity.models import Channel
from api.live.service import announce, announce_all

# Enough to find all messages of one second.
_SAME_SECOND = 20


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of new messages: the rows that are new or say something else, and which conversations to read."""

    rows: Sequence[Message] = ()
    due: frozenset[int] = frozenset()


def record_messages(session: Session, channel: Channel, new: Sequence[NewMessage], delay: ReadingDelay) -> Recorded:
    """Make rows of the messages that are not known yet, and bring their conversations up to date.

    Messages with a known wamid change nothing, but that a file takes the place that a history kept for it. The
    caller holds the locks of the people (`api.customer.lock`) and of the messages.
    """
    unknown, filled, changed = _unknown(session, channel, new)
    announce_all(session, "conversation", {row.conversation_id for row in filled}, business_id=channel.business_id)
    if not unknown:
        return Recorded(filled)
    people = customers_of(session, channel.business_id, (message.person for message in unknown.values()))
    conversations = _conversations(session, channel, people.values(), _first_times(unknown.values(), people))
    rows = _insert(session, channel, unknown, people, conversations)
    noted = [(row, unknown[row.wamid]) for row in rows if row.wamid is not None]
    by_id = {row.id: row for row in conversations.values()}
    due = _note(session, noted, by_id, people, delay)
    if changed:
        _apply_changes(session, channel, rows, by_id)
    settle_statuses(session, channel, rows)
    announce_all(session, "conversation", {row.conversation_id for row in rows}, business_id=channel.business_id)
    return Recorded((*filled, *rows), frozenset(due))


def _unknown(
    session: Session, channel: Channel, new: Iterable[NewMessage]
) -> tuple[dict[str, NewMessage], list[Message], bool]:
    """The messages whose wamid has no row, by wamid, and the rows of places that others have filled.

    Of those with the same wamid, it is the first that says something. Also, whether edits or deletions are among
    them or wait for one of them.
    """
    wanted: dict[str, NewMessage] = {}
    for message in new:
        if message.wamid not in wanted or wanted[message.wamid].content.type == MEDIA_PLACEHOLDER:
            wanted[message.wamid] = message
    if not wanted:
        return {}, [], False
    known = or_(one_of(Message.wamid, wanted), and_(IS_CHANGE, one_of(Message.reply_to_wamid, wanted)))
    query = select(Message.wamid, Message.type, Message.reply_to_wamid).where(Message.channel_id == channel.id, known)
    filled: list[Message] = []
    waiting: set[str] = set()
    for wamid, type_, target in session.execute(query).all():
        if type_ in CHANGES:
            waiting.add(target or "")
        there = wanted.pop(wamid or "", None)
        if there is not None and type_ == MEDIA_PLACEHOLDER and there.content.type != MEDIA_PLACEHOLDER:
            filled.append(_fill_place(session, channel, there))
    changed = bool(waiting & wanted.keys()) or any(message.content.is_change for message in wanted.values())
    return wanted, filled, changed


def _fill_place(session: Session, channel: Channel, new: NewMessage) -> Message:
    """Put a file where a history kept its place."""
    place = (Message.channel_id == channel.id, Message.wamid == new.wamid)
    row = session.scalars(select(Message).where(*place)).one()
    row.type, row.content, row.attributes = new.content.type, new.content.text, new.content.attributes()
    row.payload = dict(new.payload)
    return row


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
        .where(Conversation.channel_id == channel.id, one_of(Conversation.customer_id, customer_ids))
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
        "status": _status(new),
        "historic": new.historic,
        "timestamp": new.timestamp,
    }


def _status(new: NewMessage) -> MessageStatus:
    if new.direction is Direction.INBOUND:
        return MessageStatus.RECEIVED
    return STATUSES.get((new.told_status or "").lower(), MessageStatus.SENT)


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
        conversation, customer = conversations[row.conversation_id], people[new.person]
        if _note_person(conversation, new, customer):
            announce(session, "customer", customer.id, business_id=customer.business_id)
        _note_message(session, conversation, new)
        if new.content.is_for_engine and not new.historic:
            request_reading(conversation, delay, now)
            due.add(conversation.id)
    return due


def _note_person(conversation: Conversation, new: NewMessage, customer: Customer) -> bool:
    """Follow what WhatsApp shows of the customer: what her latest message shows. Tell whether her row changed."""
    conversation.customer_phone = customer.phone or conversation.customer_phone
    heard = conversation.last_customer_message_at
    if heard is not None and new.timestamp < heard:
        return False
    person, changed_at = new.person, customer.identity_changed_at
    # What was written before her ids changed, the notice of it too, names those that she had.
    user_id = customer.user_id if changed_at is not None and new.timestamp <= changed_at else person.user_id
    conversation.customer_user_id = user_id or conversation.customer_user_id
    before = customer.profile_name, customer.username
    customer.profile_name = person.profile_name or customer.profile_name
    customer.username = person.username or customer.username
    return before != (customer.profile_name, customer.username)


def _note_message(session: Session, conversation: Conversation, new: NewMessage) -> None:
    content = new.content
    if not content.is_change:
        _note_preview(conversation, content.preview, new.timestamp)
    if new.direction is Direction.OUTBOUND:
        if not content.is_change:
            note_answer(session, conversation, new.timestamp)
        return
    if content.counts_as_unread and not new.historic:
        conversation.unread_count += 1
        note_question(conversation, new.timestamp)
    if content.opens_window:
        heard = conversation.last_customer_message_at
        conversation.last_customer_message_at = max(new.timestamp, heard or new.timestamp)


def _note_preview(conversation: Conversation, preview: str, timestamp: datetime) -> None:
    """Show the latest message; of several in one second the one that says most, in whatever order they came."""
    shown = conversation.last_message
    if shown is None or timestamp > conversation.last_updated:
        conversation.last_message, conversation.last_updated = preview, timestamp
    elif timestamp == conversation.last_updated:
        conversation.last_message = max(shown, preview, key=_weight)


def _weight(preview: str) -> tuple[int, str]:
    return len(preview), preview


def _apply_changes(
    session: Session, channel: Channel, rows: Sequence[Message], conversations: Mapping[int, Conversation]
) -> None:
    """Apply edits and deletions, and have lists show what is left of the last message."""
    changed = settle_changes(session, channel, rows)
    changed |= {row.conversation_id for row in rows if row.type in CHANGES}
    if not changed:
        return
    session.flush()
    for conversation_id in changed & conversations.keys():
        conversations[conversation_id].last_message = _last_preview(session, conversation_id)


def _last_preview(session: Session, conversation_id: int) -> str | None:
    latest = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.changes_message_id.is_(None))
        .order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc())
        .limit(_SAME_SECOND)
    ).all()
    return max((_preview(row) for row in latest if row.timestamp == latest[0].timestamp), key=_weight, default=None)


def _preview(row: Message) -> str:
    type_ = REVOKE if row.revoked_at is not None else row.type
    return MessageContent.of(type_, row.content, row.attributes).preview


def request_reading(conversation: Conversation, delay: ReadingDelay, now: datetime) -> None:
    """Have `conversation` read once its customer pauses; its row has to be locked, `now` is the database's time."""
    first = conversation.reading_requested_at or now
    conversation.reading_requested_at = first
    conversation.reading_due_at = delay.due_at(first, now)
    conversation.reading_attempts = 0
    conversation.reading_error = None
