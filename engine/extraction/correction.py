"""Numbers that are corrected in one breath: "10 nahi 6", "2.. sorry 3", "37 not 38"."""

from collections.abc import Sequence
from dataclasses import replace

from engine.extraction.number import Number, NumberKind
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language import Role

_COUNTING = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})
_CORRECTING = (Role.INSTEAD, Role.NOT, Role.CHANGE)
_FURTHEST = 4  # tokens between the two


def corrected(
    found: Sequence[Number], tokens: Sequence[Token], tags: TagTable
) -> tuple[tuple[Number, ...], frozenset[int]]:
    """The numbers that hold, and the tokens of those taken back with the words that do so.

    What holds keeps the unit of what it corrects where it has none of its own.
    """
    kept: list[Number] = []
    void: set[int] = set()
    for number in found:
        if not kept or not _corrects(kept[-1], number, tokens, tags):
            kept.append(number)
            continue
        old = kept[-1]
        stays = any((tag := tags.at(i, Role.INSTEAD)) and not tag.final for i in range(old.end, number.start))
        if stays:
            void.update(range(old.end, number.end))
            continue
        void.update(range(old.start, number.start))
        has_unit = number.kind is not NumberKind.BARE
        kept[-1] = number if has_unit else replace(number, kind=old.kind, unit=old.unit, counter=old.counter)
    return tuple(kept), frozenset(void)


def _corrects(old: Number, new: Number, tokens: Sequence[Token], tags: TagTable) -> bool:
    """Whether nothing but a refusal stands between two numbers."""
    if old.kind not in _COUNTING or new.kind not in _COUNTING or not old.end < new.start <= old.end + _FURTHEST:
        return False
    between = range(old.end, new.start)
    said = {i for start in between if (tag := tags.at(start, *_CORRECTING)) for i in range(tag.start, tag.end)}
    if not said or any(tokens[i].is_word and i not in said for i in between):
        return False
    is_sign = all(tokens[i].word == "no" for i in said) and all(tokens[i].is_word for i in between)
    return not is_sign  # "flat 5 no 3": short for "number"
