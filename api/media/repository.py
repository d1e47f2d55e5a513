"""Queries of files: one business's for its people, all that are due for workers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from api.identity.models import Channel, ChannelStatus
from api.media.error_budget import may_ask
from api.media.models import Media

# An attempt that was begun and did not end is made again after so long.
LEASE = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file to be downloaded now: what it is, and by which channel it came."""

    media_id: int
    business_id: int
    channel_id: int
    kind: str
    meta_media_id: str
    mime_type: str | None
    declared_sha256: str | None
    attempts: int
    expires_at: datetime


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
    """The file that waits longest and may be asked for, its attempt counted; None where there is none."""
    due = (
        select(Media.id)
        .join(Channel, Channel.id == Media.channel_id)
        .where(Media.due_at <= func.clock_timestamp(), _worth_trying())
        .order_by(Media.due_at)
        .limit(1)
        .with_for_update(of=Media, skip_locked=True)
    )
    row = session.scalar(
        update(Media)
        .where(Media.id == due.scalar_subquery())
        .values(attempts=Media.attempts + 1, due_at=func.clock_timestamp() + LEASE)
        .returning(Media)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if row is None or row.channel_id is None or row.meta_media_id is None or row.expires_at is None:
        return None
    return Claim(
        media_id=row.id,
        business_id=row.business_id,
        channel_id=row.channel_id,
        kind=row.kind,
        meta_media_id=row.meta_media_id,
        mime_type=row.mime_type,
        declared_sha256=row.declared_sha256,
        attempts=row.attempts,
        expires_at=row.expires_at,
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
