"""Repeating a request is safe: under one `Idempotency-Key` it is done once, and answered the same again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse, Response
from psycopg.errors import LockNotAvailable
from pydantic import BaseModel
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.idempotency.models import IdempotencyKey
from api.problem import Conflict, Unprocessable
from api.versioning import etag

KEPT = timedelta(days=7)
PATIENCE = "10s"
_SWEEP = 100  # rows that one request clears away at most


class KeyReused(Unprocessable):
    """Raised when a key comes back with another request."""

    slug = "idempotency-key-reused"


class KeyBusy(Conflict):
    """Raised when the first request under a key is still being worked on."""

    slug = "idempotency-key-busy"


@dataclass(frozen=True, slots=True)
class Once:
    """How a request that acts is answered: once under its key, or simply, where it has none."""

    key: str | None
    endpoint: str
    request_hash: bytes

    def answer(
        self,
        session: Session,
        business_id: int,
        act: Callable[[], BaseModel],
        *,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        """The answer of `act`, which works in `session`; a repeated request gets the stored one.

        The key is committed or rolled back with the work: what failed may be tried again under the same
        key. A repetition that comes while the first is at work waits for it.

        Raises:
            KeyReused: The key was used for another request.
            KeyBusy: The first request took too long to wait for.
        """
        if self.key is None:
            return _response(status, act().model_dump(mode="json"))
        stored = self._claim(session, business_id, self.key)
        if stored.response_status is not None:
            return _response(HTTPStatus(stored.response_status), stored.response_body or {}, replayed=True)
        stored.response_body = act().model_dump(mode="json")
        stored.response_status = status
        return _response(status, stored.response_body)

    def _claim(self, session: Session, business_id: int, key: str) -> IdempotencyKey:
        """The key's row: new, or as the first request left it."""
        _sweep(session)
        values = {"business_id": business_id, "key": key, "endpoint": self.endpoint, "request_hash": self.request_hash}
        query = insert(IdempotencyKey).values(values).on_conflict_do_nothing().returning(IdempotencyKey)
        try:
            session.execute(select(func.set_config("lock_timeout", PATIENCE, True)))
            row = session.scalar(query)
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            raise KeyBusy(
                "the first request with this Idempotency-Key is still at work; ask again in a moment"
            ) from error
        session.execute(select(func.set_config("lock_timeout", "0", True)))
        if row is not None:
            return row
        known = (IdempotencyKey.business_id == business_id, IdempotencyKey.key == key)
        row = session.scalars(select(IdempotencyKey).where(*known)).one()
        if (row.endpoint, row.request_hash) != (self.endpoint, self.request_hash):
            raise KeyReused("this Idempotency-Key was used for another request; take a new key for a new request")
        return row


async def once(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=255, description="Of your making; the same key is never acted on twice."),
    ] = None,
) -> Once:
    """How this request is to be answered."""
    endpoint = f"{request.method} {request.url.path}"
    return Once(idempotency_key, endpoint, hashlib.sha256(await request.body()).digest())


RunOnce = Annotated[Once, Depends(once)]


def _sweep(session: Session) -> None:
    """Forget keys that are too old, a few with each new one, passing over those that others hold."""
    old = select(IdempotencyKey.id).where(IdempotencyKey.created_at < datetime.now(UTC) - KEPT)
    some = old.order_by(IdempotencyKey.created_at).limit(_SWEEP).with_for_update(skip_locked=True)
    session.execute(
        delete(IdempotencyKey).where(IdempotencyKey.id.in_(some)), execution_options={"synchronize_session": False}
    )


def _response(status: HTTPStatus, body: dict[str, Any], *, replayed: bool = False) -> Response:
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    if isinstance(version := body.get("version"), int):
        headers["ETag"] = etag(version)
    return JSONResponse(body, status_code=status, headers=headers)
