"""Who may open the WebSocket, from where, and for how long."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx
import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus

from api.database import Database
from api.identity import repository
from api.identity.cookie import COOKIE
from api.identity.models import LoginSession, User
from api.live.service import announce
from api.settings import Settings
from api.websocket.models import WebSocketTicket
from api.websocket.sockets import MOST_PER_USER
from tests.committed_shop import Shop
from tests.live_server import LiveServer, live_server


def ticket(server: LiveServer, token: str) -> str:
    answer = httpx.post(f"http://{server.host}/sessions/current/ticket", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == HTTPStatus.CREATED
    return str(answer.json()["ticket"])


def test_the_cookie_opens_it_for_a_page_of_the_same_host(server: LiveServer, token: str) -> None:
    with server.open(Cookie=f"{COOKIE}={token}", Origin=f"http://{server.host}") as ear:
        assert ear.next()["type"] == "hello"


def test_the_cookie_alone_opens_nothing(server: LiveServer, token: str) -> None:
    with server.open(Cookie=f"{COOKIE}={token}") as ear:
        assert ear.close_code() == 4401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "https://evil.example:8000"])
def test_a_page_of_another_place_is_refused_whatever_it_shows(server: LiveServer, token: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.open(token, Origin=origin):
        pass
    assert refused.value.response.status_code == HTTPStatus.FORBIDDEN


def test_an_allowed_page_opens_it_by_a_ticket_and_not_by_the_cookie(
    settings: Settings, fresh_database: Database, fresh_database_url: str, token: str
) -> None:
    allowing = settings.model_copy(update={"allowed_origins": "https://desk.example, http://other.example"})
    with live_server(allowing, fresh_database, fresh_database_url) as server:
        with server.open(query=f"?ticket={ticket(server, token)}", Origin="https://desk.example") as ear:
            assert ear.next()["type"] == "hello"
        with server.open(Origin="https://desk.example", Cookie=f"{COOKIE}={token}") as ear:
            assert ear.close_code() == 4401


def test_a_ticket_opens_one_only(server: LiveServer, token: str) -> None:
    text = ticket(server, token)
    with server.open(query=f"?ticket={text}") as first:
        assert first.next()["type"] == "hello"
        with server.open(query=f"?ticket={text}") as second:
            assert second.close_code() == 4401


def test_a_ticket_that_is_too_old_opens_none(server: LiveServer, token: str, fresh_database: Database) -> None:
    text = ticket(server, token)
    with fresh_database.transaction() as session:
        session.execute(update(WebSocketTicket).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    with server.open(query=f"?ticket={text}") as ear:
        assert ear.close_code() == 4401


@pytest.mark.parametrize("token_", [None, "satya_nonsense"])
def test_without_a_login_it_is_closed(server: LiveServer, token_: str | None) -> None:
    with server.open(token_) as ear:
        assert ear.close_code() == 4401


def test_asked_for_as_a_page_it_says_what_it_is(server: LiveServer, token: str) -> None:
    answer = httpx.get(f"http://{server.host}/ws", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == HTTPStatus.UPGRADE_REQUIRED
    assert answer.json()["type"].endswith("upgrade-required")


def test_logging_out_closes_it_at_once(server: LiveServer, token: str) -> None:
    with server.open(token) as ear:
        ear.next("hello")
        httpx.delete(f"http://{server.host}/sessions/current", headers={"Authorization": f"Bearer {token}"})
        assert ear.close_code(seconds=3) == 4401


def test_disabling_a_person_closes_hers_and_no_other(
    server: LiveServer, token: str, agent: User, agent_token: str
) -> None:
    with server.open(token) as admin, server.open(agent_token) as ear:
        admin.next("hello"), ear.next("hello")
        path = f"http://{server.host}/users/{agent.id}"
        answer = httpx.patch(path, json={"disabled": True}, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == HTTPStatus.OK
        assert ear.close_code(seconds=3) == 4401
        assert ("user", agent.id) in admin.changes()


def test_a_login_that_ends_by_the_clock_closes_it(
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    fresh_database: Database,
    fresh_database_url: str,
    token: str,
) -> None:
    monkeypatch.setattr("api.websocket.sockets.RECHECK_SECONDS", 0.2)
    with live_server(settings, fresh_database, fresh_database_url) as server, server.open(token) as ear:
        ear.next("hello")
        with fresh_database.transaction() as session:
            idle = datetime.now(UTC) - timedelta(minutes=settings.session_idle_minutes, seconds=1)
            session.execute(update(LoginSession).values(last_used_at=idle))
        assert ear.close_code(seconds=3) == 4401


def test_an_open_websocket_is_no_use_of_the_login(server: LiveServer, token: str, fresh_database: Database) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=30)
    with fresh_database.transaction() as session:
        session.execute(update(LoginSession).values(last_used_at=long_ago))
    with server.open(token) as ear:
        ear.next("hello")
    with fresh_database.transaction() as session:
        (used,) = session.scalars(update(LoginSession).values(id=LoginSession.id).returning(LoginSession.last_used_at))
    assert used == long_ago


def test_who_becomes_an_agent_hears_no_more_what_admins_hear(
    server: LiveServer, shop: Shop, token: str, agent: User, agent_token: str, fresh_database: Database
) -> None:
    with server.open(token) as admin, server.open(agent_token) as ear:
        admin.next("hello"), ear.next("hello")
        path, headers = f"http://{server.host}/users/{agent.id}", {"Authorization": f"Bearer {token}"}
        httpx.patch(path, json={"role": "admin"}, headers=headers)
        ear.changes()
        for role, heard in (("admin", True), ("agent", False)):
            httpx.patch(path, json={"role": role}, headers=headers)
            ear.changes()
            with fresh_database.transaction() as session:
                announce(session, "audit", 0, business_id=shop.business.id)
            assert (("audit", 0) in ear.changes()) is heard


def test_one_person_has_so_many_open_and_no_more(server: LiveServer, token: str) -> None:
    with ExitStack() as opened:
        for _ in range(MOST_PER_USER):
            opened.enter_context(server.open(token)).next("hello")
        with server.open(token) as ear:
            assert ear.close_code() == 4429


def test_logging_out_everywhere_ends_each_login(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    with server.open(token) as ear:
        ear.next("hello")
        with fresh_database.transaction() as session:
            repository.revoke_sessions(session, shop.admin.id)
        assert ear.close_code(seconds=3) == 4401
