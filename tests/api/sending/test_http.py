"""Sending over HTTP: who, what, when, and the same request twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.channel.token import set_access_token
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.customer.models import Customer
from api.encryption import Vault
from api.identity.models import Business, Channel, ChannelStatus
from api.template.models import Template
from tests.factories import make_business, make_channel
from tests.post_office import KEYS
from tests.shop import make_conversation

HELLO = {"type": "text", "content": {"body": "hello"}}
WABA = "102290129340398"


@pytest.fixture
def channel(session: Session, business: Business) -> Channel:
    made = make_channel(session, business, waba_id=WABA)
    set_access_token(made, "token", Vault(KEYS))
    session.flush()
    return made


@pytest.fixture
def conversation(session: Session, business: Business, channel: Channel) -> Conversation:
    made = make_conversation(session, business, channel)
    made.last_customer_message_at = datetime.now(UTC) - timedelta(hours=1)
    session.flush()
    return made


def written(session: Session, conversation: Conversation, wamid: str | None = "wamid.asked") -> Message:
    """Something that the customer wrote."""
    row = Message(
        business_id=conversation.business_id,
        channel_id=conversation.channel_id,
        conversation_id=conversation.id,
        wamid=wamid,
        direction=Direction.INBOUND,
        type="text",
        content="is it there?",
        status=MessageStatus.RECEIVED,
        timestamp=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return row


def make_template(session: Session, business: Business, **changes: Any) -> Template:  # noqa: ANN401 - a column's value
    body = "Hello {{1}}, order {{2}} is confirmed."
    values = {
        "business_id": business.id,
        "waba_id": WABA,
        "meta_id": "1",
        "name": "order_confirmed",
        "language": "en",
        "category": "UTILITY",
        "status": "APPROVED",
        "parameter_format": "POSITIONAL",
        "components": [{"type": "BODY", "text": body}],
        "synced_at": datetime.now(UTC),
    }
    row = Template(**values | changes)
    session.add(row)
    session.flush()
    return row


def template(*values: str, name: str = "order_confirmed") -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    components = [{"type": "body", "parameters": parameters}] if values else []
    content = {"name": name, "language": {"code": "en"}, "components": components}
    return {"type": "template", "content": content}


def test_a_message_to_a_conversation_is_queued(client: TestClient, conversation: Conversation) -> None:
    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **HELLO})

    assert answer.status_code == 202
    shown = answer.json()
    assert (shown["conversation_id"], shown["direction"], shown["status"]) == (conversation.id, "outbound", "queued")
    listed = client.get(f"/conversations/{conversation.id}/messages").json()["items"]
    assert [each["id"] for each in listed] == [shown["id"]]
    assert client.get(f"/messages/{shown['id']}").json() == shown


@pytest.mark.parametrize("number", ["+91 98765-43210", "09876543210", "919876543210"])
def test_a_template_to_a_phone_number_begins_a_conversation(
    client: TestClient, session: Session, channel: Channel, number: str
) -> None:
    shown = client.post("/messages/send", json={"to": number, **template("Asha", "12")}).json()

    begun = session.get_one(Conversation, shown["conversation_id"])
    assert (begun.channel_id, begun.customer_phone) == (channel.id, "+919876543210")
    again = client.post("/messages/send", json={"to": "+919876543210", **template("Asha", "12")}).json()
    assert again["conversation_id"] == begun.id
    assert session.scalar(select(func.count()).select_from(Customer)) == 1


def test_a_person_without_a_number_is_written_to_by_metas_id(client: TestClient, channel: Channel) -> None:
    answer = client.post("/messages/send", json={"recipient": "IN.13491208655302741918", **template("Asha", "12")})

    assert answer.status_code == 202


def test_a_customer_is_written_to_by_the_number_that_she_last_used(
    client: TestClient, session: Session, business: Business, conversation: Conversation
) -> None:
    make_channel(session, business)

    shown = client.post("/messages/send", json={"customer_id": conversation.customer_id, **HELLO}).json()

    assert shown["conversation_id"] == conversation.id


def test_of_several_numbers_one_has_to_be_named(
    client: TestClient, session: Session, business: Business, channel: Channel
) -> None:
    make_channel(session, business)
    body = {"to": "+919876543210", **template("Asha", "12")}

    assert client.post("/messages/send", json=body).status_code == 422
    assert client.post("/messages/send", json=body | {"channel_id": channel.id}).status_code == 202


@pytest.mark.parametrize(
    "whom", [{}, {"conversation_id": 1, "to": "+919876543210"}, {"to": "hello"}, {"recipient": "4711"}]
)
def test_exactly_one_recipient_has_to_be_named(client: TestClient, channel: Channel, whom: dict[str, Any]) -> None:
    assert client.post("/messages/send", json={**whom, **template("Asha", "12")}).status_code == 422


def test_a_limit_is_named_with_field_and_length(client: TestClient, conversation: Conversation) -> None:
    body = {"conversation_id": conversation.id, "type": "text", "content": {"body": "x" * 5000}}

    answer = client.post("/messages/send", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "body.text.content.body", "detail": "the text has 5000 characters; WhatsApp allows 4096"}
    ]


def test_the_same_request_twice_is_one_message(
    client: TestClient, session: Session, conversation: Conversation
) -> None:
    body = {"conversation_id": conversation.id, **HELLO}
    key = {"Idempotency-Key": "once"}

    first = client.post("/messages/send", json=body, headers=key)
    second = client.post("/messages/send", json=body, headers=key)

    assert second.headers["Idempotent-Replayed"] == "true"
    assert first.json() == second.json()
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_closed_window_says_since_when(client: TestClient, session: Session, conversation: Conversation) -> None:
    conversation.last_customer_message_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    session.flush()

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **HELLO})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:satyasell:window-closed")
    assert "closed at 2026-03-02 12:00 UTC" in answer.json()["detail"]
    assert answer.json()["window_closed_at"] == "2026-03-02T12:00:00+00:00"
    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_template_passes_a_closed_window(client: TestClient, session: Session, conversation: Conversation) -> None:
    conversation.last_customer_message_at = None
    session.flush()

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **template("Asha", "12")})

    assert answer.status_code == 202


def test_a_conversation_tells_until_when_its_window_is_open(
    client: TestClient, session: Session, conversation: Conversation
) -> None:
    heard = conversation.last_customer_message_at
    assert heard is not None
    before = client.get(f"/conversations/{conversation.id}").json()["window_closes_at"]
    conversation.free_entry_until = heard + timedelta(hours=72)
    session.flush()
    after = client.get(f"/conversations/{conversation.id}").json()["window_closes_at"]

    assert datetime.fromisoformat(before) == heard + timedelta(hours=24)
    assert datetime.fromisoformat(after) == heard + timedelta(hours=72)


def test_a_known_template_is_shown_in_its_words(
    client: TestClient, session: Session, business: Business, conversation: Conversation
) -> None:
    make_template(session, business)

    shown = client.post("/messages/send", json={"conversation_id": conversation.id, **template("Asha", "12")}).json()

    assert shown["content"] == "Hello Asha, order 12 is confirmed."
    assert shown["attributes"]["template"] == {"name": "order_confirmed", "language": "en", "values": ["Asha", "12"]}


@pytest.mark.parametrize("values", [(), ("Asha",), ("Asha", "12", "more")])
def test_each_variable_of_a_known_template_needs_a_value(
    client: TestClient, session: Session, business: Business, conversation: Conversation, values: tuple[str, ...]
) -> None:
    make_template(session, business)

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **template(*values)})

    assert answer.status_code == 422
    assert "has the variables 1, 2 in its body" in answer.json()["detail"]


def test_a_picture_in_a_known_templates_heading_has_to_be_given(
    client: TestClient, session: Session, business: Business, conversation: Conversation
) -> None:
    components = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hello"}]
    make_template(session, business, components=components)

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **template()})

    assert answer.status_code == 422
    assert "heading to fill in (image)" in answer.json()["detail"]


def test_a_template_that_is_not_approved_is_not_sent(
    client: TestClient, session: Session, business: Business, conversation: Conversation
) -> None:
    make_template(session, business, status="PAUSED")

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **template("Asha", "12")})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:satyasell:template-not-ready")


@pytest.mark.parametrize(("category", "status"), [("MARKETING", 409), ("UTILITY", 202), (None, 409)])
def test_a_customer_who_stopped_marketing_gets_none(
    client: TestClient,
    session: Session,
    business: Business,
    conversation: Conversation,
    category: str | None,
    status: int,
) -> None:
    session.get_one(Customer, conversation.customer_id).marketing_stopped_at = datetime.now(UTC)
    if category:
        make_template(session, business, category=category)
    session.flush()

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **template("Asha", "12")})

    assert answer.status_code == status


def test_a_message_can_quote_another(client: TestClient, session: Session, conversation: Conversation) -> None:
    asked = written(session, conversation)

    body = {"conversation_id": conversation.id, "reply_to_id": asked.id, **HELLO}
    shown = client.post("/messages/send", json=body).json()

    assert shown["reply_to_id"] == asked.id
    assert session.get_one(Message, shown["id"]).payload["context"] == {"message_id": "wamid.asked"}


def test_a_message_of_another_conversation_cannot_be_quoted(
    client: TestClient, session: Session, business: Business, channel: Channel, conversation: Conversation
) -> None:
    elsewhere = written(session, make_conversation(session, business, channel))

    body = {"conversation_id": conversation.id, "reply_to_id": elsewhere.id, **HELLO}

    assert client.post("/messages/send", json=body).status_code == 422


def test_a_reaction_is_to_a_message_of_the_conversation(
    client: TestClient, session: Session, conversation: Conversation
) -> None:
    asked = written(session, conversation)
    reaction = {"type": "reaction", "content": {"message_id": "wamid.asked", "emoji": "👍"}}

    shown = client.post("/messages/send", json={"conversation_id": conversation.id, **reaction}).json()
    reaction["content"] = {"message_id": "wamid.unknown", "emoji": "👍"}
    refused = client.post("/messages/send", json={"conversation_id": conversation.id, **reaction})

    assert (shown["reply_to_id"], shown["attributes"]) == (asked.id, {"emoji": "👍"})
    assert "context" not in session.get_one(Message, shown["id"]).payload
    assert refused.status_code == 422


def test_the_address_form_is_for_indian_numbers_only(
    client: TestClient, session: Session, business: Business, channel: Channel
) -> None:
    abroad = make_conversation(session, business, channel, wa_id="4915112345678", phone="+4915112345678")
    abroad.last_customer_message_at = datetime.now(UTC)
    session.flush()
    form = {
        "type": "address_message",
        "body": {"text": "Where to?"},
        "action": {"name": "address_message", "parameters": {"country": "IN"}},
    }

    answer = client.post("/messages/send", json={"conversation_id": abroad.id, "type": "interactive", "content": form})

    assert answer.status_code == 422
    assert "Indian numbers" in answer.json()["detail"]


@pytest.mark.parametrize("what", ["token", "status"])
def test_a_number_that_cannot_send_says_why(
    client: TestClient, session: Session, channel: Channel, conversation: Conversation, what: str
) -> None:
    if what == "token":
        channel.access_token_encrypted = None
    else:
        channel.status = ChannelStatus.DISABLED
    session.flush()

    answer = client.post("/messages/send", json={"conversation_id": conversation.id, **HELLO})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:satyasell:not-connected")


def test_nobody_writes_into_another_businesss_conversation(client: TestClient, session: Session) -> None:
    other = make_business(session)
    theirs = make_conversation(session, other, make_channel(session, other))

    assert client.post("/messages/send", json={"conversation_id": theirs.id, **HELLO}).status_code == 404
    assert client.post("/messages/send", json={"customer_id": theirs.customer_id, **HELLO}).status_code == 404
    assert client.post(f"/conversations/{theirs.id}/typing").status_code == 404
    assert client.get(f"/messages/{written(session, theirs).id}").status_code == 404


@pytest.mark.parametrize("status", [MessageStatus.FAILED, MessageStatus.UNKNOWN])
def test_a_person_may_send_again_what_failed_or_is_unknown(
    client: TestClient, session: Session, conversation: Conversation, status: MessageStatus
) -> None:
    first = client.post("/messages/send", json={"conversation_id": conversation.id, **HELLO}).json()
    row = session.get_one(Message, first["id"])
    row.status, row.send_due_at = status, None
    session.flush()

    again = client.post(f"/messages/{first['id']}/retry")
    once_more = client.post(f"/messages/{first['id']}/retry")

    assert again.status_code == 202
    assert (again.json()["content"], again.json()["status"]) == ("hello", "queued")
    assert again.json()["attributes"] == {"retry_of": first["id"]}
    assert session.get_one(Message, again.json()["id"]).tracker != row.tracker
    assert (once_more.status_code, once_more.json()["type"]) == (409, "urn:problem-type:satyasell:not-retryable")


def test_what_is_on_its_way_is_not_sent_again(client: TestClient, conversation: Conversation) -> None:
    first = client.post("/messages/send", json={"conversation_id": conversation.id, **HELLO}).json()

    assert client.post(f"/messages/{first['id']}/retry").status_code == 409


def test_reading_and_typing_are_told_of_what_the_customer_wrote(
    client: TestClient, session: Session, conversation: Conversation
) -> None:
    nothing_yet = client.post(f"/conversations/{conversation.id}/typing")
    asked = written(session, conversation)

    read = client.post(f"/messages/{asked.id}/read", json={"typing": True})
    typing = client.post(f"/conversations/{conversation.id}/typing")

    assert nothing_yet.status_code == 422
    assert (read.status_code, read.json()) == (202, {"message_id": asked.id})
    assert (typing.status_code, typing.json()) == (202, {"message_id": asked.id})
