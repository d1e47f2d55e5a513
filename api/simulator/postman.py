"""Brings webhooks to the service: signed, again where they are not taken, and with the faults that were chosen."""

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine

import httpx
import structlog

from api.simulator.connection import Connection
from api.simulator.envelope import Piece, envelope, headers, raw_body
from api.simulator.options import Options

log = structlog.get_logger(__name__)
_ANSWER_SECONDS = 20.0
_VERIFY_AGAIN_SECONDS = 1.0


class Postman:
    """Delivers pieces in webhooks, several at once. Lives on one event loop."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._dice = random.Random(options.faults.seed)  # noqa: S311 - faults that can be had again
        self._queue: asyncio.Queue[Piece] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle: list[Connection] = []
        self._url: str | None = None
        self._was_taken = True  # what was delivered last
        self.verified = asyncio.Event()
        self.waiting = 0  # pieces that are not delivered yet
        self.counts: Counter[str] = Counter()  # delivered, duplicated, held, refused

    def start(self) -> None:
        """Begin to deliver, as soon as a webhook is connected and verified."""
        for _ in range(self._options.webhooks_at_once):
            self._spawn(self._work())

    async def stop(self) -> None:
        """End at once; what is not delivered is lost."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in self._idle:
            connection.close()

    def connect(self, url: str) -> None:
        """Deliver to this address from now on, once it has answered Meta's verification."""
        self._url = url
        self.verified.clear()
        self._spawn(self._verify(url))

    @property
    def is_reached(self) -> bool:
        """Whether the service takes webhooks, as far as is known."""
        return self.verified.is_set() and self._was_taken

    def post(self, piece: Piece) -> None:
        """Deliver a piece, soon."""
        self.waiting += 1
        faults = self._options.faults
        if self._dice.random() < faults.hold:
            self.counts["held"] += 1
            delay = self._dice.random() * faults.hold_seconds
            asyncio.get_running_loop().call_later(delay, self._queue.put_nowait, piece)
        else:
            self._queue.put_nowait(piece)

    async def _verify(self, url: str) -> None:
        """Ask the address for its challenge, again and again, until it is right."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": self._options.verify_token}
        said = ""
        while url == self._url:
            challenge = str(self._dice.randrange(10**9, 10**10))
            problem = await self._problem(url, asked | {"hub.challenge": challenge}, challenge)
            if not problem:
                self.verified.set()
                log.info("webhook.verified")
                return
            if problem != said:
                said = problem
                log.warning("webhook.not_verified", problem=problem)
            await asyncio.sleep(_VERIFY_AGAIN_SECONDS)

    async def _problem(self, url: str, asked: dict[str, str], challenge: str) -> str:
        """What is wrong with the webhook; empty where nothing is."""
        try:
            async with httpx.AsyncClient(timeout=_ANSWER_SECONDS) as client:
                answer = await client.get(url, params=asked)
        except httpx.HTTPError as error:
            return f"it does not answer: {type(error).__name__}"
        if not answer.is_success:
            return f"it answered {answer.status_code}: is the verify token the service's?"
        return "" if answer.text == challenge else "it answered something else than hub.challenge"

    async def _work(self) -> None:
        while True:
            await self.verified.wait()
            pieces = [await self._queue.get()]
            wanted = self._dice.randint(1, self._options.faults.batch)
            while len(pieces) < wanted and not self._queue.empty():
                pieces.append(self._queue.get_nowait())
            body = raw_body(envelope(pieces, self._dice))
            if await self._is_taken(body):
                self._delivered(len(pieces), body)
            else:
                self._spawn(self._retry(body, len(pieces)))

    async def _retry(self, body: bytes, count: int) -> None:
        """Deliver again after pauses that double, while others are delivered."""
        retries = self._options.retries
        pause, waited = retries.first_seconds, 0.0
        while waited < retries.total_seconds:
            await asyncio.sleep(pause)
            waited += pause
            if await self._is_taken(body):
                break
            pause = min(pause * 2, retries.longest_seconds)
        else:
            log.error("webhook.given_up", pieces=count)
        self._delivered(count, body)

    async def _is_taken(self, body: bytes) -> bool:
        """Send a webhook; whether it was answered by 200."""
        try:
            status = await self._status(body)
        except OSError as error:  # TimeoutError is one
            return self._noted(taken=False, error=type(error).__name__)
        return self._noted(taken=status == httpx.codes.OK, status=status)

    def _noted(self, *, taken: bool, **answer: object) -> bool:
        self._was_taken = taken
        if not taken:
            self.counts["refused"] += 1
            log.warning("webhook.not_delivered", **answer)
        return taken

    async def _status(self, body: bytes) -> int:
        """What the service answers, over a connection that nobody else uses meanwhile."""
        url = self._url or ""
        connection = self._idle.pop() if self._idle else Connection(url)
        if connection.url != url:
            connection.close()
            connection = Connection(url)
        try:
            return await connection.post(body, headers(body, self._options.app_secret), _ANSWER_SECONDS)
        finally:
            self._idle.append(connection)

    def _delivered(self, count: int, body: bytes) -> None:
        self.waiting -= count
        self.counts["delivered"] += 1
        if self._dice.random() < self._options.faults.duplicate:
            self._spawn(self._again(body))

    async def _again(self, body: bytes) -> None:
        """Deliver what was taken a second time, as Meta sometimes does."""
        self.waiting += 1
        self.counts["duplicated"] += 1
        await asyncio.sleep(self._dice.random() * self._options.faults.hold_seconds)
        await self._is_taken(body)
        self.waiting -= 1

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
