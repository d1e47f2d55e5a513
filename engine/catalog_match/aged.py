"""Sizes by age: "6-7 Y", "3-6 months", "kids 5-7"."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from engine.catalog_match.measure import parse_size
from engine.catalog_match.word import every_language, ranges_of, words_of
from engine.language import Role

_YEAR, _GROWN = "year", 16  # what sizes without a unit are of, and up to which age


class AgeRange(NamedTuple):
    """From which to which age a size is, of a unit ("year", "month"), and how the range is `spelled` ("6-7")."""

    first: Decimal
    last: Decimal
    unit: str
    spelled: str


def age_ranges(values: Iterable[str]) -> tuple[AgeRange, ...]:
    """The sizes by age among options' values, each once.

    >>> [(one.spelled, one.unit) for one in age_ranges(["6-7 Y", "3-6 months", "kids 5-7", "3-5 kg", "30-32", "M"])]
    [('6-7', 'year'), ('3-6', 'month'), ('5-7', 'year')]
    """
    found = (_age_range(value, spelled) for value in values for spelled in ranges_of(value)[:1])
    return tuple(dict.fromkeys(filter(None, found)))


def _age_range(value: str, spelled: str) -> AgeRange | None:
    first, last = map(Decimal, spelled.split("-"))
    tags = every_language().tags(words_of(value))
    unit = next((tag.value for tag in tags if tag.role is Role.AGE), "")
    is_aged = bool(unit) or (first < last <= _GROWN and parse_size(value) is None)
    return AgeRange(first, last, unit or _YEAR, spelled) if is_aged else None
