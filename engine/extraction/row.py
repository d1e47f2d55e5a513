"""Lists that are numbered within one line: "1. soap 3 2. sugar 1 kg"."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from engine.extraction.number import INDEX_SIGNS, Number, NumberKind
from engine.extraction.token import Token

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


def _leads_item(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a sign stands right behind a number, and a word apart behind it: "2. sugar"."""
    sign, word = number.end, number.end + 1
    if number.kind is not NumberKind.BARE or word >= len(tokens) or tokens[sign].raw not in INDEX_SIGNS:
        return False
    return tokens[sign].start == tokens[sign - 1].end and tokens[word].start > tokens[sign].end
