"""All WebSockets of one API process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from api.database import Database
from api.identity.current_user import CurrentUser
from api.live import replay
from api.live.cursor import Cursor
from api.live.hub import Hub
from api.live.replay import Missed
from api.settings import Settings
from api.websocket.access import Credentials, admitted, still_there
from api.websocket.connection import Closing, Connection
from api.websocket.frames import CloseCode
from api.websocket.presence import CHANNEL, HEARTBEAT_SECONDS, Presence

logger = structlog.get_logger(__name__)

# Of one user in one process: more than that is a page gone wrong.
MOST_PER_USER = 20
# A login that ends by the clock is noticed after so long, one that somebody ends at once.
RECHECK_SECONDS = 15.0
LISTEN_SECONDS = 5.0

_SAY = text(f"SELECT pg_notify('{CHANNEL}', word) FROM unnest(:words) AS word").bindparams(  # noqa: S608 - our constant
    bindparam("words", type_=ARRAY(Text))
)
Result = TypeVar("Result")


class Sockets:
    """Opens WebSockets, feeds them from one listening connection, and closes those whose login has ended."""

    def __init__(self, database_url: str, database: Database, settings: Settings) -> None:
        self._database = database
        self._idle = timedelta(minutes=settings.session_idle_minutes)
        self._hub = Hub(database_url, database, (CHANNEL,))
        self._connections: set[Connection] = set()
        self._suspected = asyncio.Event()
        self._unsaid = asyncio.Event()
        self._presence = Presence(publish=self._unsaid.set)
        self._hub.tune_in(CHANNEL, self._presence.hear, self._presence.ask)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to listen."""
        await self._hub.start()
        for work, event, seconds in (
            (self._recheck, self._suspected, RECHECK_SECONDS),
            (self._say, self._unsaid, HEARTBEAT_SECONDS),
        ):
            self._tasks.append(asyncio.create_task(_repeat(work, event, seconds), name=work.__name__))

    async def stop(self) -> None:
        """Listen no more. The server has closed the WebSockets."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._hub.stop()

    async def serve(self, websocket: WebSocket, shown: Credentials, since: str | None) -> None:
        """Serve an accepted WebSocket until it ends. Raises Closing where it is to be closed by us."""
        await self._listening()
        user = await self._ask(lambda session: admitted(session, shown, self._idle))
        if user is None:
            raise Closing(CloseCode.LOGGED_OUT, "no login, or it has ended: log in by POST /sessions")
        async with self._connected(websocket, user) as connection:
            cursor = Cursor.parse(since) if since is not None else None
            missed = await self._ask(lambda session: _missed(session, user.business_id, since, cursor))
            await connection.greet(cursor, missed)
            await connection.serve()

    async def _listening(self) -> None:
        try:
            async with asyncio.timeout(LISTEN_SECONDS):
                await self._hub.wait_until_listening()
        except TimeoutError:
            raise _try_again() from None

    @asynccontextmanager
    async def _connected(self, websocket: WebSocket, user: CurrentUser) -> AsyncIterator[Connection]:
        """A connection that hears what changes while the block runs."""
        if sum(each.user.id == user.id for each in self._connections) >= MOST_PER_USER:
            raise Closing(CloseCode.TOO_MANY, f"a person may have {MOST_PER_USER} open at once")
        connection = Connection(
            websocket, user, self._presence, cursor=self._newest_cursor, suspect=self._suspected.set
        )
        self._connections.add(connection)
        self._hub.subscribe(connection)
        logger.info("websocket.opened", user_id=user.id, open=len(self._connections))
        try:
            yield connection
        finally:
            self._hub.unsubscribe(connection)
            self._connections.discard(connection)
            connection.look_away()

    def _newest_cursor(self) -> Cursor:
        cursor = self._hub.cursor
        assert cursor is not None  # noqa: S101 - nobody is served before it listens
        return cursor

    async def _recheck(self) -> None:
        """Close the WebSockets of logins that have ended; know the others' users as they are now."""
        connections = tuple(self._connections)
        if not connections:
            return
        ids = {each.user.session_id for each in connections}
        users: Mapping[int, CurrentUser] = await self._ask(lambda session: still_there(session, ids, self._idle))
        for connection in connections:
            connection.refresh(users.get(connection.user.session_id))

    async def _say(self) -> None:
        """Tell the other processes who looks at what."""
        words = self._presence.take_words()
        if words:
            await self._ask(lambda session: session.execute(_SAY, {"words": words}))

    async def _ask(self, question: Callable[[Session], Result]) -> Result:
        """What the database says, asked in a thread; raise Closing where it does not answer."""

        def ask() -> Result:
            with self._database.transaction() as session:
                return question(session)

        try:
            return await run_in_threadpool(ask)
        except SQLAlchemyError as error:
            logger.warning("websocket.no_database", error=type(error).__name__)
            raise _try_again() from error


def _missed(session: Session, business_id: int, since: str | None, cursor: Cursor | None) -> Missed:
    if cursor is not None:
        return replay.missed(session, (business_id,), cursor)
    return Missed(() if since is None else None, replay.now(session))


def _try_again() -> Closing:
    return Closing(CloseCode.TRY_AGAIN_LATER, "not now, but in a moment")


async def _repeat(work: Callable[[], Awaitable[None]], event: asyncio.Event, seconds: float) -> None:
    """Do the work whenever the event is set, and every so many seconds."""
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
        event.clear()
        with suppress(Closing):  # the database is away: it will be back
            await work()
