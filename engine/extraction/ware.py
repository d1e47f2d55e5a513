"""Numbers as a shop reads them: sizes that are ranges, goods called like their container, a "do" that gives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import Protocol

from engine.extraction.number import Number, NumberKind
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language.role import ANY_PACK, Role
from engine.text import stem

_RANGING, _MIXING = frozenset("-–—/"), ":"  # signs of sizes from one number to another, and of "70:30"
_COUNTED = frozenset({NumberKind.BARE, NumberKind.COUNT})
_HALF, _TWO = Decimal("0.5"), 2
_NEAR = 5  # tokens in which a number counts what stands before a sign
_JOINING = frozenset({Role.AND, Role.MORE})
_WEIGHED_OUT = frozenset({"kg", "L"})  # "2 kilo do" gives; of "500 gm do" one may want two
_QUARTERED = "kg"  # what quarters are of, said by themselves
_LEADING = frozenset({Role.STOP, Role.CHANGE})  # words between a thing and the number that it is to have
_NO_NAME = frozenset({Role.COLOR, Role.AND})


class Wares(Protocol):
    """What a catalogue tells about words before any product is looked for."""

    def __contains__(self, word: str) -> bool:
        """Whether the catalogue has a word, or a range ("3-6"), spelled so."""

    def spells(self, word: str) -> bool:
        """Whether a word is one of the catalogue's, perhaps misspelled by a letter."""

    def of_age(self, age: Decimal, unit: str) -> tuple[str, ...]:
        """The ranges ("6-7") of sizes by age that someone has who is so many years or months old."""

    def sells(self, word: str) -> bool:
        """Whether something is sold by a name with this word in it."""

    def calls(self, word: str) -> bool:
        """Whether a product is called by this number, as "1101" of a "Silk Saree 1101" is."""

    def may_name(self, word: str) -> bool:
        """Whether a word, perhaps misspelled, may be part of a product's name."""


def as_sold(found: Sequence[Number], tokens: Sequence[Token], tags: TagTable, text: str, wares: Wares) -> list[Number]:
    """Numbers with "3-6 months" as one size where the catalogue has it, and "2 tubes" as a count of tubes sold."""
    numbers: list[Number] = []
    for number in _of_sizes(list(_ranged(found, tokens, tags, wares)), tokens, tags):
        if _is_part_of_name(number, tokens, wares):
            one = number.start + 1
            if one < number.digits:  # "one quarter sheet", "a half sheet"
                numbers.append(replace(number, value=Decimal(1), end=one, digits=one))
            continue
        if _is_name(number, tokens, wares):
            continue
        before = numbers[-1] if numbers else None
        if before is not None and _gives(before, number, tokens, tags):
            numbers[-1] = number  # "wine colour do 1"
            continue
        if before is not None and _is_give(before, number, tokens, tags, text):
            continue
        number = _of_age(number, tags, wares)  # noqa: PLW2901
        number = _of_goods(_in_quarters(number, tokens, tags, wares), tokens, tags, wares)  # noqa: PLW2901
        if _counts_goods(number, tokens, tags, text, wares) and not _is_apposed(before, number, tokens, text):
            number = replace(number, kind=NumberKind.BARE, end=number.digits, counter=None)  # noqa: PLW2901
        numbers.append(number)
    return numbers


def _is_name(number: Number, tokens: Sequence[Token], wares: Wares) -> bool:
    """ "cola zero", "1101 red 2": whether a number is the word of a product's name that it stands for."""
    first = tokens[number.start]
    if first.is_word:
        return not number.value and wares.sells(first.word)
    return number.kind is NumberKind.BARE and number.end == number.start + 1 and wares.calls(first.word)


def _ranged(found: Sequence[Number], tokens: Sequence[Token], tags: TagTable, wares: Wares) -> Iterator[Number]:
    """The numbers with those that are the two ends of a size of the catalogue's made one."""
    taken: Number | None = None
    for first, last in zip_longest(found, found[1:]):
        if first is taken:
            continue
        is_range = last is not None and _is_range(first, last, tokens, tags) and _spelled(first, last) in wares
        taken = last if is_range else None
        yield _range(first, last, tags) if is_range else first


def _of_sizes(found: Sequence[Number], tokens: Sequence[Token], tags: TagTable) -> Sequence[Number]:
    """ "half M half L": with two halves, each right before the letter of another size, as no meters or liters."""
    halves = [n for n in found if n.value == _HALF and n.digits < len(tokens) and Role.SIZE in tags.roles(n.digits)]
    if len({tokens[half.digits].word for half in halves}) != _TWO:
        return found
    return [replace(n, kind=NumberKind.BARE, end=n.digits, unit=None) if n in halves else n for n in found]


def _is_range(first: Number, last: Number, tokens: Sequence[Token], tags: TagTable) -> bool:
    """Whether nothing but a sign or a "to" stands between two numbers, the larger one last but for a colon."""
    sign = first.digits
    if last.start != sign + 1 or first.end > last.start:
        return False
    if tokens[sign].raw == _MIXING:
        return True
    if first.value >= last.value:
        return False
    return tokens[sign].raw in _RANGING or Role.TIME_RANGE in tags.roles(sign)


def _spelled(first: Number, last: Number) -> str:
    return f"{first.value.normalize():f}-{last.value.normalize():f}"


def _range(first: Number, last: Number, tags: TagTable) -> Number:
    end = last.end if last.kind is NumberKind.MEASURE else last.digits
    unit = tags.at(end, Role.TIME)
    return Number(
        first.start, unit.end if unit else end, first.value, NumberKind.RANGE, last.digits,
        between=(_spelled(first, last),),
    )  # fmt: skip


def _of_age(number: Number, tags: TagTable, wares: Wares) -> Number:
    """ "she is 6 years old": an age as the sizes that the catalogue has for it, "6-7 Y"."""
    unit = tags.at(number.digits, Role.AGE) if number.kind is NumberKind.WHEN else None
    sizes = wares.of_age(number.value, unit.value) if unit else ()
    return replace(number, kind=NumberKind.RANGE, end=unit.end, between=sizes) if unit and sizes else number


def _is_part_of_name(number: Number, tokens: Sequence[Token], wares: Wares) -> bool:
    """Whether a part of one belongs to the word behind it: the "quarter" of "quarter sheet", where that is sold."""
    if number.kind is not NumberKind.BARE or number.value >= 1 or not tokens[number.digits - 1].is_word:
        return False
    behind = tokens[number.digits].word if number.digits < len(tokens) else ""
    part = tokens[number.digits - 1].word
    return bool(behind) and (part + behind in wares or part + stem(behind) in wares)


def _counts_goods(number: Number, tokens: Sequence[Token], tags: TagTable, text: str, wares: Wares) -> bool:
    """ "2 tubes" in a shop of cycle parts, but not "2 tubes of glue" or "glue 2 tubes"."""
    container = number.digits
    if number.kind is not NumberKind.COUNT or number.end != container + 1:
        return False
    pack = tags.at(container, Role.PACK)
    if pack is None or pack.value == ANY_PACK or not wares.sells(tokens[container].word):
        return False
    if number.start and tokens[number.start - 1].word + tokens[number.start].word in wares:
        return True  # "note 12 glass": a model's number
    behind = number.end
    while behind < len(tokens) and Role.STOP in tags.roles(behind):
        behind += 1
    if any(_names(place, container, tokens, tags, text, wares) for place in (_told(number, tags), behind)):
        return False
    return tags.at(number.end, Role.OF) is None  # "one bag of it"


def _told(number: Number, tags: TagTable) -> int:
    """Where the word stands that a number is said of: "soil, make it 4 bags", "soil ko 4 bag kar do"."""
    place = number.start - 1
    while place > 0 and tags.roles(place) & _LEADING and not tags.roles(place) & _NO_NAME:
        place -= 1
    return place


def _of_goods(number: Number, tokens: Sequence[Token], tags: TagTable, wares: Wares) -> Number:
    """ "cocopeat block 3": a number behind a word that numbers houses, and goods as well, where goods are named."""
    block = number.start - 1
    if number.kind is not NumberKind.PLACE or block < 1 or Role.NUMBERED not in tags.roles(block):
        return number
    is_sold = wares.sells(tokens[block].word) and tokens[block - 1].is_word
    named = next((i for i in range(block - 1, max(-1, block - 3), -1) if Role.SUPERLATIVE not in tags.roles(i)), -1)
    is_named = is_sold and named >= 0 and tokens[named].is_word and wares.may_name(tokens[named].word)
    return replace(number, kind=NumberKind.BARE) if is_named else number


def _in_quarters(number: Number, tokens: Sequence[Token], tags: TagTable, wares: Wares) -> Number:
    """ "ek pav pyaz", "pyaz teen pav": quarters of a kilo of what may be sold, where they are not sold themselves."""
    quarter = tags.at(number.end, Role.QUARTER)
    if number.kind is not NumberKind.BARE or quarter is None or wares.sells(tokens[number.end].word):
        return number
    beside = (place for place in (number.start - 1, quarter.end) if 0 <= place < len(tokens))
    if not any(Role.GOODS in tags.roles(place) or wares.may_name(tokens[place].word) for place in beside):
        return number
    value = number.value * quarter.number
    return replace(number, value=value, kind=NumberKind.MEASURE, end=quarter.end, unit=_QUARTERED)


def _is_give(before: Number, number: Number, tokens: Sequence[Token], tags: TagTable, text: str) -> bool:
    """ "1 kg sugar aur atta do", "atta aadha kilo do", "24 wale crayons do": a last word that is both gives.

    Not in "red ek aur blue do", where each number stands behind what it counts.
    """
    place = number.start
    is_either = tokens[place].is_word and tags.at(place, Role.GIVE) is not None and number.digits == place + 1
    if not is_either or not tokens[place - 1].is_word:
        return False
    behind = [token.is_word or token.is_number for token in tokens[place + 1 :]]
    if before.end >= place:
        is_weighed = before.kind is NumberKind.MEASURE and before.end == place and not any(behind[:1])
        return is_weighed and (tokens[before.start].is_word or before.unit in _WEIGHED_OUT)
    after = before.end
    is_parallel = not tokens[after].is_word or bool(tags.roles(after) & _JOINING)
    return not any(behind) and not is_parallel and "\n" not in text[tokens[before.start].end : tokens[place].start]


def _gives(before: Number, number: Number, tokens: Sequence[Token], tags: TagTable) -> bool:
    """Whether a word that means two, or gives, stands between what is wanted and how many: "red colour do 1"."""
    place = before.start
    is_either = place > 0 and tokens[place].is_word and tags.at(place, Role.GIVE) is not None
    is_last = number.start == before.end == place + 1 and not any(
        t.is_word or t.is_number for t in tokens[number.end :]
    )
    return is_either and is_last and tokens[place - 1].is_word and number.kind is NumberKind.BARE


def _is_apposed(before: Number | None, number: Number, tokens: Sequence[Token], text: str) -> bool:
    """ "biscuits 250gm, 5 jars": whether a sign joins a count to what stands before and is not counted yet."""
    sign = number.start - 1
    if sign < 0 or tokens[sign].is_word or tokens[sign].is_number:
        return False
    if "\n" in text[tokens[sign].start : tokens[number.start].start]:
        return False
    return before is None or before.kind not in _COUNTED or before.start < sign - _NEAR


def _names(place: int, container: int, tokens: Sequence[Token], tags: TagTable, text: str, wares: Wares) -> bool:
    """Whether a word on the line of a counted container may name what is in it."""
    if not 0 <= place < len(tokens) or not tokens[place].is_word or tags.roles(place) & _NO_NAME:
        return False
    start, end = sorted((place, container))
    return "\n" not in text[tokens[start].end : tokens[end].start] and wares.may_name(tokens[place].word)
