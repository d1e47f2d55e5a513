"""Meta's check that a webhook's address is ours, and what Meta told of accounts and numbers.

The webhooks themselves come in by `api.whatsapp.gate`.
"""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import PlainTextResponse
from sqlalchemy import select

from api.database import DatabaseSession
from api.identity.current_user import Admin, settings_of
from api.pagination import Page, PageQuery, fetch_page
from api.problem import Forbidden
from api.settings import Settings
from api.whatsapp.models import AccountEvent
from api.whatsapp.schemas import AccountEventOut

router = APIRouter()


@router.get("/webhook", tags=["webhook"], response_class=PlainTextResponse, include_in_schema=False)
@router.get("/webhook/whatsapp", tags=["webhook"], response_class=PlainTextResponse)
def verify_webhook(
    settings: Annotated[Settings, Depends(settings_of)],
    mode: Annotated[str, Query(alias="hub.mode", examples=["subscribe"])] = "",
    verify_token: Annotated[str, Query(alias="hub.verify_token", max_length=500)] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=500, examples=["1158201444"])] = "",
) -> str:
    """Answer Meta's verification request with its challenge, where it knows `WHATSAPP_VERIFY_TOKEN`."""
    expected = settings.whatsapp_verify_token.get_secret_value()
    fits = hmac.compare_digest(verify_token.encode(), expected.encode())
    if not (expected and fits and mode == "subscribe"):
        raise Forbidden("hub.verify_token is not WHATSAPP_VERIFY_TOKEN, or hub.mode is not subscribe")
    return challenge


@router.get("/account-events", tags=["webhook events"])
def list_account_events(
    user: Admin,
    session: DatabaseSession,
    page: PageQuery,
    field: Annotated[str | None, Query(max_length=100, description="Only those of this webhook field.")] = None,
    channel_id: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
) -> Page[AccountEventOut]:
    """What Meta told of your accounts, numbers, templates and groups, the newest first. For admins."""
    statement = select(AccountEvent).where(AccountEvent.business_id == user.business_id)
    if field is not None:
        statement = statement.where(AccountEvent.field == field.replace("\0", ""))
    if channel_id is not None:
        statement = statement.where(AccountEvent.channel_id == channel_id)
    rows = fetch_page(session, statement, page, by=[AccountEvent.id])
    return Page(items=[AccountEventOut.model_validate(row) for row in rows.items], next=rows.next)
