"""Numbers in a message, in digits and words, with what stands beside them: unit, price sign, time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language.lexicon import Role

_NUMBER_SIGNS = frozenset({"no", "no.", ".", "number", "num", "nr", "n", "°", "-", ":"})
_NUMBERED_PLACES = frozenset({
    "flat", "flt", "house", "hno", "plot", "door", "room", "block", "tower", "wing", "sector", "gali", "galli", "lane",
    "phase", "shop", "makan", "floor", "apt", "suite", "villa", "bungalow", "ward", "pocket", "quarter", "casa", "apto",
    "blok", "depto", "interior", "rt", "rw", "फ्लैट", "मकान", "सेक्टर", "गली", "ब्लॉक", "प्लॉट", "दुकान",
})  # fmt: skip
_PAIRING = frozenset("/-–=:")  # signs between a size and its count
_DOZEN = 12  # "dozen" and larger counting words say a number by themselves
_TOTAL_BEFORE = frozenset({"total", "=", "+", "kul", "tot", "कुल"})
_TOTAL = 20  # smaller numbers after such a word may be counts ("1 + 1")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "va", "vi"})
_FRACTION_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SIMPLE_FRACTIONS = {
    ("1", "2"): Decimal("0.5"), ("1", "4"): Decimal("0.25"), ("3", "4"): Decimal("0.75"), ("3", "2"): Decimal("1.5"),
}  # fmt: skip
_COUNTED = {"piece": Decimal(1), "pair": Decimal(2), "dozen": Decimal(12)}  # what `[amounts]` may count in
_TIMES = frozenset({"x", "*", "×", "✕", "✖"})
_FEWEST_GRAMS = 20  # "200 g" is a weight even where G is a size
_LARGEST_MEASURE = 100_000  # "20000 mah" is a capacity, though its number is long
_LONGEST_QUANTITY = 4  # digits; more is a phone number, a PIN, an order number


class NumberKind(StrEnum):
    """What a number is, judged by its neighbours alone; `BARE` may be a quantity, a size or a model."""

    BARE = "bare"
    MEASURE = "measure"
    COUNT = "count"
    PRICE = "price"
    WHEN = "when"
    ORDINAL = "ordinal"
    INDEX = "index"
    LONG = "long"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `start` to `end` (exclusive, with its unit) say `value`.

    `unit` is the canonical measure of a `MEASURE` ("kg"). `each` is how many units one counted thing
    has (12 of "2 dozen"); `counter` is the counting word ("packet", "pcs", "dozen") of a `COUNT`.
    `digits` is the first token after the number's own tokens, where its unit begins.
    """

    start: int
    end: int
    value: Decimal
    kind: NumberKind
    digits: int
    unit: str | None = None
    counter: str | None = None
    each: Decimal = Decimal(1)
    worth: bool = False

    @property
    def quantity(self) -> Decimal:
        """The number of units."""
        return self.value * self.each


@dataclass(frozen=True, slots=True)
class _Raw:
    end: int
    value: Decimal
    from_word: bool


def numbers(tokens: Sequence[Token], tags: TagTable, text: str) -> list[Number]:
    """All numbers of a message, left to right, none inside another."""
    found: list[Number] = []
    index = 0
    while index < len(tokens):
        raw = _value(tokens, tags, index)
        if raw is None:
            index += 1
            continue
        number = _with_neighbors(tokens, tags, text, index, raw)
        found.append(number)
        index = max(number.end, index + 1)
    return found


def _value(tokens: Sequence[Token], tags: TagTable, index: int) -> _Raw | None:
    """The number that begins at a token: digits, a fraction, words in order."""
    token = tokens[index]
    if token.raw in _FRACTION_SIGNS:
        return _Raw(index + 1, _FRACTION_SIGNS[token.raw], from_word=False)
    if tags.is_inside_phrase(index):
        return None
    if begun := _begun_by_word(tokens, tags, index):
        return begun
    return _digits(tokens, tags, index) if token.is_number else _counting_words(tokens, tags, index)


def _begun_by_word(tokens: Sequence[Token], tags: TagTable, index: int) -> _Raw | None:
    """A number and its unit in one word, one with something added ("sava do"), or a fraction ("half", "aadha")."""
    if amount := tags.at(index, Role.AMOUNT):
        return _Raw(amount.end, Decimal(amount.value.split()[0]), from_word=True)
    if plus := tags.at(index, Role.PLUS):
        after = _value(tokens, tags, plus.end) if plus.end < len(tokens) else None
        if after and after.value >= 1:
            return _Raw(after.end, after.value + plus.number, from_word=True)
    fraction = tags.at(index, Role.FRACTION)
    return _scaled(tokens, tags, fraction.end, fraction.number) if fraction else None


def _counting_words(tokens: Sequence[Token], tags: TagTable, index: int) -> _Raw | None:
    """Number words, a quarter of a unit, a "hundred" alone, or a counting word that says a number ("dozen")."""
    if quarter := tags.at(index, Role.QUARTER):
        return _Raw(quarter.end, quarter.number, from_word=True) if tags.at(quarter.end, Role.UNIT) else None
    if tags.at(index, Role.NUMBER):
        return _words(tokens, tags, index)
    if (hundred := tags.at(index, Role.MULTIPLIER)) and not tags.is_inside_saying(index):
        return _Raw(hundred.end, hundred.number, from_word=True)
    count = tags.at(index, Role.COUNT)
    return _Raw(index, Decimal(1), from_word=True) if count and count.number >= _DOZEN else None


def _digits(tokens: Sequence[Token], tags: TagTable, index: int) -> _Raw:
    value = Decimal(tokens[index].word.replace(",", ""))
    end = index + 1
    if end < len(tokens) and tokens[end].raw in _FRACTION_SIGNS:
        return _Raw(end + 1, value + _FRACTION_SIGNS[tokens[end].raw], False)
    if (ratio := _simple_fraction(tokens, index)) is not None:
        return _Raw(index + 3, ratio, False)
    if scaled := tags.at(end, Role.MULTIPLIER):
        return _with_rest(tokens, tags, scaled.end, value * scaled.number, scaled.number)
    if end < len(tokens) and tokens[end].word == "k" and tokens[end].start == tokens[index].end:
        return _Raw(end + 1, value * 1000, False)
    if (part := _simple_fraction(tokens, end)) is not None and value == value.to_integral_value():
        return _Raw(end + 3, value + part, False)
    return _Raw(end, value, False)


def _simple_fraction(tokens: Sequence[Token], index: int) -> Decimal | None:
    """The value of "1/2", "3/4" and their like, written without spaces."""
    if index + 2 >= len(tokens) or tokens[index + 1].raw != "/":
        return None
    if tokens[index + 2].start != tokens[index].end + 1:
        return None
    return _SIMPLE_FRACTIONS.get((tokens[index].word, tokens[index + 2].word))


def _with_rest(tokens: Sequence[Token], tags: TagTable, end: int, value: Decimal, below: Decimal) -> _Raw:
    """ "3 hundred and 21": what is said behind the hundreds, with or without an "and"."""
    joint = tags.at(end, Role.NUMBER_AND)
    start = joint.end if joint else end
    rest = _value(tokens, tags, start) if start < len(tokens) else None
    if rest is None or rest.value >= below or rest.value < 1:
        return _Raw(end, value, False)
    return _Raw(rest.end, value + rest.value, False)


def _scaled(tokens: Sequence[Token], tags: TagTable, end: int, value: Decimal) -> _Raw:
    """With a following "hundred", "sau", "thousand" multiplied in."""
    multiplier = tags.at(end, Role.MULTIPLIER) if end < len(tokens) else None
    return _Raw(multiplier.end, value * multiplier.number, True) if multiplier else _Raw(end, value, True)


def _words(tokens: Sequence[Token], tags: TagTable, index: int) -> _Raw:
    """Number words in order: "two hundred and five", "twenty four", "ek sau bees"."""
    total = Decimal(0)
    current: Decimal | None = None
    end = index
    while True:
        joint = tags.at(end, Role.NUMBER_AND) if current else None
        is_hyphen = (
            bool(current) and end < len(tokens) and tokens[end].raw == "-" and tokens[end].start == tokens[end - 1].end
        )
        if number := tags.at(joint.end if joint else end + is_hyphen, Role.NUMBER):
            if current and not _joins(current, number.number):
                break
            current, end = (current or Decimal(0)) + number.number, number.end
        elif multiplier := tags.at(end, Role.MULTIPLIER):
            current = (current or Decimal(1)) * multiplier.number
            if multiplier.number >= 1000:
                total, current = total + current, Decimal(0)
            end = multiplier.end
        else:
            break
    return _Raw(end, total + (current or Decimal(0)), True)


def _joins(current: Decimal, value: Decimal) -> bool:
    """Whether a number word goes on what was said so far: "twenty" "four", "hundred" "twenty"."""
    return (current >= 20 and current % 10 == 0 and value < 10) or (current % 100 == 0 and value < 100)


def _with_neighbors(tokens: Sequence[Token], tags: TagTable, text: str, start: int, raw: _Raw) -> Number:
    """A number with what its neighbors make of it; the first rule that fits decides."""
    plain = Number(start, raw.end, raw.value, NumberKind.BARE, raw.end)
    if not raw.from_word and _is_long(tokens, tags, plain):
        return _as(plain, NumberKind.PRICE if "," in tokens[start].word else NumberKind.LONG)
    if amount := tags.at(start, Role.AMOUNT):
        return _amount(start, raw, amount.value.split()[1])
    if not raw.from_word and _is_house_number(tokens, start):
        return _as(plain, NumberKind.PLACE)
    if (end := _price_end(tokens, tags, plain)) is not None:
        return _as(plain, NumberKind.PRICE, end=end)
    if not raw.from_word and (ordered := _in_order(tokens, text, plain)):
        return ordered
    return _as(plain, NumberKind.WHEN) if _is_when(tokens, tags, start, raw.end) else _measured(tokens, tags, plain)


def _is_long(tokens: Sequence[Token], tags: TagTable, plain: Number) -> bool:
    """Whether a number has too many digits for a quantity, and is no large measure either."""
    whole = tokens[plain.start].word.replace(",", "").split(".")[0]
    if len(whole) <= _LONGEST_QUANTITY:
        return False
    return plain.value >= _LARGEST_MEASURE or tags.at(plain.end, Role.UNIT) is None


def _price_end(tokens: Sequence[Token], tags: TagTable, plain: Number) -> int | None:
    """Where a price ends, its sign included: after "total", beside a currency, "499/-"; None where it is none."""
    start, end = plain.start, plain.end
    if plain.value >= _TOTAL and start and tokens[start - 1].word in _TOTAL_BEFORE:
        return end
    if _is_after_currency(tokens, tags, start):
        return end
    if end + 1 < len(tokens) and tokens[end].word == "/" and tokens[end + 1].word == "-":
        return end + 2
    currency = tags.at(end, Role.CURRENCY_AFTER)
    return currency.end if currency and not tags.at(end, Role.UNIT) else None


def _in_order(tokens: Sequence[Token], text: str, plain: Number) -> Number | None:
    """A number that says a place in a row: "2)" at the beginning of a line, "3rd"."""
    end = plain.end
    if _is_index(tokens, text, plain.start, end):
        return _as(plain, NumberKind.INDEX)
    is_ordinal = end < len(tokens) and tokens[end].word in _ORDINAL_ENDINGS
    if is_ordinal and tokens[end].start == tokens[end - 1].end:
        return _as(plain, NumberKind.ORDINAL, end=end + 1)
    return None


def _is_house_number(tokens: Sequence[Token], start: int) -> bool:
    """ "flat 203", "plot no. 41", "#61": the number of a house, a road, a sector."""
    before = start - 1
    while before >= 0 and tokens[before].word in _NUMBER_SIGNS:
        before -= 1
    return start > 0 and (tokens[start - 1].raw == "#" or (before >= 0 and tokens[before].word in _NUMBERED_PLACES))


def _is_after_currency(tokens: Sequence[Token], tags: TagTable, start: int) -> bool:
    if start > 1 and tokens[start - 1].raw == ".":
        start -= 1
    return start > 0 and tags.at(start - 1, Role.CURRENCY_BEFORE) is not None


def _amount(start: int, raw: _Raw, unit: str) -> Number:
    """A number and its unit in one word: "sekilo", "selusin"."""
    if each := _COUNTED.get(unit):
        return Number(start, raw.end, raw.value, NumberKind.COUNT, start, counter=unit, each=each)
    return Number(start, raw.end, raw.value, NumberKind.MEASURE, start, unit=unit)


def _measured(tokens: Sequence[Token], tags: TagTable, plain: Number) -> Number:
    number = _with_unit(tokens, tags, _plus_part(tags, plain))
    return _plus_part(tags, number)


def _plus_part(tags: TagTable, number: Number) -> Number:
    """With a part that is said behind it added: "dos y media", "un kilo y medio"."""
    added = tags.at(number.end, Role.ADDED)
    if added is None or number.value != number.value.to_integral_value():
        return number
    digits = added.end if number.digits == number.end else number.digits
    return replace(number, end=added.end, digits=digits, value=number.value + added.number)


def _with_unit(tokens: Sequence[Token], tags: TagTable, plain: Number) -> Number:
    end = plain.end
    if unit := tags.at(end, Role.UNIT):
        glued = end < len(tokens) and tokens[end].start == tokens[end - 1].end
        weighs = unit.value == "g" and plain.value >= _FEWEST_GRAMS
        if len(tokens[end].word) > 1 or glued or weighs or not tags.at(end, Role.SIZE):
            return Number(plain.start, unit.end, plain.value, NumberKind.MEASURE, end, unit=unit.value)
    if count := tags.at(end, Role.COUNT):
        return Number(
            plain.start, count.end, plain.value, NumberKind.COUNT, end, counter=tokens[end].word, each=count.number
        )
    if pack := tags.at(end, Role.PACK):
        return Number(plain.start, pack.end, plain.value, NumberKind.COUNT, end, counter=tokens[end].word)
    if (sign_end := _times_end(tokens, tags, plain)) is not None:
        return Number(plain.start, sign_end, plain.value, NumberKind.COUNT, end, counter="x")
    if tags.at(end, Role.WORTH) and plain.value >= 10:
        return Number(plain.start, end, plain.value, NumberKind.BARE, end, worth=True)
    return plain


def _times_end(tokens: Sequence[Token], tags: TagTable, plain: Number) -> int | None:
    """Where a count ends that a sign makes one ("x 2", "2x", "XL-4"), the sign included; None where there is none."""
    start, end = plain.start, plain.end
    if _is_counted_by_sign(tokens, tags, start) or (start and tokens[start - 1].word in _TIMES):
        return end
    is_before_times = end < len(tokens) and tokens[end].word in _TIMES
    return end + 1 if is_before_times and not (end + 1 < len(tokens) and tokens[end + 1].is_number) else None


def _is_counted_by_sign(tokens: Sequence[Token], tags: TagTable, start: int) -> bool:
    """ "38/2", "XL-4", "32=3": after a size and a sign comes how many."""
    if start < 2 or tokens[start - 1].raw not in _PAIRING or not tokens[start].is_number:
        return False
    size = tokens[start - 2]
    return size.is_number or tags.at(start - 2, Role.SIZE, Role.UNIT, Role.COLOR) is not None


def _is_index(tokens: Sequence[Token], text: str, start: int, end: int) -> bool:
    """ "1)" or "2." at the beginning of a line."""
    line_start = start == 0 or "\n" in text[tokens[start - 1].end : tokens[start].start]
    if not line_start or end >= len(tokens):
        return False
    sign = tokens[end]
    return sign.raw in {")", "."} and sign.start == tokens[end - 1].end


def _is_when(tokens: Sequence[Token], tags: TagTable, start: int, end: int) -> bool:
    """Beside a unit of time, a month, or the parts of a clock."""
    if end < len(tokens) and (tags.at(end, Role.TIME) or (tags.at(end, Role.MONTH) and tokens[end].word != "may")):
        return True
    if start and Role.TIME_BEFORE in tags.roles(start - 1):
        return True
    if start and tags.at(start - 1, Role.MONTH) and tokens[start - 1].word not in {"may", "mar"}:
        return True
    glued_after = end + 1 < len(tokens) and tokens[end].raw == ":" and tokens[end + 1].is_number
    glued_before = (
        start > 1
        and tokens[start - 1].raw == ":"
        and tokens[start - 2].is_number
        and tokens[start - 1].end == tokens[start].start
    )
    ranges = end + 1 < len(tokens) and (tokens[end].word == "-" or tags.at(end, Role.TIME_RANGE))
    return glued_after or glued_before or bool(ranges and tokens[end + 1].is_number and tags.at(end + 2, Role.TIME))


def _as(number: Number, kind: NumberKind, end: int | None = None) -> Number:
    return Number(number.start, end or number.end, number.value, kind, number.digits)
