"""A summary to look at before customers get theirs."""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.identity.models import Business
from api.order import repository
from api.order.models import Order, OrderLine
from api.order.summary import summary_text, template_values
from api.order.total import line_amount


class SummarySample(BaseModel):
    """What a customer would be told of an order."""

    made_up: bool = Field(description="There is no confirmed order yet; this one is made up.")
    text: str = Field(
        examples=["Your order 1042 is confirmed:\n• 2 × Anarkali kurti (blue, M): ₹998.00\nTotal: ₹998.00"]
    )
    values: dict[str, str] = Field(
        description="What a template's variables would be filled with, by name.",
        examples=[{"customer_name": "Asha Rao", "order_number": "1042", "total": "₹998.00", "items": "2 × …"}],
    )


def latest_or_made_up(session: Session, business: Business) -> SummarySample:
    """The summary of the business's last confirmed order, or of one that is made up."""
    confirmed = select(Order).where(Order.business_id == business.id, Order.confirmed_at.is_not(None))
    order = session.scalar(confirmed.order_by(Order.id.desc()).limit(1))
    if order is None:
        return _made_up(business)
    lines = repository.live(repository.lines_of(session, order))
    return _sample(order, session.get_one(Customer, order.customer_id), lines, made_up=False)


def _made_up(business: Business) -> SummarySample:
    line = OrderLine(
        title="Anarkali kurti",
        options={"color": "blue", "size": "M"},
        quantity=Decimal(2),
        unit_price_minor=49900,
        currency=business.currency,
    )
    order = Order(
        number=1042,
        total_amount=line_amount(line.quantity, 49900),
        currency=business.currency,
        address="Flat 4, Rose Society, MG Road",
    )
    return _sample(order, Customer(name="Asha Rao"), [line], made_up=True)


def _sample(order: Order, customer: Customer, lines: Sequence[OrderLine], *, made_up: bool) -> SummarySample:
    return SummarySample(
        made_up=made_up, text=summary_text(order, lines), values=template_values(order, customer, lines)
    )
