"""Totals are whole minor units, always."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.order.total import line_amount

QUANTITIES = st.decimals(min_value="0.001", max_value=999_999, places=3)
PRICES = st.integers(min_value=0, max_value=10**12)


@given(QUANTITIES, PRICES)
def test_line_amount_is_the_exact_product_rounded_to_the_nearest_minor_unit(quantity: Decimal, price: int) -> None:
    amount = line_amount(quantity, price)
    assert type(amount) is int
    assert abs(amount - quantity * price) <= Decimal("0.5")


def test_half_a_minor_unit_is_rounded_up() -> None:
    assert line_amount(Decimal("0.5"), 1) == 1
    assert line_amount(Decimal("1.5"), 1) == 2
    assert line_amount(Decimal("2.5"), 1) == 3
