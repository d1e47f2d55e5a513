"""Orders to pay in India, and how they stand."""

import re

from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError

REFERENCE_LENGTH = 35
ITEM_NAME_LENGTH = 60
DESCRIPTION_LENGTH = 120
STATUSES = ("pending", "processing", "partially_shipped", "shipped", "completed", "canceled")
_REFERENCE = re.compile(r"[A-Za-z0-9_.\- ]+")


def check_order_details(action: Node) -> None:
    """An order to pay: the sums must be right."""
    action.word("name", ("review_and_pay",))
    parameters = action.node("parameters")
    _check_reference(parameters)
    parameters.word("type", ("digital-goods", "physical-goods"))
    parameters.word("currency", ("inr",))
    total = _amount(parameters, "total_amount")
    order = parameters.node("order")
    order.word("status", ("pending",))
    subtotal = _amount(order, "subtotal")
    items = sum(_item(item) for item in order.nodes("items"))
    if items != subtotal:
        raise GraphError(131009, f"{order.place('subtotal')} is {subtotal}, and the items come to {items}.")
    shipping, discount = (_amount(order, name) if order.has(name) else 0 for name in ("shipping", "discount"))
    expected = subtotal + _amount(order, "tax") + shipping - discount
    if total != expected:
        place = parameters.place("total_amount")
        raise GraphError(131009, f"{place} is {total}, and subtotal + tax + shipping - discount is {expected}.")


def check_order_status(action: Node) -> None:
    """How an order stands that was sent before."""
    action.word("name", ("review_order",))
    parameters = action.node("parameters")
    _check_reference(parameters)
    order = parameters.node("order")
    order.word("status", STATUSES)
    order.optional_text("description", most=DESCRIPTION_LENGTH)


def _check_reference(parameters: Node) -> None:
    reference = parameters.text("reference_id", most=REFERENCE_LENGTH)
    if not _REFERENCE.fullmatch(reference):
        place = parameters.place("reference_id")
        raise GraphError(131009, f"{place} may have letters, digits, underscores, dashes, dots and spaces only.")


def _item(item: Node) -> int:
    """What the item costs in all."""
    item.text("name", most=ITEM_NAME_LENGTH)
    quantity = item.whole("quantity", least=1)
    amount = _amount(item, "amount")
    return quantity * (_amount(item, "sale_amount") if item.has("sale_amount") else amount)


def _amount(node: Node, name: str) -> int:
    """An amount in paise."""
    amount = node.node(name)
    if amount.whole("offset", least=1) != 100:
        raise GraphError(131009, f"{amount.place('offset')} must be 100.")
    return amount.whole("value", least=0)
