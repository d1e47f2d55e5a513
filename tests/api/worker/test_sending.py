"""Messages go out by a real worker, and a Graph API that hangs keeps nothing else waiting."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator

import orjson
import pytest
from sqlalchemy import func, select, update

from api.broker import Hints, make_broker
from api.channel.token import set_access_token
from api.conversation.models import Conversation, Message, MessageStatus
from api.database import Database
from api.encryption import Vault
from api.order.models import Order
from api.sending import service
from api.sending.message import outgoing
from api.settings import Settings
from api.webhook_event.models import WebhookEvent
from api.webhook_event.service import HANDLE_EVENTS
from api.worker.process import WorkerProcess
from tests.committed_shop import Shop
from tests.graph_server import Asked, GraphServer, Reply, running_graph
from tests.payloads import message, messages_of

PATIENCE = 30.0


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running_graph() as server:
        yield server


@pytest.fixture
def worker(settings: Settings, fresh_database_url: str, server: GraphServer) -> Iterator[WorkerProcess]:
    quick = settings.model_copy(
        update={"graph_url": server.url, "reading_delay_seconds": 0.1, "worker_threads": 2, "sender_threads": 4}
    )
    process = WorkerProcess(quick, fresh_database_url)
    process.start()
    yield process
    process.stop(10)


@pytest.fixture
def hints(fresh_database_url: str, worker: WorkerProcess) -> Iterator[Hints]:
    broker = make_broker(fresh_database_url)
    hints = Hints(broker)
    yield hints
    hints.stop()
    broker.close()


def wait_until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def deliver(database: Database, hints: Hints, *payloads: object) -> None:
    with database.transaction() as session:
        for payload in payloads:
            body = orjson.dumps(payload)
            session.add(WebhookEvent(body=body, body_hash=hashlib.sha256(body).digest(), headers={}))
    hints.send(HANDLE_EVENTS)


def conversations(database: Database) -> list[Conversation]:
    with database.transaction() as session:
        return list(session.scalars(select(Conversation).order_by(Conversation.id)))


def put(database: Database, hints: Hints, shop: Shop, count: int) -> None:
    """Queue so many texts for each conversation."""
    with database.transaction() as session:
        set_access_token(session.merge(shop.channel), "token", Vault([b"\x00" * 32]))
        session.execute(update(Conversation).values(last_customer_message_at=func.now()))
    for number in range(count):
        for conversation in conversations(database):
            with database.transaction() as session:
                row = session.get_one(Conversation, conversation.id, with_for_update=True)
                text = outgoing("text", {"body": f"{conversation.id}:{number}"})
                service.queue(session, hints, row, text, sent_by=shop.admin.id)


def counted(database: Database, status: MessageStatus) -> int:
    with database.transaction() as session:
        return session.scalars(select(func.count(Message.id)).where(Message.status == status)).one()


def begin(database: Database, hints: Hints, shop: Shop, people: int) -> None:
    senders = [f"91900000{number:04}" for number in range(people)]
    deliver(database, hints, *(messages_of(shop.number, message("hello", sender=sender)) for sender in senders))
    wait_until(lambda: len(conversations(database)) == people)


def test_queued_messages_are_sent_once_and_in_order(
    shop: Shop, fresh_database: Database, hints: Hints, server: GraphServer
) -> None:
    begin(fresh_database, hints, shop, 8)
    put(fresh_database, hints, shop, 4)

    wait_until(lambda: counted(fresh_database, MessageStatus.SENT) == 32)

    texts = [body["text"]["body"] for body in server.messages]
    assert len(texts) == len(set(texts)) == 32
    for conversation in conversations(fresh_database):
        mine = [text for text in texts if text.startswith(f"{conversation.id}:")]
        assert mine == [f"{conversation.id}:{number}" for number in range(4)]


def test_a_graph_api_that_hangs_keeps_no_webhook_waiting(
    shop: Shop, fresh_database: Database, hints: Hints, server: GraphServer
) -> None:
    begin(fresh_database, hints, shop, 6)
    let_go = threading.Event()

    def hang(asked: Asked) -> Reply:
        let_go.wait(PATIENCE)
        return server.take(asked)

    server.answer = hang
    put(fresh_database, hints, shop, 1)
    wait_until(lambda: counted(fresh_database, MessageStatus.SENDING) >= 4)  # all who may wait for Meta do

    deliver(fresh_database, hints, messages_of(shop.number, message("2 kg sugar", sender="919000009999")))
    wait_until(lambda: ordered(fresh_database))
    still_hanging = counted(fresh_database, MessageStatus.SENT) == 0
    let_go.set()

    assert still_hanging
    wait_until(lambda: counted(fresh_database, MessageStatus.SENT) == 6)


def ordered(database: Database) -> bool:
    with database.transaction() as session:
        return session.scalar(select(Order.id).limit(1)) is not None
