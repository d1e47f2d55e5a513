"""The task that empties the inbox."""

import time
from collections.abc import Sequence

import structlog

from api.broker import Hinting
from api.conversation.incoming import ReadingDelay
from api.database import Database
from api.media.tasks import DOWNLOAD_MEDIA
from api.reading.service import READ_CONVERSATION
from api.webhook_event import repository
from api.webhook_event.models import EventState
from api.webhook_event.repository import MAX_ATTEMPTS, Claim
from api.webhook_event.service import HANDLE_EVENTS, Outcome, settle, settle_failure
from api.whatsapp.load import Work
from api.whatsapp.service import handle, handle_items

logger = structlog.get_logger(__name__)

BATCH = 50
# A hand that has worked for so long looks up, so that the process can end.
RUN_SECONDS = 3.0


class EventHandler:
    """Handles webhook events, from any number of threads and processes at once.

    An attempt is counted and committed before its work begins, so that an event that breaks the process
    breaks it three times at most. The effects of events and their being handled are one commit.
    """

    def __init__(self, database: Database, hints: Hinting, delay: ReadingDelay) -> None:
        self._database = database
        self._hints = hints
        self._delay = delay

    def run(self) -> None:
        """Handle what waits, batch by batch; another hand is called while there is much. The task behind a hint."""
        enough = time.monotonic() + RUN_SECONDS
        more = True
        while more and time.monotonic() < enough:
            claims = self._claim()
            more = len(claims) == BATCH or any(claim.attempts > 1 for claim in claims)
            if more:
                self._hints.send(HANDLE_EVENTS)
            if claims:
                self.handle(claims)

    def _claim(self) -> list[Claim]:
        with self._database.transaction() as session:
            return repository.claim(session, BATCH)

    def handle(self, claims: Sequence[Claim]) -> None:
        """Handle claimed events together; where one of them fails, each by itself."""
        try:
            work = self._work(claims)
        except Exception as error:  # noqa: BLE001 - a bad event must not stop the others
            if len(claims) == 1:
                self._fail(claims[0], error)
                return
            logger.warning("webhook_event.batch_failed", events=len(claims), error=type(error).__name__)
            for claim in claims:
                self.handle([claim])
            return
        if work.files:
            self._hints.send(DOWNLOAD_MEDIA)
        for conversation_id in work.due:
            self._hints.send(READ_CONVERSATION, conversation_id, delay=self._delay.after_last_message)

    def _work(self, claims: Sequence[Claim]) -> Work:
        """Do what the events say and settle them, in one transaction; return what is left to others."""
        with self._database.transaction() as session:
            events = repository.locked(session, claims)
            attempts = claims[0].attempts  # an event that was tried before is claimed alone
            if not events:
                return Work()
            if attempts > MAX_ATTEMPTS:
                error = f"its handling broke off {MAX_ATTEMPTS} times without an error"
                outcomes, work = [Outcome(EventState.QUARANTINED, error)], Work()
            elif attempts == MAX_ATTEMPTS:
                outcome, work = handle_items(session, events[0], self._delay)
                outcomes = [outcome]
            else:
                outcomes, work = handle(session, events, self._delay)
            for event, outcome in zip(events, outcomes, strict=True):
                settle(event, outcome)
                if outcome.state is not EventState.HANDLED:
                    logger.warning("webhook_event.not_handled", event_id=event.id, state=outcome.state.value)
        logger.info("webhook_event.settled", events=len(events), conversations=len(work.due), files=work.files)
        return work

    def _fail(self, claim: Claim, error: Exception) -> None:
        logger.warning("webhook_event.attempt_failed", event_id=claim.event_id, error=type(error).__name__)
        with self._database.transaction() as session:
            for event in repository.locked(session, [claim]):
                settle_failure(event, claim, error)
        self._hints.send(HANDLE_EVENTS, delay=claim.attempts + 0.5)
