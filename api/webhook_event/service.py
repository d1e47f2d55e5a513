"""What becomes of a webhook event: claimed, worked on once, and its outcome kept with it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.repository import ANEW, MAX_ATTEMPTS, Claim

# The task that handles what waits in the inbox.
HANDLE_EVENTS = "handle_events"
_MAX_ERROR = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What handling an event came to; see `WebhookEvent` for the meaning of each."""

    state: EventState
    error: str | None = None
    business_id: int | None = None
    unrouted_phone_number_ids: tuple[str, ...] = ()
    contents: dict[str, Any] = field(default_factory=dict)


def settle(event: WebhookEvent, outcome: Outcome) -> None:
    """Keep `outcome` with `event`; commit it together with the effects."""
    event.state = outcome.state
    event.error = outcome.error[:_MAX_ERROR] if outcome.error else None
    event.business_id = outcome.business_id
    event.unrouted_phone_number_ids = list(outcome.unrouted_phone_number_ids)
    event.contents = outcome.contents
    event.locked_until = None
    event.handled_at = datetime.now(UTC)


def settle_failure(event: WebhookEvent, claim: Claim, error: Exception) -> None:
    """Keep why an attempt failed: it is tried again after a while, or quarantined after the third."""
    event.error = describe(error)
    if claim.attempts >= MAX_ATTEMPTS:
        event.state = EventState.QUARANTINED
        event.locked_until = None
    else:
        event.locked_until = func.clock_timestamp() + timedelta(seconds=claim.attempts)


def replay(session: Session, event: WebhookEvent, *, user_id: int, business_id: int) -> None:
    """Have `event` handled again as if it had just come in. What it brought before is not doubled."""
    for name, value in ANEW.items():
        setattr(event, name, value)
    audit.record(
        session,
        business_id=business_id,
        user_id=user_id,
        action="webhook_event.replayed",
        subject_type="webhook_event",
        subject_id=event.id,
    )


def describe(error: Exception) -> str:
    """One line on `error` for the event's row, without the statement's parameters."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    words = str(cause).splitlines()
    return f"{type(cause).__name__}: {words[0] if words else ''}"[:_MAX_ERROR]
