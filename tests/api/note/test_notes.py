"""Notes that agents write for each other."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.models import AuditEntry
from api.conversation.models import Conversation
from api.identity.models import Business, Channel
from tests.factories import make_business, make_channel
from tests.shop import make_conversation


@pytest.fixture
def chat(session: Session, business: Business, channel: Channel) -> Conversation:
    return make_conversation(session, business, channel)


def texts(client: TestClient, path: str) -> list[str]:
    return [note["text"] for note in client.get(path).json()["items"]]


def test_note_beside_a_conversation_is_one_about_its_customer_too(
    client: TestClient, agent_client: TestClient, chat: Conversation
) -> None:
    made = client.post(f"/conversations/{chat.id}/notes", json={"text": "  call before six "}).json()
    agent_client.post(f"/customers/{chat.customer_id}/notes", json={"text": "wholesale"})

    assert (made["text"], made["conversation_id"]) == ("call before six", chat.id)
    assert made["author_name"].startswith("User")
    assert texts(client, f"/conversations/{chat.id}/notes") == ["call before six"]
    assert texts(client, f"/customers/{chat.customer_id}/notes") == ["wholesale", "call before six"]
    assert client.get(f"/customers/{chat.customer_id}").json()["note_count"] == 2


def test_only_the_author_or_an_admin_changes_a_note(
    client: TestClient, agent_client: TestClient, chat: Conversation
) -> None:
    admins = client.post(f"/conversations/{chat.id}/notes", json={"text": "admin's"}).json()
    agents = agent_client.post(f"/conversations/{chat.id}/notes", json={"text": "agent's"}).json()

    assert agent_client.patch(f"/notes/{admins['id']}", json={"text": "mine"}).status_code == 403
    assert agent_client.delete(f"/notes/{admins['id']}").status_code == 403
    assert agent_client.patch(f"/notes/{agents['id']}", json={"text": "better"}).json()["edited_at"] is not None
    assert client.delete(f"/notes/{agents['id']}").status_code == 204
    assert texts(client, f"/conversations/{chat.id}/notes") == ["admin's"]


def test_audit_log_tells_of_a_note_and_not_what_it_says(
    client: TestClient, session: Session, chat: Conversation
) -> None:
    note = client.post(f"/conversations/{chat.id}/notes", json={"text": "secret habit"}).json()
    client.patch(f"/notes/{note['id']}", json={"text": "other habit"})
    client.delete(f"/notes/{note['id']}")

    entries = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "note").order_by(AuditEntry.id))
    told = [(entry.action, "habit" in str(entry.data)) for entry in entries]
    assert told == [("note.added", False), ("note.changed", False), ("note.removed", False)]


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001, "a\0b"])
def test_note_that_says_nothing_or_too_much_is_refused(client: TestClient, chat: Conversation, text: str) -> None:
    assert client.post(f"/conversations/{chat.id}/notes", json={"text": text}).status_code == 422


def test_another_business_has_no_way_to_a_note(client: TestClient, session: Session, chat: Conversation) -> None:
    other = make_business(session)
    theirs = make_conversation(session, other, make_channel(session, other))

    assert client.post(f"/conversations/{theirs.id}/notes", json={"text": "x"}).status_code == 404
    assert client.get(f"/customers/{theirs.customer_id}/notes").status_code == 404
