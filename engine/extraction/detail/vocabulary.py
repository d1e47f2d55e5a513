"""The languages' words around delivery details, and gazetteers of cities and names, found by longest match."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from engine.language.compiled import compiled
from engine.text import fold

_FOLDER = files("engine.extraction.detail")
_LANGUAGES = Path(str(files("engine.language")))
_KINDS = {
    "address": {
        "house", "street", "landmark", "area", "firm", "admin", "district", "state", "state_code", "direction",
    },
    "cue": {
        "address", "name", "name_after", "phone", "pincode", "reference", "alternate", "own", "their", "writing",
        "other_person",
    },
    "introduction": {"before", "before_known", "after", "name", "is"},
    "person": {"honorific", "relation"},
    "ask": {"address", "name", "phone", "pincode", "payment", "day", "again"},
    "delivery": {"verbs", "event", "past", "paying", "closed", "pickup"},
    "payment": {"cod", "upi", "bank", "card", "credit", "no_card", "proof", "ambiguous"},
    "day": {
        "today", "tomorrow", "day_after", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "ordinal",
        *(f"month_{month}" for month in range(1, 13)),
    },
    "date": {"before", "after", "called", "between", "ending", "next", "past", "week", "named", "no_day"},
    "phone": {"extension"},
    "money": {"beside"},
    "correction": {"not"},
    "ending": {"place"},
}  # fmt: skip
_UNSPOKEN = frozenset({"date.no_day", "date.ending", "ending.place"})  # spellings and endings, not words by themselves
_PIECES = re.compile(r"[\w\u0900-\u0963\u0970-\u0d7f\u200c\u200d]+(?:['\u2019][a-z]+)?|[^\w\s]")


class Phrase(NamedTuple):
    """Tokens `start` to `end` (exclusive) are of `kind` ("address.street"); `value` is the city's common name."""

    start: int
    end: int
    kind: str
    value: str


class Vocabulary:
    """Phrases of words by their kind, looked up together."""

    def __init__(self) -> None:
        """Read the lists of places and people beside this module, and each language's `details.toml`."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self._spellings: dict[str, list[str]] = {}
        lists = [Path(str(_FOLDER.joinpath(name))) for name in ("people.txt", "cities.txt")]
        spoken = sorted(_LANGUAGES.glob("*/details.toml"))
        for words, kind, value in compiled([*lists, *spoken, Path(__file__)], lambda: tuple(_cut(spoken))):
            if kind in _UNSPOKEN:
                self._spellings.setdefault(kind, []).append(value)
            else:
                self._phrases.setdefault(words[0], []).append((words, kind, value))

    def spellings(self, kind: str) -> Sequence[str]:
        """The words of a kind that is no phrase, as they are written: `ending.place`, `date.ending`, `date.no_day`."""
        return self._spellings.get(kind, ())

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """Every phrase in a folded message; of one kind at one place the longest."""
        found: list[Phrase] = []
        for start, first in enumerate(words):
            if first in self._phrases:
                found += self._longest(words, start, first)
        return found

    def _longest(self, words: Sequence[str], start: int, first: str) -> Iterator[Phrase]:
        best: dict[str, Phrase] = {}
        for phrase, kind, value in self._phrases[first]:
            end = start + len(phrase)
            if len(phrase) > 1 and tuple(words[start:end]) != phrase:
                continue
            if kind not in best or end > best[kind].end:
                best[kind] = Phrase(start, end, kind, value)
        yield from best.values()

    @cache  # noqa: B019 - there is one vocabulary
    def names(self) -> frozenset[str]:
        """Single words that are names of cities or people."""
        phrases = ((p, kind) for entries in self._phrases.values() for p, kind, _ in entries)
        return frozenset(p[0] for p, kind in phrases if len(p) == 1 and (kind == "city" or kind.startswith("people.")))

    @staticmethod
    @cache
    def shared() -> "Vocabulary":
        """The one vocabulary, read once."""
        return Vocabulary()


def _cut(spoken: Sequence[Path]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each phrase's folded words, its kind and its value."""
    return ((tuple(_PIECES.findall(fold(text))), kind, value) for text, kind, value in _entries(spoken))


def _entries(spoken: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    for path in spoken:
        yield from words_around(path)
    for line, _ in _lines("cities.txt"):
        city, _, others = line.partition(":")
        yield from ((spelling, "city", city) for spelling in (city, *_split(others)))
    for line, section in _lines("people.txt"):
        yield from ((name, f"people.{section}", name) for name in line.split())


def words_around(path: Path) -> Iterator[tuple[str, str, str]]:
    """The words of a language's `details.toml`, each with its kind and its value, which is the word.

    Raises:
        ValueError: A section or a kind is not known.
    """
    for section, kinds in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if unknown := sorted(kinds.keys() - _KINDS.get(section, set())):
            known = ", ".join(sorted(_KINDS.get(section, _KINDS)))
            raise ValueError(f"{path}: unknown {', '.join(unknown)} in [{section}]; known are {known}")
        for kind, words in kinds.items():
            yield from ((word, f"{section}.{kind}", word) for word in words)


def _lines(file: str) -> Iterator[tuple[str, str]]:
    """The lines of a sectioned list, each with its section's name."""
    section = ""
    for raw in _read(file).splitlines():
        line = raw.strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield line, section


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _read(file: str) -> str:
    return _FOLDER.joinpath(file).read_text(encoding="utf-8")
