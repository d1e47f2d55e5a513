"""Queries of webhook events: who may work on which, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from api.identity.models import Business, Channel, ChannelStatus
from api.webhook_event.models import EventState, WebhookEvent

# A worker that was killed loses its claim after so long; one that lives is guarded by its row lock.
LEASE = timedelta(seconds=10)
MAX_ATTEMPTS = 3
# What makes an event one that has just come in.
ANEW: dict[str, Any] = {"state": EventState.RECEIVED, "attempts": 0, "error": None, "locked_until": None}


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on an event: it holds while the event's `attempts` is still this number."""

    event_id: int
    attempts: int


def claim(session: Session, limit: int) -> list[Claim]:
    """Claim up to `limit` events that wait, oldest first, and count the attempt. Commit before you work.

    An event that was tried before is claimed alone: where it breaks the process, no neighbor's attempt
    is counted with it.
    """
    tried = _waiting().where(WebhookEvent.attempts > 0).limit(1)
    fresh = _waiting().where(WebhookEvent.attempts == 0).limit(limit)
    return _claim(session, tried) or _claim(session, fresh)


def _waiting() -> Select[int]:
    free = or_(WebhookEvent.locked_until.is_(None), WebhookEvent.locked_until < func.clock_timestamp())
    return (
        select(WebhookEvent.id)
        .where(WebhookEvent.state == EventState.RECEIVED, free)
        .order_by(WebhookEvent.id)
        .with_for_update(skip_locked=True)
    )


def _claim(session: Session, waiting: Select[int]) -> list[Claim]:
    # A plain IN (SELECT …) may be run once a row, and then claims more than its limit.
    chosen = waiting.cte("chosen")
    taken = (
        update(WebhookEvent)
        .where(WebhookEvent.id == chosen.c.id)
        .values(attempts=WebhookEvent.attempts + 1, locked_until=func.clock_timestamp() + LEASE)
        .returning(WebhookEvent.id, WebhookEvent.attempts)
        .execution_options(synchronize_session=False)
    )
    rows = session.execute(taken)
    return sorted((Claim(*row) for row in rows), key=lambda claim: claim.event_id)


def locked(session: Session, claims: Sequence[Claim]) -> Sequence[WebhookEvent]:
    """The claimed events, locked until the transaction ends, oldest first; without those that are no longer ours."""
    ours = tuple_(WebhookEvent.id, WebhookEvent.attempts).in_([(claim.event_id, claim.attempts) for claim in claims])
    return session.scalars(
        select(WebhookEvent)
        .where(ours, WebhookEvent.state == EventState.RECEIVED)
        .order_by(WebhookEvent.id)
        .with_for_update(skip_locked=True)
    ).all()


def has_overdue(session: Session, age: timedelta) -> bool:
    """Whether an event came more than `age` ago, still waits, and nobody works on it."""
    overdue = _waiting().where(WebhookEvent.received_at < func.clock_timestamp() - age).limit(1)
    return session.scalar(overdue) is not None


def route_again(session: Session) -> int:
    """Let the events be handled whose number was connected meanwhile; return how many."""
    connected = (
        select(Channel.id)
        .where(
            Channel.status == ChannelStatus.ACTIVE,
            Channel.phone_number_id == WebhookEvent.unrouted_phone_number_ids.any_(),
        )
        .exists()
    )
    waiting = (
        select(WebhookEvent.id)
        .where(WebhookEvent.state == EventState.UNROUTED, connected)
        .with_for_update(skip_locked=True)
    )
    chosen = waiting.cte("chosen")
    again = (
        update(WebhookEvent)
        .where(WebhookEvent.id == chosen.c.id)
        .values(**ANEW)
        .returning(WebhookEvent.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.scalars(again).all())


def visible_to(session: Session, business_id: int) -> Select[WebhookEvent]:
    """The events that a business's admins may see.

    Those of nobody are among them while there is no other business on the server: later, they may hold
    the words of somebody else's customers.
    """
    others = select(Business.id).where(Business.id != business_id).limit(1)
    mine = WebhookEvent.business_id == business_id
    if session.scalar(others) is None:
        mine = or_(mine, WebhookEvent.business_id.is_(None))
    return select(WebhookEvent).where(mine)
