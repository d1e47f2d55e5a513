"""What waits to be sent over one WebSocket."""

import asyncio

from pydantic import BaseModel

from api.websocket.frames import ChangeFrame, PresenceFrame

# Of somebody who does not take so many different things, the line is closed: she may resume.
MOST_WAITING = 1000


class Overflow(Exception):  # noqa: N818 - says what is the case
    """Raised by `take` where more waits than anybody may leave waiting."""


class Outbox:
    """Frames in their order. What waits already is not put in again: a change heard later covers both.

    `put` never waits; `take` waits for a frame.
    """

    def __init__(self) -> None:
        self._waiting: dict[tuple[object, ...], BaseModel] = {}
        self._filled = asyncio.Event()
        self._is_over = False

    def put(self, frame: BaseModel) -> None:
        """Have `frame` sent once its turn comes."""
        match frame:
            case ChangeFrame():
                self._waiting.setdefault(("change", frame.subject, frame.subject_id), frame)
            case PresenceFrame():
                self._waiting[("presence", frame.subject, frame.id)] = frame  # the newest alone is of interest
            case _:
                self._waiting[("frame", id(frame))] = frame
        self._is_over = self._is_over or len(self._waiting) > MOST_WAITING
        self._filled.set()

    async def take(self, seconds: float) -> BaseModel | None:
        """The next frame; None where there is none for so many seconds. Raises Overflow."""
        if not self._waiting:
            self._filled.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._filled.wait()
            except TimeoutError:
                return None
        if self._is_over:
            raise Overflow
        return self._waiting.pop(next(iter(self._waiting)))
