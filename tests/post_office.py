"""A shop that can send: a number with a token, a customer who wrote just now, and a Graph API on a real socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.channel.token import set_access_token
from api.conversation.models import Conversation, Message
from api.customer.models import Customer
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.models import Business, Channel, User
from api.media.file_store import FileStore
from api.media.outgoing import MetaFiles
from api.sending import service
from api.sending.message import outgoing
from api.sending.sender import Sender
from tests.factories import make_business, make_channel, make_user
from tests.graph_server import VERSION, GraphServer
from tests.shop import make_conversation

TOKEN = "EAAG-token"
KEYS = (b"\x00" * 32,)


@dataclass
class NotedHints:
    """Hints that are only noted, with their delays."""

    sent: list[tuple[str, tuple[int, ...], float]] = field(default_factory=list)

    def send(self, task: str, *args: int, delay: float = 0.0) -> None:
        self.sent.append((task, args, delay))


@dataclass
class PostOffice:
    """All that is needed to send."""

    database: Database
    server: GraphServer
    sender: Sender
    hints: NotedHints
    business: Business
    channel: Channel
    agent: User
    conversation: Conversation
    store: FileStore
    graph: GraphClient

    def put(self, text: str = "hello", conversation: Conversation | None = None) -> int:
        """Queue a text; return its id."""
        return self.put_any("text", {"body": text}, conversation)

    def put_any(self, type_: str, content: Any, conversation: Conversation | None = None) -> int:  # noqa: ANN401 - any JSON
        target = conversation or self.conversation
        with self.database.transaction() as session:
            row = session.get_one(Conversation, target.id, with_for_update=True, populate_existing=True)
            return service.queue(session, self.hints, row, outgoing(type_, content), sent_by=self.agent.id).id

    def send(self, conversation: Conversation | None = None) -> None:
        """Do what a hint has a worker do."""
        self.sender.send((conversation or self.conversation).id)

    def message(self, message_id: int) -> Message:
        with self.database.transaction() as session:
            return session.get_one(Message, message_id, populate_existing=True)

    def customer(self) -> Customer:
        with self.database.transaction() as session:
            return session.get_one(Customer, self.conversation.customer_id, populate_existing=True)

    def pass_time(self, message_id: int) -> None:
        """Let the time come at which a message is looked at again."""
        with self.database.transaction() as session:
            due = func.clock_timestamp() - timedelta(seconds=1)
            session.execute(update(Message).where(Message.id == message_id).values(send_due_at=due))

    def hear(self, at: datetime | None, conversation: Conversation | None = None) -> None:
        """Let the customer have written last at `at`."""
        target = conversation or self.conversation
        with self.database.transaction() as session:
            session.execute(
                update(Conversation).where(Conversation.id == target.id).values(last_customer_message_at=at)
            )

    def another_conversation(self) -> Conversation:
        with self.database.transaction() as session:
            made = make_conversation(session, self.business, self.channel)
            made.last_customer_message_at = datetime.now(UTC)
        return made

    def texts(self) -> list[str]:
        """What the Graph API was told, in its order."""
        return [body["text"]["body"] for body in self.server.messages]

    def seconds_until(self, message_id: int) -> float:
        """How long until a message is looked at again."""
        with self.database.transaction() as session:
            left = func.extract("epoch", Message.send_due_at - func.clock_timestamp())
            return float(session.scalars(select(left).where(Message.id == message_id)).one())


@contextmanager
def open_office(database: Database, server: GraphServer) -> Iterator[PostOffice]:
    """An office while the block runs."""
    vault = Vault(KEYS)
    with database.transaction() as session:
        business, agent = _people(session)
        channel = make_channel(session, business)
        set_access_token(channel, TOKEN, vault)
        conversation = make_conversation(session, business, channel)
        conversation.last_customer_message_at = datetime.now(UTC)
    hints = NotedHints()
    graph = GraphClient(server.url, VERSION, timeout=0.5)
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        store = FileStore("", Path(folder))
        files = MetaFiles(database, graph, vault, store)
        sender = Sender(database, hints, graph, vault, files)
        yield PostOffice(database, server, sender, hints, business, channel, agent, conversation, store, graph)
    graph.close()


def _people(session: Session) -> tuple[Business, User]:
    business = make_business(session)
    return business, make_user(session, business)
