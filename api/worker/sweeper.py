"""Finds work that no hint has led to: a hint was lost, a worker was killed, a number was connected later."""

import threading
from datetime import timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.catalog_file.job import IMPORT_CATALOG, due_imports
from api.conversation.service import due_readings
from api.database import Database
from api.live import replay
from api.reading.service import READ_CONVERSATION
from api.webhook_event import repository as webhook_events
from api.webhook_event.service import HANDLE_EVENTS
from api.websocket import ticket
from api.worker.meta import MetaTasks
from api.worker.pipeline import Pipeline

logger = structlog.get_logger(__name__)

INTERVAL_SECONDS = 2.0
# Work that is left for so long is hinted at again.
EVENT_AGE = timedelta(seconds=5)
READING_AGE = timedelta(seconds=2)
SENDING_AGE = timedelta(seconds=2)
# Work that is left for so long although it was hinted at is done here: the broker may be away.
FORSAKEN_AGE = timedelta(seconds=15)
READINGS_AT_ONCE = 100

# Any number of workers sweep; of those that do so at the same time, the one with this lock.
_LEAD = text("SELECT pg_try_advisory_xact_lock(:namespace, 1)").bindparams(namespace=0x5A7C)


class Sweeper:
    """Looks for left-over work every two seconds, from a thread of its own; without `meta`, of none that asks Meta."""

    def __init__(self, database: Database, hints: Hinting, pipeline: Pipeline, meta: MetaTasks | None = None) -> None:
        self._database = database
        self._hints = hints
        self._pipeline = pipeline
        self._meta = meta
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """End, within `timeout` seconds."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping.wait(INTERVAL_SECONDS):
            try:
                self.sweep()
            except SQLAlchemyError as error:  # the database is away: it will be back
                logger.warning("sweeper.failed", error=type(error).__name__)

    def sweep(self) -> None:
        """Look once: hint at what is left, and do what was forsaken."""
        with self._database.transaction() as session:
            if not session.scalar(_LEAD):
                return
            self._hint(session)
            replay.prune(session)
            ticket.forget_old(session)
            events = webhook_events.has_overdue(session, FORSAKEN_AGE)
            readings = due_readings(session, FORSAKEN_AGE, READINGS_AT_ONCE)
            imports = due_imports(session, FORSAKEN_AGE)
            sendings = self._meta.forsaken(session, FORSAKEN_AGE) if self._meta else []
        if events:
            self._pipeline.events.run()
        for conversation_id in readings:
            if self._stopping.is_set():
                return
            self._pipeline.reader.read(conversation_id)
        for import_id in imports:
            self._pipeline.importer.run(import_id)
        if self._meta:
            self._meta.do(sendings, self._stopping)

    def _hint(self, session: Session) -> None:
        routed = webhook_events.route_again(session)
        if routed:
            logger.info("webhook_event.routed_again", events=routed)
        if routed or webhook_events.has_overdue(session, EVENT_AGE):
            self._hints.send(HANDLE_EVENTS, delay=0.1)  # after this transaction
        for conversation_id in due_readings(session, READING_AGE, READINGS_AT_ONCE):
            self._hints.send(READ_CONVERSATION, conversation_id)
        for import_id in due_imports(session, READING_AGE):
            self._hints.send(IMPORT_CATALOG, import_id)
        if self._meta:
            self._meta.hint(session, SENDING_AGE)
