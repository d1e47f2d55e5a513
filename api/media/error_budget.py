"""Keeps downloads below Meta's limit: a number with 20 refused ones within an hour is blocked for half an hour.

Each refusal uses up six minutes of a budget of 54, which refills with time: so 9 may come at once and 10 more
within the hour, 19 in all. Where the budget is used up, downloads of the number rest.
"""

from datetime import timedelta

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


def note_refused(session: Session, channel_id: int, *, hopeless: bool = False) -> None:
    """Count a refusal; a `hopeless` one uses up all that is left, and half an hour more."""
    now = func.clock_timestamp()
    until = func.greatest(func.coalesce(Channel.media_errors_until, now), now)
    later = now + BUDGET - STEP + REST if hopeless else until + STEP
    session.execute(
        update(Channel)
        .where(Channel.id == channel_id)
        .values(media_errors_until=func.greatest(until, later))
        .execution_options(synchronize_session=False)
    )
