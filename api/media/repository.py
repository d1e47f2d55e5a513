"""Queries of files: one business's for its people, all that are due for workers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from api.identity.models import Channel, ChannelStatus
from api.media.error_budget import charge, may_ask
from api.media.models import Media

# An attempt that was begun and did not end is made again after so long.
LEASE = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file to be downloaded now: what it is, and by which channel it came. Of a late one Meta knows nothing more."""

    media_id: int
    business_id: int
    channel_id: int
    kind: str
    meta_media_id: str
    mime_type: str | None
    declared_sha256: str | None
    attempts: int
    is_late: bool


def media(session: Session, business_id: int, media_id: int, *, lock: bool = False) -> Media | None:
    """One file of a business; locked until the transaction ends where it is to be changed."""
    statement = select(Media).where(Media.business_id == business_id, Media.id == media_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def by_ids(session: Session, business_id: int, ids: Iterable[int | None]) -> dict[int, Media]:
    """Files of a business by id."""
    wanted = {media_id for media_id in ids if media_id is not None}
    if not wanted:
        return {}
    rows = session.scalars(select(Media).where(Media.business_id == business_id, Media.id.in_(wanted)))
    return {row.id: row for row in rows}


def claim(session: Session) -> Claim | None:
    """The file that waits longest and may be asked for, its attempt counted; None where there is none.

    Its channel's error budget has paid for it: give it back by `error_budget.refund`, unless Meta refuses.
    """
    due = (
        select(Media)
        .join(Channel, Channel.id == Media.channel_id)
        .where(Media.due_at <= func.clock_timestamp(), _worth_trying())
        .order_by(Media.due_at)
        .limit(1)
        .with_for_update(of=Media, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalar(due)
    if row is None or row.channel_id is None or row.meta_media_id is None or row.expires_at is None:
        return None
    now = session.scalars(select(func.clock_timestamp())).one()
    is_late = row.expires_at <= now
    if not is_late and not charge(session, row.channel_id):
        return None
    row.attempts += 1
    row.due_at = now + LEASE
    return Claim(
        media_id=row.id,
        business_id=row.business_id,
        channel_id=row.channel_id,
        kind=row.kind,
        meta_media_id=row.meta_media_id,
        mime_type=row.mime_type,
        declared_sha256=row.declared_sha256,
        attempts=row.attempts,
        is_late=is_late,
    )


def has_due(session: Session, age: timedelta = timedelta(0)) -> bool:
    """Whether a file may be downloaded now that has waited for longer than `age`."""
    due = (
        select(Media.id)
        .join(Channel, Channel.id == Media.channel_id)
        .where(Media.due_at <= func.clock_timestamp() - age, _worth_trying())
        .limit(1)
    )
    return session.scalar(due) is not None


def _worth_trying() -> ColumnElement[bool]:
    """Whether the channel can be asked; a file that Meta has forgotten is looked at in any case, to say so."""
    usable = and_(Channel.status == ChannelStatus.ACTIVE, Channel.access_token_encrypted.is_not(None), may_ask())
    return or_(usable, Media.expires_at <= func.clock_timestamp())
