"""One open WebSocket: what is sent over it, what comes, and how it ends."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.identity.current_user import CurrentUser
from api.identity.models import Role
from api.live.cursor import Cursor
from api.live.replay import Missed, News
from api.live.service import FOR_ADMINS, INTERNAL
from api.websocket.frames import (
    CLIENT_FRAME,
    CaughtUp,
    ChangeFrame,
    CloseCode,
    Hello,
    Looking,
    Me,
    Person,
    Ping,
    PresenceFrame,
    Reset,
)
from api.websocket.outbox import Outbox, Overflow
from api.websocket.presence import Presence, Room

PING_SECONDS = 20
# Somebody who takes nothing for so long will not take the next frame either.
SEND_SECONDS = 10.0
# A page says what is looked at when that changes: people are not so quick.
MOST_FRAMES, IN_SECONDS = 60, 10.0


class Closing(Exception):  # noqa: N818 - says what is the case
    """Raised where a WebSocket is to be closed by us."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection:
    """A WebSocket of a login. It hears what its user may hear, until either side ends it.

    `cursor` gives the newest one; `suspect` is called where the user's login may have ended.
    """

    def __init__(
        self,
        websocket: WebSocket,
        user: CurrentUser,
        presence: Presence,
        *,
        cursor: Callable[[], Cursor],
        suspect: Callable[[], None],
    ) -> None:
        self.user = user
        self._websocket = websocket
        self._presence = presence
        self._cursor = cursor
        self._suspect = suspect
        self._outbox = Outbox()
        self._looks: dict[str, Room] = {}
        self._came: deque[float] = deque(maxlen=MOST_FRAMES)
        self._end: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()

    @property
    def business_id(self) -> int:
        """Whose changes it hears."""
        return self.user.business_id

    def hear(self, news: News) -> None:
        """Tell of a change, where the user may know of such."""
        if news.subject in {"session", "user"}:
            self._suspect()
        if self._may_hear(news):
            self._outbox.put(_change(news))

    def start_over(self, cursor: Cursor) -> None:
        """Tell that anything may have changed."""
        self._outbox.put(Reset(cursor=str(cursor)))
        self._suspect()

    def see(self, room: Room, people: Sequence[Person]) -> None:
        """Tell who looks at what the user looks at."""
        self._outbox.put(PresenceFrame(subject=room.subject, id=room.subject_id, people=list(people)))

    def refresh(self, user: CurrentUser | None) -> None:
        """The user as she is now; None where her login has ended."""
        if user is None:
            self.end(CloseCode.LOGGED_OUT, "the login has ended")
        else:
            self.user = user

    def end(self, code: CloseCode, reason: str) -> None:
        """Close it as soon as can be."""
        if not self._end.done():
            self._end.set_result(Closing(code, reason))

    async def greet(self, since: Cursor | None, missed: Missed) -> None:
        """Send the first frame, and what was missed since a cursor."""
        if since is None or missed.news is None:
            await self._send(self._hello(missed.cursor, resumed=False))
            if missed.news is None:
                await self._send(Reset(cursor=str(missed.cursor)))
            return
        await self._send(self._hello(since, resumed=True))
        for news in missed.news:
            if self._may_hear(news):
                await self._send(_change(news))
        await self._send(CaughtUp(cursor=str(missed.cursor)))

    async def serve(self) -> None:
        """Send and receive until it ends. Raises Closing where we end it, WebSocketDisconnect where they do."""
        tasks = [asyncio.create_task(self._send_all()), asyncio.create_task(self._receive_all())]
        ends: list[asyncio.Future[Any]] = [*tasks, self._end]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if self._end.done():
                raise self._end.result()
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def look_away(self) -> None:
        """Look at nothing any more."""
        for room in self._looks.values():
            self._presence.leave(self, room)
        self._looks.clear()

    def _may_hear(self, news: News) -> bool:
        if news.subject in INTERNAL:
            return False
        return news.subject not in FOR_ADMINS or self.user.role is Role.ADMIN

    def _hello(self, cursor: Cursor, *, resumed: bool) -> Hello:
        me = Me(id=self.user.id, name=self.user.name, role=self.user.role)
        return Hello(cursor=str(cursor), resumed=resumed, user=me, ping_seconds=PING_SECONDS)

    async def _send_all(self) -> None:
        while True:
            try:
                frame = await self._outbox.take(PING_SECONDS)
            except Overflow:
                raise Closing(CloseCode.TOO_SLOW, "too much waits to be sent: resume from your cursor") from None
            await self._send(frame or Ping(cursor=str(self._cursor())))

    async def _send(self, frame: BaseModel) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(frame.model_dump_json())
        except TimeoutError:
            raise Closing(CloseCode.TOO_SLOW, "nothing is taken: resume from your cursor") from None

    async def _receive_all(self) -> None:
        while True:
            text = await self._receive()
            try:
                self._look(CLIENT_FRAME.validate_json(text))
            except ValidationError:
                raise Closing(CloseCode.UNDERSTOOD_NOTHING, "not a frame that is known: see docs/live.md") from None

    async def _receive(self) -> str:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"])
        now = monotonic()
        if len(self._came) == MOST_FRAMES and now - self._came[0] < IN_SECONDS:
            raise Closing(CloseCode.UNDERSTOOD_NOTHING, "too many frames: say what you look at when that changes")
        self._came.append(now)
        return message.get("text") or ""

    def _look(self, frame: Looking) -> None:
        room = Room(self.business_id, frame.subject, frame.id) if frame.id is not None else None
        before = self._looks.pop(frame.subject, None)
        if before is not None and before != room:
            self._presence.leave(self, before)
        if room is not None:
            self._looks[frame.subject] = room
            person = Person(user_id=self.user.id, name=self.user.name, editing=frame.editing)
            self._presence.enter(self, room, person)


def _change(news: News) -> ChangeFrame:
    return ChangeFrame(id=news.id, subject=news.subject, subject_id=news.subject_id, cursor=str(news.cursor))
