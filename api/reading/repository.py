"""Queries of readings: whose turn it is, what is to be read, and what was read last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Message, MessageStatus
from api.identity.models import Business
from api.order.service import covered_up_to
from api.reading.models import Reading

# A worker that was killed while it read loses its turn after so long.
LEASE = timedelta(seconds=10)
# Longer chats are read from here on: what was said before has been settled long ago.
MAX_MESSAGES = 400


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn to read a conversation: `number` counts its turns, `attempts` those since its last message.

    `due_at` is when it is taken away again; where the conversation's says otherwise, a message came.
    """

    conversation_id: int
    business_id: int
    number: int
    attempts: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """What is to be read, oldest first: all that was said since `covered`, the last message of a settled order."""

    messages: Sequence[Message]
    covered: int | None


def take_turn(session: Session, conversation_id: int) -> Turn | None:
    """Take the turn to read a conversation whose reading is due, else None. Commit before you read."""
    taken = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.reading_due_at <= func.clock_timestamp())
        .values(
            reading_turn=Conversation.reading_turn + 1,
            reading_attempts=Conversation.reading_attempts + 1,
            reading_due_at=func.clock_timestamp() + LEASE,
        )
        .returning(
            Conversation.id,
            Conversation.business_id,
            Conversation.reading_turn,
            Conversation.reading_attempts,
            Conversation.reading_due_at,
        )
        .execution_options(synchronize_session=False)
    )
    row = session.execute(taken).first()
    if row is None or row.reading_due_at is None:
        return None
    return Turn(row.id, row.business_id, row.reading_turn, row.reading_attempts, row.reading_due_at)


def seconds_until_due(session: Session, conversation_id: int) -> float | None:
    """How long until a conversation's reading is due; None where nothing is to be read."""
    left = func.extract("epoch", Conversation.reading_due_at - func.clock_timestamp())
    seconds = session.scalar(select(left).where(Conversation.id == conversation_id))
    return None if seconds is None else float(seconds)


def chat(session: Session, turn: Turn) -> Chat:
    """What the turn is to read."""
    newest = (
        select(Message)
        .where(
            Message.business_id == turn.business_id,
            Message.conversation_id == turn.conversation_id,
            Message.changes_message_id.is_(None),  # the message that it changed says it now
            ~Message.historic,
            Message.status != MessageStatus.FAILED,  # the customer never saw it
            or_(Message.tracker.is_(None), Message.sent_by.is_not(None)),  # our own summaries order nothing
        )
        .order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc())
        .limit(MAX_MESSAGES)
    )
    covered = covered_up_to(session, turn.conversation_id)
    if covered is not None:
        newest = newest.where(_after(session.get_one(Message, covered)))
    return Chat(list(reversed(session.scalars(newest).all())), covered)


def locked(session: Session, turn: Turn) -> Conversation | None:
    """The turn's conversation, locked until the transaction ends; None where the turn was taken away."""
    return session.scalar(
        select(Conversation)
        .where(Conversation.id == turn.conversation_id, Conversation.reading_turn == turn.number)
        .with_for_update(key_share=True)
    )


def _after(message: Message) -> ColumnElement[bool]:
    position = tuple_(Message.timestamp, Message.sequence, Message.id)
    return position > tuple_(message.timestamp, message.sequence, message.id)


def time_zone(session: Session, business_id: int) -> str:
    """The IANA name of the business's time zone."""
    return session.scalars(select(Business.time_zone).where(Business.id == business_id)).one()


def retire_current(session: Session, conversation_id: int) -> None:
    """Make room for a new current reading."""
    session.execute(
        update(Reading)
        .where(Reading.conversation_id == conversation_id, Reading.current)
        .values(current=False)
        .execution_options(synchronize_session=False)
    )


def current(session: Session, business_id: int, conversation_id: int) -> Reading | None:
    """The latest reading of a conversation."""
    return session.scalar(
        select(Reading).where(
            Reading.business_id == business_id, Reading.conversation_id == conversation_id, Reading.current
        )
    )


def give_up(session: Session, turn: Turn, error: str) -> None:
    """Stop trying to read a conversation until its next message."""
    _settle(session, turn, error, due_at=None)


def try_again(session: Session, turn: Turn, error: str, after: timedelta) -> None:
    """Have a conversation read again after a while."""
    _settle(session, turn, error, due_at=func.clock_timestamp() + after)


def _settle(session: Session, turn: Turn, error: str, due_at: ColumnElement[datetime] | None) -> None:
    """Unless a message came meanwhile, or another turn was taken: then that one's reading is due."""
    session.execute(
        update(Conversation)
        .where(
            Conversation.id == turn.conversation_id,
            Conversation.reading_turn == turn.number,
            Conversation.reading_due_at == turn.due_at,
        )
        .values(reading_due_at=due_at, reading_error=error)
        .execution_options(synchronize_session=False)
    )
