"""Hints to workers: "there is work". The tables hold the work itself, so a hint may be lost, doubled or late.

The broker that carries hints is chosen by URL; what each guarantees, and why it is set as it is, is
written in docs/brokers.md.
"""

import heapq
import threading
import time
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

import dramatiq
import psycopg
import structlog

from api.errors import OperatorError

logger = structlog.get_logger(__name__)

QUEUE = "satyasell"
# Tasks whose name begins with this wait for Meta. They have a queue and threads of their own, so that a Graph API
# that hangs keeps neither webhooks nor readings waiting.
ASKS_META = "graph."
GRAPH_QUEUE = f"{QUEUE}_graph"
# Workers that are silent for this long are dead, and what they had taken is given to others.
HEARTBEAT_SECONDS = 10
# Beyond this, hints are dropped: workers look for overdue work by themselves.
MAX_WAITING = 100_000

Task = Callable[..., None]
_Hint = tuple[str, tuple[int, ...]]


class BrokerError(OperatorError):
    """Raised when a broker's URL names none that is supported."""


def make_broker(url: str) -> dramatiq.Broker:
    """The broker at `url`: `postgresql://`, `redis://`, `rediss://`, `amqp://` or `amqps://`.

    It has no middleware: a hint is not retried, aged or dead-lettered, the tables know what is left to do.
    """
    broker = _maker(url)(url)
    for queue in (QUEUE, GRAPH_QUEUE):
        broker.declare_queue(queue)
    return broker


def queue_of(task: str) -> str:
    """The queue in which a task's hints travel.

    >>> queue_of("graph.send_messages"), queue_of("read_conversation")
    ('satyasell_graph', 'satyasell')
    """
    return GRAPH_QUEUE if task.startswith(ASKS_META) else QUEUE


def idle_milliseconds(url: str) -> int:
    """How long an idle consumer of the broker at `url` waits before it looks again.

    With Redis, which cannot call, it is the delay of a hint; the others call, and looking is for safety.
    """
    return 200 if urlsplit(url).scheme.startswith("redis") else 1000


def prepare_broker(url: str) -> None:
    """Make the tables that the PostgreSQL broker needs; other brokers need nothing.

    Raises:
        BrokerError: `url` names no broker that is supported.
    """
    if _maker(url) is not _postgres:
        return
    from dramatiq_postgres import schema  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded where it is used

    with psycopg.connect(_plain(url)) as connection, connection.cursor() as cursor:
        schema.init(cursor)


def _maker(url: str) -> Callable[[str], dramatiq.Broker]:
    scheme = urlsplit(url).scheme.partition("+")[0]
    try:
        return _MAKERS[scheme]
    except KeyError:
        raise BrokerError(
            f"BROKER_URL begins with {scheme!r}; use postgresql://, redis://, rediss://, amqp:// or amqps://"
        ) from None


def _postgres(url: str) -> dramatiq.Broker:
    from dramatiq_postgres import PostgresBroker  # noqa: PLC0415 - loaded where it is used

    broker: dramatiq.Broker = PostgresBroker(
        url=_plain(url),  # its own pool: at most 16 connections, opened when needed
        results=False,
        middleware=[],
        poll_interval=1.0,  # NOTIFY wakes a consumer at once; polling is for the one that was missed
        heartbeat_interval=3,
        heartbeat_ttl=HEARTBEAT_SECONDS,
        maintenance_interval=5,
        purge_maxage="1 day",
    )
    return broker


def _redis(url: str) -> dramatiq.Broker:
    from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415 - loaded where it is used
    from redis import Redis  # noqa: PLC0415 - as above
    from redis.backoff import NoBackoff  # noqa: PLC0415 - as above
    from redis.retry import Retry  # noqa: PLC0415 - as above

    client = Redis.from_url(url, socket_connect_timeout=3, socket_timeout=10, retry=Retry(NoBackoff(), 1))
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=client,
        middleware=[],
        namespace=QUEUE,
        heartbeat_timeout=HEARTBEAT_SECONDS * 1000,
        maintenance_chance=1_000_000,  # of a million: at every look, else a dead worker's hints wait for minutes
        dead_message_ttl=86_400_000,
    )


def _rabbitmq(url: str) -> dramatiq.Broker:
    from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415 - loaded where it is used

    # Without confirms a hint that is published into a broken connection is lost without a sound.
    return RabbitmqBroker(url=url, middleware=[], confirm_delivery=True)


def _plain(url: str) -> str:
    """`url` without SQLAlchemy's driver name, as psycopg wants it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}://{rest}"


_MAKERS: dict[str, Callable[[str], dramatiq.Broker]] = {
    "postgresql": _postgres,
    "postgres": _postgres,
    "redis": _redis,
    "rediss": _redis,
    "amqp": _rabbitmq,
    "amqps": _rabbitmq,
}


class Hinting(Protocol):
    """Somebody who can be told that there is work."""

    def send(self, task: str, *args: int, delay: float = 0.0) -> None:
        """Have `task` run with `args` by some worker, `delay` seconds from now. Call it after the commit."""


class NoHints:
    """Tells nobody: the workers find the work by themselves, some seconds later."""

    def send(self, task: str, *args: int, delay: float = 0.0) -> None:
        """Do nothing."""


class Hints:
    """Sends hints from a thread of its own: callers never wait for the broker, nor hear of its trouble.

    A hint that is still waiting is not sent twice. `delay` keeps it here, so that a burst of messages
    becomes one hint; where the process dies meanwhile, the sweeper finds the work.
    """

    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker
        self._changed = threading.Condition()
        self._due: dict[_Hint, float] = {}
        self._heap: list[tuple[float, _Hint]] = []
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
        self._thread.start()

    def send(self, task: str, *args: int, delay: float = 0.0) -> None:
        """Have `task` run with `args` by some worker, `delay` seconds from now. Call it after the commit."""
        due = time.monotonic() + delay
        with self._changed:
            if len(self._due) >= MAX_WAITING:
                logger.warning("hints.dropped", task=task)
                return
            self._due[task, args] = due
            heapq.heappush(self._heap, (due, (task, args)))
            self._changed.notify()

    def stop(self, timeout: float = 3.0) -> None:
        """Send what is due now and end, within `timeout` seconds; later work is the sweeper's."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                hint = self._next()
                while hint is None and not self._stopping:
                    self._changed.wait(self._seconds_to_next())
                    hint = self._next()
            if hint is None:
                return
            self._enqueue(*hint)

    def _next(self) -> _Hint | None:
        """Take the next hint that is due; None where none is."""
        while self._heap and self._heap[0][0] <= time.monotonic():
            due, hint = heapq.heappop(self._heap)
            if self._due.get(hint) == due:  # else it was sent again with another delay
                del self._due[hint]
                return hint
        return None

    def _seconds_to_next(self) -> float | None:
        return max(0.0, self._heap[0][0] - time.monotonic()) if self._heap else None

    def _enqueue(self, task: str, args: tuple[int, ...]) -> None:
        try:
            self._broker.enqueue(
                dramatiq.Message(queue_name=queue_of(task), actor_name=task, args=args, kwargs={}, options={})
            )
        except Exception as error:  # noqa: BLE001 - brokers raise their own kinds; whatever it is, the hint may be lost
            logger.warning("hints.lost", task=task, error=type(error).__name__)
