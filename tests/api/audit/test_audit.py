"""The audit log: what was done is told, and stays."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from api.audit.service import record
from api.identity.models import Business, Channel, User
from tests.factories import make_business, make_user


def note(session: Session, business: Business, *, action: str = "order.confirmed", subject_id: int = 1) -> None:
    record(
        session,
        business_id=business.id,
        user_id=None,
        action=action,
        subject_type="order",
        subject_id=subject_id,
        lines=3,
    )
    session.flush()


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_entry_cannot_be_changed_or_deleted(session: Session, business: Business, change: str) -> None:
    note(session, business)

    with pytest.raises(DatabaseError, match="only added, never changed"):
        session.execute(text(change))


def test_admin_reads_the_newest_first_and_page_by_page(
    client: TestClient, session: Session, business: Business
) -> None:
    for number in range(5):
        note(session, business, subject_id=number)

    first = client.get("/audit-entries", params={"limit": 3}).json()
    second = client.get("/audit-entries", params={"limit": 3, "cursor": first["next"]}).json()

    assert [entry["subject_id"] for entry in first["items"] + second["items"]] == [4, 3, 2, 1, 0]
    assert second["next"] is None
    assert first["items"][0]["data"] == {"lines": 3}


def test_entries_of_one_subject_are_found(client: TestClient, session: Session, business: Business) -> None:
    for number in (1, 2, 1):
        note(session, business, subject_id=number)

    found = client.get("/audit-entries", params={"subject_type": "order", "subject_id": 1}).json()["items"]

    assert [entry["subject_id"] for entry in found] == [1, 1]


def test_entries_of_another_business_are_not_there(client: TestClient, session: Session) -> None:
    note(session, make_business(session))

    assert client.get("/audit-entries").json()["items"] == []


def test_change_of_a_channel_tells_who_and_which_fields(client: TestClient, admin: User, channel: Channel) -> None:
    client.patch(f"/channels/{channel.id}", json={"status": "disabled", "access_token": "EAAG-secret"})

    answer = client.get("/audit-entries")
    (entry,) = answer.json()["items"]
    assert (entry["action"], entry["user_id"], entry["subject_id"]) == ("channel.changed", admin.id, channel.id)
    assert entry["data"] == {"fields": ["access_token", "status"]}
    assert "EAAG-secret" not in answer.text


def test_refused_request_leaves_no_entry(client: TestClient, session: Session, admin: User) -> None:
    make_user(session, make_business(session), email="taken@shop.example")
    person = {"email": "taken@shop.example", "name": "T", "role": "agent", "password": "correct horse battery"}

    assert client.post("/users", json=person).status_code == 409

    assert client.get("/audit-entries").json()["items"] == []
