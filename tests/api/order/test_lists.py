"""Orders in lists: found, counted, taken out as a file; and what happened to one."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.identity.models import User
from api.order.models import Order
from tests.factories import make_token
from tests.shop import Shop, make_conversation, read, wish


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop.open(session)


@pytest.fixture
def client(anonymous: TestClient, session: Session, shop: Shop) -> TestClient:
    token = make_token(session, session.get_one(User, shop.agent.id))
    anonymous.headers["Authorization"] = f"Bearer {token}"
    return anonymous


def draft(session: Session, shop: Shop, *lines: Any, **customer_is: object) -> Order:  # noqa: ANN401 - lines
    chat = make_conversation(session, shop.business, shop.channel, **customer_is)
    order = read(session, chat, *lines)
    assert order is not None
    return order


def numbers(client: TestClient, **query: object) -> list[int]:
    return sorted(each["number"] for each in client.get("/orders", params=query).json()["items"])


def act(client: TestClient, order: Mapping[str, Any], verb: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
    headers = {"If-Match": f'"{order["version"]}"'}
    return client.post(f"/orders/{order['id']}/{verb}", json=body, headers=headers)


def test_orders_are_found_by_number_customer_and_sku(client: TestClient, session: Session, shop: Shop) -> None:
    asha = draft(session, shop, wish("KURTI-S", "KURTI"), name="Asha Rao", phone="+919000011111")
    bina = draft(session, shop, wish("SAREE", "SAREE"), name="Bina", phone="+919000022222")

    assert numbers(client, q=f"#{asha.number}") == [asha.number]
    assert numbers(client, q="bina") == [bina.number]
    assert numbers(client, q="90000 11111") == [asha.number]
    assert numbers(client, q="kurti") == [asha.number]
    assert numbers(client, at_least=100000) == [bina.number]
    assert numbers(client, at_most=100000) == [asha.number]


def test_days_are_the_businesss(client: TestClient, session: Session, shop: Shop) -> None:
    order = draft(session, shop, wish("KURTI-S", "KURTI"))
    late = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # half past midnight in India
    session.execute(update(Order).where(Order.id == order.id).values(created_at=late))

    assert numbers(client, **{"from": "2026-03-02", "to": "2026-03-02"}) == [order.number]
    assert numbers(client, to="2026-03-01") == []


def test_counts_are_of_the_same_list_and_name_every_status(client: TestClient, session: Session, shop: Shop) -> None:
    draft(session, shop, wish("KURTI-S", "KURTI"), name="Asha")
    other = draft(session, shop, wish("KURTI-M", "KURTI"), name="Bina")
    act(client, client.get(f"/orders/{other.id}").json(), "confirm")

    assert client.get("/orders/counts").json() == {
        "by_status": {"draft": 1, "confirmed": 1, "fulfilled": 0, "rejected": 0, "cancelled": 0},
        "total": 2,
    }
    assert client.get("/orders/counts?q=asha").json()["total"] == 1


def test_row_of_the_queue_says_what_it_is_about(client: TestClient, session: Session, shop: Shop) -> None:
    draft(session, shop, wish("KURTI-S", "KURTI", "2"), wish(text="ek saree", confidence=0.4))

    [row] = client.get("/orders?status=draft&sort=surest").json()["items"]

    assert [(line["sku"], line["quantity"]) for line in row["first_lines"]] == [("KURTI-S", "2"), (None, "1")]
    assert (row["open_line_count"], row["question_count"], row["touched"]) == (1, 0, False)


def test_export_is_the_list_a_row_a_line_and_runs_no_formula(client: TestClient, session: Session, shop: Shop) -> None:
    order = draft(session, shop, wish("KURTI-S", "KURTI", "2"), wish("SAREE", "SAREE"), name="=HYPERLINK(1)")
    draft(session, shop, wish("KURTI-M", "KURTI"), name="Bina")

    file = client.get(f"/orders/export?customer_id={order.customer_id}")

    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert file.headers["content-type"].startswith("text/csv")
    assert [(row["sku"], row["quantity"], row["unit_price"], row["amount"]) for row in rows] == [
        ("KURTI-S", "2", "499.00", "998.00"),
        ("SAREE", "1", "2500.00", "2500.00"),
    ]
    assert {row["customer"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["order_total"] for row in rows} == {"3498.00"}


def test_history_tells_an_agent_who_did_what(client: TestClient, session: Session, shop: Shop) -> None:
    order = draft(session, shop, wish("KURTI-S", "KURTI"))
    act(client, client.get(f"/orders/{order.id}").json(), "confirm")

    entries = client.get(f"/orders/{order.id}/history").json()["items"]

    told = [(entry["action"], entry["user_name"]) for entry in entries]
    assert told == [("order.confirmed", shop.agent.name), ("order.proposed", None)]
    assert client.get("/orders/999999/history").status_code == 404


def test_rejection_is_counted_by_its_code_and_told_in_words(client: TestClient, session: Session, shop: Shop) -> None:
    one, two = draft(session, shop, wish("KURTI-S", "KURTI")), draft(session, shop, wish("KURTI-M", "KURTI"))
    shown = [client.get(f"/orders/{order.id}").json() for order in (one, two)]

    by_code = act(client, shown[0], "reject", {"code": "duplicate"}).json()
    in_words = act(client, shown[1], "reject", {"reason": "wrong number"}).json()

    assert (by_code["reason_code"], by_code["reason"]) == ("duplicate", "duplicate")
    assert (in_words["reason_code"], in_words["reason"]) == ("other", "wrong number")
    assert act(client, in_words, "reject", {}).status_code == 422


def test_what_a_customer_bought_follows_her_orders(client: TestClient, session: Session, shop: Shop) -> None:
    order = draft(session, shop, wish("KURTI-S", "KURTI", "2"), name="Asha")
    draft(session, shop, wish("SAREE", "SAREE"), name="Bina")
    confirmed = act(client, client.get(f"/orders/{order.id}").json(), "confirm").json()

    def bought() -> tuple[int, int]:
        asha = client.get(f"/customers/{order.customer_id}").json()
        return asha["order_count"], asha["spent_minor"]

    assert bought() == (1, 99800)
    listed = client.get("/customers?sort=spent").json()["items"]
    assert (listed[0]["name"], listed[0]["last_order_at"] is not None) == ("Asha", True)
    fulfilled = act(client, confirmed, "fulfill").json()
    assert (fulfilled["status"], bought()) == ("fulfilled", (1, 99800))


def test_order_that_is_called_off_is_not_bought(client: TestClient, session: Session, shop: Shop) -> None:
    order = draft(session, shop, wish("KURTI-S", "KURTI"))
    confirmed = act(client, client.get(f"/orders/{order.id}").json(), "confirm").json()
    act(client, confirmed, "cancel")

    customer = client.get(f"/customers/{order.customer_id}").json()

    assert (customer["order_count"], customer["spent_minor"], customer["spent"]) == (0, 0, [])
    assert customer["orders_by_status"] == {"cancelled": 1}


def test_addresses_of_a_customer_are_told_once_the_last_used_first(
    client: TestClient, session: Session, shop: Shop
) -> None:
    customer_id = shop.conversation.customer_id
    for address in ("Flat 4, MG Road", "flat 4,  mg road", "12 Park Street"):
        wanted = {"customer_id": customer_id, "details": {"address": address, "pincode": "411001"}}
        assert client.post("/orders", json=wanted).status_code == 201

    found = client.get(f"/customers/{customer_id}").json()

    assert [each["address"] for each in found["addresses"]] == ["12 Park Street", "flat 4,  mg road"]
    assert [each["id"] for each in found["conversations"]] == [shop.conversation.id]
