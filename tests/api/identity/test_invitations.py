"""People join, and set a new password, by a link that an admin hands them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.identity.models import Business, Invitation, User
from tests.factories import make_business, make_token, make_user

PASSWORD = "correct horse battery"


def invite(client: TestClient, email: str = "bina@shop.example", role: str = "agent") -> Any:  # noqa: ANN401 - any JSON
    return client.post("/invitations", json={"email": email, "name": "Bina", "role": role})


def accept(anonymous: TestClient, token: str, **changes: object) -> Any:  # noqa: ANN401 - any JSON
    wish = {"token": token, "password": PASSWORD} | changes
    return TestClient(anonymous.app).post("/invitations/accept", json=wish)


def states(client: TestClient) -> list[str]:
    return [each["state"] for each in client.get("/invitations").json()["items"]]


def test_invited_person_joins_with_a_password_of_her_own(client: TestClient) -> None:
    link = invite(client).json()
    newcomer = TestClient(client.app)
    welcome = newcomer.post("/invitations/look", json={"token": link["token"]}).json()

    joined = accept(client, link["token"], name="Bina Shah", cookie=True)

    assert link["path"] == f"/#/join/{link['token']}"
    assert (welcome["business"], welcome["email"], welcome["role"]) == ("Kiran Sarees", "bina@shop.example", "agent")
    assert (joined.status_code, joined.json()["user"]["name"], joined.json()["user"]["role"]) == (
        201,
        "Bina Shah",
        "agent",
    )
    assert "satyasell_session=" in joined.headers["set-cookie"]
    assert states(client) == ["used"]
    login = newcomer.post("/sessions", json={"email": "bina@shop.example", "password": PASSWORD})
    assert login.status_code == 201


def test_link_is_good_once(client: TestClient) -> None:
    token = invite(client).json()["token"]
    accept(client, token)

    again = accept(client, token)

    assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:satyasell:link-spent")


def test_link_is_worth_nothing_once_withdrawn_expired_or_replaced(client: TestClient, session: Session) -> None:
    withdrawn, expired = invite(client, "a@shop.example").json(), invite(client, "b@shop.example").json()
    replaced = invite(client, "c@shop.example").json()
    invite(client, "c@shop.example")
    client.delete(f"/invitations/{withdrawn['id']}")
    session.get_one(Invitation, expired["id"]).expires_at = datetime.now(UTC) - timedelta(seconds=1)
    session.flush()

    assert [accept(client, each["token"]).status_code for each in (withdrawn, expired, replaced)] == [409, 409, 409]
    assert states(client) == ["open", "withdrawn", "expired", "withdrawn"]


def test_token_is_kept_only_as_a_hash_and_shown_only_once(client: TestClient, session: Session) -> None:
    token = invite(client).json()["token"]

    assert token.encode() not in session.scalars(select(Invitation.token_hash)).one()
    assert token not in client.get("/invitations").text
    assert token not in client.get("/audit-entries").text


def test_person_who_forgot_her_password_sets_a_new_one_and_is_logged_out_elsewhere(
    client: TestClient, session: Session, agent: User
) -> None:
    elsewhere = {"Authorization": f"Bearer {make_token(session, agent)}"}
    link = client.post(f"/users/{agent.id}/password-link").json()

    changed = accept(client, link["token"], name="Somebody else")

    assert (changed.status_code, changed.json()["user"]["id"]) == (201, agent.id)
    assert changed.json()["user"]["name"] == agent.name
    assert TestClient(client.app).get("/users/current", headers=elsewhere).status_code == 401


def test_link_does_not_let_in_who_was_disabled_meanwhile(client: TestClient, agent: User) -> None:
    link = client.post(f"/users/{agent.id}/password-link").json()
    client.patch(f"/users/{agent.id}", json={"disabled": True})

    assert accept(client, link["token"]).status_code == 409


def test_who_is_a_user_already_is_not_invited(client: TestClient, session: Session) -> None:
    make_user(session, make_business(session), email="bina@shop.example")

    assert invite(client).json()["type"] == "urn:problem-type:satyasell:email-taken"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/invitations"),
        ("POST", "/invitations"),
        ("DELETE", "/invitations/1"),
        ("POST", "/users/1/password-link"),
    ],
)
def test_only_admins_invite(agent_client: TestClient, method: str, path: str) -> None:
    body = {"email": "x@shop.example", "name": "X", "role": "admin"} if path == "/invitations" else None
    assert agent_client.request(method, path, json=body).status_code == 403


def test_person_of_another_business_gets_no_link(client: TestClient, session: Session, business: Business) -> None:
    theirs = make_user(session, make_business(session))

    assert client.post(f"/users/{theirs.id}/password-link").status_code == 404
