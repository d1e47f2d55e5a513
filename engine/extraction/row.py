"""Numbers in a row: the places of a list within one line, the terms of a sum, sizes of one unit."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from engine.extraction.number import INDEX_SIGNS, Number, NumberKind
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language import Role

_MOST_PACKED = 50  # of a pack's kilos or pieces; larger terms are prices
_LISTING = frozenset(",/")
_FIRST_THREE = [Decimal(1), Decimal(2), Decimal(3)]  # of a list that something is said before


def with_places(found: Sequence[Number], tokens: Sequence[Token]) -> list[Number]:
    """ "1. soap 3 2. sugar 1 kg": with the places of a list that goes on in one line, which count nothing."""
    leading = [n for n in found if n.kind is NumberKind.INDEX or _leads_item(tokens, n)]
    begun = [n.value for n in leading if n.kind is NumberKind.INDEX]
    if not begun and [n.value for n in leading][:3] == _FIRST_THREE:
        begun = _FIRST_THREE[:1]
    last = begun[0] - 1 if begun else None
    listed: list[Number] = []
    for number in found:
        is_next = last is not None and number in leading and number.value == last + 1
        listed.append(replace(number, kind=NumberKind.INDEX) if is_next else number)
        last = number.value if is_next else last
    return listed


def with_unit_shared(found: Sequence[Number], tokens: Sequence[Token], tags: TagTable) -> list[Number]:
    """ "6, 8 or 10 inch": with numbers before an "or" and a measure as measures in its unit, the smaller first."""
    shared = list(found)
    is_one_of = False  # whether the "or" of the list has been passed
    for index in range(len(shared) - 1, 0, -1):
        one, other = shared[index - 1 : index + 1]
        is_either = other.kind is NumberKind.MEASURE and one.end == other.start - 1 and one.value < other.value
        is_or = is_either and Role.OR in tags.roles(one.end)
        is_one_of = is_or or (is_one_of and is_either and tokens[one.end].raw in _LISTING)
        if is_one_of and one.kind is NumberKind.BARE and not one.worth:
            shared[index - 1] = replace(one, kind=NumberKind.MEASURE, unit=other.unit)
    return shared


def with_terms(found: Sequence[Number], tokens: Sequence[Token]) -> list[Number]:
    """ "7 kg = 5+1+1": with the terms of a sum of three or more, and what they come to before them, no counts."""
    terms: set[int] = set()
    for first in range(len(found) - 2):
        chain = found[first : first + 3]
        is_small = all(number.value <= _MOST_PACKED for number in chain)
        if is_small and all(_is_added(one, other, tokens) for one, other in pairwise(chain)):
            terms.update(range(first, first + 3))
            before = found[first - 1] if first else None
            if before is not None and before.end == found[first].start - 1 and tokens[before.end].raw == "=":
                terms.add(first - 1)
    return [replace(n, kind=NumberKind.PRICE, unit=None) if i in terms else n for i, n in enumerate(found)]


def _is_added(one: Number, other: Number, tokens: Sequence[Token]) -> bool:
    """Whether nothing but a plus, with no space, stands between two numbers."""
    sign = other.start - 1
    is_plus = sign == one.end and tokens[sign].raw == "+"
    return is_plus and tokens[sign].start == tokens[sign - 1].end and tokens[sign].end == tokens[other.start].start


def _leads_item(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a sign stands right behind a number, and a word apart behind it: "2. sugar"."""
    sign, word = number.end, number.end + 1
    if number.kind is not NumberKind.BARE or word >= len(tokens) or tokens[sign].raw not in INDEX_SIGNS:
        return False
    return tokens[sign].start == tokens[sign - 1].end and tokens[word].start > tokens[sign].end
