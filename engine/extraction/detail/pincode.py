"""Postal codes: Indian, British, American, Brazilian, Mexican, Indonesian, Nigerian."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.extraction.utterance import COMMA, LINE

_SIX = re.compile(r"(?<![\w])(?<!\d[.,/-])(?<!\d - )[1-9]\d{2}[ -]?\d{3}(?![\d\w%/])(?![.,]\d)")
_UK = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_CEP = re.compile(r"(?<![\d-])\d{5}-\d{3}(?![\d-])")
_CEP_DIGITS = re.compile(r"(?<![\w./,#-])\d{8}(?![\w%/-])(?![.,]\d)")
_FIVE = re.compile(r"(?<![\d\w./,#-])\d{5}(?:-\d{4})?(?![\d\w%/-])(?![.,]\d)")
_FIVE_DIGITS, _STREET_WITHIN = 5, 4
_LITTLE = 2  # tokens beside it


@dataclass(frozen=True, slots=True)
class Pincode:
    """A postal code in a message, as typed without spaces inside Indian ones, and its tokens."""

    heard: Heard
    start: int
    end: int
    code: str
    sure: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.heard.span(self.start, self.end)


def pincodes(heard: Heard, taken: Collection[int]) -> list[Pincode]:
    """What may be a postal code in a message, outside of the tokens `taken` by phone numbers.

    One whose shape alone does not tell (five or six bare digits) is not `sure`: it needs an address
    beside it, or the word ("pin", "zip") before it, which makes it sure.
    """
    if not heard.has_digits:
        return []
    found: list[Pincode] = []
    covered: set[int] = set(taken)
    for start, end, code, certain in _shapes(heard.text):
        place = heard.tokens_between(start, end)
        sure = certain or (bool(place) and _is_called_so(heard, place.start))
        if not place or covered & set(place) or _is_money(heard, place) or (not sure and _is_house(heard, place)):
            continue
        covered |= set(place)
        found.append(Pincode(heard, place.start, place.stop, code, sure))
    return found


def _shapes(text: str) -> Iterator[tuple[int, int, str, bool]]:
    for match in _CEP.finditer(text):
        yield match.start(), match.end(), match.group(), True
    for match in _UK.finditer(text):
        yield match.start(), match.end(), match.group().upper(), _is_capital(match.group())
    for match in _SIX.finditer(text):
        yield match.start(), match.end(), re.sub(r"\D", "", match.group()), False
    for match in _CEP_DIGITS.finditer(text):
        yield match.start(), match.end(), match.group(), False
    for match in _FIVE.finditer(text):
        yield match.start(), match.end(), match.group(), False


def _is_capital(code: str) -> bool:
    return code.upper() == code and len(code) >= 6


def _is_called_so(heard: Heard, start: int) -> bool:
    return any("cue.pincode" in heard.kinds[i] for i in range(max(0, start - 3), start))


def _is_house(heard: Heard, place: range) -> bool:
    """ "26050 Kay Ave": five digits at the beginning of a street's name."""
    first = place.stop
    last = next((i for i in range(first, len(heard.tokens)) if heard.breaks[i] >= COMMA), len(heard.tokens))
    behind = range(first, min(last, first + _STREET_WITHIN))
    begins = place.start == 0 or "address.street" not in heard.kinds[place.start - 1]
    has_code = any(len(heard.tokens[i].word) == _FIVE_DIGITS and heard.tokens[i].is_number for i in range(first, last))
    is_first = place.start == 0 or heard.breaks[place.start] >= COMMA or has_code
    return begins and is_first and any("address.street" in heard.kinds[i] for i in behind)


def _is_money(heard: Heard, place: range) -> bool:
    before = heard.kinds[place.start - 1] if place.start else frozenset()
    after = heard.kinds[place.stop] if place.stop < len(heard.tokens) else frozenset()
    is_reference = "cue.reference" in before and "address.state" not in before  # "Boise ID 83702"
    return "money.beside" in before | after or is_reference


def stands_alone(code: Pincode) -> bool:
    """Whether little but the code is on its line: "411038", "sorry 411039*"."""
    breaks = code.heard.breaks
    line = [n for n, hard in enumerate(breaks[: code.start + 1]) if hard == LINE][-1]
    end = next((n for n in range(code.end, len(breaks)) if breaks[n] == LINE), len(breaks))
    return end - line - (code.end - code.start) <= _LITTLE
