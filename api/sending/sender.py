"""The task that sends: message by message of a conversation, in their order, never one twice."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.broker import Hinting
from api.database import Database
from api.encryption import Vault
from api.graph.advice import Action
from api.graph.client import GraphClient
from api.graph.error import GraphError, GraphRefused, GraphUncertain, GraphUnreachable
from api.media.file_store import StoreError
from api.media.outgoing import FileNotReady, MetaFiles
from api.sending import outcome
from api.sending.file import files_in, with_metas_ids
from api.sending.outbox import Attempt, Later, give_up_first, next_attempt
from api.sending.service import SEND_MESSAGES

logger = structlog.get_logger(__name__)

# Longer than Meta is waited for: what is still on its way then has lost its worker.
LEASE = timedelta(seconds=60)
# A hand that has worked for so long looks up, so that the process can end and others have their turn.
RUN_SECONDS = 3.0


class Sender:
    """Sends what conversations have waiting, from any number of threads and processes at once.

    An attempt is committed before it begins, and what it came to after it. A worker that dies in between leaves
    a message that is on its way: without a status it becomes `unknown`, and is not sent again by itself.
    """

    def __init__(
        self,
        database: Database,
        hints: Hinting,
        graph: GraphClient,
        vault: Vault,
        files: MetaFiles,
        *,
        lease: timedelta = LEASE,
        free_entry: bool = True,
    ) -> None:
        self._database = database
        self._hints = hints
        self._graph = graph
        self._vault = vault
        self._files = files
        self._lease = lease
        self._free_entry = free_entry

    def send(self, conversation_id: int) -> None:
        """Send what the conversation has waiting. The task behind a hint."""
        enough = time.monotonic() + RUN_SECONDS
        while True:
            due = self._next(conversation_id)
            if due is None:
                return
            wait = due.seconds if isinstance(due, Later) else self._attempt(due)
            if wait is not None or time.monotonic() > enough:
                self._hints.send(SEND_MESSAGES, conversation_id, delay=wait or 0.0)
                return

    def _next(self, conversation_id: int) -> Attempt | Later | None:
        """What is to be sent next; a message that breaks the look at it fails, so that the others get on."""
        try:
            with self._database.transaction() as session:
                return next_attempt(session, conversation_id, self._vault, self._lease)
        except SQLAlchemyError:
            raise  # the database is away: the sweeper comes again
        except Exception as error:
            logger.exception("message.unsendable", conversation_id=conversation_id)
            with self._database.transaction() as session:
                give_up_first(session, conversation_id, type(error).__name__)
            return Later(0.0)

    def _attempt(self, attempt: Attempt) -> float | None:
        """Tell Meta, and keep what came of it; return the seconds until the conversation goes on, None for at once."""
        try:
            wamid = self._tell_meta(attempt)
        except GraphRefused as refused:
            self._forget_files(attempt, refused)
            with self._database.transaction() as session:
                return outcome.refuse(session, attempt, refused)
        except (GraphUnreachable, StoreError) as error:
            with self._database.transaction() as session:
                return outcome.not_sent(session, attempt, str(error))
        except FileNotReady as error:
            with self._database.transaction() as session:
                outcome.fail(session, attempt, str(error))
            return None
        except GraphError as error:
            logger.warning("message.no_answer", message_id=attempt.message_id)
            with self._database.transaction() as session:
                return outcome.leave_open(session, attempt, str(error))
        with self._database.transaction() as session:
            outcome.accept(session, attempt, wamid, free_entry=self._free_entry)
        return None

    def _tell_meta(self, attempt: Attempt) -> str:
        path = f"{attempt.phone_number_id}/messages"
        body = with_metas_ids(attempt.body, lambda ours: self._files.meta_media_id(attempt.channel_id, ours))
        wamid = wamid_of(self._graph.post(path, body, token=attempt.token))
        if wamid is None:
            raise GraphUncertain("Meta took the message and told no id of it")
        return wamid

    def _forget_files(self, attempt: Attempt, refused: GraphRefused) -> None:
        """Where Meta does not have a file any more, it is given anew with the next attempt."""
        if refused.advice.action is Action.MEDIA:
            for _, media_id in files_in(attempt.body):
                self._files.forget(attempt.channel_id, media_id)


def wamid_of(answer: Mapping[str, Any]) -> str | None:
    """The id that Meta gave a message."""
    messages = answer.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    wamid = first.get("id") if isinstance(first, dict) else None
    return wamid if isinstance(wamid, str) and wamid else None
