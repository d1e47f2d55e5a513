"""The people of a business, and the business itself."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.app import create_app
from api.database import Database
from api.identity.models import User
from api.settings import Settings
from tests.factories import make_business, make_token, make_user

RAVI = {"email": "Ravi@Shop.example", "name": "Ravi", "role": "agent", "password": "correct horse battery"}


def test_added_person_can_log_in(client: TestClient) -> None:
    made = client.post("/users", json=RAVI)

    assert made.status_code == 201
    assert made.json()["email"] == "ravi@shop.example"
    assert client.post("/sessions", json={k: RAVI[k] for k in ("email", "password")}).status_code == 201


def test_email_belongs_to_one_person_over_all_businesses(client: TestClient, session: Session) -> None:
    make_user(session, make_business(session), email="ravi@shop.example")

    answer = client.post("/users", json=RAVI)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("email-taken")


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"email": "ravi"}, {"role": "owner"}, {"name": "  "}, {"business_id": 7}]
)
def test_wrong_person_is_refused_and_no_password_echoed(client: TestClient, wrong: dict[str, Any]) -> None:
    answer = client.post("/users", json=RAVI | wrong)

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert RAVI["password"] not in answer.text


def test_users_of_another_business_are_not_there(client: TestClient, session: Session, admin: User) -> None:
    other = make_user(session, make_business(session))

    assert [user["id"] for user in client.get("/users").json()["items"]] == [admin.id]
    assert client.patch(f"/users/{other.id}", json={"name": "Mine"}).status_code == 404


@pytest.mark.parametrize("change", [{"disabled": True}, {"password": "a different password"}])
def test_disabling_and_new_password_end_a_persons_sessions(
    client: TestClient, agent_client: TestClient, agent: User, change: dict[str, Any]
) -> None:
    assert agent_client.get("/users/current").status_code == 200

    client.patch(f"/users/{agent.id}", json=change)

    assert agent_client.get("/users/current").status_code == 401


def test_new_role_counts_at_once(client: TestClient, agent_client: TestClient, agent: User) -> None:
    client.patch(f"/users/{agent.id}", json={"role": "admin"})

    assert agent_client.get("/audit-entries").status_code == 200


@pytest.mark.parametrize("change", [{"role": "agent"}, {"disabled": True}])
def test_last_admin_stays(client: TestClient, admin: User, change: dict[str, Any]) -> None:
    answer = client.patch(f"/users/{admin.id}", json=change)

    assert answer.status_code == 409
    assert client.get("/users/current").json()["role"] == "admin"


def test_of_two_admins_who_leave_at_once_one_stays(fresh_database: Database, settings: Settings) -> None:
    with fresh_database.transaction() as session:
        business = make_business(session)
        admins = [make_user(session, business) for _ in range(2)]
        tokens = [make_token(session, admin) for admin in admins]
    service = TestClient(create_app(settings, fresh_database))

    def leave(admin: User, token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return service.patch(f"/users/{admin.id}", json={"role": "agent"}, headers=headers).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, admins, tokens)) == [200, 409]


def test_own_password_needs_the_current_one(client: TestClient, session: Session, admin: User) -> None:
    wrong = {"current_password": "not it, I fear", "new_password": "a different password"}

    assert client.put("/users/current/password", json=wrong).status_code == 403


def test_own_new_password_ends_the_other_sessions_only(client: TestClient) -> None:
    client.post("/users", json=RAVI)
    login = {"email": "ravi@shop.example", "password": RAVI["password"]}
    here, there = ({"Authorization": f"Bearer {client.post('/sessions', json=login).json()['token']}"} for _ in "ab")

    change = {"current_password": RAVI["password"], "new_password": "a different password"}
    assert client.put("/users/current/password", json=change, headers=here).status_code == 204

    assert client.get("/users/current", headers=here).status_code == 200
    assert client.get("/users/current", headers=there).status_code == 401
    assert client.post("/sessions", json=login).status_code == 401


def test_business_is_shown_to_all_and_changed_by_admins(client: TestClient, agent_client: TestClient) -> None:
    changed = client.patch("/businesses/current", json={"name": "Kiran & Sons", "time_zone": "Asia/Dubai"})

    assert changed.status_code == 200
    assert agent_client.get("/businesses/current").json() == changed.json()
    assert (changed.json()["name"], changed.json()["currency"]) == ("Kiran & Sons", "INR")


@pytest.mark.parametrize("wrong", [{"time_zone": "Asia/Atlantis"}, {"currency": "XXX"}, {"name": None}])
def test_wrong_change_of_the_business_is_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    assert client.patch("/businesses/current", json=wrong).status_code == 422
