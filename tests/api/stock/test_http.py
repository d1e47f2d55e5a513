"""Stock over HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.identity.models import Business
from api.stock.models import StockMovement
from tests.shop import make_product, make_variant


@pytest.fixture
def path(session: Session, business: Business) -> str:
    return f"/stocks/{make_variant(session, make_product(session, business, 'TEA', 'Rose tea'), 'TEA-100').id}"


def move(client: TestClient, path: str, kind: str, **values: object) -> dict[str, Any]:
    answer = client.post(f"{path}/movements", json={"kind": kind, **values})
    return {"http": answer.status_code, **answer.json()}


def test_what_nobody_counted_has_no_quantity(client: TestClient, path: str) -> None:
    stock = client.get(path).json()
    assert (stock["sku"], stock["tracked"], stock["quantity"]) == ("TEA-100", False, None)


def test_counting_receiving_and_correcting_are_movements(client: TestClient, path: str) -> None:
    assert move(client, path, "set", quantity=10)["quantity"] == "10"
    assert move(client, path, "receive", quantity="2.5")["quantity"] == "12.5"
    assert move(client, path, "adjust", delta=-3, reason="torn")["quantity"] == "9.5"
    movements = client.get(f"{path}/movements").json()["items"]
    assert [(each["kind"], each["delta"], each["reason"]) for each in movements] == [
        ("adjust", "-3", "torn"),
        ("receive", "2.5", None),
        ("set", "10", None),
    ]


def test_stock_never_falls_below_zero(client: TestClient, path: str) -> None:
    move(client, path, "set", quantity=2)
    answer = move(client, path, "adjust", delta=-3, reason="lost")
    assert (answer["http"], answer["detail"]) == (409, "not enough in stock: TEA-100: 3 wanted, 2 left")
    assert client.get(path).json()["quantity"] == "2"


def test_correction_needs_a_reason(client: TestClient, path: str) -> None:
    assert move(client, path, "adjust", delta=1)["http"] == 422


def test_counting_can_be_stopped_and_taken_up_again(client: TestClient, path: str) -> None:
    move(client, path, "set", quantity=2)
    assert client.patch(path, json={"tracked": False}).json()["quantity"] is None
    assert client.patch(path, json={"tracked": True}).json()["quantity"] == "2"


def test_what_is_nearly_gone_is_listed(client: TestClient, session: Session, business: Business, path: str) -> None:
    product = make_product(session, business, "SALT", "Salt")
    for sku, stock in (("SALT-1", 0), ("SALT-2", 3), ("SALT-3", 50)):
        make_variant(session, product, sku, stock=stock)

    def listed(query: str) -> list[str]:
        return [each["sku"] for each in client.get(f"/stocks?{query}").json()["items"]]

    assert listed("at_most=3") == ["SALT-1", "SALT-2"]
    assert listed("q=rose") == ["TEA-100"]
    assert len(listed("")) == 4


def test_list_leads_to_the_products_and_holds_archived_ones_apart(
    client: TestClient, session: Session, business: Business
) -> None:
    product = make_product(session, business, "SALT", "Salt")
    gone = make_variant(session, product, "SALT-1")
    make_variant(session, product, "SALT-2")
    client.patch(f"/variants/{gone.id}", json={"archived": True}, headers={"If-Match": '"1"'})

    def listed(query: str) -> list[tuple[str, int, bool]]:
        items = client.get(f"/stocks?{query}").json()["items"]
        return [(each["sku"], each["product_id"], each["available"]) for each in items]

    assert listed("archived=true") == [("SALT-1", product.id, True)]
    assert listed("archived=false") == [("SALT-2", product.id, True)]


def test_repeated_movement_moves_once(client: TestClient, path: str, session: Session) -> None:
    headers = {"Idempotency-Key": "delivery-7"}
    for _ in range(2):
        client.post(f"{path}/movements", json={"kind": "receive", "quantity": 5}, headers=headers)
    assert session.scalars(select(StockMovement.delta)).all() == [Decimal(5)]


def test_movement_can_not_be_rewritten(client: TestClient, path: str, session: Session) -> None:
    move(client, path, "set", quantity=2)
    movement = session.scalars(select(StockMovement)).one()
    movement.delta = Decimal(3)
    with pytest.raises(DBAPIError, match="only added"), session.begin_nested():
        session.flush()
    session.rollback()
