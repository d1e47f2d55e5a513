"""The words of catalogue texts, and the keys under which words of all languages for one thing meet."""

import re
from decimal import Decimal
from functools import cache

from engine.language import Lexicon, Role, languages
from engine.text import fold

_RANGE = re.compile(r"(?<![\d.:-])(\d{1,3}(?:\.\d+)?)\s*(-|–|to|:)\s*(\d{1,3}(?:\.\d+)?)(?![\d.:-])")
CONCEPT_ROLES = (Role.COLOR, Role.SIZE, Role.GOODS)


@cache
def every_language() -> Lexicon:
    """The words of all languages: catalogues mix them freely."""
    return Lexicon.of(tuple(languages()))


def words_of(text: str) -> list[str]:
    """The folded words of a catalogue text, letters and digits together ("m14", "2.4").

    >>> words_of("Redmi Note-12 Pro (2.4 A), men's")
    ['redmi', 'note', '12', 'pro', '2.4', 'a', 'mens']
    """
    folded = text.casefold() if text.isascii() else fold(text)
    kept = folded.translate(_ASCII) if folded.isascii() else "".join(map(_kept, folded))
    pieces = kept.split()
    return [word for piece in pieces if (word := piece.strip("."))] if "." in kept else pieces


def _kept(char: str) -> str:
    """Letters, digits, points and Devanagari's marks as they are; apostrophes join, other signs part."""
    if char.isalnum() or char == "." or "\u0900" <= char <= "\u0d7f":
        return char
    return "" if char in "'’" else " "


def ranges_of(text: str) -> list[str]:
    """The sizes in a text that go from one number to a larger one, and what is mixed of two parts, spelled alike.

    >>> ranges_of("3 - 6 months"), ranges_of("2 to 3 yrs"), ranges_of("2.50-17"), ranges_of("500 g"), ranges_of("70:30")
    (['3-6'], ['2-3'], ['2.5-17'], [], ['70-30'])
    """
    if "-" not in text and "to" not in text and "–" not in text and ":" not in text:
        return []
    found = ((Decimal(first), sign, Decimal(last)) for first, sign, last in _RANGE.findall(text))
    return [ranging(first, last) for first, sign, last in found if first < last or sign == ":"]


def ranging(first: Decimal, last: Decimal) -> str:
    """How a size that goes from one number to another is spelled, whatever zeros are written behind a point."""
    return f"{first.normalize():f}-{last.normalize():f}"


def is_numeric(word: str) -> bool:
    """Whether a word is a number, with or without a decimal point.

    >>> is_numeric("12"), is_numeric("2.4"), is_numeric("m14")
    (True, True, False)
    """
    return word.replace(".", "").isdigit()


def concept(role: Role, value: str) -> str:
    """The key under which words of all languages for one thing meet.

    >>> concept(Role.COLOR, "red")
    'color:red'
    """
    return f"{role}:{value}"


_ASCII = str.maketrans({code: _kept(chr(code)) for code in range(128)})
