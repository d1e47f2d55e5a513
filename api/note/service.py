"""Writing, changing and finding notes. The audit log says that there was one, never what it said."""

from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity.current_user import CurrentUser
from api.identity.models import Role
from api.live.service import announce
from api.note.models import Note
from api.problem import Forbidden, NotFound


def notes(business_id: int, *, conversation_id: int | None = None, customer_id: int | None = None) -> Select[Note]:
    """A business's notes of a conversation, or all of a customer."""
    found = select(Note).where(Note.business_id == business_id)
    if conversation_id is not None:
        found = found.where(Note.conversation_id == conversation_id)
    return found if customer_id is None else found.where(Note.customer_id == customer_id)


def add(session: Session, user: CurrentUser, text: str, *, customer_id: int, conversation_id: int | None) -> Note:
    """A new note of the user's."""
    made = Note(
        business_id=user.business_id,
        customer_id=customer_id,
        conversation_id=conversation_id,
        author_id=user.id,
        text=text,
    )
    session.add(made)
    session.flush()
    _tell(session, user, made, "note.added")
    return made


def change(session: Session, user: CurrentUser, note_id: int, text: str) -> Note:
    """Word a note anew; raise NotFound or Forbidden where the user may not."""
    note = _own(session, user, note_id)
    note.text, note.edited_at = text, datetime.now(UTC)
    _tell(session, user, note, "note.changed")
    return note


def remove(session: Session, user: CurrentUser, note_id: int) -> None:
    """Take a note away; raise NotFound or Forbidden where the user may not."""
    note = _own(session, user, note_id)
    _tell(session, user, note, "note.removed")
    session.delete(note)


def _own(session: Session, user: CurrentUser, note_id: int) -> Note:
    """A note that the user may change: her own, and an admin any."""
    note = session.scalar(notes(user.business_id).where(Note.id == note_id))
    if note is None:
        raise NotFound(f"there is no note {note_id}")
    if note.author_id != user.id and user.role is not Role.ADMIN:
        raise Forbidden("only its author or an admin changes a note: write one of your own")
    return note


def _tell(session: Session, user: CurrentUser, note: Note, action: str) -> None:
    audit.record(
        session,
        business_id=note.business_id,
        user_id=user.id,
        action=action,
        subject_type="note",
        subject_id=note.id,
        customer_id=note.customer_id,
        conversation_id=note.conversation_id,
    )
    announce(session, "customer", note.customer_id, business_id=note.business_id)
    if note.conversation_id is not None:
        announce(session, "conversation", note.conversation_id, business_id=note.business_id)
