"""Numbers that are taken back: "10 nahi 6", "2.. sorry 3", "37 not 38", "30 is too many, make it 6"."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from engine.extraction.number import Number, NumberKind
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language import Role

_COUNTING = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})
_CORRECTING = (Role.INSTEAD, Role.NOT, Role.CHANGE)
_REFUSING = frozenset({Role.NOT, Role.CHANGE})
_NAMING = frozenset({Role.GOODS, Role.COLOR, Role.SIZE})
_FURTHEST = 4  # tokens between the two
_NEAR = 2  # words between a number and what says that it does not suit


def corrected(
    found: Sequence[Number], tokens: Sequence[Token], tags: TagTable
) -> tuple[tuple[Number, ...], frozenset[int]]:
    """The numbers that hold, and the tokens of those taken back with the words that do so.

    What holds keeps the unit of what it corrects where it has none of its own.
    """
    kept: list[Number] = []
    void: set[int] = set()
    unsuited: Number | None = None
    for number in found:
        if end := _unsuited_until(number, tokens, tags) or _part_until(number, found, tags):
            void.update(range(number.start, end))
            unsuited = number if tags.at(number.end, Role.PART) is None else None
            continue
        if kept and _is_whole_of(kept[-1], number, tokens, tags):
            void.update(range(number.start, number.end))
            continue
        if unsuited is not None:
            number = _with_unit_of(unsuited, number)  # noqa: PLW2901 - "1kg is not enough, make it 1.5"
            unsuited = None
        if len(kept) == 1 and (refusal := _restated_from(kept[0], number, tokens, tags)):
            void.update(range(kept[0].start, kept[0].end), range(refusal, number.start))
            kept = [_with_unit_of(kept[0], number)]
            continue
        if not kept or not _corrects(kept[-1], number, tokens, tags):
            kept.append(number)
            continue
        old = kept[-1]
        stays = any((tag := tags.at(i, Role.INSTEAD)) and not tag.final for i in range(old.end, number.start))
        stays |= _refuses_next(tags, number.start - 1)
        if stays:
            void.update(range(old.end, number.end))
            continue
        void.update(range(old.start, number.start))
        kept[-1] = _with_unit_of(old, number)
    return _without_refused(kept, tokens, tags, void), frozenset(void)


def _restated_from(old: Number, new: Number, tokens: Sequence[Token], tags: TagTable) -> int | None:
    """Where a refusal begins that, behind a pause, puts the last number for the first: "25 eggs please.. no, 30"."""
    is_last = not any(token.is_word or token.is_number for token in tokens[new.end :])
    if old.kind not in _COUNTING or new.kind not in _COUNTING or not is_last:
        return None
    start = new.start
    while start > old.end and (not tokens[start - 1].is_word or _takes_back(tags.roles(start - 1))):
        start -= 1
    said = [i for i in range(start, new.start) if tokens[i].is_word]
    has_pause = any(not token.is_word for token in tokens[start : said[0]]) if said else False
    return said[0] if has_pause and said and tokens[start - 1].is_word else None


def _takes_back(roles: AbstractSet[Role]) -> bool:
    """Whether a word refuses what was said, rather than what follows: "not 30" is no "no, 30"."""
    return bool(roles & _REFUSING) and Role.INSTEAD not in roles


def _without_refused(
    kept: Sequence[Number], tokens: Sequence[Token], tags: TagTable, void: set[int]
) -> tuple[Number, ...]:
    """Without the numbers refused behind those that hold, whose tokens join `void`: "500 gm likha tha, 250 nahi"."""
    left: list[Number] = []
    for number in kept:
        if left and (end := _refused_until(left[-1], number, tokens, tags)):
            void.update(range(number.start, end))
        else:
            left.append(number)
    return tuple(left)


def _refused_until(holds: Number, number: Number, tokens: Sequence[Token], tags: TagTable) -> int | None:
    """Where the refusal of a number ends that stands last in its clause, with no name since the number that holds."""
    tag = tags.at(number.end, Role.NOT)
    is_last = tag is not None and tag.final and (tag.end == len(tokens) or not tokens[tag.end].is_word)
    if tag is None or not is_last or holds.kind not in _COUNTING or number.kind not in _COUNTING:
        return None
    between = range(holds.end, number.start)
    is_idle = all(tags.roles(i) and not tags.roles(i) & _NAMING for i in between if tokens[i].is_word)
    has_comma = any(not tokens[i].is_word for i in between)
    return tag.end if is_idle and has_comma and len(between) <= _FURTHEST else None


def _refuses_next(tags: TagTable, place: int) -> bool:
    """ "son 2 no 3": whether a "no" stands right before what it refuses, as it always does in its language."""
    tag = tags.at(place, Role.NOT)
    is_both = tag is not None and not tag.final and Role.NO in tags.roles(place)
    return is_both and Role.NUMBER_SIGN not in tags.roles(place)


def _with_unit_of(old: Number, new: Number) -> Number:
    """A number with the unit of the one that it takes the place of, where it has none of its own."""
    if new.kind is not NumberKind.BARE or old.kind is NumberKind.BARE:
        return new
    return replace(new, kind=old.kind, unit=old.unit, counter=old.counter, each=old.each)


def _unsuited_until(number: Number, tokens: Sequence[Token], tags: TagTable) -> int | None:
    """Where the words end that say that a number does not suit ("5 zyada ho jayega"); None where none do."""
    if number.kind not in _COUNTING:
        return None
    for start in range(number.end, min(number.end + _NEAR + 1, len(tokens))):
        if tag := tags.at(start, Role.TOO_MUCH):
            return tag.end
        if not tokens[start].is_word or tags.at(start, Role.ONLY_AFTER):
            return None  # "ek hi bahut hai": one alone is enough
    return None


def _part_until(number: Number, found: Sequence[Number], tags: TagTable) -> int | None:
    """Where "2 me se ek" comes to how many of them are meant; None where no number follows."""
    part = tags.at(number.end, Role.PART)
    if part is None or not part.final or number.kind not in _COUNTING:
        return None
    return part.end if any(other.start == part.end for other in found) else None


def _is_whole_of(part: Number, number: Number, tokens: Sequence[Token], tags: TagTable) -> bool:
    """ "one of the two": whether a number word says only how many there are, of which a part is meant."""
    said = tags.at(part.end, Role.PART)
    is_word = tokens[number.start].is_word and number.kind is NumberKind.BARE
    return is_word and said is not None and said.end == number.start and part.value < number.value


def _corrects(old: Number, new: Number, tokens: Sequence[Token], tags: TagTable) -> bool:
    """Whether nothing but a refusal stands between two numbers."""
    if old.kind not in _COUNTING or new.kind not in _COUNTING or not old.end < new.start <= old.end + _FURTHEST:
        return False
    between = range(old.end, new.start)
    said = {i for start in between if (tag := tags.at(start, *_CORRECTING)) for i in range(tag.start, tag.end)}
    if not said or any(tokens[i].is_number or (tokens[i].is_word and i not in said) for i in between):
        return False
    return not all(Role.NUMBER_SIGN in tags.roles(i) for i in between)  # "flat 5 no 3", "38 no. 3": short for "number"
