"""Orders out, as a CSV file that opens safely in a spreadsheet: one row a line."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.catalog_file.cell import escape
from api.customer.models import Customer
from api.order.models import Order, OrderLine
from api.order.money import amount
from api.order.total import line_amount
from api.stock.quantity import plain

COLUMNS = (
    *("order", "status", "made", "confirmed", "customer", "customer_phone", "name", "phone", "address", "pincode"),
    *("city", "payment", "deliver_on", "note", "reason", "sku", "title", "options", "quantity", "unit_price", "amount"),
    *("currency", "order_total"),
)
_ORDERS_A_PIECE = 500


def export_orders(session: Session, orders: Select[Order], time_zone: str) -> Iterator[str]:
    """The orders as pieces of a CSV file, oldest first; times are in `time_zone`."""
    zone = ZoneInfo(time_zone)
    query = (
        select(Order, Customer)
        .join(Customer, Customer.id == Order.customer_id)
        .where(Order.id.in_(orders.with_only_columns(Order.id)))
        .order_by(Order.id)
        .execution_options(yield_per=_ORDERS_A_PIECE)
    )
    yield _csv([COLUMNS])
    for rows in session.execute(query).partitions():
        lines = _lines(session, [order.id for order, _ in rows])
        yield _csv(
            _cells(order, customer, line, zone) for order, customer in rows for line in lines.get(order.id, [None])
        )


def _lines(session: Session, order_ids: Sequence[int]) -> dict[int, list[OrderLine | None]]:
    query = select(OrderLine).where(OrderLine.order_id.in_(order_ids), OrderLine.removed_at.is_(None))
    found: dict[int, list[OrderLine | None]] = {}
    for line in session.scalars(query.order_by(OrderLine.position, OrderLine.id)):
        found.setdefault(line.order_id, []).append(line)
    return found


def _cells(order: Order, customer: Customer, line: OrderLine | None, zone: ZoneInfo) -> Sequence[str]:
    return (
        str(order.number),
        order.status.value,
        _time(order.created_at, zone),
        _time(order.confirmed_at, zone),
        customer.name or customer.profile_name or "",
        customer.phone or "",
        *(str(getattr(order, name) or "") for name in ("name", "phone", "address", "pincode", "city", "payment")),
        order.deliver_on.isoformat() if order.deliver_on else "",
        order.note or "",
        order.reason or "",
        *(_line_cells(line) if line else [""] * 6),
        order.currency,
        amount(order.total_amount, order.currency),
    )


def _line_cells(line: OrderLine) -> Sequence[str]:
    price = line.unit_price_minor
    return (
        line.sku or "",
        line.title or line.text,
        ", ".join(f"{name}: {value}" for name, value in line.options.items()),
        plain(line.quantity),
        "" if price is None else amount(price, line.currency),
        "" if price is None else amount(line_amount(line.quantity, price), line.currency),
    )


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([escape(cell) for cell in row] for row in rows)
    return text.getvalue()
