"""The words around delivery details, and the gazetteers of cities and people's names, found by longest match."""

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
        """Read the data files beside this module."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        sources = [Path(str(_FOLDER.joinpath(name))) for name in ("words.toml", "cities.txt", "people.txt")]
        for words, kind, value in compiled([*sources, Path(__file__)], lambda: tuple(_cut())):
            self._phrases.setdefault(words[0], []).append((words, kind, value))

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


def _cut() -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each phrase's folded words, its kind and its value."""
    return ((tuple(_PIECES.findall(fold(text))), kind, value) for text, kind, value in _entries())


def _entries() -> Iterator[tuple[str, str, str]]:
    data = tomllib.loads(_read("words.toml"))
    for section, kinds in data.items():
        for kind, words in kinds.items():
            yield from ((word, f"{section}.{kind}", word) for word in words)
    for line, _ in _lines("cities.txt"):
        city, _, others = line.partition(":")
        yield from ((spelling, "city", city) for spelling in (city, *_split(others)))
    for line, section in _lines("people.txt"):
        yield from ((name, f"people.{section}", name) for name in line.split())


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
