"""One connection that listens, made anew whenever it breaks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from psycopg import Notify, sql

logger = structlog.get_logger(__name__)

CONNECT_SECONDS = 4
ANSWER_SECONDS = 5.0
# So often the connection is asked whether it still is one.
HEARTBEAT_SECONDS = 10.0
FIRST_WAIT = 0.1
LONGEST_WAIT = 5.0


class Listener:
    """Listens to `channels` of PostgreSQL and hands on what it hears, in the order of the commits.

    `on_connected` is awaited whenever it listens (again): what was said before, it did not hear.
    """

    def __init__(
        self,
        database_url: str,
        channels: Sequence[str],
        *,
        on_connected: Callable[[], Awaitable[None]],
        on_heard: Callable[[str, str], None],
    ) -> None:
        self._database_url = database_url
        self._channels = channels
        self._on_connected = on_connected
        self._on_heard = on_heard
        self._task: asyncio.Task[None] | None = None
        self.listening = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen; returns at once."""
        self._task = asyncio.create_task(self._listen_for_ever(), name="listener")

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _listen_for_ever(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                async with await self._connect() as connection:
                    await self._on_connected()
                    self.listening.set()
                    wait = FIRST_WAIT
                    await self._listen(connection)
            except Exception as error:  # noqa: BLE001 - whatever it is, it listens again
                logger.warning("live.disconnected", error=type(error).__name__, retry_in=wait)
            self.listening.clear()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        connection = await psycopg.AsyncConnection.connect(
            self._database_url,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="satyasell-live",
            keepalives_idle=10,  # the kernel notices too where the other end has gone without a word
            keepalives_interval=5,
            keepalives_count=3,
        )
        for channel in self._channels:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        return connection

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for heard in connection.notifies(timeout=HEARTBEAT_SECONDS):
                self._hand_on(heard)
            async with asyncio.timeout(ANSWER_SECONDS):
                await connection.execute("SELECT 1")

    def _hand_on(self, heard: Notify) -> None:
        try:
            self._on_heard(heard.channel, heard.payload)
        except Exception:  # one word that is not understood must not silence the others
            logger.exception("live.not_understood", channel=heard.channel)
