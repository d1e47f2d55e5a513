"""What an order costs: the only place where prices and quantities meet."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from api.order.models import OrderLine


def line_amount(quantity: Decimal, unit_price_minor: int) -> int:
    """The price of `quantity` units in minor units, half a unit rounded up.

    >>> line_amount(Decimal(3), 49900), line_amount(Decimal("0.25"), 4990)
    (149700, 1248)
    """
    return int((quantity * unit_price_minor).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def order_amount(lines: Iterable[OrderLine]) -> int:
    """The total in minor units of the lines that have a price and were not removed."""
    return sum(
        line_amount(line.quantity, line.unit_price_minor)
        for line in lines
        if line.unit_price_minor is not None and line.removed_at is None
    )
