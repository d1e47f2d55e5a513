"""Keeps downloads below Meta's limit: a number with 20 refused ones within an hour is blocked for half an hour.

Each refusal uses up six minutes of a budget of 54, which refills with time: so 9 may come at once and 10 more
within the hour, 19 in all. Where the budget is used up, downloads of the number rest. It is paid beforehand, and
given back where nothing was refused: so it holds however many ask at the same time, and 9 at most do.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, update
from sqlalchemy.orm import Session

from api.identity.models import Channel

STEP = timedelta(minutes=6)
BUDGET = timedelta(minutes=54)
# After a refusal of the token itself nothing else will work: the next try is in half an hour.
REST = timedelta(minutes=30)


def may_ask() -> ColumnElement[bool]:
    """Whether a channel has budget left, as a condition of a query."""
    until = Channel.media_errors_until
    return or_(until.is_(None), until <= func.clock_timestamp() + BUDGET - STEP)


def charge(session: Session, channel_id: int) -> bool:
    """Pay for a request beforehand, as it may be refused; False where there is not enough left."""
    later = func.greatest(func.coalesce(Channel.media_errors_until, _now()), _now()) + STEP
    paid = session.scalar(
        update(Channel)
        .where(Channel.id == channel_id, may_ask())
        .values(media_errors_until=later)
        .returning(Channel.id)
        .execution_options(synchronize_session=False)
    )
    return paid is not None


def refund(session: Session, channel_id: int) -> None:
    """Give back what was paid for a request that was not refused."""
    _set(session, channel_id, Channel.media_errors_until - STEP)


def exhaust(session: Session, channel_id: int) -> None:
    """Use up all that is left, and half an hour more: the channel itself is refused."""
    _set(session, channel_id, func.greatest(Channel.media_errors_until, _now() + BUDGET - STEP + REST))


def _set(session: Session, channel_id: int, until: ColumnElement[Any]) -> None:
    statement = update(Channel).where(Channel.id == channel_id).values(media_errors_until=until)
    session.execute(statement.execution_options(synchronize_session=False))


def _now() -> ColumnElement[datetime]:
    return func.clock_timestamp()
