"""Logging in, staying logged in, and being logged out."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.identity.models import Business, LoginSession, User
from api.identity.password import hash_password
from tests.factories import make_token, make_user

PASSWORD = "correct horse battery"


@pytest.fixture
def asha(session: Session, business: Business) -> User:
    return make_user(session, business, email="asha@shop.example", password_hash=hash_password(PASSWORD))


def log_in(
    client: TestClient, email: str = "asha@shop.example", password: str = PASSWORD, *, cookie: bool = False
) -> Response:
    return client.post("/sessions", json={"email": email, "password": password, "cookie": cookie})


def who_am_i(client: TestClient, token: str) -> int:
    return client.get("/users/current", headers={"Authorization": f"Bearer {token}"}).status_code


def test_right_password_gives_a_token_that_opens_the_service(anonymous: TestClient, asha: User) -> None:
    answer = log_in(anonymous)

    assert answer.status_code == 201
    assert answer.json()["user"]["email"] == "asha@shop.example"
    assert who_am_i(anonymous, answer.json()["token"]) == 200


def test_email_is_found_in_any_case(anonymous: TestClient, asha: User) -> None:
    assert log_in(anonymous, email=" Asha@Shop.Example").status_code == 201


def test_token_is_stored_only_as_a_hash(anonymous: TestClient, session: Session, asha: User) -> None:
    token = log_in(anonymous).json()["token"]

    stored = session.scalars(select(LoginSession.token_hash)).one()
    assert len(stored) == 32
    assert token.encode() not in stored


def test_wrong_password_and_unknown_email_get_the_same_answer(anonymous: TestClient, asha: User) -> None:
    wrong = log_in(anonymous, password="not my password")
    unknown = log_in(anonymous, email="nobody@shop.example")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_disabled_user_cannot_log_in(anonymous: TestClient, session: Session, asha: User) -> None:
    asha.disabled_at = datetime.now(UTC)
    session.flush()

    assert log_in(anonymous).status_code == 401


def test_eleventh_try_within_minutes_is_refused(anonymous: TestClient, asha: User) -> None:
    tries = [log_in(anonymous, password=f"guess number {number}").status_code for number in range(11)]

    assert tries == [401] * 10 + [429]
    refused = log_in(anonymous)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_logging_out_ends_this_session_only(anonymous: TestClient, session: Session, asha: User) -> None:
    here, there = make_token(session, asha), make_token(session, asha)

    assert anonymous.delete("/sessions/current", headers={"Authorization": f"Bearer {here}"}).status_code == 204

    assert who_am_i(anonymous, here) == 401
    assert who_am_i(anonymous, there) == 200


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": datetime.now(UTC) - timedelta(seconds=1)},
        {"last_used_at": datetime.now(UTC) - timedelta(hours=13)},
        {"revoked_at": datetime.now(UTC)},
    ],
    ids=["expired", "idle", "revoked"],
)
def test_session_that_has_ended_is_refused(
    anonymous: TestClient, session: Session, asha: User, change: dict[str, datetime]
) -> None:
    token = make_token(session, asha)
    session.execute(update(LoginSession).values(**change))

    assert who_am_i(anonymous, token) == 401


def test_use_keeps_a_session_from_going_idle(anonymous: TestClient, session: Session, asha: User) -> None:
    token = make_token(session, asha)
    session.execute(update(LoginSession).values(last_used_at=datetime.now(UTC) - timedelta(hours=11)))

    assert who_am_i(anonymous, token) == 200

    used = session.scalars(select(LoginSession.last_used_at).execution_options(populate_existing=True)).one()
    assert datetime.now(UTC) - used < timedelta(minutes=1)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic YTpi", "bearer  "])
def test_what_is_no_token_is_refused(anonymous: TestClient, header: str) -> None:
    answer = anonymous.get("/users/current", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_page_of_ours_may_use_a_cookie_that_scripts_cannot_read(anonymous: TestClient, asha: User) -> None:
    cookie = log_in(anonymous, cookie=True).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert anonymous.get("/users/current").status_code == 200


def test_page_of_another_site_may_not_use_the_cookie(anonymous: TestClient, asha: User) -> None:
    log_in(anonymous, cookie=True)

    foreign = anonymous.delete("/sessions/current", headers={"Origin": "https://evil.example"})
    own = anonymous.delete("/sessions/current", headers={"Origin": "http://testserver"})

    assert (foreign.status_code, own.status_code) == (403, 204)
    assert anonymous.get("/users/current").status_code == 401


def test_password_of_an_older_cost_is_hashed_anew_at_login(
    anonymous: TestClient, session: Session, business: Business
) -> None:
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    user = make_user(session, business, email="asha@shop.example", password_hash=cheap)

    assert log_in(anonymous).status_code == 201

    session.refresh(user)
    assert "m=19456,t=2,p=1" in user.password_hash
