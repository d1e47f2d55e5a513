"""Queries of readings: whose turn it is, what is to be read, and what was read last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_, update
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Message
from api.identity.models import Business
from api.order.service import covered_up_to
from api.reading.models import Reading

# A worker that was killed while it read loses its turn after so long.
LEASE = timedelta(seconds=10)
# Longer chats are read from here on: what was said before has been settled long ago.
MAX_MESSAGES = 400


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn to read a conversation; `attempts` counts this one."""

    conversation_id: int
    business_id: int
    attempts: int


def take_turn(session: Session, conversation_id: int) -> Turn | None:
    """Take the turn to read a conversation whose reading is due, else None. Commit before you read."""
    taken = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.reading_due_at <= func.clock_timestamp())
        .values(
            reading_attempts=Conversation.reading_attempts + 1,
            reading_due_at=func.clock_timestamp() + LEASE,
        )
        .returning(Conversation.id, Conversation.business_id, Conversation.reading_attempts)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(taken).first()
    return Turn(*row) if row else None


def seconds_until_due(session: Session, conversation_id: int) -> float | None:
    """How long until a conversation's reading is due; None where nothing is to be read."""
    left = func.extract("epoch", Conversation.reading_due_at - func.clock_timestamp())
    seconds = session.scalar(select(left).where(Conversation.id == conversation_id))
    return None if seconds is None else float(seconds)


def locked(session: Session, conversation_id: int) -> Conversation | None:
    """The conversation, locked until the transaction ends; None where others have read it meanwhile."""
    return session.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id, Conversation.reading_requested_at.is_not(None))
        .with_for_update(key_share=True)
    )


def messages(session: Session, conversation: Conversation) -> list[Message]:
    """What is to be read, oldest first: all that was said since the last order that a person closed."""
    newest = (
        select(Message)
        .where(Message.business_id == conversation.business_id, Message.conversation_id == conversation.id)
        .order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc())
        .limit(MAX_MESSAGES)
    )
    covered = covered_up_to(session, conversation.id)
    if covered is not None:
        newest = newest.where(_after(session.get_one(Message, covered)))
    return list(reversed(session.scalars(newest).all()))


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


def give_up(session: Session, conversation_id: int, error: str) -> None:
    """Stop trying to read a conversation until its next message."""
    _settle(session, conversation_id, error, due_at=None)


def try_again(session: Session, conversation_id: int, error: str, after: timedelta) -> None:
    """Have a conversation read again after a while."""
    _settle(session, conversation_id, error, due_at=func.clock_timestamp() + after)


def _settle(session: Session, conversation_id: int, error: str, due_at: ColumnElement[datetime] | None) -> None:
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.reading_requested_at.is_not(None))
        .values(reading_due_at=due_at, reading_error=error)
        .execution_options(synchronize_session=False)
    )
