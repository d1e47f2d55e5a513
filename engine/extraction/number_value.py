"""What numbers say: digits, words in order, fractions, "two point five", "dhai sau", "3 lakh and a half"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language.role import NUMERIC, Role, Tag

_FRACTION_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_BEGINNING_SIGNS = frozenset((".", *_FRACTION_SIGNS))
_SIMPLE_FRACTIONS = {
    ("1", "2"): Decimal("0.5"), ("1", "4"): Decimal("0.25"), ("3", "4"): Decimal("0.75"), ("3", "2"): Decimal("1.5"),
}  # fmt: skip
_DOZEN = 12  # "dozen" and larger counting words say a number by themselves
_HUNDRED, _THOUSAND = 100, 1000
_LARGE = 100_000  # "3 million and a half" is half a million more; "a hundred and a half" half a one
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LEAST_LETTERS = 4  # of a unit that is said without a number
_MOST_ADDED = 12  # of "6+6"
_ADDED_UP = frozenset("=+")
_BEGINNING = NUMERIC | {Role.UNIT}  # what a number in words begins with
_SAID_ALONE = frozenset({"kg", "L", "lb", "m", "pint"})  # "a kilo of sugar", "the litre bottle"
_IDLE = frozenset({Role.STOP, Role.NOT, Role.QUESTION, Role.WANT, Role.CHANGE, Role.BOTH})
_COUNTED = (Role.PACK, Role.COUNT, Role.UNIT, Role.MULTIPLIER)
_MOST_DECIMALS = 2  # behind a decimal comma: "1,500" is fifteen hundred


class Value(NamedTuple):
    """A number said up to token `end`; `scale` is the last hundred, thousand, lakh in it, 1 without."""

    end: int
    value: Decimal
    from_word: bool
    scale: Decimal = Decimal(1)


class ValueReader:
    """Reads the values of one message's numbers. `decimal_comma`: "1,5" is one and a half, "1.500" fifteen hundred."""

    def __init__(self, tokens: Sequence[Token], tags: TagTable, *, decimal_comma: bool = False) -> None:
        self._tokens = tokens
        self._tags = tags
        self._decimal_comma = decimal_comma

    def places(self) -> list[int]:
        """The tokens at which a number may begin."""
        said = frozenset([tag.start for tag in self._tags.all if tag.role in _BEGINNING])
        tokens = enumerate(self._tokens)
        return [i for i, token in tokens if token.is_number or i in said or token.raw in _BEGINNING_SIGNS]

    def at(self, index: int) -> Value | None:
        """The number that begins at a token."""
        found = self._begun(index)
        if found is None:
            return None
        return self._scaled(self._with_fraction(self._with_decimals(found)))

    def _begun(self, index: int) -> Value | None:
        token = self._tokens[index]
        if token.raw in _FRACTION_SIGNS:
            return Value(index + 1, _FRACTION_SIGNS[token.raw], from_word=False)
        if token.raw == ".":
            return self._pointed(index)
        if not token.is_number and _BEGINNING.isdisjoint(self._tags.beginning(index)):
            return None
        if self._tags.is_inside_phrase(index):
            return None
        if begun := self._begun_by_word(index):
            return begun
        return self._digits(index) if token.is_number else self._counting_words(index)

    def _pointed(self, index: int) -> Value | None:
        """ ".5": a point with digits right behind and nothing right before."""
        after = index + 1
        if after >= len(self._tokens) or not self._tokens[after].word.isdigit() or not self._is_glued(after):
            return None
        if index and self._is_glued(index):
            return None
        return Value(after + 1, Decimal(f"0.{self._tokens[after].word}"), from_word=False)

    def _begun_by_word(self, index: int) -> Value | None:
        """A number and its unit in one word, one with something added ("sava do"), or a fraction ("half", "aadha")."""
        if amount := self._tags.at(index, Role.AMOUNT):
            return Value(amount.end, Decimal(amount.value.split()[0]), from_word=True)
        if plus := self._tags.at(index, Role.PLUS):
            return self._plus(plus)
        fraction = self._fraction(index)
        return Value(fraction.end, fraction.number, from_word=True) if fraction else None

    def _plus(self, plus: Tag) -> Value | None:
        """ "sadhe teen" is 3.5, "sadhe teen sau" 350, "sava sau" 125, "sava kilo" 1.25 kg; a lone "sawa" is none."""
        number, hundred = self._tags.at(plus.end, Role.NUMBER), self._tags.at(plus.end, Role.MULTIPLIER)
        if number and number.number >= 1:
            return Value(number.end, number.number + plus.number, from_word=True)
        if hundred:
            return Value(hundred.end, (1 + plus.number) * hundred.number, from_word=True, scale=hundred.number)
        if plus.end < len(self._tokens) and self._tokens[plus.end].is_number:
            digits = self._digits(plus.end)
            return digits._replace(value=digits.value + plus.number, from_word=True)
        fraction = self._fraction(plus.start)
        if fraction is None or (self._tokens[plus.start].word.isascii() and not self._is_measured(fraction)):
            return None
        return Value(fraction.end, fraction.number, from_word=True)

    def _is_measured(self, fraction: Tag) -> bool:
        return self._tags.at(fraction.end, *_COUNTED, Role.QUARTER) is not None

    def _fraction(self, index: int) -> Tag | None:
        """ "half", "three quarters": unless a number of more words begins there ("one hundred")."""
        fraction, number = self._tags.at(index, Role.FRACTION), self._tags.at(index, Role.NUMBER)
        return fraction if fraction and not (number and number.end > fraction.end) else None

    def _counting_words(self, index: int) -> Value | None:
        """Number words, a quarter of a unit, or a counting word that says a number ("dozen")."""
        if quarter := self._tags.at(index, Role.QUARTER):
            is_measured = self._tags.at(quarter.end, Role.UNIT, Role.MULTIPLIER)
            return Value(quarter.end, quarter.number, from_word=True) if is_measured else self._words_at(index)
        return self._words_at(index)

    def _words_at(self, index: int) -> Value | None:
        is_hundred = self._tags.at(index, Role.MULTIPLIER) and not self._tags.is_inside_saying(index)
        number = self._tags.at(index, Role.NUMBER)
        if is_hundred or (number and not self._is_idle_elsewhere(number)):
            return self._words(index)
        count = self._tags.at(index, Role.COUNT)
        is_number = (count is not None and count.number >= _DOZEN) or self._is_one_of_its_unit(index)
        return Value(index, Decimal(1), from_word=True) if is_number else None

    def _is_one_of_its_unit(self, index: int) -> bool:
        """ "a kilo of", "the litre bottle", "kilo and a half": whether a unit without a number stands for one."""
        unit = self._tags.at(index, Role.UNIT)
        if unit is None or unit.value not in _SAID_ALONE or len(self._tokens[index].word) < _LEAST_LETTERS:
            return False
        option = self._tags.at(unit.end, Role.OPTION)
        is_size = option is not None and option.value == "size"
        return is_size or self._tags.at(unit.end, Role.OF, Role.ADDED, Role.PACK) is not None

    def _is_idle_elsewhere(self, number: Tag) -> bool:
        """ "can't do rose", "do they have": whether a number is an idle word of the language that the rest is in."""
        if self._is_verb_elsewhere(number) or self._is_joint(number) or self._is_size(number):
            return True
        idle = self._tags.at(number.start, Role.STOP)
        if idle is None or idle.final == number.final or self._tags.at(number.end, *_COUNTED):
            return False
        beside = (number.start - 1, number.end)
        return any(self._is_idle(place, idle.final) for place in beside) and not self._tags.is_spoken(number.final)

    def _is_joint(self, number: Tag) -> bool:
        """ "uske saath ek": whether a number that is an "and" as well stands between words, and counts nothing."""
        joins = self._tags.at(number.start, Role.AND)
        if joins is None or joins.end != number.end or self._tags.at(number.end, *_COUNTED, Role.CURRENCY_AFTER):
            return False
        return number.start > 0 and number.end < len(self._tokens)

    def _is_size(self, number: Tag) -> bool:
        """ "parat bara 2", "bara wala": whether a twelve that is a "big" as well describes what is counted."""
        big = self._tags.at(number.start, Role.SUPERLATIVE)
        if big is None or number.end >= len(self._tokens):
            return False
        is_counted = number.start > 0 and self._tokens[number.end].is_number
        roles = self._tags.roles(number.end)
        return is_counted or (Role.WORTH in roles and Role.OF not in roles)

    def _is_verb_elsewhere(self, number: Tag) -> bool:
        """ "do 4 trays": whether a number is a verb of giving of the language spoken, with digits right behind."""
        give = self._tags.at(number.start, Role.GIVE)
        if give is None or give.end != number.end or give.final == number.final or number.end >= len(self._tokens):
            return False
        return self._tokens[number.end].is_number and not self._tags.is_spoken(number.final)

    def _is_idle(self, index: int, final: bool) -> bool:
        """Whether a token does something other than name, in languages of one order of words alone."""
        said = self._tags.beginning(index)
        return not said.keys().isdisjoint(_IDLE) and all(tag.final == final for tag in said.values())

    def _digits(self, index: int) -> Value:
        value, end = self._number(index)
        if end < len(self._tokens) and self._tokens[end].raw in _FRACTION_SIGNS:
            return Value(end + 1, value + _FRACTION_SIGNS[self._tokens[end].raw], from_word=False)
        if (ratio := self._simple_fraction(index)) is not None:
            return Value(index + 3, ratio, from_word=False)
        if multiplier := self._tags.at(end, Role.MULTIPLIER):
            return self._with_rest(Value(multiplier.end, value * multiplier.number, False, multiplier.number))
        if self._is_thousand(end, value):
            return Value(end + 1, value * _THOUSAND, from_word=False)
        if (part := self._simple_fraction(end)) is not None and value == value.to_integral_value():
            return Value(end + 3, value + part, from_word=False)
        return self._summed(index, value, end) or Value(end, value, from_word=False)

    def _summed(self, index: int, value: Decimal, end: int) -> Value | None:
        """ "1+1": two small counts written as a sum, unless what they come to is said as well."""
        last = end + 1
        if last >= len(self._tokens) or self._tokens[end].raw != "+" or not self._tokens[last].word.isdigit():
            return None
        is_glued = self._is_glued(end) and self._is_glued(last) and not (index and self._is_glued(index))
        other, behind = Decimal(self._tokens[last].word), self._tokens[last + 1 : last + 2]
        if not is_glued or max(value, other) > _MOST_ADDED or (behind and behind[0].raw in _ADDED_UP):
            return None
        return Value(last + 1, value + other, from_word=False)

    def _number(self, index: int) -> tuple[Decimal, int]:
        """The value of a token of digits, with its decimals where a comma parts them, and where it ends."""
        word = self._tokens[index].word
        if self._decimal_comma and _DOTTED_THOUSANDS.fullmatch(word) and not self._tags.at(index + 1, Role.UNIT):
            word = word.replace(".", "")
        value, comma, decimals = Decimal(word.replace(",", "")), index + 1, index + 2
        if not self._decimal_comma or decimals >= len(self._tokens) or self._tokens[comma].raw != ",":
            return value, comma
        is_whole = self._is_glued(comma) and self._is_glued(decimals) and self._tokens[decimals].word.isdigit()
        if not is_whole or len(self._tokens[decimals].word) > _MOST_DECIMALS:
            return value, comma
        return Decimal(f"{value}.{self._tokens[decimals].word}"), decimals + 1

    def _is_thousand(self, index: int, value: Decimal) -> bool:
        """ "45k", "2.5 k"; "2 k liye" is Hindi."""
        if index >= len(self._tokens) or self._tokens[index].word != "k":
            return False
        return self._is_glued(index) or value != value.to_integral_value()

    def _is_glued(self, index: int) -> bool:
        return self._tokens[index].start == self._tokens[index - 1].end

    def _simple_fraction(self, index: int) -> Decimal | None:
        """The value of "1/2", "3/4" and their like, written without spaces."""
        if index + 2 >= len(self._tokens) or self._tokens[index + 1].raw != "/":
            return None
        if self._tokens[index + 2].start != self._tokens[index].end + 1:
            return None
        return _SIMPLE_FRACTIONS.get((self._tokens[index].word, self._tokens[index + 2].word))

    def _joint(self, end: int, said: Decimal) -> int:
        """Where a number may go on: behind an "and" between its parts, behind any "and" after hundreds."""
        joint = self._tags.at(end, Role.NUMBER_AND)
        if joint is None and said >= _HUNDRED and said % _HUNDRED == 0:
            joint = self._tags.at(end, Role.AND)
        return joint.end if joint else end

    def _with_rest(self, found: Value) -> Value:
        """ "3 hundred and 21": what is said behind the hundreds, with or without an "and"."""
        start = self._joint(found.end, found.value)
        if start >= len(self._tokens) or self._fraction(start):
            return found
        rest = self._begun(start)
        if rest is None or rest.value >= found.scale or rest.value < 1:
            return found
        return Value(rest.end, found.value + rest.value, False, found.scale)

    def _words(self, index: int) -> Value:
        """Number words in order: "two hundred and five", "twenty four", "ek sau bees", "hundred thousand"."""
        total, scale = Decimal(0), Decimal(1)
        current: Decimal | None = None
        end = index
        while end < len(self._tokens):
            said = total + (current or 0)
            start = self._joint(end, said) if said else end
            start += start == end and self._is_hyphen(end, current)
            number, multiplier = self._tags.at(start, Role.NUMBER), self._tags.at(end, Role.MULTIPLIER)
            if number and not (end > index and self._fraction(start)):
                if not _joins(current, number.number):
                    break
                current, end = (current or Decimal(0)) + number.number, number.end
            elif multiplier:
                scale, end = multiplier.number, multiplier.end
                current = (current or Decimal(1)) * scale
                total, current = (total + current, None) if scale >= _THOUSAND else (total, current)
            else:
                break
        return Value(end, total + (current or Decimal(0)), True, scale)

    def _is_hyphen(self, index: int, current: Decimal | None) -> bool:
        """Whether a hyphen joins the words of a number: "fifty-two", "fifty - two"."""
        return bool(current) and self._tokens[index].raw == "-"

    def _with_decimals(self, found: Value) -> Value:
        """ "two point five", "do sau dashamlav shunya teen": the decimals in words."""
        point = self._tags.at(found.end, Role.POINT)
        if point is None or found.value != found.value.to_integral_value():
            return found
        decimals, end = "", point.end
        while end < len(self._tokens) and (tag := self._tags.at(end, Role.NUMBER)):
            said = self._words(end) if tag.number else Value(tag.end, tag.number, from_word=True)
            decimals, end = f"{decimals}{said.value:f}", said.end
        return Value(end, Decimal(f"{found.value:f}.{decimals}"), True) if decimals else found

    def _with_fraction(self, found: Value) -> Value:
        """ "two and a half", "3 aur ek chauthai", "3 million and a half"."""
        if found.value < 1 or found.value != found.value.to_integral_value():
            return found
        joint = self._tags.at(found.end, Role.NUMBER_AND, Role.AND)
        start = joint.end if joint else found.end
        if joint is None or start >= len(self._tokens):
            return found
        part, end = self._part(start)
        if part is None:
            return found
        return Value(end, found.value + part * (found.scale if found.scale >= _LARGE else 1), found.from_word)

    def _part(self, index: int) -> tuple[Decimal | None, int]:
        """A fraction below one in words, signs or digits, and where it ends."""
        tag = self._tags.at(index, Role.FRACTION, Role.QUARTER)
        if tag and tag.number < 1:
            return tag.number, tag.end
        ratio = self._simple_fraction(index)
        return (ratio, index + 3) if ratio is not None and ratio < 1 else (None, index)

    def _scaled(self, found: Value) -> Value:
        """A fraction with a following "hundred", "sau", "lakh" multiplied in: "dhai sau", "five and a half lakh"."""
        multiplier = self._tags.at(found.end, Role.MULTIPLIER)
        if multiplier is None or found.value == found.value.to_integral_value():
            return found
        return Value(multiplier.end, found.value * multiplier.number, True, multiplier.number)


def _joins(current: Decimal | None, value: Decimal) -> bool:
    """Whether a number word goes on what was said so far: "twenty" "four", "hundred" "twenty"."""
    if current is None:
        return True
    if not current:
        return False
    return (current >= 20 and current % 10 == 0 and value < 10) or (current % _HUNDRED == 0 and value < _HUNDRED)
