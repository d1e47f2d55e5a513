"""The way in for webhooks: raw ASGI, in front of the application, because Meta waits and counts.

Signature over the raw bytes, one commit, then 200: nothing is parsed here. Measured, the application's
own layers would cost several times what this does.
"""

import asyncio
from http import HTTPStatus

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problem import Problem, Unauthorized, Unavailable, answer
from api.webhook_event.inbox import Inbox, InboxUnavailable
from api.whatsapp.signature import HEADER, is_signed

logger = structlog.get_logger(__name__)

PATH = "/webhook/whatsapp"
# Meta sends up to 3 MB; some more for what it may add.
MAX_BYTES = 4 * 1024 * 1024
BODY_SECONDS = 30.0
# What of a request is kept beside its body.
KEPT_HEADERS = frozenset({b"content-type", b"user-agent", HEADER.encode(), b"x-forwarded-for", b"traceparent"})
_MAX_HEADER = 500

_OK = (
    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)


class TooLarge(Problem):
    """Raised when a webhook is larger than Meta's are."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "too-large"


class TooSlow(Problem):
    """Raised when a webhook's body does not arrive."""

    status = HTTPStatus.REQUEST_TIMEOUT
    slug = "too-slow"


class WebhookGate:
    """ASGI middleware that takes `POST /webhook/whatsapp`; all else goes on to `app`."""

    def __init__(self, app: ASGIApp, inbox: Inbox, app_secrets: tuple[bytes, ...]) -> None:
        self._app = app
        self._inbox = inbox
        self._app_secrets = app_secrets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            await self._take(scope, receive)
        except ClientDisconnect:
            return
        except Problem as problem:
            logger.warning("webhook.refused", status=int(problem.status), reason=problem.slug)
            await answer(problem)(scope, receive, send)
            return
        for part in _OK:
            await send(part)

    async def _take(self, scope: Scope, receive: Receive) -> None:
        """Return once the webhook is stored."""
        headers = _kept(scope)
        body = await _body(scope, receive)
        if not is_signed(body, headers.get(HEADER), self._app_secrets):
            raise Unauthorized("X-Hub-Signature-256 does not fit the body: check WHATSAPP_APP_SECRET")
        try:
            await self._inbox.store(body, headers)
        except InboxUnavailable as error:
            raise Unavailable("the webhook could not be stored: deliver it again") from error


def _kept(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1"): value.decode("latin-1")[:_MAX_HEADER].replace("\0", "")
        for name, value in scope["headers"]
        if name in KEPT_HEADERS
    }


async def _body(scope: Scope, receive: Receive) -> bytes:
    """The whole body; raise TooLarge as soon as it is known to be, TooSlow where it does not come."""
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if declared.isdigit() and int(declared[:20]) > MAX_BYTES:
        raise _too_large()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(receive)
    except TimeoutError:
        raise TooSlow(f"the body did not arrive within {BODY_SECONDS:.0f} seconds") from None


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        more = message.get("more_body", False)
        if size > MAX_BYTES:
            raise _too_large()
    return b"".join(chunks)


def _too_large() -> TooLarge:
    return TooLarge(f"a webhook may have {MAX_BYTES} bytes at most")
