"""The tasks that ask Meta, made with what they need. They have a queue and threads of their own."""

import threading
from collections.abc import Callable
from datetime import timedelta

import dramatiq
from sqlalchemy.orm import Session

from api.broker import Hinting, queue_of
from api.channel.health import has_due_checks
from api.channel.tasks import CHECK_CHANNELS, ChannelChecker
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.media.file_store import FileStore
from api.media.outgoing import MetaFiles
from api.media.repository import has_due
from api.media.tasks import DOWNLOAD_MEDIA, Downloader
from api.sending import bucket
from api.sending.outbox import due_conversations
from api.sending.receipt import MARK_READ, SHOW_TYPING, Receipts
from api.sending.sender import Sender
from api.sending.service import SEND_MESSAGES
from api.settings import Settings
from api.template.sync import SYNC_TEMPLATES, TemplateSync, has_due_syncs

CONVERSATIONS_AT_ONCE = 100
# More than Meta is waited for at most: an attempt that is older has lost its worker.
LEASE_BEYOND_TIMEOUT = timedelta(seconds=30)


class MetaTasks:
    """What waits for Meta: messages to send, receipts, files, checks of numbers, templates.

    Each may be called by anybody, at any time, twice.
    """

    def __init__(self, settings: Settings, database: Database, hints: Hinting) -> None:
        self._hints = hints
        self._graph = GraphClient.of(settings)
        vault = Vault(settings.secret_keys)
        lease = timedelta(seconds=settings.graph_timeout_seconds) + LEASE_BEYOND_TIMEOUT
        store = FileStore.of(settings)
        files = MetaFiles(database, self._graph, vault, store)
        self.sender = Sender(
            database, hints, self._graph, vault, files, lease=lease, free_entry=settings.free_entry_opens_window
        )
        self.receipts = Receipts(database, self._graph, vault)
        # Files may be slow: half of the threads stay free for messages.
        hands = max(1, settings.sender_threads // 2)
        self.downloader = Downloader(database, hints, self._graph, vault, store, at_once=hands)
        self.checker = ChannelChecker(database, self._graph, vault)
        self.templates = TemplateSync(database, self._graph, vault)

    @property
    def tasks(self) -> dict[str, Callable[..., None]]:
        """What each hint's name means, the most urgent first."""
        return {
            SEND_MESSAGES: self.sender.send,
            SHOW_TYPING: self.receipts.show_typing,
            MARK_READ: self.receipts.mark_read,
            DOWNLOAD_MEDIA: self.downloader.run,
            CHECK_CHANNELS: self.checker.run,
            SYNC_TEMPLATES: self.templates.run,
        }

    def declare(self, broker: dramatiq.Broker) -> None:
        """Let workers of `broker` find the tasks."""
        for priority, (name, task) in enumerate(self.tasks.items()):
            dramatiq.actor(actor_name=name, queue_name=queue_of(name), broker=broker, priority=priority)(task)

    def hint(self, session: Session, age: timedelta) -> None:
        """Hint at what has been due for longer than `age`."""
        bucket.forget_empty(session)
        for conversation_id in due_conversations(session, age, CONVERSATIONS_AT_ONCE):
            self._hints.send(SEND_MESSAGES, conversation_id)
        for task, is_due in (
            (DOWNLOAD_MEDIA, has_due),
            (CHECK_CHANNELS, has_due_checks),
            (SYNC_TEMPLATES, has_due_syncs),
        ):
            if is_due(session):
                self._hints.send(task)

    def forsaken(self, session: Session, age: timedelta) -> list[int]:
        """The conversations in which something has been due for longer than `age`, although it was hinted at."""
        return due_conversations(session, age, CONVERSATIONS_AT_ONCE)

    def do(self, conversation_ids: list[int], stopping: threading.Event) -> None:
        """Send what these conversations have waiting, here and now."""
        for conversation_id in conversation_ids:
            if stopping.is_set():
                return
            self.sender.send(conversation_id)

    def close(self) -> None:
        """Close the connections to Meta."""
        self._graph.close()
