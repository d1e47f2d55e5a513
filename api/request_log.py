"""What surrounds every request: its id, its line in the log, and an answer to what nobody foresaw."""

import time
import uuid
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problem import plain_answer

logger = structlog.get_logger(__name__)

HEADER = "X-Request-ID"


class RequestLog:
    """ASGI middleware: names each request (`X-Request-ID`), logs it and what it raised."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        answer = _Answer(scope, receive, send, request_id)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, answer.send)
            except Exception:
                logger.exception("request.failed", **_named(scope))
                if not answer.status:
                    await plain_answer(HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, answer.send)
            took = round((time.perf_counter() - started) * 1000, 1)
            logger.info("request.answered", status=answer.status, ms=took, **_named(scope))


class _Answer:
    """The way out of one request; adds its id, and gives a plain 413 the form that our errors have."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._request_id = request_id
        self._replaced = False
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            MutableHeaders(scope=message)[HEADER] = self._request_id
            if self._is_plain_refusal(message):
                self._replaced = True
                problem = plain_answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers={HEADER: self._request_id})
                await problem(self._scope, self._receive, self._send)
        if not self._replaced:
            await self._send(message)

    def _is_plain_refusal(self, start: Message) -> bool:
        """FastAPI's body limit answers outside of the error handlers, in plain text."""
        kind = Headers(raw=start["headers"]).get("content-type", "")
        return self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and kind.startswith("text/plain")


def _named(scope: Scope) -> dict[str, str]:
    """What a request was, by its route: its path may hold what must not be logged."""
    route = scope.get("route")
    return {"method": scope["method"], "route": getattr(route, "path", "")}
