"""A customer is told that her order is confirmed, as the business wants it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channel.token import set_access_token
from api.conversation.models import Message, MessageStatus
from api.customer.models import Customer
from api.encryption import Vault
from api.order import settle
from api.order.models import Order, OrderStatus
from api.order.summary_sample import latest_or_made_up
from api.order.summary_setting import SummarySetting, keep_summary_setting
from api.reading.repository import Turn, chat
from api.template.models import Template
from tests.shop import Shop, make_message, read, wish

PAYABLE = {"mode": "order_details", "payment_type": "upi", "payment_configuration": "shop"}


def told(session: Session, shop: Shop) -> list[Message]:
    mine = select(Message).where(Message.conversation_id == shop.conversation.id, Message.tracker.is_not(None))
    return list(session.scalars(mine.order_by(Message.id)))


def opened(session: Session, *, heard: timedelta = timedelta(hours=1), **setting: Any) -> Shop:  # noqa: ANN401 - any setting
    """A shop with a number that can send, and its setting."""
    shop = Shop.open(session, S=5, SAREE=1)
    set_access_token(shop.channel, "token", Vault([b"\x00" * 32]))
    shop.channel.waba_id = "1"
    shop.conversation.last_customer_message_at = datetime.now(UTC) - heard
    keep_summary_setting(shop.business, SummarySetting.model_validate(setting))
    session.flush()
    return shop


def confirmed(session: Session, shop: Shop, *quantities: str) -> Order:
    skus = [shop.variants["S"].sku, shop.variants["SAREE"].sku]
    lines = [wish(sku, None, quantity) for sku, quantity in zip(skus, quantities or ("2", "1"), strict=False)]
    draft = read(session, shop.conversation, *lines)
    assert draft is not None
    return settle.confirm(session, shop.agent, draft.id, draft.version)


def test_without_a_setting_nobody_is_told(session: Session) -> None:
    shop = opened(session)

    confirmed(session, shop)

    assert told(session, shop) == []


def test_in_the_window_the_customer_gets_a_text(session: Session) -> None:
    shop = opened(session, mode="text")

    order = confirmed(session, shop)

    (summary,) = told(session, shop)
    assert summary.status is MessageStatus.QUEUED
    assert summary.content == (
        f"Your order {order.number} is confirmed:\n"
        "• 2 × Anarkali kurti (S): ₹998\n"
        "• 1 × Banarasi saree: ₹2,500\n"
        "Total: ₹3,498"
    )


def test_confirming_twice_tells_once(session: Session) -> None:
    shop = opened(session, mode="text")
    order = confirmed(session, shop)

    settle.confirm(session, shop.agent, order.id, order.version)

    assert len(told(session, shop)) == 1


def test_an_order_that_cannot_be_confirmed_tells_nothing(session: Session) -> None:
    shop = opened(session, mode="text")

    with pytest.raises(settle.NotReady):
        confirmed_line_without_sku(session, shop)

    assert told(session, shop) == []


def confirmed_line_without_sku(session: Session, shop: Shop) -> None:
    draft = read(session, shop.conversation, wish(None, "KURTI", missing=("size",)))
    assert draft is not None
    settle.confirm(session, shop.agent, draft.id, draft.version)


def test_an_indian_customer_can_get_a_bill_to_pay(session: Session) -> None:
    shop = opened(session, **PAYABLE)

    order = confirmed(session, shop)

    (bill,) = told(session, shop)
    parameters = bill.payload["interactive"]["action"]["parameters"]
    assert parameters["reference_id"] == order.payment_reference == f"order-{order.number}"
    assert parameters["total_amount"] == {"value": 349800, "offset": 100}
    assert (parameters["payment_type"], parameters["payment_configuration"]) == ("upi", "shop")
    assert [
        (item["retailer_id"], item["quantity"], item["amount"]["value"]) for item in parameters["order"]["items"]
    ] == [
        ("KURTI-S", 2, 49900),
        ("SAREE", 1, 250000),
    ]


def test_half_a_unit_is_one_row_of_the_bill(session: Session) -> None:
    shop = opened(session, **PAYABLE)
    shop.variants["S"].fractional = True
    session.flush()

    confirmed(session, shop, "0.5")

    (item,) = told(session, shop)[0].payload["interactive"]["action"]["parameters"]["order"]["items"]
    assert (item["name"], item["quantity"], item["amount"]["value"]) == ("0.5 × Anarkali kurti", 1, 24950)


def test_a_customer_abroad_gets_a_text_in_place_of_a_bill(session: Session) -> None:
    shop = opened(session, **PAYABLE)
    draft = read(session, shop.conversation, wish(shop.variants["S"].sku))
    assert draft is not None
    session.get_one(Customer, shop.conversation.customer_id).wa_id = "4915112345678"

    settle.confirm(session, shop.agent, draft.id, draft.version)

    assert [message.type for message in told(session, shop)] == ["text"]


def test_outside_the_window_the_customer_gets_the_template(session: Session) -> None:
    shop = opened(session, heard=timedelta(hours=25), mode="text", template={"name": "confirmed", "language": "en"})

    order = confirmed(session, shop)

    (summary,) = told(session, shop)
    (body,) = summary.payload["template"]["components"]
    assert [value["text"] for value in body["parameters"]][1:] == [str(order.number), "₹3,498"]


def test_a_known_template_gets_as_many_values_as_it_has_variables(session: Session) -> None:
    shop = opened(session, heard=timedelta(hours=25), mode="text", template={"name": "confirmed", "language": "en"})
    session.add(
        Template(
            business_id=shop.business.id,
            waba_id="1",
            meta_id="1",
            name="confirmed",
            language="en",
            category="UTILITY",
            status="APPROVED",
            parameter_format="NAMED",
            components=[{"type": "BODY", "text": "Order {{order_number}}: {{items}}"}],
            synced_at=datetime.now(UTC),
        )
    )
    session.flush()

    order = confirmed(session, shop)

    items = "2 × Anarkali kurti (S): ₹998; 1 × Banarasi saree: ₹2,500"
    assert told(session, shop)[0].content == f"Order {order.number}: {items}"


def test_outside_the_window_without_a_template_the_order_is_confirmed_all_the_same(session: Session) -> None:
    shop = opened(session, heard=timedelta(hours=25), mode="text")

    order = confirmed(session, shop)

    assert order.status is OrderStatus.CONFIRMED
    assert told(session, shop) == []


def test_a_number_without_a_token_does_not_keep_an_order_from_being_confirmed(session: Session) -> None:
    shop = opened(session, mode="text")
    shop.channel.access_token_encrypted = None
    session.flush()

    assert confirmed(session, shop).status is OrderStatus.CONFIRMED
    assert told(session, shop) == []


def test_the_engine_does_not_take_the_summary_for_an_order(session: Session) -> None:
    shop = opened(session, mode="text")
    confirmed(session, shop)
    thanks = make_message(session, shop.conversation, "thanks")
    thanks.timestamp = datetime.now(UTC)
    session.flush()
    turn = Turn(shop.conversation.id, shop.business.id, 1, 1, datetime.now(UTC))

    assert [message.content for message in chat(session, turn).messages] == ["thanks"]


def test_an_admin_sets_what_customers_get(client: TestClient) -> None:
    before = client.get("/businesses/current/order-summary").json()

    setting = {"mode": "text", "template": {"name": "confirmed", "language": "en"}}
    answer = client.put("/businesses/current/order-summary", json=setting)

    assert before["mode"] == "off"
    assert answer.status_code == 200
    assert client.get("/businesses/current/order-summary").json()["template"]["name"] == "confirmed"


def test_a_bill_needs_a_way_to_pay(client: TestClient) -> None:
    answer = client.put("/businesses/current/order-summary", json={"mode": "order_details"})

    assert answer.status_code == 422
    assert "payment_configuration" in answer.text


def test_an_agent_may_not_set_it(agent_client: TestClient) -> None:
    assert agent_client.put("/businesses/current/order-summary", json={"mode": "off"}).status_code == 403


def test_a_summary_can_be_looked_at_before_any_order_is_confirmed(client: TestClient) -> None:
    sample = client.get("/businesses/current/order-summary/preview").json()

    assert sample["made_up"]
    assert sample["text"].splitlines()[0] == "Your order 1042 is confirmed:"
    assert list(sample["values"]) == ["customer_name", "order_number", "total", "items"]


def test_a_preview_shows_the_last_confirmed_order(session: Session) -> None:
    shop = opened(session, mode="text")
    order = confirmed(session, shop)

    sample = latest_or_made_up(session, shop.business)

    assert not sample.made_up
    assert sample.text == told(session, shop)[0].content
    assert sample.values["order_number"] == str(order.number)
