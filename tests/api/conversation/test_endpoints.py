"""Conversations over HTTP."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, Message, MessageStatus, MessageStatusEvent
from api.identity.models import Business, Channel, User
from tests.factories import make_business, make_channel, make_customer, make_user

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def make_conversation(session: Session, channel: Channel, name: str, **changes: object) -> Conversation:
    business = session.get_one(Business, channel.business_id)
    customer = make_customer(session, business, profile_name=name)
    values = {"customer_phone": customer.phone, "last_updated": NOW, "last_message": "hello"} | changes
    row = Conversation(business_id=business.id, channel_id=channel.id, customer_id=customer.id, **values)
    session.add(row)
    session.flush()
    return row


def make_message(session: Session, conversation: Conversation, content: str, **changes: object) -> Message:
    values: dict[str, object] = {
        "wamid": f"wamid.{conversation.id}.{content}",
        "direction": Direction.INBOUND,
        "type": "text",
        "status": MessageStatus.RECEIVED,
        "timestamp": NOW,
    }
    row = Message(
        business_id=conversation.business_id,
        channel_id=conversation.channel_id,
        conversation_id=conversation.id,
        content=content,
        **(values | changes),
    )
    session.add(row)
    session.flush()
    return row


def names(client: TestClient, query: str = "") -> list[str]:
    answer = client.get(f"/conversations{query}")
    assert answer.status_code == HTTPStatus.OK, answer.text
    return [item["customer"]["profile_name"] for item in answer.json()["items"]]


def test_the_last_active_conversation_is_the_first(client: TestClient, session: Session, channel: Channel) -> None:
    for hours, name in ((2, "Bina"), (1, "Asha"), (3, "Chitra")):
        make_conversation(session, channel, name, last_updated=NOW - timedelta(hours=hours))
    assert names(client) == ["Asha", "Bina", "Chitra"]


def test_pages_hold_every_conversation_once(client: TestClient, session: Session, channel: Channel) -> None:
    for number in range(5):
        make_conversation(session, channel, f"C{number}")
    seen, query = [], "?limit=2"
    while query:
        page = client.get(f"/conversations{query}").json()
        seen += [item["id"] for item in page["items"]]
        query = f"?limit=2&cursor={page['next']}" if page["next"] else ""
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ash", ["Asha"]),
        ("ASHA", ["Asha"]),
        ("55501", ["Asha"]),
        ("+91 90555 01", ["Asha"]),
        ("kanjivaram", ["Bina"]),
        ("lal kanji", ["Bina"]),
        ("kanji hara", []),
        ("साड़ी", ["Bina"]),
        ("50%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("\\ : & | ! ( )", []),
    ],
)
def test_search_finds_names_numbers_and_words(
    client: TestClient, session: Session, channel: Channel, words: str, found: list[str]
) -> None:
    asha = make_conversation(session, channel, "Asha")
    from api.customer.models import Customer

    session.get_one(Customer, asha.customer_id).phone = "+919055501234"
    bina = make_conversation(session, channel, "Bina")
    make_message(session, asha, "hello")
    make_message(session, bina, "lal kanjivaram साड़ी dikhao")
    session.flush()
    answer = client.get("/conversations", params={"q": words})
    assert [item["customer"]["profile_name"] for item in answer.json()["items"]] == found


def test_filters_narrow_the_list(client: TestClient, session: Session, channel: Channel, admin: User) -> None:
    make_conversation(session, channel, "Mine", assigned_user_id=admin.id)
    make_conversation(session, channel, "Unread", unread_count=2)
    assert names(client, "?assigned_to=me") == ["Mine"]
    assert names(client, f"?assigned_to={admin.id}") == ["Mine"]
    assert names(client, "?assigned_to=nobody") == ["Unread"]
    assert names(client, "?unread=true") == ["Unread"]
    assert client.get("/conversations?assigned_to=somebody").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_conversation_tells_how_long_anything_may_be_written(
    client: TestClient, session: Session, channel: Channel
) -> None:
    heard = make_conversation(session, channel, "Asha", last_customer_message_at=NOW)
    silent = make_conversation(session, channel, "Bina")
    closes = client.get(f"/conversations/{heard.id}").json()["window_closes_at"]
    assert datetime.fromisoformat(closes) == NOW + timedelta(hours=24)
    assert client.get(f"/conversations/{silent.id}").json()["window_closes_at"] is None


def test_messages_come_newest_first_with_what_they_quote(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    first = make_message(session, conversation, "one")
    second = make_message(session, conversation, "two", sequence=2, reply_to_wamid=first.wamid)
    make_message(session, conversation, "three", timestamp=NOW + timedelta(seconds=1), reply_to_wamid="wamid.unknown")
    items = client.get(f"/conversations/{conversation.id}/messages").json()["items"]
    assert [item["content"] for item in items] == ["three", "two", "one"]
    assert [item["reply_to_id"] for item in items] == [None, first.id, None]
    older = client.get(f"/conversations/{conversation.id}/messages?limit=1").json()
    page = client.get(f"/conversations/{conversation.id}/messages?limit=1&cursor={older['next']}").json()
    assert [item["id"] for item in page["items"]] == [second.id]


def test_what_was_seen_is_no_longer_unread(client: TestClient, session: Session, channel: Channel) -> None:
    conversation = make_conversation(session, channel, "Asha", unread_count=3)
    assert client.post(f"/conversations/{conversation.id}/read").json()["unread_count"] == 0
    assert client.get(f"/conversations/{conversation.id}").json()["unread_count"] == 0


def test_a_conversation_is_given_to_an_agent_and_back(
    client: TestClient, session: Session, channel: Channel, agent: User
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    path = f"/conversations/{conversation.id}"
    assert client.patch(path, json={"assigned_user_id": agent.id}).json()["assigned_user_id"] == agent.id
    assert client.patch(path, json={"assigned_user_id": None}).json()["assigned_user_id"] is None
    actions = [entry["action"] for entry in client.get("/audit-entries").json()["items"]]
    assert actions.count("conversation.assigned") == 2


def test_a_conversation_is_not_given_to_another_business_s_agent(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    stranger = make_user(session, make_business(session))
    answer = client.patch(f"/conversations/{conversation.id}", json={"assigned_user_id": stranger.id})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/messages"), ("GET", "/reading"), ("POST", "/read"), ("PATCH", "")],
)
def test_another_business_s_conversation_is_not_there(
    client: TestClient, session: Session, method: str, path: str
) -> None:
    theirs = make_conversation(session, make_channel(session, make_business(session)), "Asha", unread_count=1)
    answer = client.request(method, f"/conversations/{theirs.id}{path}", json={"assigned_user_id": None})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert names(client) == []
    session.refresh(theirs)
    assert theirs.unread_count == 1


def test_a_conversation_that_was_not_read_yet_has_no_reading(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    answer = client.get(f"/conversations/{conversation.id}/reading")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "not been read yet" in answer.json()["detail"]


def test_without_a_token_nothing_is_shown(anonymous: TestClient) -> None:
    assert anonymous.get("/conversations").status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x"])
def test_an_id_that_cannot_be_is_refused(client: TestClient, number: str) -> None:
    answer = client.get(f"/conversations/{number}")
    assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}


def test_a_message_s_history_has_its_statuses_and_what_it_said_before(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    first = make_message(
        session, conversation, "3 kg", attributes={"first_text": "2 kg"}, edited_at=NOW + timedelta(seconds=9)
    )
    make_message(
        session, conversation, "", type="edit", wamid="wamid.e", reply_to_wamid=first.wamid, changes_message_id=first.id
    )
    for number, name in enumerate(("read", "sent")):
        told = {"wamid": first.wamid, "status": name, "payload": {}, "timestamp": NOW - timedelta(seconds=number)}
        session.add(MessageStatusEvent(business_id=channel.business_id, channel_id=channel.id, **told))
    session.flush()
    path = f"/conversations/{conversation.id}/messages"
    (shown,) = client.get(path).json()["items"]
    assert (shown["content"], shown["placeholder"], shown["deleted_at"]) == ("3 kg", None, None)
    history = client.get(f"{path}/{first.id}/history").json()
    assert [each["status"] for each in history["statuses"]] == ["sent", "read"]
    assert [each["content"] for each in history["versions"]] == ["2 kg", ""]
    assert client.get(f"{path}/{first.id + 99}/history").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("changes", "placeholder"),
    [
        ({"type": "image"}, "Photo"),
        ({"type": "unsupported", "attributes": {"unsupported": "gif"}}, "Message that cannot be shown (gif)"),
        ({"type": "hologram"}, "[hologram]"),
        ({"type": "text", "revoked_at": NOW}, "Deleted message"),
    ],
)
def test_a_message_without_words_has_a_placeholder(
    client: TestClient, session: Session, channel: Channel, changes: dict[str, object], placeholder: str
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    make_message(session, conversation, "", **changes)
    (shown,) = client.get(f"/conversations/{conversation.id}/messages").json()["items"]
    assert shown["placeholder"] == placeholder
