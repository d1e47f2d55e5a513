"""Pack sizes as amounts, and amounts as packs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog_match.measure import Measure, fewest_packs, parse_size


@pytest.mark.parametrize(
    ("text", "amount", "dimension"),
    [
        ("500 g", "500", "g"),
        ("500gm", "500", "g"),
        ("1 kg", "1000", "g"),
        ("1.5 KG", "1500", "g"),
        ("1 L", "1000", "ml"),
        ("750ml", "750", "ml"),
        ("dozen", "12", "pc"),
        ("pack of 6", "6", "pc"),
        ("Box of 12", "12", "pc"),
        ("10 pcs", "10", "pc"),
        ("2 m", "200", "cm"),
        ("6 inch", "6", "inch"),
        ("2 lb", "32", "oz"),
        ("65W", "65", "W"),
    ],
)
def test_size_is_an_amount(text: str, amount: str, dimension: str) -> None:
    assert parse_size(text) == Measure(Decimal(amount), dimension)


@pytest.mark.parametrize("text", ["XL", "38", "free size", "iPhone 13", "UK 9", "Redmi Note 12", ""])
def test_size_that_is_no_amount_is_none(text: str) -> None:
    assert parse_size(text) is None


def test_same_amount_in_two_units_is_equal() -> None:
    assert Measure.of(Decimal("1.5"), "kg") == Measure.of(Decimal(1500), "g")
    assert Measure.of(Decimal(2), "dozen") == Measure.of(Decimal(24), "pc")


@pytest.mark.parametrize(("unit", "adds_up"), [("kg", True), ("ml", True), ("pc", True), ("inch", False), ("W", False)])
def test_packs_add_up_only_where_goods_do(unit: str, adds_up: bool) -> None:
    assert Measure.of(Decimal(1), unit).is_additive is adds_up


@pytest.mark.parametrize(
    ("amount", "sizes", "packs"),
    [
        (2000, [500, 1000], {1000: 2}),
        (1500, [500, 1000], {1000: 1, 500: 1}),
        (6000, [1000, 5000], {5000: 1, 1000: 1}),
        (60, [10, 30, 40], {30: 2}),
        (700, [500, 1000], None),
        (300, [500], None),
        (0, [500], None),
        (1000, [], None),
    ],
)
def test_amount_is_made_of_the_fewest_packs(amount: int, sizes: list[int], packs: dict[int, int] | None) -> None:
    found = fewest_packs(Decimal(amount), [Decimal(size) for size in sizes])
    assert (None if found is None else {int(size): count for size, count in found.items()}) == packs


@given(amount=st.integers(1, 60), sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_packs_sum_to_the_amount_and_none_are_fewer(amount: int, sizes: list[int]) -> None:
    found = fewest_packs(Decimal(amount), [Decimal(size) for size in sizes])
    fewest = fewest_coins(amount, sizes)
    if found is None:
        assert fewest is None
    else:
        assert sum(size * count for size, count in found.items()) == amount
        assert sum(found.values()) == fewest


def fewest_coins(amount: int, sizes: list[int]) -> int | None:
    """How many coins make up an amount, by the textbook's table."""
    table: list[int | None] = [0] + [None] * amount
    for total in range(1, amount + 1):
        before = [table[total - size] for size in sizes if size <= total]
        known = [count for count in before if count is not None]
        table[total] = min(known) + 1 if known else None
    return table[amount]
