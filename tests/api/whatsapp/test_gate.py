"""The webhook's way in: who gets in, what is answered, and what is stored before it is."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select

from api.app import create_app
from api.database import Database
from api.settings import Settings
from api.webhook_event.inbox import Inbox, InboxUnavailable
from api.webhook_event.models import EventState, WebhookEvent
from api.whatsapp.gate import MAX_BYTES
from tests.payloads import message, messages_of, signed

PATH = "/webhook/whatsapp"


class Bell:
    """Counts how often it rings."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def service(settings: Settings, fresh_database: Database, fresh_database_url: str, bell: Bell) -> Iterator[TestClient]:
    inbox = Inbox(fresh_database_url, on_stored=bell.ring)
    with TestClient(create_app(settings, fresh_database, inbox=inbox)) as client:
        yield client


def stored(database: Database) -> list[WebhookEvent]:
    with database.transaction() as session:
        return list(session.scalars(select(WebhookEvent)))


@pytest.mark.parametrize("path", ["/webhook", "/webhook/whatsapp"])
def test_meta_gets_its_challenge_back(anonymous: TestClient, path: str) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-token", "hub.challenge": "1158201444"}
    answer = anonymous.get(path, params=query)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("wrong", [{"hub.verify_token": "guess"}, {"hub.verify_token": "ü"}, {"hub.mode": "x"}])
def test_a_wrong_verify_token_gets_no_challenge(anonymous: TestClient, wrong: dict[str, str]) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-token", "hub.challenge": "1158201444"}
    answer = anonymous.get("/webhook", params=query | wrong)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "1158201444" not in answer.text


def test_without_a_verify_token_nobody_is_verified(settings: Settings, database: Database) -> None:
    unset = settings.model_copy(update={"whatsapp_verify_token": SecretStr("")})
    with TestClient(create_app(unset, database)) as client:
        answer = client.get("/webhook", params={"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_signed_webhook_is_stored_as_it_came(service: TestClient, fresh_database: Database, bell: Bell) -> None:
    body, headers = signed(messages_of("77", message("2 kg aata \u0906\u091f\u093e")))
    answer = service.post(PATH, content=body, headers=headers)
    assert answer.status_code == HTTPStatus.OK
    (event,) = stored(fresh_database)
    assert (event.body, event.state, event.attempts) == (body, EventState.RECEIVED, 0)
    assert event.headers["x-hub-signature-256"] == headers["X-Hub-Signature-256"]
    assert event.headers["content-type"] == "application/json"
    assert bell.rings == 1


def test_a_redelivered_payload_is_stored_once(service: TestClient, fresh_database: Database) -> None:
    body, headers = signed(messages_of("77", message()))
    answers = [service.post(PATH, content=body, headers=headers).status_code for _ in range(3)]
    assert answers == [HTTPStatus.OK] * 3
    assert len(stored(fresh_database)) == 1


def test_parallel_deliveries_are_stored_once_each(service: TestClient, fresh_database: Database, bell: Bell) -> None:
    requests = [signed(messages_of("77", message())) for _ in range(10)] * 2
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda request: service.post(PATH, content=request[0], headers=request[1]), requests))
    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    assert len(stored(fresh_database)) == 10


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "sha256=" + "0" * 64},
        {"X-Hub-Signature-256": "sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"},
        {"X-Hub-Signature-256": b"sha256=\xff\xfe"},
    ],
)
def test_without_a_good_signature_nothing_is_stored(
    service: TestClient, fresh_database: Database, headers: dict[str, str]
) -> None:
    answer = service.post(PATH, content=b"{}", headers=headers)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.headers["content-type"] == "application/problem+json"
    assert stored(fresh_database) == []


def test_a_body_that_was_changed_on_the_way_is_refused(service: TestClient, fresh_database: Database) -> None:
    body, headers = signed(messages_of("77", message()))
    assert service.post(PATH, content=body + b" ", headers=headers).status_code == HTTPStatus.UNAUTHORIZED
    assert stored(fresh_database) == []


def test_while_the_secret_is_rotated_both_are_good(
    settings: Settings, fresh_database: Database, fresh_database_url: str
) -> None:
    both = settings.model_copy(update={"whatsapp_app_secret": SecretStr("new-secret, app-secret")})
    app = create_app(both, fresh_database, inbox=Inbox(fresh_database_url, on_stored=lambda: None))
    with TestClient(app) as client:
        for secret, status in ((b"new-secret", 200), (b"app-secret", 200), (b"older", 401)):
            body, headers = signed(messages_of("77", message()), secret)
            assert client.post(PATH, content=body, headers=headers).status_code == status


@pytest.mark.parametrize("body", [b"", b"{", b"\x00\xff", b"not json"])
def test_malformed_json_with_a_good_signature_is_stored_too(
    service: TestClient, fresh_database: Database, body: bytes
) -> None:
    content, headers = signed(body)
    assert service.post(PATH, content=content, headers=headers).status_code == HTTPStatus.OK
    assert [event.body for event in stored(fresh_database)] == [body]


def test_three_megabytes_are_stored(service: TestClient, fresh_database: Database) -> None:
    body, headers = signed(messages_of("77", message("a" * 3_000_000)))
    assert service.post(PATH, content=body, headers=headers).status_code == HTTPStatus.OK
    assert len(stored(fresh_database)[0].body) == len(body)


@pytest.mark.parametrize("chunked", [False, True])
def test_more_than_meta_sends_is_refused(service: TestClient, fresh_database: Database, chunked: bool) -> None:
    body, headers = signed(b"a" * (MAX_BYTES + 1))
    content = iter([body]) if chunked else body
    answer = service.post(PATH, content=content, headers=headers)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert answer.headers["content-type"] == "application/problem+json"
    assert stored(fresh_database) == []


def test_while_the_database_is_away_meta_is_told_to_come_again(settings: Settings, database: Database) -> None:
    inbox = Inbox("postgresql://nobody@127.0.0.1:9/none", on_stored=lambda: None)
    with TestClient(create_app(settings, database, inbox=inbox)) as client:
        body, headers = signed(messages_of("77", message()))
        answer = client.post(PATH, content=body, headers=headers)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.headers["retry-after"] == "1"


def test_a_broken_connection_is_made_anew(
    service: TestClient, fresh_database: Database, fresh_database_url: str
) -> None:
    for _ in range(3):
        body, headers = signed(messages_of("77", message()))
        assert service.post(PATH, content=body, headers=headers).status_code == HTTPStatus.OK
        cut_inbox_connections(fresh_database_url)
    assert len(stored(fresh_database)) == 3


def cut_inbox_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'satyasell-inbox'"
        )


def test_what_waits_when_the_inbox_stops_is_stored(fresh_database: Database, fresh_database_url: str) -> None:
    async def store_and_stop() -> None:
        inbox = Inbox(fresh_database_url, on_stored=lambda: None)
        await inbox.start()
        waiting = [asyncio.create_task(inbox.store(str(number).encode(), {})) for number in range(50)]
        await asyncio.sleep(0)
        await inbox.stop()
        await asyncio.gather(*waiting)

    asyncio.run(store_and_stop())
    assert len(stored(fresh_database)) == 50


def test_many_events_that_arrive_together_are_few_commits(fresh_database: Database, fresh_database_url: str) -> None:
    bell = Bell()

    async def store_many() -> None:
        inbox = Inbox(fresh_database_url, on_stored=bell.ring)
        await inbox.start()
        await asyncio.gather(*(inbox.store(str(number).encode(), {}) for number in range(300)))
        await inbox.stop()

    asyncio.run(store_many())
    assert len(stored(fresh_database)) == 300
    assert bell.rings < 10


def test_nobody_waits_for_ever_for_an_inbox_that_cannot_write() -> None:
    async def store() -> None:
        inbox = Inbox("postgresql://nobody@127.0.0.1:9/none", on_stored=lambda: None)
        await inbox.start()
        results = await asyncio.gather(*(inbox.store(b"x", {}) for _ in range(5)), return_exceptions=True)
        await inbox.stop()
        assert all(isinstance(result, InboxUnavailable) for result in results)

    asyncio.run(store())
