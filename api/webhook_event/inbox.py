"""Stores webhooks as they come in: many in one commit, and none is answered before its commit."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
import psycopg
import structlog

logger = structlog.get_logger(__name__)

BATCH_EVENTS = 500
BATCH_BYTES = 16 * 1024 * 1024
# Beyond this Meta is told to come again: an answer would take longer than it waits, or the memory is full.
MAX_WAITING = 20_000
MAX_WAITING_BYTES = 256 * 1024 * 1024
WRITE_SECONDS = 8.0
CONNECT_SECONDS = 4

_INSERT = """
    INSERT INTO webhook_events (body_hash, body, headers)
    SELECT hash, body, headers::jsonb FROM unnest(%b::bytea[], %b::bytea[], %b::text[]) AS t (hash, body, headers)
    ON CONFLICT (body_hash) DO NOTHING
"""


class InboxUnavailable(Exception):  # noqa: N818 - says what is the case, as the answer 503 does
    """Raised when a webhook could not be stored; Meta delivers it again when it is told so."""


@dataclass(slots=True)
class _Waiting:
    body_hash: bytes
    body: bytes
    headers: str
    stored: "asyncio.Future[None]" = field(repr=False)


class Inbox:
    """Group commit: what arrives while one batch is being committed is the next batch.

    One connection of its own, made anew whenever it breaks. `on_stored` is called after each commit.
    """

    def __init__(self, database_url: str, *, on_stored: Callable[[], object]) -> None:
        self._database_url = database_url
        self._on_stored = on_stored
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(MAX_WAITING)
        self._waiting_bytes = 0
        self._connection: psycopg.AsyncConnection | None = None
        self._flusher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to write; the connection is made with the first event."""
        self._flusher = asyncio.create_task(self._flush_for_ever(), name="inbox")

    async def stop(self) -> None:
        """Write what still waits, then close the connection."""
        if self._flusher is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), WRITE_SECONDS)
        self._flusher.cancel()
        with suppress(asyncio.CancelledError):
            await self._flusher
        while not self._queue.empty():
            _refuse(self._queue.get_nowait(), InboxUnavailable("the server is stopping"))
        await self._disconnect()

    async def store(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Return once the event is committed, or was already there. Raise InboxUnavailable otherwise."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(hashlib.sha256(body).digest(), body, orjson.dumps(dict(headers)).decode(), stored)
        if self._queue.full() or self._waiting_bytes + len(body) > MAX_WAITING_BYTES:
            raise InboxUnavailable("too many webhooks are waiting to be stored")
        self._queue.put_nowait(waiting)
        self._waiting_bytes += len(body)
        try:
            await stored
        finally:
            self._waiting_bytes -= len(body)

    async def _flush_for_ever(self) -> None:
        while True:
            batch = [await self._queue.get()]
            try:
                self._fill(batch)
                await self._store(batch)
            finally:
                for waiting in batch:
                    _refuse(waiting, InboxUnavailable("the server is stopping"))
                    self._queue.task_done()

    def _fill(self, batch: list[_Waiting]) -> None:
        size = len(batch[0].body)
        while len(batch) < BATCH_EVENTS and size < BATCH_BYTES and not self._queue.empty():
            batch.append(self._queue.get_nowait())
            size += len(batch[-1].body)

    async def _store(self, batch: list[_Waiting]) -> None:
        error = await self._write_or_reconnect(batch)
        if error is not None:
            for waiting in batch:
                _refuse(waiting, InboxUnavailable(str(error)))
            return
        for waiting in batch:
            if not waiting.stored.done():
                waiting.stored.set_result(None)
        self._on_stored()

    async def _write_or_reconnect(self, batch: list[_Waiting]) -> Exception | None:
        """None once the batch is committed; the second failure where two attempts failed."""
        # A parallel process may be storing the same redeliveries: one order for all keeps them from deadlock.
        rows = sorted(batch, key=lambda waiting: waiting.body_hash)
        error: Exception | None = None
        for _ in range(2):
            try:
                async with asyncio.timeout(WRITE_SECONDS):
                    await self._write(rows)
            except Exception as failure:  # noqa: BLE001 - whatever it is, the flusher lives on and Meta comes again
                error = failure
                await self._disconnect()
            else:
                return None
        logger.error("inbox.unavailable", events=len(batch), error=type(error).__name__)
        return error

    async def _write(self, rows: list[_Waiting]) -> None:
        connection = await self._connect()
        columns = ([row.body_hash for row in rows], [row.body for row in rows], [row.headers for row in rows])
        await connection.execute(_INSERT, columns, prepare=True)

    async def _connect(self) -> psycopg.AsyncConnection:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(
                self._database_url,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                application_name="satyasell-inbox",
            )
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error, OSError):
                await connection.close()


def _refuse(waiting: _Waiting, error: InboxUnavailable) -> None:
    """Tell the one who waits, unless she was answered or has gone."""
    if not waiting.stored.done():
        waiting.stored.set_exception(error)
