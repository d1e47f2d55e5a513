"""The WebSocket, the ticket that opens it where no header can be sent, and its place in the OpenAPI document."""

from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, WebSocket
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema
from starlette.websockets import WebSocketDisconnect

from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.problem import Forbidden, Problem, answer
from api.settings import Settings
from api.websocket import access, ticket
from api.websocket.connection import Closing
from api.websocket.frames import CloseCode, WebSocketFrames
from api.websocket.sockets import Sockets

logger = structlog.get_logger(__name__)

router = APIRouter()

_PROTOCOL = """
Open it as a WebSocket (`wss://…/ws`): JSON text frames tell what changed, by ids; read the changed thing anew.
`WebSocketFrames` has the frames of either side; docs/live.md tells the rest. It is opened by the cookie of a page
of the same origin, by `Authorization: Bearer`, or by `?ticket=` of `POST /sessions/current/ticket`. `?cursor=` is
the newest cursor that you heard: you hear what you missed since.

A plain GET is answered with 426.
"""
_SWITCHING = {
    "description": "The WebSocket is open; these are its frames.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/WebSocketFrames"}}},
}


class UpgradeRequired(Problem):
    """Raised where the WebSocket is asked for as if it were a page."""

    status = HTTPStatus.UPGRADE_REQUIRED
    slug = "upgrade-required"


class TicketOut(BaseModel):
    """A ticket. It opens one WebSocket, once."""

    ticket: str = Field(description="Open `/ws?ticket=` this.", examples=["satya_kq7…"])
    expires_at: datetime


@router.post("/sessions/current/ticket", status_code=201, tags=["sessions"])
def issue_ticket(user: SignedIn, session: DatabaseSession) -> TicketOut:
    """A ticket to open one WebSocket with, within 30 seconds: for pages of other origins, which can send no header."""
    issued = ticket.issue(session, user)
    return TicketOut(ticket=issued.text, expires_at=issued.expires_at)


@router.get(
    "/ws",
    status_code=101,
    response_model=None,
    tags=["live"],
    description=_PROTOCOL,
    openapi_extra={"responses": {"101": _SWITCHING}},
)
def open_websocket(_user: SignedIn) -> None:
    """Hear what changes."""
    raise UpgradeRequired("open this as a WebSocket", headers={"Upgrade": "websocket", "Connection": "Upgrade"})


@router.websocket("/ws")
async def serve_websocket(websocket: WebSocket) -> None:
    """Tell what changes, until either side ends it."""
    settings: Settings = websocket.app.state.settings
    if not access.may_open(websocket.headers, settings.origins):
        logger.warning("websocket.refused", reason="origin")
        await websocket.send_denial_response(answer(Forbidden("this page may not use the session of another one")))
        return
    await websocket.accept()
    try:
        await _serve(websocket)
    except Closing as closing:
        logger.info("websocket.closed", code=int(closing.code), reason=closing.code.name)
        with suppress(WebSocketDisconnect, RuntimeError):
            await websocket.close(closing.code, closing.reason)
    except WebSocketDisconnect:
        return


async def _serve(websocket: WebSocket) -> None:
    sockets: Sockets | None = websocket.app.state.sockets
    if sockets is None:
        raise Closing(CloseCode.TRY_AGAIN_LATER, "this process tells nothing: ask another one")
    query = websocket.query_params
    shown = access.credentials_of(websocket.headers, websocket.cookies, query.get("ticket"))
    await sockets.serve(websocket, shown, query.get("cursor"))


def describe_frames(app: FastAPI) -> None:
    """Have the application's OpenAPI document hold the frames."""
    describe = app.openapi

    def describe_with_frames() -> dict[str, Any]:
        document = describe()
        document.setdefault("components", {}).setdefault("schemas", {}).update(_schemas())
        return document

    app.openapi = describe_with_frames  # type: ignore[method-assign] # FastAPI's own way to extend it


def _schemas() -> dict[str, Any]:
    _, document = models_json_schema([(WebSocketFrames, "serialization")], ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = document["$defs"]
    return schemas
