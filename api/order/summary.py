"""Tells the customer that her order is confirmed, in the transaction that confirms it."""

from collections.abc import Sequence

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.conversation import repository as conversations
from api.conversation.models import Conversation, Message
from api.customer.models import Customer
from api.identity.models import Business, Channel
from api.order import repository
from api.order.bill import bill_of, can_be_billed
from api.order.models import Order, OrderLine
from api.order.money import money
from api.order.payment import settle_payments
from api.order.summary_setting import SummaryMode, SummarySetting, SummaryTemplate, summary_setting
from api.order.total import line_amount
from api.problem import Problem
from api.sending import service as sending
from api.sending.gate import WindowClosed
from api.sending.known_template import known_template
from api.sending.message import OutgoingMessage, outgoing
from api.stock.quantity import plain

logger = structlog.get_logger(__name__)

MOST_LINES = 40
VARIABLE_LENGTH = 600
_NAMES = ("customer_name", "order_number", "total", "items")


def conversation_to_tell(session: Session, business_id: int, order_id: int) -> Conversation | None:
    """The conversation of an order whose customer is to be told, locked; None where there is none or nothing to tell.

    Lock it before the order, as readings do: so nobody waits in a circle.
    """
    if summary_setting(session.get_one(Business, business_id)).mode is SummaryMode.OFF:
        return None
    found = select(Order.conversation_id).where(Order.business_id == business_id, Order.id == order_id)
    conversation_id = session.scalar(found)
    return conversations.get(session, business_id, conversation_id, lock=True) if conversation_id else None


def tell(session: Session, hints: Hinting, order: Order, conversation: Conversation) -> str:
    """Queue the summary; return `queued`, or the kind of problem that keeps it back: confirming never fails by it."""
    setting = summary_setting(session.get_one(Business, order.business_id))
    try:
        _queue(session, hints, order, conversation, setting)
    except Problem as problem:
        logger.info("order.summary_not_sent", order_id=order.id, reason=problem.slug)
        return problem.slug
    except ValidationError as error:  # something in the order that WhatsApp has no room for
        logger.warning("order.summary_not_sent", order_id=order.id, reason=error.errors()[0]["type"])
        return "not-valid"
    return "queued"


def _queue(
    session: Session, hints: Hinting, order: Order, conversation: Conversation, setting: SummarySetting
) -> Message:
    customer = session.get_one(Customer, order.customer_id)
    lines = repository.live(repository.lines_of(session, order))
    try:
        message = _free_form(session, order, customer, lines, setting)
        return sending.queue(session, hints, conversation, message)
    except WindowClosed:
        if setting.template is None:
            raise
    template = _template(session, order, conversation, lines, setting.template)
    return sending.queue(session, hints, conversation, template)


def _free_form(
    session: Session, order: Order, customer: Customer, lines: Sequence[OrderLine], setting: SummarySetting
) -> OutgoingMessage:
    text = summary_text(order, lines)
    if setting.mode is not SummaryMode.ORDER_DETAILS or not can_be_billed(order, customer, lines):
        return outgoing("text", {"body": text})
    if order.payment_reference is None:
        order.payment_reference = f"order-{order.number}"
        settle_payments(session, order)
    return outgoing("interactive", bill_of(order, lines, setting))


def summary_text(order: Order, lines: Sequence[OrderLine]) -> str:
    """What was ordered, what it costs, and where it goes."""
    rows = [f"• {_row(line)}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        rows.append(f"… and {len(lines) - MOST_LINES} more")
    parts = [f"Your order {order.number} is confirmed:", *rows, f"Total: {money(order.total_amount, order.currency)}"]
    if order.address:
        parts.append(f"Delivery to: {order.address[:300]}")
    return "\n".join(parts)[:4096]


def _row(line: OrderLine) -> str:
    options = ", ".join(map(str, line.options.values()))
    what = f"{line.title or line.text or line.sku} ({options})" if options else line.title or line.text or line.sku
    price = line.unit_price_minor
    cost = f": {money(line_amount(line.quantity, price), line.currency)}" if price is not None else ""
    return f"{plain(line.quantity)} × {(what or '')[:60]}{cost}"


def _template(
    session: Session,
    order: Order,
    conversation: Conversation,
    lines: Sequence[OrderLine],
    chosen: SummaryTemplate,
) -> OutgoingMessage:
    content = {"name": chosen.name, "language": {"code": chosen.language}}
    known = known_template(session, session.get_one(Channel, conversation.channel_id), content)
    customer = session.get_one(Customer, order.customer_id)
    values = template_values(order, customer, lines)
    variables = known.variables if known else tuple(str(number + 1) for number in range(chosen.variables))
    parameters = [_parameter(variable, values) for variable in variables]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    return outgoing("template", content | {"components": components})


def _parameter(variable: str, values: dict[str, str]) -> dict[str, str]:
    if not variable.isdigit():
        return {"type": "text", "parameter_name": variable, "text": values.get(variable, "-")}
    place = int(variable) - 1
    return {"type": "text", "text": values[_NAMES[place]] if place < len(_NAMES) else "-"}


def template_values(order: Order, customer: Customer, lines: Sequence[OrderLine]) -> dict[str, str]:
    """What a template's variables may be filled with, by name and in this order."""
    name = order.name or customer.name or customer.profile_name or "customer"
    total = money(order.total_amount, order.currency)
    items = "; ".join(_row(line) for line in lines)
    values = (_one_line(value) for value in (name, str(order.number), total, items))
    return dict(zip(_NAMES, values, strict=True))


def _one_line(text: str) -> str:
    """`text` as a template's variable may be: without line breaks and wide gaps, and not empty."""
    return " ".join(text.split())[:VARIABLE_LENGTH] or "-"
