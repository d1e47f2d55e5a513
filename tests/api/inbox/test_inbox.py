"""What the inbox shows of a conversation, and which it finds."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, MessageStatus
from api.customer.models import Customer
from api.identity.models import Business, Channel, User
from api.order.models import LineOrigin, Order, OrderLine, OrderStatus
from tests.api.conversation.test_endpoints import NOW, make_conversation, make_message, names
from tests.factories import make_business, make_channel


def make_order(session: Session, conversation: Conversation, number: int, **changes: Any) -> Order:  # noqa: ANN401
    values = {"total_amount": 9900, "currency": "INR", "stage": "order", "confidence": 0.8} | changes
    order = Order(
        business_id=conversation.business_id,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        number=number,
        **values,
    )
    session.add(order)
    session.flush()
    for position, removed in enumerate((None, None, NOW)):
        session.add(
            OrderLine(
                business_id=order.business_id,
                order_id=order.id,
                position=position,
                title="Sugar",
                quantity=1,
                currency="INR",
                origin=LineOrigin.ENGINE,
                removed_at=removed,
            )
        )
    session.flush()
    return order


def shown(client: TestClient, conversation: Conversation) -> dict[str, Any]:
    one: dict[str, Any] = client.get(f"/conversations/{conversation.id}").json()
    (listed,) = [item for item in client.get("/conversations").json()["items"] if item["id"] == conversation.id]
    assert one == listed
    return one


def test_a_row_shows_the_draft_and_no_order_that_is_settled(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    make_order(session, conversation, 1041, status=OrderStatus.CONFIRMED)
    assert shown(client, conversation)["draft"] is None
    order = make_order(session, conversation, 1042)
    assert shown(client, conversation)["draft"] == {
        "order_id": order.id,
        "number": 1042,
        "stage": "order",
        "total_amount": 9900,
        "currency": "INR",
        "confidence": 0.8,
        "line_count": 2,
        "version": 1,
    }


def test_a_row_shows_whose_the_last_message_is_and_its_ticks(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha")
    assert shown(client, conversation)["last_message_direction"] is None
    make_message(session, conversation, "hello")
    make_message(
        session,
        conversation,
        "namaste",
        direction=Direction.OUTBOUND,
        status=MessageStatus.DELIVERED,
        timestamp=NOW + timedelta(seconds=1),
    )
    row = shown(client, conversation)
    assert (row["last_message_direction"], row["last_message_status"]) == ("outbound", "delivered")


def test_a_row_shows_its_agent_and_the_customers_wish(
    client: TestClient, session: Session, channel: Channel, agent: User
) -> None:
    conversation = make_conversation(session, channel, "Asha", assigned_user_id=agent.id)
    session.get_one(Customer, conversation.customer_id).marketing_stopped_at = NOW
    session.flush()
    row = shown(client, conversation)
    assert (row["assigned_user"], row["opted_out"]) == ({"id": agent.id, "name": agent.name}, True)


def test_filters_and_counts_say_the_same(
    client: TestClient, session: Session, channel: Channel, admin: User, agent: User
) -> None:
    make_conversation(session, channel, "Mine", assigned_user_id=admin.id)
    make_conversation(session, channel, "Hers", assigned_user_id=agent.id, unread_count=2)
    make_conversation(session, channel, "Waits", unanswered_since=NOW)
    make_order(session, make_conversation(session, channel, "Draft", assigned_user_id=agent.id), 1)
    make_conversation(session, make_channel(session, make_business(session)), "Theirs", unread_count=1)
    filters = {
        "all": "",
        "mine": "?assigned_to=me",
        "unassigned": "?assigned_to=nobody",
        "unread": "?unread=true",
        "has_draft": "?has_draft=true",
        "needs_answer": "?needs_answer=true",
    }
    counts = client.get("/conversations/counts").json()
    found = {name: names(client, query) for name, query in filters.items()}
    assert {name: len(each) for name, each in found.items()} == counts
    assert (found["mine"], found["unread"], found["has_draft"]) == (["Mine"], ["Hers"], ["Draft"])
    assert found["unassigned"] == found["needs_answer"] == ["Waits"]
    assert names(client, "?has_draft=true&unread=true") == []


def test_who_waits_longest_comes_first(client: TestClient, session: Session, channel: Channel) -> None:
    for minutes, name in ((5, "B"), (9, "A"), (1, "C")):
        make_conversation(session, channel, name, unanswered_since=NOW - timedelta(minutes=minutes))
    make_conversation(session, channel, "answered")
    assert names(client, "?sort=oldest_unanswered") == ["A", "B", "C"]
    first = client.get("/conversations?sort=oldest_unanswered&limit=2").json()
    assert names(client, f"?sort=oldest_unanswered&limit=2&cursor={first['next']}") == ["C"]


@pytest.mark.parametrize("words", ["1042", "#1042", "# 1042", " 1042 "])
def test_an_order_is_found_by_its_number(client: TestClient, session: Session, channel: Channel, words: str) -> None:
    make_conversation(session, channel, "Bina")
    make_order(session, make_conversation(session, channel, "Asha"), 1042)
    theirs = make_conversation(session, make_channel(session, make_business(session)), "Theirs")
    make_order(session, theirs, 1042)
    answer = client.get("/conversations", params={"q": words}).json()
    assert [item["customer"]["profile_name"] for item in answer["items"]] == ["Asha"]


@pytest.mark.parametrize("common", [1, 10_000])
@pytest.mark.parametrize(
    ("words", "found"), [("bhej", ["A", "B"]), ("bhej sugar", ["A"]), ("kuch", []), ("' OR 1", []), ("a", ["A", "B"])]
)
def test_common_words_find_the_same_as_rare_ones(
    client: TestClient,
    session: Session,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    common: int,
    words: str,
    found: list[str],
) -> None:
    monkeypatch.setattr("api.inbox.search._COMMON", common)
    for minutes, (name, says) in enumerate({"A": "aata sugar bhejna", "B": "aaj bhej do", "C": "hello"}.items()):
        row = make_conversation(session, channel, name, last_updated=NOW - timedelta(minutes=minutes))
        make_message(session, row, says)
    theirs = make_conversation(session, make_channel(session, make_business(session)), "Theirs")
    make_message(session, theirs, "sugar bhej do")
    answer = client.get("/conversations", params={"q": words}).json()
    assert [item["customer"]["profile_name"] for item in answer["items"]] == found


def test_a_last_word_that_needs_no_answer_is_settled_by_hand(
    client: TestClient, session: Session, channel: Channel
) -> None:
    conversation = make_conversation(session, channel, "Asha", unanswered_since=NOW)
    path = f"/conversations/{conversation.id}"
    assert client.patch(path, json={"needs_answer": False}).json()["needs_answer"] is False
    assert client.patch(path, json={"needs_answer": True}).json()["needs_answer"] is True
    assert client.patch(path, json={}).json()["assigned_user_id"] is None
    assert client.patch(path, json={"needs_answer": None}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_giving_a_conversation_away_says_nothing_of_its_answer(
    client: TestClient, session: Session, channel: Channel, agent: User
) -> None:
    conversation = make_conversation(session, channel, "Asha", unanswered_since=NOW, assigned_user_id=agent.id)
    path = f"/conversations/{conversation.id}"
    assert client.patch(path, json={"needs_answer": True}).json()["assigned_user_id"] == agent.id
    assert client.patch(path, json={"assigned_user_id": None}).json()["needs_answer"] is True


def test_counts_are_of_ones_own_business(client: TestClient, session: Session, business: Business) -> None:
    make_conversation(session, make_channel(session, make_business(session)), "Theirs", unread_count=1)
    assert set(client.get("/conversations/counts").json().values()) == {0}
