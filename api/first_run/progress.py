"""How far a business has come on its way to the first confirmed order."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Label, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.catalog.models import Variant
from api.channel.health import Health, health_of
from api.conversation.models import Conversation
from api.identity.models import Channel, ChannelStatus, User
from api.order.models import Order


def steps_done(session: Session, business_id: int) -> dict[str, bool]:
    """Which steps are done, by name."""
    query = select(
        _any(Variant.business_id, business_id, Variant.archived_at.is_(None)).label("has_products"),
        _any(Conversation.business_id, business_id).label("has_conversations"),
        _any(Order.business_id, business_id, Order.reading_id.is_not(None)).label("has_drafts"),
        _any(Order.business_id, business_id, Order.confirmed_at.is_not(None)).label("has_confirmed_order"),
        _more_than_one_user(business_id),
    )
    found: dict[str, bool] = dict(session.execute(query).mappings().one())
    return found | _channels(session, business_id)


def _any(owner: InstrumentedAttribute[int], business_id: int, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(owner == business_id, *more)


def _more_than_one_user(business_id: int) -> Label[bool]:
    others = select(User.id).where(User.business_id == business_id).offset(1).limit(1)
    return others.exists().label("has_team")


def _channels(session: Session, business_id: int) -> dict[str, bool]:
    query = select(Channel).where(Channel.business_id == business_id, Channel.status == ChannelStatus.ACTIVE)
    states = [health_of(channel, datetime.now(UTC)) for channel in session.scalars(query)]
    return {
        "has_channel": bool(states),
        "has_healthy_channel": bool({Health.OK, Health.EXPIRES_SOON}.intersection(states)),
    }
