"""What people made of what readings proposed, as it is counted."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.identity.models import User
from api.order.models import OrderReview
from tests.factories import make_token
from tests.shop import Shop, read, wish


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop.open(session)


@pytest.fixture
def client(anonymous: TestClient, session: Session, shop: Shop) -> TestClient:
    token = make_token(session, session.get_one(User, shop.agent.id))
    anonymous.headers["Authorization"] = f"Bearer {token}"
    return anonymous


def drafted(client: TestClient, session: Session, shop: Shop, *lines: Any) -> dict[str, Any]:  # noqa: ANN401 - lines
    order = read(session, shop.conversation, *lines)
    assert order is not None
    return dict(client.get(f"/orders/{order.id}").json())


def send(client: TestClient, method: str, order: Mapping[str, Any], path: str, body: object = None) -> dict[str, Any]:
    headers = {"If-Match": f'"{order["version"]}"'}
    answer = client.request(method, f"/orders/{order['id']}{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    return dict(answer.json())


def counted(session: Session, order: Mapping[str, Any]) -> dict[str, int]:
    """What is not zero of an order's review."""
    review = session.get_one(OrderReview, order["id"])
    names = [each.name for each in OrderReview.__table__.columns if each.name.startswith(("lines_", "details_"))]
    return {name: value for name in names if (value := getattr(review, name))} | {"edited": review.edited}


def test_draft_that_nobody_touched_is_accepted_as_it_is(client: TestClient, session: Session, shop: Shop) -> None:
    order = drafted(client, session, shop, wish("KURTI-S", "KURTI"), wish("SAREE", "SAREE"))

    send(client, "POST", order, "/confirm")

    assert counted(session, order) == {"lines_proposed": 2, "lines_kept": 2, "edited": False}


def test_each_kind_of_edit_is_counted(client: TestClient, session: Session, shop: Shop) -> None:
    lines = (wish("KURTI-S", "KURTI"), wish("KURTI-M", "KURTI"), wish("SAREE", "SAREE"), wish(text="ek dupatta"))
    order = drafted(client, session, shop, *lines)
    small, medium, saree, dupatta = (line["id"] for line in order["lines"])
    order = send(client, "PATCH", order, f"/lines/{small}", {"quantity": "3"})
    order = send(client, "PATCH", order, f"/lines/{medium}", {"unit_price_minor": 100})
    order = send(client, "DELETE", order, f"/lines/{saree}")
    order = send(client, "PATCH", order, f"/lines/{dupatta}", {"sku": "SAREE"})
    order = send(client, "POST", order, "/lines", {"sku": "KURTI-S"})
    order = send(client, "PATCH", order, "", {"city": "Pune", "note": "ring twice"})

    send(client, "POST", order, "/confirm")

    assert counted(session, order) == {
        "lines_proposed": 4,
        "lines_sku": 1,
        "lines_quantity": 1,
        "lines_price": 1,
        "lines_removed": 1,
        "lines_added": 1,
        "details_changed": 1,
        "edited": True,
    }


def test_line_that_is_touched_and_set_back_is_kept(client: TestClient, session: Session, shop: Shop) -> None:
    order = drafted(client, session, shop, wish("KURTI-S", "KURTI"))
    [line] = order["lines"]
    order = send(client, "PATCH", order, f"/lines/{line['id']}", {"quantity": "3"})
    order = send(client, "PATCH", order, f"/lines/{line['id']}", {"quantity": "1"})

    send(client, "POST", order, "/confirm")

    assert counted(session, order) == {"lines_proposed": 1, "lines_kept": 1, "edited": False}


def test_order_made_by_hand_says_nothing_of_readings(client: TestClient, session: Session, shop: Shop) -> None:
    wanted = {"customer_id": shop.conversation.customer_id, "lines": [{"sku": "SAREE"}]}
    order = client.post("/orders", json=wanted).json()

    send(client, "POST", order, "/confirm")

    assert session.get(OrderReview, order["id"]) is None


def test_rejected_draft_is_reviewed_and_a_cancelled_order_once_only(
    client: TestClient, session: Session, shop: Shop
) -> None:
    order = drafted(client, session, shop, wish("KURTI-S", "KURTI"))
    confirmed = send(client, "POST", order, "/confirm")
    send(client, "POST", confirmed, "/cancel")
    other = drafted(client, session, shop, wish("SAREE", "SAREE"))
    send(client, "POST", other, "/reject", {"code": "test"})

    decisions = [session.get_one(OrderReview, each["id"]).decision for each in (order, other)]
    assert decisions == ["confirmed", "rejected"]
