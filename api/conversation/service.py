"""What agents do with conversations, and which of them are to be read."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.conversation.models import Conversation
from api.identity import repository as users
from api.live.service import announce
from api.problem import Unprocessable


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


def set_needs_answer(session: Session, conversation: Conversation, *, needed: bool) -> None:
    """An agent says that the last word needs no answer, or that it does need one."""
    if needed == (conversation.unanswered_since is not None):
        return
    now = session.scalars(select(func.clock_timestamp())).one()
    if needed:
        conversation.unanswered_since = now
    else:
        conversation.unanswered_since, conversation.answered_at = None, now
    announce(session, "conversation", conversation.id, business_id=conversation.business_id)


def due_readings(session: Session, age: timedelta, limit: int) -> list[int]:
    """Ids of conversations whose reading has been due for longer than `age`."""
    overdue = Conversation.reading_due_at < func.clock_timestamp() - age
    due = select(Conversation.id).where(overdue).order_by(Conversation.reading_due_at).limit(limit)
    return list(session.scalars(due))
