"""Signs that make a number a count: "x 2", "2x", "XL-4"."""

from collections.abc import Sequence

from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language.role import Role

_PAIRING = frozenset("/-–=:")  # signs between a size and its count
_TIMES = frozenset({"x", "*", "×", "✕", "✖"})


def counted_end(tokens: Sequence[Token], tags: TagTable, start: int, end: int) -> int | None:
    """Where a count ends that a sign makes one ("x 2", "2x", "XL-4"), the sign included; None where there is none."""
    if _is_counted_by_sign(tokens, tags, start) or (start and tokens[start - 1].word in _TIMES):
        return end
    is_before_times = end < len(tokens) and tokens[end].word in _TIMES
    return end + 1 if is_before_times and not is_times_sign(tokens, end) else None


def is_times_sign(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign of times with a number behind it stands at a place: "x 10"."""
    return place + 1 < len(tokens) and tokens[place].word in _TIMES and tokens[place + 1].is_number


def _is_counted_by_sign(tokens: Sequence[Token], tags: TagTable, start: int) -> bool:
    """ "38/2", "XL-4", "32=3": after a size and a sign comes how many."""
    if start < 2 or tokens[start - 1].raw not in _PAIRING or not tokens[start].is_number:
        return False
    behind = tags.at(start + 1, Role.OPTION)
    if is_times_sign(tokens, start + 1) or (behind is not None and behind.value == "size"):
        return False  # "lal - 2.4 x 5", "red: 38 size 2": the size comes first
    size = tokens[start - 2]
    return size.is_number or tags.at(start - 2, Role.SIZE, Role.UNIT, Role.COLOR) is not None
