"""Meta's check that a webhook's address is ours. The webhooks themselves come in by `api.whatsapp.gate`."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import PlainTextResponse

from api.identity.current_user import settings_of
from api.problem import Forbidden
from api.settings import Settings

router = APIRouter(tags=["webhook"])


@router.get("/webhook", response_class=PlainTextResponse, include_in_schema=False)
@router.get("/webhook/whatsapp", response_class=PlainTextResponse)
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
