"""Who spoke last: since when a customer waits for a word of the shop."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.conversation.message_kind import KINDS
from api.conversation.models import Conversation, Direction, Message

# What an agent need not look at, nobody waits for an answer to.
_SILENT = tuple(type_ for type_, kind in KINDS.items() if not kind.unread)


def note_question(conversation: Conversation, timestamp: datetime) -> None:
    """The customer wrote something at `timestamp`: unless the shop has spoken since, she waits from then on."""
    if conversation.answered_at is None or timestamp > conversation.answered_at:
        since = conversation.unanswered_since
        conversation.unanswered_since = timestamp if since is None else min(since, timestamp)


def note_answer(session: Session, conversation: Conversation, timestamp: datetime) -> None:
    """The shop said something at `timestamp`: the customer waits only for an answer to what she wrote after it.

    The conversation's row has to be locked. The order in which messages come to be known makes no difference.
    """
    if conversation.answered_at is not None and timestamp <= conversation.answered_at:
        return
    conversation.answered_at = timestamp
    if conversation.unanswered_since is not None and conversation.unanswered_since <= timestamp:
        conversation.unanswered_since = _first_after(session, conversation, timestamp)


def _first_after(session: Session, conversation: Conversation, timestamp: datetime) -> datetime | None:
    """When the customer first wrote again: later than `timestamp`, which is known before it only by chance."""
    return session.scalar(
        select(func.min(Message.timestamp)).where(
            Message.business_id == conversation.business_id,
            Message.conversation_id == conversation.id,
            Message.timestamp > timestamp,
            Message.direction == Direction.INBOUND,
            ~Message.historic,
            Message.type.not_in(_SILENT),
        )
    )
