"""Reads conversations: the only door to the engine."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.conversation.models import Conversation
from api.database import Database
from api.live.service import announce
from api.order.service import propose
from api.reading import repository
from api.reading.engines import Engines
from api.reading.models import Reading
from api.reading.repository import Turn
from api.reading.translation import draft_json, messages_of, proposal_of
from engine.engine import VERSION, Engine

logger = structlog.get_logger(__name__)

# The task that reads one conversation.
READ_CONVERSATION = "read_conversation"
MAX_ATTEMPTS = 3


class Reader:
    """Reads one conversation at a time a call, from any number of threads and processes at once.

    The conversation's row lock lets one reading of it be made at a time, and messages wait for its end;
    so the current reading has seen all messages that there are, or another reading is due.
    """

    def __init__(self, database: Database, engines: Engines, hints: Hinting) -> None:
        self._database = database
        self._engines = engines
        self._hints = hints

    def read(self, conversation_id: int) -> None:
        """Read the conversation if its reading is due, and propose its draft. The task behind a hint."""
        turn = self._take_turn(conversation_id)
        if turn is None:
            return
        if turn.attempts > MAX_ATTEMPTS:
            self._give_up(turn, f"its reading broke off {MAX_ATTEMPTS} times without an error")
            return
        try:
            self._read(turn, self._engines.of(turn.business_id))
        except Exception as error:  # noqa: BLE001 - a chat that cannot be read must not stop the others
            self._fail(turn, error)

    def _take_turn(self, conversation_id: int) -> Turn | None:
        with self._database.transaction() as session:
            turn = repository.take_turn(session, conversation_id)
            left = None if turn else repository.seconds_until_due(session, conversation_id)
        if left is not None and left < repository.LEASE.total_seconds() / 2:  # the customer is still typing
            self._hints.send(READ_CONVERSATION, conversation_id, delay=max(left, 0) + 0.01)
        return turn

    def _read(self, turn: Turn, engine: Engine) -> None:
        with self._database.transaction() as session:
            conversation = repository.locked(session, turn.conversation_id)
            if conversation is not None:
                read_now(session, conversation, engine)

    def _fail(self, turn: Turn, error: Exception) -> None:
        logger.warning(
            "reading.failed",
            conversation_id=turn.conversation_id,
            error=type(error).__name__,
            exc_info=error,
        )
        # The kind of error alone: its message may hold the customer's words.
        if turn.attempts >= MAX_ATTEMPTS:
            self._give_up(turn, f"the engine failed: {type(error).__name__}")
            return
        wait = timedelta(seconds=turn.attempts)
        with self._database.transaction() as session:
            repository.try_again(session, turn.conversation_id, type(error).__name__, after=wait)
        self._hints.send(READ_CONVERSATION, turn.conversation_id, delay=wait.total_seconds())

    def _give_up(self, turn: Turn, error: str) -> None:
        logger.error("reading.given_up", conversation_id=turn.conversation_id)
        with self._database.transaction() as session:
            repository.give_up(session, turn.conversation_id, error)
            announce(session, "conversation", turn.conversation_id, business_id=turn.business_id)


def read_now(session: Session, conversation: Conversation, engine: Engine) -> Reading | None:
    """Read a locked conversation, keep the reading as its current one, and propose its draft."""
    conversation.reading_requested_at = None
    conversation.reading_due_at = None
    conversation.reading_attempts = 0
    conversation.reading_error = None
    rows = repository.messages(session, conversation)
    if not rows:
        return None
    zone = ZoneInfo(repository.time_zone(session, conversation.business_id))
    groups = {variant.sku: variant.item_group_id for variant in engine.catalog.variants}
    started = time.perf_counter()
    draft = engine.read(messages_of(rows, zone, groups))
    milliseconds = (time.perf_counter() - started) * 1000
    proposal = proposal_of(draft)
    repository.retire_current(session, conversation.id)
    reading = Reading(
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        last_message_id=rows[-1].id,
        engine_version=VERSION,
        draft=draft_json(proposal, draft.intents),
        current=True,
        duration_ms=milliseconds,
    )
    session.add(reading)
    session.flush()
    propose(
        session,
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        reading_id=reading.id,
        last_message_id=reading.last_message_id,
        draft=proposal,
    )
    announce(session, "conversation", conversation.id, business_id=conversation.business_id)
    logger.info(
        "reading.saved", conversation_id=conversation.id, lines=len(proposal.lines), milliseconds=round(milliseconds, 1)
    )
    return reading
