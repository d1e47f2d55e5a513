"""The task that empties the inbox."""

import structlog

from api.broker import Hinting
from api.conversation.service import ReadingDelay
from api.database import Database
from api.reading.service import READ_CONVERSATION
from api.webhook_event import repository
from api.webhook_event.models import EventState
from api.webhook_event.repository import MAX_ATTEMPTS, Claim
from api.webhook_event.service import HANDLE_EVENTS, Outcome, settle, settle_failure
from api.whatsapp.service import handle

logger = structlog.get_logger(__name__)

BATCH = 20


class EventHandler:
    """Handles webhook events, from any number of threads and processes at once.

    An attempt is counted and committed before its work begins, so that an event that breaks the process
    breaks it three times at most. Its effects and its being handled are one commit.
    """

    def __init__(self, database: Database, hints: Hinting, delay: ReadingDelay) -> None:
        self._database = database
        self._hints = hints
        self._delay = delay

    def run(self) -> None:
        """Handle a batch of what waits; where there may be more, another hand is called. The task behind a hint."""
        claims = self._claim()
        if len(claims) == BATCH or any(claim.attempts > 1 for claim in claims):
            self._hints.send(HANDLE_EVENTS)
        for claim in claims:
            self.handle(claim)

    def _claim(self) -> list[Claim]:
        with self._database.transaction() as session:
            return repository.claim(session, BATCH)

    def handle(self, claim: Claim) -> None:
        """Handle the claimed event, or keep why it failed."""
        try:
            conversation_ids = self._work(claim)
        except Exception as error:  # noqa: BLE001 - a bad event must not stop the others
            self._fail(claim, error)
            return
        for conversation_id in conversation_ids:
            self._hints.send(READ_CONVERSATION, conversation_id, delay=self._delay.after_last_message)

    def _work(self, claim: Claim) -> set[int]:
        with self._database.transaction() as session:
            event = repository.locked(session, claim)
            if event is None:  # another worker has it
                return set()
            if claim.attempts > MAX_ATTEMPTS:
                outcome = Outcome(
                    EventState.QUARANTINED, f"its handling broke off {MAX_ATTEMPTS} times without an error"
                )
                conversation_ids: set[int] = set()
            else:
                outcome, conversation_ids = handle(session, event, self._delay, last_try=claim.attempts == MAX_ATTEMPTS)
            settle(event, outcome)
        logger.info("webhook_event.settled", event_id=claim.event_id, state=outcome.state.value)
        return conversation_ids

    def _fail(self, claim: Claim, error: Exception) -> None:
        logger.warning("webhook_event.attempt_failed", event_id=claim.event_id, error=type(error).__name__)
        with self._database.transaction() as session:
            event = repository.locked(session, claim)
            if event is not None:
                settle_failure(event, claim, error)
        self._hints.send(HANDLE_EVENTS, delay=claim.attempts + 0.5)
