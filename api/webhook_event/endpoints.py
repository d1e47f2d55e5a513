"""The raw webhooks, for admins who want to know what Meta sent and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from sqlalchemy.orm import defer

from api.broker import Hinting
from api.database import DatabaseSession, after_commit
from api.identity.current_user import Admin
from api.pagination import Page, PageQuery, fetch_page
from api.problem import NotFound
from api.webhook_event import repository, service
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.schemas import WebhookEventOut, WebhookEventSummary
from api.webhook_event.service import HANDLE_EVENTS

router = APIRouter(prefix="/webhook-events", tags=["webhook events"])

EventId = Annotated[int, Path(ge=1, le=2**63 - 1)]


def hints_of(request: Request) -> Hinting:
    """What the application sends hints by."""
    hints: Hinting = request.app.state.hints
    return hints


@router.get("")
def list_webhook_events(
    user: Admin,
    session: DatabaseSession,
    page: PageQuery,
    state: Annotated[EventState | None, Query(description="Only those in this state.")] = None,
) -> Page[WebhookEventSummary]:
    """Webhooks of your business, the newest first; on a server of one business also those of nobody. For admins."""
    statement = repository.visible_to(session, user.business_id).options(defer(WebhookEvent.body))
    if state is not None:
        statement = statement.where(WebhookEvent.state == state)
    rows = fetch_page(session, statement, page, by=[WebhookEvent.id])
    return Page(items=[WebhookEventSummary.model_validate(row) for row in rows.items], next=rows.next)


@router.get("/{event_id}")
def get_webhook_event(event_id: EventId, user: Admin, session: DatabaseSession) -> WebhookEventOut:
    """One webhook with its headers and body. For admins."""
    statement = repository.visible_to(session, user.business_id).where(WebhookEvent.id == event_id)
    event = session.scalar(statement)
    if event is None:
        raise NotFound(f"there is no webhook event {event_id}")
    return WebhookEventOut.of(event)


@router.post("/{event_id}/replay", status_code=202)
def replay_webhook_event(
    event_id: EventId, user: Admin, session: DatabaseSession, hints: Annotated[Hinting, Depends(hints_of)]
) -> WebhookEventOut:
    """Have a webhook handled again, whatever became of it; what it brought is not doubled. For admins."""
    statement = repository.visible_to(session, user.business_id).where(WebhookEvent.id == event_id)
    event = session.scalar(statement.with_for_update())
    if event is None:
        raise NotFound(f"there is no webhook event {event_id}")
    service.replay(session, event, user_id=user.id, business_id=user.business_id)
    session.flush()
    after_commit(session, lambda: hints.send(HANDLE_EVENTS))
    return WebhookEventOut.of(event)
