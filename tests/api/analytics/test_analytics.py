"""What is counted, by day where the business is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.identity.models import User
from api.order.models import LineOrigin, Order, OrderLine, OrderReview, OrderStatus
from tests.factories import make_token, make_user
from tests.shop import Shop, make_conversation

# Monday, 2 March 2026, eleven in the morning in India.
MONDAY = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
_numbers = count(1)


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop.open(session)


@pytest.fixture
def client(anonymous: TestClient, session: Session, shop: Shop) -> TestClient:
    token = make_token(session, session.get_one(User, shop.agent.id))
    anonymous.headers["Authorization"] = f"Bearer {token}"
    return anonymous


def ask(client: TestClient, what: str, first: str = "2026-03-02", last: str = "2026-03-03", **more: object) -> Any:  # noqa: ANN401 - any JSON
    answer = client.get(f"/analytics/{what}", params={"from": first, "to": last, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(session: Session, chat: Conversation, at: datetime, by: str = "customer", **changes: object) -> None:
    """A message of the `customer`, of a user's id, of the shop's `phone`, or of the `service`."""
    number = next(_numbers)
    inbound = by == "customer"
    values = {
        "direction": Direction.INBOUND if inbound else Direction.OUTBOUND,
        "type": "text",
        "status": MessageStatus.RECEIVED if inbound else MessageStatus.SENT,
        "sent_by": int(by) if by.isdigit() else None,
        "tracker": f"t{number}" if by.isdigit() or by == "service" else None,
        "sequence": number,
    }
    session.add(
        Message(
            business_id=chat.business_id,
            channel_id=chat.channel_id,
            conversation_id=chat.id,
            wamid=f"wamid.count{number}",
            content="…",
            timestamp=at,
            **values | changes,
        )
    )
    session.flush()


def order(session: Session, shop: Shop, at: datetime, status: OrderStatus, **changes: object) -> Order:
    number = next(_numbers)
    values = {"total_amount": 50000, "currency": "INR", "created_at": at, "confirmed_at": at}
    made = Order(
        business_id=shop.business.id,
        customer_id=shop.conversation.customer_id,
        number=number,
        status=status,
        **values | changes,
    )
    session.add(made)
    session.flush()
    return made


def reviewed(session: Session, made: Order, decision: OrderStatus, *, user_id: int, **changes: object) -> None:
    values = dict.fromkeys(("kept", "sku", "quantity", "price", "removed", "added"), 0)
    counts = {f"lines_{name}": changes.pop(name, zero) for name, zero in values.items()}
    session.add(
        OrderReview(
            order_id=made.id,
            business_id=made.business_id,
            decision=decision,
            decided_by=user_id,
            decided_at=made.created_at,
            lines_proposed=2,
            details_changed=0,
            edited=bool(changes.pop("edited", False)),
            **counts,
        )
    )
    session.flush()


def test_messages_are_counted_by_the_businesss_days(client: TestClient, session: Session, shop: Shop) -> None:
    said(session, shop.conversation, MONDAY)
    said(session, shop.conversation, MONDAY, by="phone")
    said(session, shop.conversation, datetime(2026, 3, 2, 19, 0, tzinfo=UTC))  # past midnight in India
    said(session, shop.conversation, MONDAY, type="reaction")
    said(session, shop.conversation, MONDAY, historic=True)

    found = ask(client, "messages")

    assert found["days"] == [
        {"day": "2026-03-02", "received": 1, "sent": 1},
        {"day": "2026-03-03", "received": 1, "sent": 0},
    ]
    assert (found["received"], found["sent"], found["time_zone"]) == (2, 1, "Asia/Kolkata")


def test_wait_is_from_the_first_unanswered_message_to_a_persons_answer(
    client: TestClient, session: Session, shop: Shop
) -> None:
    agent = str(shop.agent.id)
    said(session, shop.conversation, MONDAY)
    said(session, shop.conversation, MONDAY + 2 * MINUTE)
    said(session, shop.conversation, MONDAY + 3 * MINUTE, by="service")  # nobody wrote this
    said(session, shop.conversation, MONDAY + 10 * MINUTE, by=agent)
    said(session, shop.conversation, MONDAY + 11 * MINUTE, by=agent)
    said(session, shop.conversation, MONDAY + 20 * MINUTE)
    said(session, shop.conversation, MONDAY + 24 * MINUTE, by="phone")

    found = ask(client, "responses")

    assert (found["answered"], found["unanswered"]) == (2, 0)
    assert (found["median_seconds"], found["p90_seconds"]) == (420.0, 564.0)
    assert found["days"][0]["answered"] == 2
    assert found["days"][1] == {
        "day": "2026-03-03",
        "answered": 0,
        "unanswered": 0,
        "median_seconds": None,
        "p90_seconds": None,
    }
    by_person = {each["name"]: each["median_seconds"] for each in found["agents"]}
    assert by_person == {shop.agent.name: 600.0, None: 240.0}


def test_waits_of_two_chats_and_agents_are_kept_apart(client: TestClient, session: Session, shop: Shop) -> None:
    other = make_conversation(session, shop.business, shop.channel)
    bina = make_user(session, shop.business, name="Bina")
    said(session, shop.conversation, MONDAY)
    said(session, other, MONDAY + MINUTE)
    said(session, other, MONDAY + 2 * MINUTE, by=str(bina.id))
    said(session, shop.conversation, MONDAY + 4 * MINUTE, by=str(shop.agent.id))

    found = ask(client, "responses")

    assert {each["name"]: each["median_seconds"] for each in found["agents"]} == {"Bina": 60.0, shop.agent.name: 240.0}


def test_answer_after_two_days_is_none(client: TestClient, session: Session, shop: Shop) -> None:
    said(session, shop.conversation, MONDAY)
    said(session, shop.conversation, MONDAY + timedelta(days=2, minutes=1), by=str(shop.agent.id))

    assert (ask(client, "responses")["answered"], ask(client, "responses")["unanswered"]) == (0, 1)


def test_hours_are_those_of_the_businesss_clock(client: TestClient, session: Session, shop: Shop) -> None:
    said(session, shop.conversation, MONDAY)
    said(session, shop.conversation, MONDAY + MINUTE)
    said(session, shop.conversation, MONDAY, by="phone")

    assert ask(client, "hours")["items"] == [{"weekday": 1, "hour": 11, "received": 2}]


def test_drafts_are_counted_by_what_became_of_them(client: TestClient, session: Session, shop: Shop) -> None:
    user = shop.agent.id
    kept, edited, rejected = (order(session, shop, MONDAY, OrderStatus.CONFIRMED) for _ in range(3))
    rejected.status, rejected.reason_code = OrderStatus.REJECTED, "duplicate"
    reviewed(session, kept, OrderStatus.CONFIRMED, user_id=user, kept=2)
    reviewed(session, edited, OrderStatus.CONFIRMED, user_id=user, kept=1, quantity=1, added=1, edited=True)
    reviewed(session, rejected, OrderStatus.REJECTED, user_id=user, kept=2)

    found = ask(client, "drafts")

    counts = {name: found["days"][0][name] for name in ("accepted", "edited", "rejected", "cancelled")}
    assert counts == {"accepted": 1, "edited": 1, "rejected": 1, "cancelled": 0}
    assert found["reasons"] == [{"code": "duplicate", "count": 1}]
    accuracy = found["accuracy"]
    assert (accuracy["drafts"], accuracy["unchanged"], accuracy["unchanged_share"]) == (2, 1, 0.5)
    assert (accuracy["lines_proposed"], accuracy["lines_kept"], accuracy["lines_kept_share"]) == (4, 3, 0.75)
    assert (accuracy["quantity_changed"], accuracy["added"], accuracy["removed"]) == (1, 1, 0)


def test_accuracy_of_nothing_is_unknown(client: TestClient) -> None:
    accuracy = ask(client, "drafts")["accuracy"]

    assert (accuracy["unchanged_share"], accuracy["lines_kept_share"]) == (None, None)


def test_revenue_is_of_confirmed_orders_by_currency_and_day(client: TestClient, session: Session, shop: Shop) -> None:
    order(session, shop, MONDAY, OrderStatus.CONFIRMED)
    order(session, shop, MONDAY, OrderStatus.FULFILLED, total_amount=25000)
    order(session, shop, MONDAY, OrderStatus.CANCELLED)
    order(session, shop, MONDAY, OrderStatus.CONFIRMED, currency="USD", total_amount=900)

    rupees, dollars = ask(client, "orders")["currencies"]

    assert (rupees["currency"], rupees["orders"], rupees["revenue_minor"], rupees["average_minor"]) == (
        "INR",
        2,
        75000,
        37500,
    )
    assert rupees["days"] == [
        {"day": "2026-03-02", "orders": 2, "revenue_minor": 75000},
        {"day": "2026-03-03", "orders": 0, "revenue_minor": 0},
    ]
    assert (dollars["currency"], dollars["revenue_minor"]) == ("USD", 900)


def test_best_products_by_what_they_brought_or_by_how_many(client: TestClient, session: Session, shop: Shop) -> None:
    made = order(session, shop, MONDAY, OrderStatus.CONFIRMED)
    for position, (name, quantity) in enumerate((("SAREE", "1"), ("S", "3"), ("S", "0.5"))):
        variant = shop.variants[name]
        session.add(
            OrderLine(
                business_id=shop.business.id,
                order_id=made.id,
                position=position,
                variant_id=variant.id,
                sku=variant.sku,
                title=variant.title,
                quantity=Decimal(quantity),
                unit_price_minor=variant.price_minor,
                currency="INR",
                origin=LineOrigin.ENGINE,
            )
        )
    session.flush()

    by_revenue = ask(client, "products")["items"]
    by_quantity = ask(client, "products", sort="quantity", limit=1)["items"]

    assert [(each["sku"], each["quantity"], each["revenue_minor"], each["orders"]) for each in by_revenue] == [
        ("SAREE", "1", 250000, 1),
        ("KURTI-S", "3.5", 174650, 1),
    ]
    assert [each["sku"] for each in by_quantity] == ["KURTI-S"]


def test_nothing_of_another_business_is_counted(client: TestClient, session: Session, shop: Shop) -> None:
    theirs = Shop.open(session)
    said(session, theirs.conversation, MONDAY)
    order(session, theirs, MONDAY, OrderStatus.CONFIRMED)

    assert ask(client, "messages")["received"] == 0
    assert ask(client, "orders")["currencies"] == []
    assert ask(client, "responses")["unanswered"] == 0


@pytest.mark.parametrize(
    "days",
    [{"from": "2026-03-03", "to": "2026-03-02"}, {"from": "2020-01-01", "to": "2026-01-01"}, {"to": "1999-01-01"}],
)
def test_what_is_no_period_is_refused(client: TestClient, days: dict[str, str]) -> None:
    assert client.get("/analytics/messages", params=days).status_code == 422


def test_thirty_days_up_to_today_are_counted_where_none_are_named(client: TestClient) -> None:
    assert len(client.get("/analytics/messages").json()["days"]) == 30
