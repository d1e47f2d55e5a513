"""What changed, handed to whoever wants to hear it in this process."""

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

import orjson
import structlog
from starlette.concurrency import run_in_threadpool

from api.database import Database
from api.live import replay
from api.live.cursor import Cursor
from api.live.listener import Listener
from api.live.replay import Missed, News
from api.live.service import CHANNEL

logger = structlog.get_logger(__name__)


class Subscriber(Protocol):
    """Somebody who hears what changes in her business. Neither call may block."""

    @property
    def business_id(self) -> int:
        """Whose changes she hears."""

    def hear(self, news: News) -> None:
        """Something changed."""

    def start_over(self, cursor: Cursor) -> None:
        """Too much was missed to tell: anything may have changed."""


class Hub:
    """Subscribers of this process, fed by one connection, whatever their number.

    While that connection is broken nothing is lost: once it stands again, subscribers hear what they missed.
    Further `channels` are handed to whoever `tunes_in`.
    """

    def __init__(self, database_url: str, database: Database, channels: tuple[str, ...] = ()) -> None:
        self._database = database
        self._subscribers: dict[int, set[Subscriber]] = defaultdict(set)
        self._tuned: dict[str, Callable[[str], None]] = {}
        self._greeters: list[Callable[[], None]] = []
        self._listener = Listener(
            database_url, (CHANNEL, *channels), on_connected=self._catch_up, on_heard=self._hand_on
        )
        self.cursor: Cursor | None = None

    async def start(self) -> None:
        """Begin to listen."""
        await self._listener.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._listener.stop()

    async def wait_until_listening(self) -> None:
        """Return once the process hears what changes."""
        await self._listener.listening.wait()

    def tune_in(self, channel: str, heard: Callable[[str], None], connected: Callable[[], None]) -> None:
        """Have what is said on another channel handed to `heard`, and `connected` called when there may be a gap."""
        self._tuned[channel] = heard
        self._greeters.append(connected)

    def subscribe(self, subscriber: Subscriber) -> None:
        """From now on tell `subscriber` what changes in her business."""
        self._subscribers[subscriber.business_id].add(subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Tell her no more."""
        others = self._subscribers[subscriber.business_id]
        others.discard(subscriber)
        if not others:
            del self._subscribers[subscriber.business_id]

    def _hand_on(self, channel: str, payload: str) -> None:
        if channel in self._tuned:
            self._tuned[channel](payload)
            return
        said = orjson.loads(payload)
        cursor = Cursor(said["horizon"], said["at"])
        # Transactions come in the order of their commits, their horizons nearly so: the furthest holds.
        self.cursor = max(cursor, self.cursor or cursor)
        self._tell(News(said["id"], said["business_id"], said["subject"], said["subject_id"], self.cursor))

    def _tell(self, news: News) -> None:
        for subscriber in tuple(self._subscribers.get(news.business_id, ())):
            subscriber.hear(news)

    async def _catch_up(self) -> None:
        """Tell what was not heard while there was no connection."""
        for greet in self._greeters:
            greet()
        since = self.cursor
        businesses = tuple(self._subscribers)
        found = await run_in_threadpool(self._look, businesses, since)
        self.cursor = found.cursor
        if found.news is None:
            self._start_over(found.cursor)
        for news in found.news or ():
            self._tell(news)
        if since is not None:
            logger.info("live.caught_up", changes=len(found.news) if found.news is not None else None)

    def _look(self, businesses: tuple[int, ...], since: Cursor | None) -> Missed:
        with self._database.transaction() as session:
            if since is None:
                return Missed((), replay.now(session))
            return replay.missed(session, businesses, since)

    def _start_over(self, cursor: Cursor) -> None:
        for subscribers in tuple(self._subscribers.values()):
            for subscriber in tuple(subscribers):
                subscriber.start_over(cursor)
