"""Numbers in a message, in digits and words, with what stands beside them: unit, price sign, time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from engine.extraction.count_sign import counted_end, is_times_sign
from engine.extraction.moment import is_when
from engine.extraction.number_value import Value, ValueReader
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language.role import Role, Tag

INDEX_SIGNS = frozenset(").")  # behind a place in a list
_TOTAL = 20  # smaller numbers after "total", "=", "+" may be counts ("1 + 1")
_LEADING = frozenset(":=")
_SUM_SIGNS = frozenset("=+")
_HOUSE_SIGNS = frozenset(".°-:")
_LETTER_SIGNS, _LETTERED = frozenset("-/"), 2  # "B-12": the letter and the sign
_PLACES = frozenset({Role.NUMBERED, Role.PLACE, Role.AT_ADDRESS})
_BRACKETS = dict(zip("([{<", ")]}>", strict=True))
_COUNTED = {"piece": Decimal(1), "pair": Decimal(2), "dozen": Decimal(12)}  # what `[amounts]` may count in
_FEWEST_GRAMS = 20  # "200 g" is a weight even where G is a size
_LARGEST_MEASURE = 100_000  # "20000 mah" is a capacity, though its number is long
_LARGEST_SUM = 10_000_000  # a larger number is no sum of an order
_LEAST_MONEY = 10  # in the shop's currency: "20 ka" is money's worth
_COUNTS_TOO = frozenset({Role.OF, Role.NUMBER})  # "2 ka", "2 one" may count
_DOZEN = 12
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
    PEOPLE = "people"
    OWNED = "owned"
    RANGE = "range"


_WITH_UNIT = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `start` to `end` (exclusive, with its unit) say `value`.

    `unit` is the canonical measure of a `MEASURE` ("kg"). `each` is how many units one counted thing
    has (12 of "2 dozen"); `counter` is the counting word ("packet", "pcs", "dozen") of a `COUNT`.
    `digits` is the first token after the number's own tokens, where its unit begins. `between` is how a `RANGE`,
    sizes of the catalogue's from one number to another, are spelled there ("3-6").
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
    between: tuple[str, ...] = ()

    @property
    def quantity(self) -> Decimal:
        """The number of units."""
        return self.value * self.each


def is_counted_by(size: Number, count: Number) -> bool:
    """ "38/2", "2.6 x 10": whether nothing but a sign parts a number and the count behind it."""
    is_pair = size.kind is NumberKind.BARE and count.kind is NumberKind.COUNT
    return is_pair and count.start == size.end + 1 and size.end == size.digits


def is_held(number: Number, tags: TagTable) -> bool:
    """ "3 in 1": whether words of several for a pack say that so many are in one."""
    pack = tags.at(number.digits, Role.PACK)
    return number.kind is NumberKind.COUNT and pack is not None and pack.end - pack.start > 1


def numbers(
    tokens: Sequence[Token], tags: TagTable, text: str, *, decimal_comma: bool = False, unit_first: bool = False
) -> list[Number]:
    """All numbers of a message, left to right, none inside another; `unit_first`: "kilo mbili" is 2 kg."""
    values = ValueReader(tokens, tags, decimal_comma=decimal_comma)
    found: list[Number] = []
    end = 0
    for index in values.places():
        if index < end or (value := values.at(index)) is None:
            continue
        number = _with_neighbors(tokens, tags, text, index, value)
        if unit_first and index > (found[-1].end if found else 0):
            number = _led(tokens, tags, number, value)
        end = number.end
        if found and _is_half_more(tokens, tags, found[-1], number):
            whole = found.pop()
            number = replace(whole, end=end, value=whole.value + number.value)
        found.append(number)
    return found


def _is_half_more(tokens: Sequence[Token], tags: TagTable, whole: Number, part: Number) -> bool:
    """ "2 dozen + half dozen": a part of a dozen that is added to whole ones, where they begin or end what is said."""
    if part.value >= 1 or part.each < _DOZEN or whole.each != part.each:
        return False
    between = range(whole.end, part.start)
    is_added = bool(between) and all(tokens[i].raw == "+" or Role.AND in tags.roles(i) for i in between)
    first, last = whole.start - 1, part.end
    first -= first > 0 and Role.STOP in tags.roles(first)  # "a dozen and half dozen"
    is_apart = first < 0 or last == len(tokens) or not (tokens[first].is_word and tokens[last].is_word)
    return is_added and is_apart


def _with_neighbors(tokens: Sequence[Token], tags: TagTable, text: str, start: int, raw: Value) -> Number:
    """A number with what its neighbors make of it; the first rule that fits decides."""
    plain = Number(start, raw.end, raw.value, NumberKind.BARE, raw.end)
    is_long = not raw.from_word and _is_long(tokens, tags, plain)
    if is_long and (plain.value >= _LARGEST_SUM or _price_end(tokens, tags, plain) is None):  # no "= 39100"
        return _as(plain, NumberKind.PRICE if "," in tokens[start].word else NumberKind.LONG)
    if amount := tags.at(start, Role.AMOUNT):
        return _amount(start, raw, amount.value.split()[1])
    if not raw.from_word and (_is_house_number(tokens, tags, start) or _is_behind_sign(tokens, start)):
        return _as(plain, NumberKind.PLACE)
    if (end := _price_end(tokens, tags, plain)) is not None:
        return replace(_as(plain, NumberKind.PRICE, end=end), worth=tags.at(end, Role.OF) is not None)
    if not raw.from_word and (ordered := _in_order(tokens, tags, text, plain)):
        return ordered
    aside = _aside(tokens, tags, start, raw.end)
    return _as(plain, aside) if aside else _measured(tokens, tags, plain)


def _led(tokens: Sequence[Token], tags: TagTable, number: Number, raw: Value) -> Number:
    """A number with the unit that stands before it, "kilo mbili"; as it is where none does."""
    unit = number.start - 1
    tag = tags.at(unit, Role.UNIT, Role.COUNT, Role.PACK)
    if tag is None or tag.end != number.start or number.kind not in _WITH_UNIT:
        return number
    if tag.role is Role.UNIT:
        return Number(unit, raw.end, raw.value, NumberKind.MEASURE, raw.end, unit=tag.value)
    each = tag.number if tag.role is Role.COUNT else Decimal(1)
    return Number(unit, raw.end, raw.value, NumberKind.COUNT, raw.end, counter=tokens[unit].word, each=each)


def _is_long(tokens: Sequence[Token], tags: TagTable, plain: Number) -> bool:
    """Whether a number has too many digits for a quantity, and is no large measure either."""
    whole = tokens[plain.start].word.replace(",", "").split(".")[0]
    if len(whole) <= _LONGEST_QUANTITY:
        return False
    return plain.value >= _LARGEST_MEASURE or tags.at(plain.end, Role.UNIT) is None


def _price_end(tokens: Sequence[Token], tags: TagTable, plain: Number) -> int | None:
    """Where a price ends, its sign included: after "total", beside a currency, "499/-"; None where it is none."""
    start, end = plain.start, plain.end
    is_part = start > 0 and tokens[start - 1].raw == "+" and tags.at(end, Role.UNIT) is not None  # "1 L + 800 ml"
    is_sum = _is_sum(tokens, tags, start - 1) if plain.value >= _TOTAL else _is_sum_of_counts(tokens, plain)
    if start and is_sum and not is_part:
        return end
    if plain.value >= _TOTAL and _is_rate(tags, start, end):
        return end
    if _is_after_currency(tokens, tags, start) or tokens[end - 1].word == "k":
        return end
    if end + 1 < len(tokens) and tokens[end].word == "/" and tokens[end + 1].word == "-":
        return end + 2
    currency = tags.at(end, Role.CURRENCY_AFTER)
    if currency is None and tags.at(end - 1, Role.CURRENCY_AFTER) and tags.at(end - 1, Role.MULTIPLIER):
        return end  # "34rb": thousands that only money is said in
    return currency.end if currency and not tags.at(end, Role.UNIT) else None


def _in_order(tokens: Sequence[Token], tags: TagTable, text: str, plain: Number) -> Number | None:
    """A number that says a place in a row: "2)" at the beginning of a line, "3rd"."""
    end = plain.end
    if _is_index(tokens, text, plain.start, end):
        return _as(plain, NumberKind.INDEX)
    is_ordinal = end < len(tokens) and tags.at(end, Role.ORDINAL_ENDING) is not None
    if is_ordinal and tokens[end].start == tokens[end - 1].end:
        return _as(plain, NumberKind.ORDINAL, end=end + 1)
    return None


def _is_sum(tokens: Sequence[Token], tags: TagTable, index: int) -> bool:
    """ "total 1200", "= 450": what comes is money."""
    return tokens[index].raw in _SUM_SIGNS or Role.TOTAL in tags.roles(index)


def _is_rate(tags: TagTable, start: int, end: int) -> bool:
    """ "rate 60", "price 450": a word for what a thing costs, before a number that counts and measures nothing."""
    asked = tags.at(start - 1, Role.ASK_PRICE) if start else None
    is_name = asked is not None and asked.end - asked.start == 1 and Role.QUESTION not in tags.roles(start - 1)
    return is_name and tags.at(end, Role.UNIT, Role.COUNT, Role.PACK, Role.OPTION) is None


def _is_sum_of_counts(tokens: Sequence[Token], plain: Number) -> bool:
    """ "red 3, blue 3, green 2 = 8 pieces": whether a number sums up those before a sign that stands apart."""
    sign = plain.start - 1
    if sign < 1 or tokens[sign].raw != "=" or tokens[sign].end == tokens[plain.start].start:
        return False
    last = tokens[sign - 1]
    is_sum = sign > 1 and tokens[sign - 2].raw == "+"
    is_less = last.is_number and Decimal(last.word.replace(",", "")) < plain.value
    return is_less and last.end < tokens[sign].start and not is_sum


def _is_house_number(tokens: Sequence[Token], tags: TagTable, start: int) -> bool:
    """ "flat 203", "plot no. 41", "#61", "address B-12": the number of a house, a road, a sector."""
    before = start - 1
    while before >= 0 and (tokens[before].raw in _HOUSE_SIGNS or Role.NUMBER_SIGN in tags.roles(before)):
        before -= 1
    if _is_lettered(tokens, start) and (_is_place(tags, start - 3) or _is_place(tags, start + 1)):
        return True
    if before < 0 <= start - 1 and _is_followed_by_name(tokens, tags, start + 1):
        return True
    is_house = before >= 0 and Role.NUMBERED in tags.roles(before) and tags.is_spelled(before)  # no "makhn 250"
    if is_house and before == start - 1 and tags.at(start + 1, Role.COUNT):
        return False  # "for my shop 20 nos"
    return start > 0 and (tokens[start - 1].raw == "#" or is_house)


def _is_behind_sign(tokens: Sequence[Token], start: int) -> bool:
    """ "# 24-36", "#72H-15": whether a hyphen ties a number to one that stands behind the sign for a number."""
    first = start
    while first and tokens[first - 1].end == tokens[first].start and tokens[first - 1].raw != "#":
        first -= 1
    return first < start and tokens[start - 1].raw == "-" and first > 0 and tokens[first - 1].raw == "#"


def _is_followed_by_name(tokens: Sequence[Token], tags: TagTable, end: int) -> bool:
    """ "no 9, Shanti Kunj": whether a comma and a word that does nothing stand behind a number."""
    name = end + 1
    return name < len(tokens) and tokens[end].raw == "," and tokens[name].is_word and not tags.roles(name)


def _is_lettered(tokens: Sequence[Token], start: int) -> bool:
    """Whether one letter and a sign are written onto a number: "B-12", "a/4"."""
    if start < _LETTERED or tokens[start - 1].raw not in _LETTER_SIGNS or len(tokens[start - 2].word) != 1:
        return False
    return tokens[start - 2].is_word and tokens[start].start - tokens[start - 2].start == _LETTERED


def _is_place(tags: TagTable, place: int) -> bool:
    return bool(tags.roles(place) & _PLACES)


def _is_after_currency(tokens: Sequence[Token], tags: TagTable, start: int) -> bool:
    if start > 1 and tokens[start - 1].raw == ".":
        start -= 1
    return start > 0 and tags.at(start - 1, Role.CURRENCY_BEFORE) is not None


def _amount(start: int, raw: Value, unit: str) -> Number:
    """A number and its unit in one word: "sekilo", "selusin"."""
    if each := _COUNTED.get(unit):
        return Number(start, raw.end, raw.value, NumberKind.COUNT, start, counter=unit, each=each)
    return Number(start, raw.end, raw.value, NumberKind.MEASURE, start, unit=unit)


def _measured(tokens: Sequence[Token], tags: TagTable, plain: Number) -> Number:
    number = _with_unit(tokens, tags, _plus_part(tags, plain))
    return _plus_part(tags, number)


def _plus_part(tags: TagTable, number: Number) -> Number:
    """With a part that is said behind it added: "dos y media", "un kilo y medio"; no "half dozen" with its own unit."""
    added = tags.at(number.end, Role.ADDED)
    is_another = added is not None and number.end > number.digits and tags.at(added.end, Role.COUNT, Role.UNIT)
    if added is None or is_another or number.value != number.value.to_integral_value():
        return number
    digits = added.end if number.digits == number.end else number.digits
    return replace(number, end=added.end, digits=digits, value=number.value + added.number)


def _with_unit(tokens: Sequence[Token], tags: TagTable, plain: Number) -> Number:
    end = plain.end
    if (measure := _unit(tokens, tags, plain)) is not None:
        unit, unit_end = measure
        return Number(plain.start, unit_end, plain.value, NumberKind.MEASURE, end, unit=unit)
    if (count := tags.at(end, Role.COUNT)) and not is_times_sign(tokens, end) and not _leads_to_number(tokens, count):
        return Number(
            plain.start, count.end, plain.value, NumberKind.COUNT, end, counter=tokens[end].word, each=count.number
        )
    if pack := tags.at(end, Role.PACK) or _inside(tokens, tags, end):
        counter = tokens[pack.start].word
        return Number(plain.start, pack.end, plain.value, NumberKind.COUNT, pack.start, counter=counter)
    if (sign_end := counted_end(tokens, tags, plain.start, plain.end)) is not None:
        return Number(plain.start, sign_end, plain.value, NumberKind.COUNT, end, counter="x")
    is_worth = tags.at(end, Role.WORTH) is not None and (plain.value >= _LEAST_MONEY or _is_called_by(tags, plain))
    return Number(plain.start, end, plain.value, NumberKind.BARE, end, worth=True) if is_worth else plain


def _is_called_by(tags: TagTable, plain: Number) -> bool:
    """ "the 4 wala pack": whether a small number tells which one, by what it holds or costs, and counts nothing."""
    return plain.value > 1 and not tags.roles(plain.end) & _COUNTS_TOO


def _inside(tokens: Sequence[Token], tags: TagTable, end: int) -> Tag | None:
    """ "3 in 1", "5-in-one pack": the words of several for a pack of so many that stand behind a number."""
    start = end + 1 if end < len(tokens) and tokens[end].raw == "-" else end
    pack = tags.at(start, Role.PACK)
    return pack if pack is not None and pack.end - pack.start > 1 else None


def _leads_to_number(tokens: Sequence[Token], count: Tag) -> bool:
    """ "8 qty: 2": whether a counting word belongs to the number behind it."""
    sign = count.end
    is_number = sign + 1 < len(tokens) and tokens[sign + 1].is_number
    return count.number == 1 and is_number and tokens[sign].raw in _LEADING


def _unit(tokens: Sequence[Token], tags: TagTable, plain: Number) -> tuple[str, int] | None:
    """The unit behind a number, and where it ends: "2 kg", "3-inch", "20 (kg)"; None where there is none."""
    end = plain.end
    if _inside(tokens, tags, end):
        return None
    sign = tokens[end].raw if end < len(tokens) else ""
    if tag := tags.at(end, Role.UNIT):
        return (tag.value, tag.end) if _is_unit(tokens, tags, plain, tag) else None
    tag = tags.at(end + 1, Role.UNIT)
    if tag is None or len(tokens[end + 1].word) == 1:
        return None
    if sign == "-" and tokens[end + 1].start == tokens[end].end == tokens[end - 1].end + 1:
        return tag.value, tag.end
    is_closed = sign in _BRACKETS and tag.end < len(tokens) and tokens[tag.end].raw == _BRACKETS[sign]
    return (tag.value, tag.end + 1) if is_closed else None


def _is_unit(tokens: Sequence[Token], tags: TagTable, plain: Number, tag: Tag) -> bool:
    """Whether a unit's word right behind a number is meant so: no size L, no "in" of "2 in red"."""
    word = tokens[tag.start]
    after = tokens[tag.end] if tag.end < len(tokens) else None
    if word.start == tokens[tag.start - 1].end:
        return not (len(word.word) == 1 and _is_in_code(tokens, plain.start, after, tag.end))
    if Role.STOP in tags.roles(tag.start) and after and (after.is_word or after.is_number):
        return False
    is_part = plain.value != plain.value.to_integral_value()  # "2.5 L": nobody counts so
    weighs = is_part or (tag.value == "g" and plain.value >= _FEWEST_GRAMS)
    return len(word.word) > 1 or weighs or not tags.at(tag.start, Role.SIZE)


def _is_in_code(tokens: Sequence[Token], start: int, after: Token | None, end: int) -> bool:
    """Whether letters and digits right before or behind make a code of a number and a letter: "scp-173m", "24L202"."""
    if after and after.is_number and after.start == tokens[end - 1].end:
        return True
    letters = start - 1 - (start > 0 and tokens[start - 1].raw == "-")
    return letters >= 0 and tokens[letters].is_word and tokens[start].start - tokens[letters].end == start - 1 - letters


def _is_index(tokens: Sequence[Token], text: str, start: int, end: int) -> bool:
    """ "1)" or "2." at the beginning of a line."""
    line_start = start == 0 or "\n" in text[tokens[start - 1].end : tokens[start].start]
    if not line_start or end >= len(tokens):
        return False
    sign = tokens[end]
    return sign.raw in INDEX_SIGNS and sign.start == tokens[end - 1].end


def _aside(tokens: Sequence[Token], tags: TagTable, start: int, end: int) -> NumberKind | None:
    """What a number tells that is no quantity of goods: how many come, what somebody has already, or when."""
    if tags.at(end, Role.PEOPLE):
        return NumberKind.PEOPLE
    if _is_owned(tags, start, end):
        return NumberKind.OWNED
    return NumberKind.WHEN if is_when(tokens, tags, start, end) else None


def _is_owned(tags: TagTable, start: int, end: int) -> bool:
    """ "she already has one", "ek mere paas hai": no "can I have one", no "send one, I have guests"."""
    behind = tags.at(end, Role.OWNED)
    if behind is not None and behind.final:
        return True
    if not start or Role.OWNED not in tags.roles(start - 1):
        return False
    return any(tag.role is Role.OWNED and tag.end == start and not tags.is_part_of_another(tag) for tag in tags.all)


def _as(number: Number, kind: NumberKind, end: int | None = None) -> Number:
    return Number(number.start, end or number.end, number.value, kind, number.digits)
