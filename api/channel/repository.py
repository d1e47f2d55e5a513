"""Queries of channels. Each asks within one business, but for the workers' own."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.identity.models import Channel


def channels(business_id: int) -> Select[Channel]:
    """The channels of a business."""
    return select(Channel).where(Channel.business_id == business_id)


def channel(session: Session, business_id: int, channel_id: int, *, lock: bool = False) -> Channel | None:
    """One channel of a business; locked until the transaction ends where it is to be changed."""
    statement = channels(business_id).where(Channel.id == channel_id)
    return session.scalar(statement.with_for_update() if lock else statement)
