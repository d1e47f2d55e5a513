"""What somebody missed: the changes since a cursor, as far as they are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, literal_column, select
from sqlalchemy.orm import Session

from api.database import one_of
from api.live.cursor import Cursor
from api.live.models import Change

# A cursor may be so old. What it needs is kept somewhat longer: a transaction may last before it is committed.
RESUMABLE = timedelta(hours=24)
KEPT = timedelta(hours=25)
# Rather than so many changes, a page reads all of it anew.
MOST_CHANGES = 1000
_PRUNED_AT_ONCE = 1000

_HORIZON: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
_NEXT: ColumnElement[int] = literal_column("pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
_CLOCK: ColumnElement[int] = literal_column("extract(epoch FROM clock_timestamp())::bigint")


@dataclass(frozen=True, slots=True)
class News:
    """A change, of which business it is, and the cursor of who has heard it and all before it."""

    id: int
    business_id: int
    subject: str
    subject_id: int
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Missed:
    """What there was since a cursor, oldest first, and the cursor after it; None where it is too much or too old."""

    news: Sequence[News] | None
    cursor: Cursor


def now(session: Session) -> Cursor:
    """The cursor of somebody who reads everything anew."""
    return _look(session)[0]


def missed(session: Session, business_ids: Collection[int], since: Cursor) -> Missed:
    """What changed in these businesses since a cursor: each thing once, however often it changed."""
    cursor, following = _look(session)
    too_old = since.at < cursor.at - RESUMABLE.total_seconds()
    if too_old or since.horizon > following:  # of the future: another database, or this one as it was before
        return Missed(None, cursor)
    # Its own snapshot may be later than the cursor's: what it sees beyond is heard twice.
    kind = (Change.business_id, Change.subject, Change.subject_id)
    rows = session.execute(
        select(func.max(Change.id), *kind)
        .where(one_of(Change.business_id, business_ids), Change.transaction_id >= since.horizon)
        .group_by(*kind)
        .order_by(func.max(Change.id))
        .limit(MOST_CHANGES + 1)
    ).all()
    if len(rows) > MOST_CHANGES:
        return Missed(None, cursor)
    return Missed([News(*row, cursor=since) for row in rows], cursor)


def _look(session: Session) -> tuple[Cursor, int]:
    """Where the database stands: its cursor, and the first transaction that is yet to come."""
    horizon, at, following = session.execute(select(_HORIZON, _CLOCK, _NEXT)).one()
    return Cursor(horizon, at), following


def prune(session: Session) -> None:
    """Forget changes that nobody can resume from any more, the oldest first, some at a time."""
    oldest = select(Change.id, Change.created_at).order_by(Change.id).limit(_PRUNED_AT_ONCE).subquery()
    old = select(oldest.c.id).where(oldest.c.created_at < datetime.now(UTC) - KEPT)
    session.execute(delete(Change).where(Change.id.in_(old)), execution_options={"synchronize_session": False})
