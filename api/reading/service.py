"""Reads conversations: the only door to the engine."""

import time
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.conversation.models import Conversation
from api.database import Database
from api.live.service import announce
from api.order.service import covered_up_to, latest_of, propose
from api.reading import repository
from api.reading.engines import Engines
from api.reading.models import Reading
from api.reading.repository import Chat, Turn
from api.reading.translation import draft_json, messages_of, proposal_of
from engine.engine import VERSION, Engine
from engine.order import DraftOrder

logger = structlog.get_logger(__name__)

# The task that reads one conversation.
READ_CONVERSATION = "read_conversation"
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine made of a chat, and how long it took."""

    draft: DraftOrder
    milliseconds: float


class Reader:
    """Reads one conversation a call, from any number of threads and processes at once.

    A reading begins by taking the conversation's turn and ends by keeping what it found, where its turn is
    still the last one. In between nothing is locked: messages come in while the engine thinks, and make
    another reading due.
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
            self._read(turn)
        except Exception as error:  # noqa: BLE001 - a chat that cannot be read must not stop the others
            self._fail(turn, error)

    def _take_turn(self, conversation_id: int) -> Turn | None:
        with self._database.transaction() as session:
            turn = repository.take_turn(session, conversation_id)
            left = None if turn else repository.seconds_until_due(session, conversation_id)
        if left is not None and left < repository.LEASE.total_seconds() / 2:  # the customer is still typing
            self._hints.send(READ_CONVERSATION, conversation_id, delay=max(left, 0) + 0.01)
        return turn

    def _read(self, turn: Turn) -> None:
        engine = self._engines.of(turn.business_id)
        with self._database.transaction() as session:
            chat = repository.chat(session, turn)
            zone = ZoneInfo(repository.time_zone(session, turn.business_id))
        result = _think(engine, chat, zone)
        with self._database.transaction() as session:
            kept = _keep(session, turn, chat, result)
        if not kept:
            logger.info("reading.outrun", conversation_id=turn.conversation_id)
            self._hints.send(READ_CONVERSATION, turn.conversation_id)

    def _fail(self, turn: Turn, error: Exception) -> None:
        logger.warning(
            "reading.failed", conversation_id=turn.conversation_id, error=type(error).__name__, exc_info=error
        )
        # The kind of error alone: its message may hold the customer's words.
        if turn.attempts >= MAX_ATTEMPTS:
            self._give_up(turn, f"the engine failed: {type(error).__name__}")
            return
        wait = timedelta(seconds=turn.attempts)
        with self._database.transaction() as session:
            repository.try_again(session, turn, type(error).__name__, after=wait)
        self._hints.send(READ_CONVERSATION, turn.conversation_id, delay=wait.total_seconds())

    def _give_up(self, turn: Turn, error: str) -> None:
        logger.error("reading.given_up", conversation_id=turn.conversation_id)
        with self._database.transaction() as session:
            repository.give_up(session, turn, error)
            announce(session, "conversation", turn.conversation_id, business_id=turn.business_id)


def _think(engine: Engine, chat: Chat, zone: ZoneInfo) -> Result:
    groups = {variant.sku: variant.item_group_id for variant in engine.catalog.variants}
    started = time.perf_counter()
    draft = engine.read(messages_of(chat.messages, zone, groups))
    return Result(draft, (time.perf_counter() - started) * 1000)


def _keep(session: Session, turn: Turn, chat: Chat, result: Result) -> bool:
    """Keep a reading as the current one and propose its draft; False where it has to be made anew.

    That is where a person settled the conversation's order while the engine thought: what is in that order
    must not become a draft again.
    """
    conversation = repository.locked(session, turn)
    if conversation is None:  # another turn has begun, which sees all that this one saw
        return True
    latest_of(session, conversation.id)  # from here on, nobody settles the order
    if covered_up_to(session, conversation.id) != chat.covered:
        conversation.reading_due_at = conversation.reading_requested_at
        return False
    _note_read(conversation, turn)
    if chat.messages:
        _propose(session, conversation, chat, result)
    announce(session, "conversation", conversation.id, business_id=conversation.business_id)
    return True


def _note_read(conversation: Conversation, turn: Turn) -> None:
    """Nothing is left to read, unless a message came while the engine thought."""
    if conversation.reading_due_at != turn.due_at:
        return
    conversation.reading_requested_at = None
    conversation.reading_due_at = None
    conversation.reading_attempts = 0
    conversation.reading_error = None


def _propose(session: Session, conversation: Conversation, chat: Chat, result: Result) -> None:
    proposal = proposal_of(result.draft)
    repository.retire_current(session, conversation.id)
    reading = Reading(
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        last_message_id=chat.messages[-1].id,
        engine_version=VERSION,
        draft=draft_json(proposal, result.draft.intents),
        current=True,
        duration_ms=result.milliseconds,
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
    logger.info(
        "reading.saved",
        conversation_id=conversation.id,
        lines=len(proposal.lines),
        milliseconds=round(result.milliseconds, 1),
    )
