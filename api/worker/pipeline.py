"""The tasks that hints call, made with what they need."""

from collections.abc import Callable

import dramatiq

from api.broker import QUEUE, Hinting
from api.catalog_file.job import IMPORT_CATALOG, Importer
from api.conversation.incoming import ReadingDelay
from api.database import Database
from api.reading.engines import Engines
from api.reading.service import READ_CONVERSATION, Reader
from api.webhook_event.service import HANDLE_EVENTS
from api.whatsapp.tasks import EventHandler


class Pipeline:
    """A payload's way from the inbox to the draft: each step may be called by anybody, at any time, twice."""

    def __init__(self, database: Database, hints: Hinting, delay: ReadingDelay) -> None:
        self.events = EventHandler(database, hints, delay)
        self.engines = Engines(database)
        self.reader = Reader(database, self.engines, hints)
        self.importer = Importer(database)

    @property
    def tasks(self) -> dict[str, Callable[..., None]]:
        """What each hint's name means, the most urgent first."""
        return {HANDLE_EVENTS: self.events.run, READ_CONVERSATION: self.reader.read, IMPORT_CATALOG: self.importer.run}

    def declare(self, broker: dramatiq.Broker) -> None:
        """Let workers of `broker` find the tasks.

        The inbox comes first: under a flood of messages, a reading that waits reads more of them at once.
        """
        for priority, (name, task) in enumerate(self.tasks.items()):
            dramatiq.actor(actor_name=name, queue_name=QUEUE, broker=broker, priority=priority)(task)
