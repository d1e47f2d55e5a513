"""Which predicted line stands for which gold line, and whether two fields say the same."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from training.labelled_chat import Line

SAME_QUANTITY = 1e-6
CLOSE_WORDS = 0.6
CLOSE_ADDRESS = 0.8
MOST_CANDIDATES = 8
REPEAT_ORDER = "same as last time"
CITY_ALIASES = {
    "bangalore": "bengaluru",
    "bombay": "mumbai",
    "calcutta": "kolkata",
    "gurgaon": "gurugram",
    "madras": "chennai",
    "mysore": "mysuru",
    "new delhi": "delhi",
    "poona": "pune",
}

Pair = tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Gold and predicted lines, each in exactly one place. Pairs are (gold, predicted)."""

    right: tuple[Pair, ...]
    wrong_quantity: tuple[Pair, ...]
    missed: tuple[Line, ...]
    extra: tuple[Line, ...]

    @property
    def is_exact(self) -> bool:
        """Whether nothing is wrong, missing or too much."""
        return not (self.wrong_quantity or self.missed or self.extra)


def align(gold: tuple[Line, ...], predicted: tuple[Line, ...]) -> Alignment:
    """Pair lines one to one, in order: first those that are wholly right, then those that name the same thing."""
    gold_left, predicted_left = list(gold), list(predicted)
    right = _pair_off(gold_left, predicted_left, lambda g, p: same_thing(g, p) and same_quantity(g, p))
    wrong_quantity = _pair_off(gold_left, predicted_left, same_thing)
    return Alignment(tuple(right), tuple(wrong_quantity), tuple(gold_left), tuple(predicted_left))


def _pair_off(gold: list[Line], predicted: list[Line], same: Callable[[Line, Line], bool]) -> list[Pair]:
    """Take the pairs that are `same` out of both lists."""
    pairs = []
    for g in tuple(gold):
        match = next((index for index, p in enumerate(predicted) if same(g, p)), None)
        if match is not None:
            gold.remove(g)
            pairs.append((g, predicted.pop(match)))
    return pairs


def same_quantity(gold: Line, predicted: Line) -> bool:
    """Whether both have a quantity and it is the same."""
    if gold.quantity is None or predicted.quantity is None:
        return False
    return abs(gold.quantity - predicted.quantity) < SAME_QUANTITY


def same_thing(gold: Line, predicted: Line) -> bool:
    """Whether two lines name the same thing, whatever the quantity."""
    if gold.sku or predicted.sku:
        return gold.sku == predicted.sku
    if gold.item_group_id or predicted.item_group_id:
        return gold.item_group_id == predicted.item_group_id and _options(gold) == _options(predicted)
    if gold.candidates or predicted.candidates:
        return _same_candidates(frozenset(gold.candidates), frozenset(predicted.candidates))
    return _same_words(gold.text, predicted.text)


def _options(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.casefold()) for name, value in line.options)


def _same_candidates(gold: frozenset[str], predicted: frozenset[str]) -> bool:
    return gold == predicted or (bool(gold & predicted) and len(predicted) <= MOST_CANDIDATES)


def _same_words(gold: str, predicted: str) -> bool:
    """Whether two wishes that the catalogue does not hold share a word, or nearly their spelling."""
    a, b = words(gold), words(predicted)
    if a == b or " ".join(a) == REPEAT_ORDER:  # gold's phrase stands for the customer's own, in any language
        return True
    return bool(set(a) & set(b)) or SequenceMatcher(None, " ".join(a), " ".join(b)).ratio() >= CLOSE_WORDS


def words(text: str) -> list[str]:
    """The words of a text, for comparing.

    >>> words("14/3, Gokul Bldg.")
    ['14', '3', 'gokul', 'bldg']
    """
    return re.findall(r"\w+", text.casefold())


def same_field(name: str, gold: str | None, predicted: str | None) -> bool:
    """Whether a field says the same; nothing equals only nothing."""
    if gold is None or predicted is None:
        return gold is predicted
    return _SAME.get(name, _same_text)(str(gold), str(predicted))


def _same_text(gold: str, predicted: str) -> bool:
    return words(gold) == words(predicted)


def _same_phone(gold: str, predicted: str) -> bool:
    return re.sub(r"\D", "", gold)[-10:] == re.sub(r"\D", "", predicted)[-10:]


def _same_pincode(gold: str, predicted: str) -> bool:
    return re.sub(r"\W", "", gold).casefold() == re.sub(r"\W", "", predicted).casefold()


def _same_city(gold: str, predicted: str) -> bool:
    return _city(gold) == _city(predicted)


def _city(text: str) -> str:
    name = text.strip().casefold()
    return CITY_ALIASES.get(name, name)


def _same_address(gold: str, predicted: str) -> bool:
    a, b = Counter(words(gold)), Counter(words(predicted))
    common = (a & b).total()
    return common > 0 and 2 * common / (a.total() + b.total()) >= CLOSE_ADDRESS


_SAME: dict[str, Callable[[str, str], bool]] = {
    "phone": _same_phone,
    "pincode": _same_pincode,
    "city": _same_city,
    "address": _same_address,
}
