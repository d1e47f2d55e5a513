"""A confirmed order as a bill that the customer pays in the chat (India)."""

from collections.abc import Sequence
from typing import Any

from api.customer.models import Customer
from api.order.models import Order, OrderLine
from api.order.summary_setting import SummarySetting
from api.order.total import line_amount
from api.sending.payment import ITEM_NAME_LENGTH
from api.stock.quantity import plain

RUPEES, INDIA = "INR", "91"


def can_be_billed(order: Order, customer: Customer, lines: Sequence[OrderLine]) -> bool:
    """Whether WhatsApp can show the order as a bill: in rupees, to an Indian number, each line with a price."""
    is_indian = (customer.wa_id or "").startswith(INDIA)
    is_priced = bool(lines) and all(line.unit_price_minor is not None for line in lines)
    return order.currency == RUPEES and is_indian and is_priced and order.total_amount > 0


def bill_of(order: Order, lines: Sequence[OrderLine], setting: SummarySetting) -> dict[str, Any]:
    """The content of an `order_details` message."""
    parameters = {
        "reference_id": order.payment_reference,
        "type": setting.goods,
        "currency": RUPEES,
        "total_amount": _amount(order.total_amount),
        "payment_type": setting.payment_type,
        "payment_configuration": setting.payment_configuration,
        "order": {
            "status": "pending",
            "items": [_item(line) for line in lines],
            "subtotal": _amount(order.total_amount),
            "tax": _amount(0),
        },
    }
    return {
        "type": "order_details",
        "body": {"text": f"Your order {order.number} is confirmed. Please review and pay."},
        "action": {"name": "review_and_pay", "parameters": parameters},
    }


def _item(line: OrderLine) -> dict[str, Any]:
    """A row of the bill. Meta counts whole units: half a kilo is one unit, and the name says how much."""
    price = line.unit_price_minor or 0
    title = line.title or line.text or line.sku or "-"
    if line.quantity == line.quantity.to_integral_value():
        name, amount, quantity = title, price, int(line.quantity)
    else:
        name, amount, quantity = f"{plain(line.quantity)} × {title}", line_amount(line.quantity, price), 1
    found = {"retailer_id": line.sku, "name": name[:ITEM_NAME_LENGTH], "amount": _amount(amount), "quantity": quantity}
    return {key: value for key, value in found.items() if value is not None}


def _amount(minor: int) -> dict[str, int]:
    return {"value": minor, "offset": 100}
