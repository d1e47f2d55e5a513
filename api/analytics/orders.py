"""What was sold."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.analytics.period import Period, by_day
from api.analytics.schemas import CurrencyOrders, OrderDay, OrderTotals, ProductSales, TopProducts

_BY_DAY = text("""
    SELECT currency, (confirmed_at AT TIME ZONE :zone)::date AS day, count(*) AS orders,
           sum(total_amount)::bigint AS revenue_minor
    FROM orders
    WHERE business_id = :business AND confirmed_at >= :start AND confirmed_at < :end
      AND status IN ('confirmed', 'fulfilled')
    GROUP BY 1, 2
""")
_PRODUCTS = """
    WITH sold AS (
        SELECT line.variant_id, line.currency, sum(line.quantity) AS quantity, count(DISTINCT line.order_id) AS orders,
               sum(round(line.quantity * line.unit_price_minor))::bigint AS revenue_minor
        FROM orders JOIN order_lines AS line ON line.business_id = :business AND line.order_id = orders.id
        WHERE orders.business_id = :business AND confirmed_at >= :start AND confirmed_at < :end
          AND status IN ('confirmed', 'fulfilled') AND line.removed_at IS NULL AND line.variant_id IS NOT NULL
        GROUP BY 1, 2
    )
    SELECT variant_id, variants.sku, variants.title, sold.currency, quantity, revenue_minor, orders
    FROM sold JOIN variants ON variants.id = sold.variant_id
"""
_BY_REVENUE = text(f"{_PRODUCTS} ORDER BY revenue_minor DESC, variant_id LIMIT :limit")
_BY_QUANTITY = text(f"{_PRODUCTS} ORDER BY quantity DESC, variant_id LIMIT :limit")


def count_orders(session: Session, period: Period) -> OrderTotals:
    """Confirmed orders and what they come to, by currency and day."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in period.rows(session, _BY_DAY):
        rows.setdefault(row["currency"], []).append(row)
    currencies = [_currency(period, currency, found) for currency, found in rows.items()]
    return OrderTotals(**period.shown, currencies=sorted(currencies, key=lambda each: (-each.orders, each.currency)))


def top_products(session: Session, period: Period, *, by_quantity: bool, limit: int) -> TopProducts:
    """The variants that brought the most, or of which the most was sold."""
    rows = period.rows(session, _BY_QUANTITY if by_quantity else _BY_REVENUE, limit=limit)
    return TopProducts(**period.shown, items=[ProductSales(**row) for row in rows])


def _currency(period: Period, currency: str, rows: Sequence[Mapping[str, Any]]) -> CurrencyOrders:
    found = by_day(rows)
    none = {"orders": 0, "revenue_minor": 0}
    days = [OrderDay(**{**none, **found.get(day, {}), "day": day}) for day in period.days]
    orders, revenue = sum(day.orders for day in days), sum(day.revenue_minor for day in days)
    return CurrencyOrders(
        currency=currency, orders=orders, revenue_minor=revenue, average_minor=round(revenue / orders), days=days
    )
