"""Which orders a list, its counts and its export hold."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query
from sqlalchemy import ColumnElement, Select, or_, select

from api.customer.models import Customer
from api.customer.service import customers
from api.order.models import Order, OrderLine, OrderStatus

Filter = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
_MOST_NUMBER = 2**63 - 1
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class OrderFilters:
    """Which orders a list holds. Days are the business's."""

    status: Annotated[list[OrderStatus] | None, Query(description="One status or several.")] = None
    conversation_id: Filter = None
    customer_id: Filter = None
    number: Filter = None
    q: Annotated[
        str | None,
        Query(max_length=100, description="An order's number, part of a customer's name or number, or of a SKU."),
    ] = None
    from_: Annotated[
        date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="Made on this day or later.")
    ] = None
    to: Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="Made on this day or earlier.")] = None
    at_least: Annotated[int | None, Query(ge=0, le=10**15, description="Of so much, in minor units, or more.")] = None
    at_most: Annotated[int | None, Query(ge=0, le=10**15, description="Of so much, in minor units, or less.")] = None

    def narrow(self, business_id: int, time_zone: str) -> Select[Order]:
        """A business's orders that fit."""
        return select(Order).where(Order.business_id == business_id, *self._conditions(business_id, time_zone))

    def _conditions(self, business_id: int, time_zone: str) -> list[ColumnElement[bool]]:
        wanted: list[tuple[object, ColumnElement[bool]]] = [
            (self.status, Order.status.in_(self.status or ())),
            (self.conversation_id, Order.conversation_id == self.conversation_id),
            (self.customer_id, Order.customer_id == self.customer_id),
            (self.number, Order.number == self.number),
            (self.at_least, Order.total_amount >= (self.at_least or 0)),
            (self.at_most, Order.total_amount <= (self.at_most or 0)),
        ]
        found: list[ColumnElement[bool]] = [condition for value, condition in wanted if value is not None]
        if self.from_ is not None:
            found.append(Order.created_at >= day_start(self.from_, time_zone))
        if self.to is not None:
            found.append(Order.created_at < day_start(self.to + timedelta(days=1), time_zone))
        if self.q and self.q.strip():
            found.append(_says(business_id, self.q.strip().replace("\0", "")))
        return found


def day_start(day: date, time_zone: str) -> datetime:
    """When a day begins in a time zone."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone))


def _says(business_id: int, words: str) -> ColumnElement[bool]:
    """Whether an order has this number (alone where `#` stands before it), or customer or a line is called so."""
    digits = words.removeprefix("#").strip()
    is_number = digits.isascii() and digits.isdigit() and int(digits) <= _MOST_NUMBER
    if is_number and words.startswith("#"):
        return Order.number == int(digits)
    people = customers(business_id, search=words).with_only_columns(Customer.id)
    lines = select(OrderLine.order_id).where(
        OrderLine.business_id == business_id, OrderLine.sku.icontains(words, autoescape=True)
    )
    found: list[ColumnElement[bool]] = [Order.customer_id.in_(people), Order.id.in_(lines)]
    return or_(*found, Order.number == int(digits)) if is_number else or_(*found)
