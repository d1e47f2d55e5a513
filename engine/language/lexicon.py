"""The words of all languages in use, found in a message by longest match."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from engine.text import fold, sound

_SHORTEST_SOUND = 3  # shorter keys meet too many words
# A language that is not always read needs this many of its own words, and this share of all words.
_OWN_WORDS, _OWN_SHARE = 2, 0.12


class Role(StrEnum):
    """What a word can do in an order chat. The sections of `words.toml` are named alike."""

    NUMBER = "number"
    MULTIPLIER = "multiplier"
    FRACTION = "fraction"
    QUARTER = "quarter"
    PLUS = "plus"
    COUNT = "count"
    PACK = "pack"
    UNIT = "unit"
    TIME = "time"
    SIZE = "size"
    SUPERLATIVE = "superlative"
    COLOR = "color"
    PAYMENT = "payment"
    DAY = "day"
    MONTH = "month"
    GOODS = "goods"
    WANT = "want"
    GIVE = "give"
    ADD = "add"
    MORE = "more"
    REMOVE = "remove"
    CHANGE = "change"
    INSTEAD = "instead"
    INSTEAD_AFTER = "instead_after"
    REDUCE = "reduce"
    ONLY = "only"
    NOT = "not"
    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    REVIVE = "revive"
    QUESTION = "question"
    ASK_PRICE = "ask_price"
    ASK_STOCK = "ask_stock"
    ASK_PHOTO = "ask_photo"
    AND = "and"
    OR = "or"
    IF = "if"
    ELSE = "else"
    THIS = "this"
    THAT = "that"
    SAME = "same"
    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    BOTH = "both"
    ALL = "all"
    OTHER = "other"
    EACH = "each"
    LAST_TIME = "last_time"
    GREETING = "greeting"
    THANKS = "thanks"
    LATER = "later"
    PAID = "paid"
    STATUS = "status"
    COMPLAINT = "complaint"
    STOP = "stop"
    AT_NAME = "at_name"
    AT_PHONE = "at_phone"
    AT_ADDRESS = "at_address"
    PLACE = "place"
    PICKUP = "pickup"
    HONORIFIC = "honorific"


_SECTIONS = {
    "numbers": Role.NUMBER, "multipliers": Role.MULTIPLIER, "fractions": Role.FRACTION, "quarters": Role.QUARTER,
    "plus": Role.PLUS, "counts": Role.COUNT, "units": Role.UNIT, "sizes": Role.SIZE, "superlatives": Role.SUPERLATIVE,
    "colors": Role.COLOR, "payments": Role.PAYMENT, "days": Role.DAY, "months": Role.MONTH, "goods": Role.GOODS,
}  # fmt: skip
_WORD_SECTIONS = {"packs": Role.PACK, "times": Role.TIME}
_DETAILS = {
    "name": Role.AT_NAME, "phone": Role.AT_PHONE, "address": Role.AT_ADDRESS, "place": Role.PLACE,
    "pickup": Role.PICKUP, "honorific": Role.HONORIFIC,
}  # fmt: skip
NUMERIC = frozenset({Role.NUMBER, Role.MULTIPLIER, Role.FRACTION, Role.QUARTER, Role.PLUS, Role.COUNT})


@dataclass(frozen=True, slots=True)
class Tag:
    """Tokens `start` to `end` (exclusive) can do `role`; `value` is the canonical word or the number's text.

    `final` is set for words of languages that put verb and negation after what they are about.
    """

    start: int
    end: int
    role: Role
    value: str
    final: bool = False

    @property
    def number(self) -> Decimal:
        """The value as a number; only of numeric roles."""
        return Decimal(self.value)


@dataclass(frozen=True)
class Language:
    """One language folder: its code, its display name, whether it is always read, its words."""

    code: str
    name: str
    always: bool
    indic: bool
    verb_final: bool
    words: tuple[tuple[tuple[str, ...], Role, str], ...]  # (folded words of the phrase, role, value)


def _entries(data: dict[str, object]) -> Iterator[tuple[str, Role, str]]:
    for section, role in _SECTIONS.items():
        for value, spellings in data.get(section, {}).items():  # type: ignore[attr-defined]
            yield from ((spelling, role, value) for spelling in spellings)
            if role in (Role.COLOR, Role.SIZE, Role.GOODS):
                yield value.replace("_", " "), role, value
    for section, role in _WORD_SECTIONS.items():
        yield from ((word, role, word) for word in data.get(section, {}).get("words", ()))  # type: ignore[attr-defined]
    for name, words in data.get("words", {}).items():  # type: ignore[attr-defined]
        yield from ((word, Role(name), word) for word in words)
    for name, words in data.get("details", {}).items():  # type: ignore[attr-defined]
        yield from ((word, _DETAILS[name], word) for word in words)


def _load(code: str) -> Language:
    data = tomllib.loads(files("engine.language").joinpath(code, "words.toml").read_text(encoding="utf-8"))
    words = tuple((tuple(fold(text).replace("-", " ").split()), role, value) for text, role, value in _entries(data))
    return Language(
        code,
        data["name"],
        data.get("always", False),
        data.get("sound") == "indic",
        data.get("verb_final", False),
        words,
    )


@cache
def languages() -> dict[str, Language]:
    """All languages, by code: each folder beside this file that holds `words.toml`."""
    folders = files("engine.language").iterdir()
    codes = sorted(f.name for f in folders if f.is_dir() and f.joinpath("words.toml").is_file())
    return {code: _load(code) for code in codes}


class Lexicon:
    """The words of some languages, looked up together."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Index the words of the languages with these codes; the first language wins a tie."""
        self.codes = tuple(codes)
        self._phrases: dict[str, list[tuple[tuple[str, ...], Role, str, bool]]] = {}
        self._by_sound: dict[str, list[tuple[Role, str, bool]]] = {}
        for code in self.codes:
            language = languages()[code]
            for words, role, value in language.words:
                self._phrases.setdefault(words[0], []).append((words, role, value, language.verb_final))
                if language.indic and len(words) == 1 and len(key := sound(words[0])) >= _SHORTEST_SOUND:
                    self._by_sound.setdefault(key, []).append((role, value, language.verb_final))

    def __contains__(self, word: str) -> bool:
        return any(len(words) == 1 for words, *_ in self._phrases.get(word, ()))

    @staticmethod
    @cache
    def of(codes: tuple[str, ...]) -> "Lexicon":
        """The shared lexicon of these languages."""
        return Lexicon(codes)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """Every role of every word and phrase in a folded message; of one role at one place the longest."""
        return [tag for start in range(len(words)) for tag in self._tags_at(words, start)]

    def _tags_at(self, words: Sequence[str], start: int) -> list[Tag]:
        longest: dict[tuple[Role, str], Tag] = {}
        lengths: dict[Role, int] = {}
        for phrase, role, value, final in self._phrases.get(words[start], ()):
            size = len(phrase)
            if size > 1 and tuple(words[start : start + size]) != phrase:
                continue
            if size > lengths.get(role, 0):
                longest = {key: tag for key, tag in longest.items() if key[0] is not role}
                lengths[role] = size
            if size >= lengths[role]:
                longest[role, value] = Tag(start, start + size, role, value, final)
        return list(longest.values()) or self._tags_by_sound(words[start], start)

    def _tags_by_sound(self, word: str, start: int) -> list[Tag]:
        if len(word) < 4 and word.isascii():
            return []
        key = sound(word)
        if len(key) < _SHORTEST_SOUND:
            return []
        return [
            Tag(start, start + 1, role, value, final)
            for role, value, final in dict.fromkeys(self._by_sound.get(key, ()))
        ]


@cache
def _vocabulary(code: str) -> frozenset[str]:
    return frozenset(words[0] for words, _, _ in languages()[code].words if len(words) == 1)


@cache
def _everyday() -> frozenset[str]:
    return frozenset().union(*(_vocabulary(code) for code, language in languages().items() if language.always))


def spoken(words: Iterable[str]) -> tuple[str, ...]:
    """The languages that a chat is written in, judged by its folded words: those always read, then others by share."""
    counts = Counter(word for word in words if word.isalpha() or not word.isascii())
    total = sum(counts.values())
    everyday = _everyday()
    shares: dict[str, int] = {}
    for code, language in languages().items():
        if not language.always:
            own = _vocabulary(code) - everyday
            found = {word: n for word, n in counts.items() if word in own}
            if len(found) >= _OWN_WORDS and sum(found.values()) >= _OWN_SHARE * total:
                shares[code] = sum(found.values())
    foreign = sorted(shares, key=lambda code: -shares[code])
    return (*(code for code, language in languages().items() if language.always), *foreign[:2])
