"""The task that downloads files: a claim, the download, and its outcome, each in a step of its own."""

import threading
import time
from datetime import timedelta

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.channel.health import note_trouble
from api.channel.token import access_token
from api.database import Database, after_commit
from api.encryption import UndecryptableError, Vault
from api.graph.advice import Backoff
from api.graph.client import GraphClient
from api.identity.models import Channel
from api.live.service import announce_all
from api.media.blob import Kept
from api.media.download import NotFetched, fetch
from api.media.error_budget import exhaust, refund
from api.media.file_store import FileStore
from api.media.models import Media, MediaState
from api.media.repository import Claim, claim, has_due

logger = structlog.get_logger(__name__)

DOWNLOAD_MEDIA = "graph.download_media"
RUN_SECONDS = 3.0
BACKOFF = Backoff(first=10, factor=4, longest=12 * 3600)
# Of a week's attempts there are some 18: more of them means that the file breaks the process.
MOST_ATTEMPTS = 40

_MESSAGES = text("SELECT DISTINCT conversation_id FROM messages WHERE media_id = :media_id")


class Downloader:
    """Downloads what is due, with at most `at_once` threads of a process: slow files leave the others to messages."""

    def __init__(
        self,
        database: Database,
        hints: Hinting,
        graph: GraphClient,
        vault: Vault,
        store: FileStore,
        *,
        at_once: int = 2,
    ) -> None:
        self._database = database
        self._hints = hints
        self._graph = graph
        self._vault = vault
        self._store = store
        self._hands = threading.BoundedSemaphore(at_once)

    def run(self) -> None:
        """Download what is due, one after the other, for some seconds; then call another hand. The task behind a hint.

        Where all of this process's hands are busy, they will do it.
        """
        if not self._hands.acquire(blocking=False):
            return
        try:
            more = self._run()
        finally:
            self._hands.release()
        if more:
            self._hints.send(DOWNLOAD_MEDIA)

    def _run(self) -> bool:
        enough = time.monotonic() + RUN_SECONDS
        while time.monotonic() < enough:
            with self._database.transaction() as session:
                claimed = claim(session)
                if claimed is not None and has_due(session):
                    after_commit(session, lambda: self._hints.send(DOWNLOAD_MEDIA))
            if claimed is None:
                return False
            self.download(claimed)
        return True

    def download(self, claimed: Claim) -> None:
        """Fetch one file and note what became of it."""
        try:
            kept = self._fetch(claimed)
        except NotFetched as failure:
            self._settle_failure(claimed, failure)
            return
        except Exception as error:
            logger.exception("media.broken", media_id=claimed.media_id)
            self._settle_failure(claimed, NotFetched(f"our own fault: {type(error).__name__}"))
            return
        with self._database.transaction() as session:
            row = _locked(session, claimed)
            if row is not None:
                _settle_kept(session, row, kept)
            refund(session, claimed.channel_id)
        logger.info("media.stored", media_id=claimed.media_id, bytes=kept.size, attempts=claimed.attempts)

    def _fetch(self, claimed: Claim) -> Kept:
        if claimed.is_late:
            raise NotFetched("Meta keeps files for 7 days: ask the customer to send it again", final=True)
        if claimed.attempts > MOST_ATTEMPTS:
            raise NotFetched(f"{MOST_ATTEMPTS} attempts brought nothing", final=True)
        with self._database.transaction() as session:
            channel = session.get_one(Channel, claimed.channel_id)
        try:
            token = access_token(channel, self._vault)
        except UndecryptableError as error:
            raise NotFetched(str(error)) from error
        if token is None:
            raise NotFetched("the number has no access token: an admin gives it one")
        return fetch(self._graph, self._store, claimed, phone_number_id=channel.phone_number_id, token=token)

    def _settle_failure(self, claimed: Claim, failure: NotFetched) -> None:
        with self._database.transaction() as session:
            row = _locked(session, claimed)
            if row is not None:
                _settle_failed(session, row, claimed, failure)
            _settle_budget(session, claimed, failure)
        code = failure.refused.code if failure.refused else None
        logger.warning(
            "media.not_fetched", media_id=claimed.media_id, attempts=claimed.attempts, final=failure.final, code=code
        )


def _locked(session: Session, claimed: Claim) -> Media | None:
    """The row, unless another attempt was begun meanwhile: then the outcome is that one's."""
    statement = select(Media).where(Media.id == claimed.media_id, Media.state == MediaState.PENDING)
    row = session.scalar(statement.with_for_update())
    return row if row is not None and row.attempts == claimed.attempts else None


def _settle_kept(session: Session, row: Media, kept: Kept) -> None:
    row.state, row.error, row.due_at = MediaState.STORED, None, None
    row.mime_type, row.size, row.sha256 = kept.mime_type, kept.size, kept.sha256
    row.width, row.height, row.has_thumbnail = kept.width, kept.height, kept.has_thumbnail
    row.stored_at = session.scalars(select(func.clock_timestamp())).one()
    _announce(session, row)


def _settle_failed(session: Session, row: Media, claimed: Claim, failure: NotFetched) -> None:
    row.error = failure.reason
    if failure.final:
        row.state, row.due_at = MediaState.FAILED, None
    else:
        # A channel that is refused rests as a whole, and begins anew with its next token: see `error_budget`.
        failures = 1 if failure.is_about_channel else claimed.attempts
        wait = timedelta(seconds=BACKOFF.seconds(failures))
        row.due_at = session.scalars(select(func.clock_timestamp())).one() + wait
    _announce(session, row)


def _settle_budget(session: Session, claimed: Claim, failure: NotFetched) -> None:
    if failure.refused is None:
        if not claimed.is_late:
            refund(session, claimed.channel_id)
    elif failure.is_about_channel:
        exhaust(session, claimed.channel_id)
        note_trouble(session, claimed.channel_id, failure.refused.as_json())


def _announce(session: Session, row: Media) -> None:
    """Tell open pages that a conversation's file came, or why it did not."""
    announce_all(
        session,
        "conversation",
        session.scalars(_MESSAGES, {"media_id": row.id}).all(),
        business_id=row.business_id,
    )
