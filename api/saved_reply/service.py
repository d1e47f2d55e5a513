"""Keeping, finding and using saved replies."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity.current_user import CurrentUser
from api.live.service import announce
from api.problem import Conflict, NotFound
from api.saved_reply.models import SavedReply


class ShortcutTaken(Conflict):
    """Raised when another saved reply has the shortcut."""

    slug = "shortcut-taken"


def replies(business_id: int, *, search: str = "") -> Select[SavedReply]:
    """A business's saved replies; of a `search`, those whose shortcut begins with it, or whose words hold it."""
    found = select(SavedReply).where(SavedReply.business_id == business_id)
    wanted = search.strip().removeprefix("/").replace("\0", "")
    if not wanted:
        return found
    return found.where(
        or_(
            SavedReply.shortcut.istartswith(wanted, autoescape=True),
            SavedReply.title.icontains(wanted, autoescape=True),
            SavedReply.text.icontains(wanted, autoescape=True),
        )
    )


def reply(session: Session, business_id: int, reply_id: int) -> SavedReply:
    """One saved reply; raise NotFound where the business has none with this id."""
    found = session.scalar(replies(business_id).where(SavedReply.id == reply_id))
    if found is None:
        raise NotFound(f"there is no saved reply {reply_id}")
    return found


def add(session: Session, user: CurrentUser, values: Mapping[str, str]) -> SavedReply:
    """Keep a reply; raise ShortcutTaken where another has its shortcut."""
    made = SavedReply(business_id=user.business_id, **values)
    with _unique(session, made.shortcut):
        session.add(made)
    _tell(session, user, made, "saved_reply.added")
    return made


def change(session: Session, user: CurrentUser, reply_id: int, values: Mapping[str, str]) -> SavedReply:
    """Set values of a reply; raise ShortcutTaken where another has its shortcut."""
    changed = reply(session, user.business_id, reply_id)
    with _unique(session, values.get("shortcut", changed.shortcut)):
        for name, value in values.items():
            setattr(changed, name, value)
    _tell(session, user, changed, "saved_reply.changed")
    return changed


def remove(session: Session, user: CurrentUser, reply_id: int) -> None:
    """Take a reply away."""
    gone = reply(session, user.business_id, reply_id)
    _tell(session, user, gone, "saved_reply.removed")
    session.delete(gone)


def count_use(session: Session, business_id: int, reply_id: int) -> None:
    """Note that somebody picked a reply: what is used often is found first."""
    reply(session, business_id, reply_id)
    session.execute(
        update(SavedReply)
        .where(SavedReply.id == reply_id)
        .values(used_count=SavedReply.used_count + 1, last_used_at=datetime.now(UTC))
    )


@contextmanager
def _unique(session: Session, shortcut: str) -> Iterator[None]:
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise ShortcutTaken(f"another saved reply is /{shortcut}: choose another shortcut") from error


def _tell(session: Session, user: CurrentUser, row: SavedReply, action: str) -> None:
    audit.record(
        session,
        business_id=row.business_id,
        user_id=user.id,
        action=action,
        subject_type="saved_reply",
        subject_id=row.id,
        shortcut=row.shortcut,
    )
    announce(session, "saved_reply", row.id, business_id=row.business_id)
