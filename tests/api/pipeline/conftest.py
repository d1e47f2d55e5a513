"""A pipeline whose hints are heard at once."""

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from api.conversation.incoming import ReadingDelay
from api.database import Database
from api.webhook_event.models import WebhookEvent
from api.webhook_event.service import HANDLE_EVENTS
from api.worker.pipeline import Pipeline
from tests.committed_shop import Shop, open_shop

AT_ONCE = ReadingDelay(after_last_message=0, at_most=0)


class HeardHints:
    """Hints that wait until `listen` runs their tasks, one after the other, in this thread."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[str, tuple[int, ...]]] = deque()
        self.tasks: dict[str, Callable[..., None]] = {}

    def send(self, task: str, *args: int, delay: float = 0.0) -> None:  # noqa: ARG002 - the tests wait for nothing
        self.waiting.append((task, args))

    def listen(self, *, at_most: int = 1000) -> None:
        for _ in range(at_most):
            if not self.waiting:
                return
            task, args = self.waiting.popleft()
            if task in self.tasks:  # what asks Meta has tests of its own
                self.tasks[task](*args)
        raise AssertionError("the hints never end")


@dataclass(frozen=True)
class Line:
    """The way of a webhook from the inbox on, without HTTP."""

    database: Database
    pipeline: Pipeline
    hints: HeardHints

    def store(self, payload: object) -> int:
        """Put a webhook into the inbox; return its id."""
        body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
        with self.database.transaction() as session:
            event = WebhookEvent(body=body, body_hash=hashlib.sha256(body).digest(), headers={})
            session.add(event)
            session.flush()
            return event.id

    def deliver(self, *payloads: object) -> WebhookEvent:
        """Handle webhooks, with all that follows from them; return the last one's event."""
        for payload in payloads:
            event_id = self.store(payload)
        self.hints.send(HANDLE_EVENTS)
        self.hints.listen()
        return self.event(event_id)

    def event(self, event_id: int) -> WebhookEvent:
        with self.database.transaction() as session:
            return session.get_one(WebhookEvent, event_id)

    def all(self, model: type[Any]) -> list[Any]:
        with self.database.transaction() as session:
            return list(session.scalars(select(model).order_by(model.id)))


def make_line(database: Database, delay: ReadingDelay = AT_ONCE) -> Line:
    hints = HeardHints()
    pipeline = Pipeline(database, hints, delay)
    hints.tasks = pipeline.tasks
    return Line(database, pipeline, hints)


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop that is undone at the test's end: nothing here runs at the same time."""
    return open_shop(database)


@pytest.fixture
def line(database: Database, shop: Shop) -> Line:
    return make_line(database)
