"""Whether a channel works: what Meta last said of it, in words that tell an admin what to do."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from api.graph.advice import Action
from api.identity.models import Channel, ChannelStatus
from api.live.service import announce

logger = structlog.get_logger(__name__)

CHECK_EVERY = timedelta(hours=6)
# After trouble the number is looked at again soon: somebody may have mended it at Meta.
CHECK_AFTER_TROUBLE = timedelta(minutes=15)
# A check that was begun and did not end is begun again.
CHECK_LEASE = timedelta(minutes=5)
EXPIRES_SOON = timedelta(days=7)
# Errors of one message say nothing of the channel; these do.
CHANNEL_ACTIONS = frozenset({Action.PERMISSION.value, Action.ACCOUNT.value})


class Health(StrEnum):
    """Whether a channel works, the worst first."""

    TROUBLE = "trouble"
    NO_TOKEN = "no_token"  # noqa: S105 - a word, no secret
    EXPIRES_SOON = "expires_soon"
    UNCHECKED = "unchecked"
    OK = "ok"


def health_of(channel: Channel, now: datetime) -> Health:
    """Whether `channel` works, as far as is known."""
    if channel.trouble is not None:
        return Health.TROUBLE
    if not channel.has_access_token:
        return Health.NO_TOKEN
    if channel.token_expires_at is not None and channel.token_expires_at < now + EXPIRES_SOON:
        return Health.EXPIRES_SOON
    return Health.OK if channel.checked_at else Health.UNCHECKED


def note_trouble(session: Session, channel_id: int, error: Mapping[str, Any]) -> bool:
    """Mark a channel whose token or account Meta refuses; False where `error` is not about the channel.

    `error` is `GraphRefused.as_json()`, or a code with `Advice.as_json()`. The mark goes with the next check
    that finds nothing wrong.
    """
    if error.get("action") not in CHANNEL_ACTIONS:
        return False
    now = datetime.now(UTC)
    business_id = session.scalar(
        update(Channel)
        .where(Channel.id == channel_id)
        .values(trouble={**error, "at": now.isoformat()}, check_due_at=now + CHECK_AFTER_TROUBLE)
        .returning(Channel.business_id)
    )
    if business_id is not None:
        announce(session, "channel", channel_id, business_id=business_id)
    logger.warning("channel.trouble", channel_id=channel_id, code=error.get("code"), action=error.get("action"))
    return True


def claim_checks(session: Session, limit: int) -> list[int]:
    """Ids of channels whose check is due; they are not due again until this one had time to end."""
    due = (
        select(Channel.id)
        .where(_checkable(), or_(Channel.check_due_at.is_(None), Channel.check_due_at <= func.clock_timestamp()))
        .order_by(Channel.check_due_at.nulls_first(), Channel.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return _lease(session, session.scalars(due).all())


def _lease(session: Session, ids: Iterable[int]) -> list[int]:
    claimed = list(ids)
    if claimed:
        later = func.clock_timestamp() + CHECK_LEASE
        session.execute(update(Channel).where(Channel.id.in_(claimed)).values(check_due_at=later))
    return claimed


def has_due_checks(session: Session) -> bool:
    """Whether some channel's check is due."""
    due = or_(Channel.check_due_at.is_(None), Channel.check_due_at <= func.clock_timestamp())
    return session.scalar(select(Channel.id).where(_checkable(), due).limit(1)) is not None


def _checkable() -> ColumnElement[bool]:
    return (Channel.status == ChannelStatus.ACTIVE) & Channel.access_token_encrypted.is_not(None)
