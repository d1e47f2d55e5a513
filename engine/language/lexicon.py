"""The words of all languages in use, found in a message by longest match."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias, cast

from engine.language.english import english_words
from engine.language.role import Role, Tag
from engine.text import fold, latin, sound

_REMEMBERED = 65_536  # words whose roles are kept at hand
_SHORTEST_SOUND = 3  # shorter keys meet too many words
# A language that is not always read needs this many of its own words, and this share of all words.
_OWN_WORDS, _OWN_SHARE = 2, 0.08
_SHORTEST_OWN = 3
_MOST_OTHERS = 2  # languages beside those always read
_RIVAL = 0.25  # an everyday language goes unread where it has fewer words, as a share of the other language's own

_SECTIONS = {
    "numbers": Role.NUMBER, "multipliers": Role.MULTIPLIER, "fractions": Role.FRACTION, "quarters": Role.QUARTER,
    "plus": Role.PLUS, "added": Role.ADDED, "amounts": Role.AMOUNT, "counts": Role.COUNT, "units": Role.UNIT,
    "sizes": Role.SIZE, "superlatives": Role.SUPERLATIVE, "colors": Role.COLOR, "payments": Role.PAYMENT,
    "days": Role.DAY, "months": Role.MONTH, "goods": Role.GOODS,
}  # fmt: skip
_NAMED_BY_VALUE = frozenset({Role.COLOR, Role.SIZE, Role.GOODS})  # their canonical names are words, too
_BORROWED = frozenset({Role.GOODS, Role.SIZE, Role.PACK, Role.PAYMENT, Role.PLACE, Role.HONORIFIC})
_WORD_SECTIONS = {"packs": Role.PACK, "times": Role.TIME, "people": Role.PEOPLE}
_DETAILS = {
    "name": Role.AT_NAME, "phone": Role.AT_PHONE, "address": Role.AT_ADDRESS, "place": Role.PLACE,
    "pickup": Role.PICKUP, "honorific": Role.HONORIFIC, "numbered": Role.NUMBERED,
}  # fmt: skip
SECTIONS = frozenset({*_SECTIONS, *_WORD_SECTIONS, "words", "details", "homographs"})
_SETTINGS = frozenset({"name", "always", "sound", "verb_final", "beside", "decimal_comma"})
_SIGNS_IN_WORDS = re.compile(r"(?<=[^\W\d])([./])(?=[^\W\d]|$)")

_Entry: TypeAlias = tuple[tuple[str, ...], Role, str]  # (folded words of the phrase, role, value)


@dataclass(frozen=True)
class Language:
    """One language folder: its code, its display name, whether it is always read, its words.

    `beside` holds the everyday languages that people mix into it; the others go unread where it is spoken.
    `decimal_comma`: "1,5" is one and a half.
    """

    code: str
    name: str
    always: bool
    indic: bool
    verb_final: bool
    beside: frozenset[str]
    decimal_comma: bool
    words: tuple[_Entry, ...]


def _entries(data: dict[str, object]) -> Iterator[tuple[str, Role, str]]:
    for section, role in _SECTIONS.items():
        for value, spellings in data.get(section, {}).items():  # type: ignore[attr-defined]
            yield from ((spelling, role, value) for spelling in spellings)
            if role in _NAMED_BY_VALUE:
                yield value.replace("_", " "), role, value
    for section, role in _WORD_SECTIONS.items():
        yield from ((word, role, word) for word in data.get(section, {}).get("words", ()))  # type: ignore[attr-defined]
    for name, words in data.get("words", {}).items():  # type: ignore[attr-defined]
        yield from ((word, Role(name), word) for word in words)
    for name, words in data.get("details", {}).items():  # type: ignore[attr-defined]
        yield from ((word, _DETAILS[name], word) for word in words)


def read_language(folder: Traversable) -> Language:
    """The language of a folder that holds `words.toml`; its code is the folder's name.

    Raises:
        ValueError: A section or a role is not known.
    """
    code, path = folder.name, folder.joinpath("words.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _refuse_unknown(path, data.keys(), SECTIONS | _SETTINGS)
    _refuse_unknown(path, data.get("words", {}).keys(), {role.value for role in Role})
    _refuse_unknown(path, data.get("details", {}).keys(), _DETAILS.keys())
    own = tuple((_tokens(text), role, value) for text, role, value in _entries(data))
    words = (*own, *_library_stops(code, own))
    return Language(
        code,
        data["name"],
        data.get("always", False),
        data.get("sound") == "indic",
        data.get("verb_final", False),
        frozenset(data.get("beside", ("en", "hi"))),
        data.get("decimal_comma", False),
        words,
    )


def _tokens(text: str) -> tuple[str, ...]:
    """A spelling as the tokenizer cuts a message: "c/o" is three tokens; hyphens are left out on both sides."""
    if text.isalpha():
        return (fold(text),)
    return tuple(_SIGNS_IN_WORDS.sub(r" \1 ", fold(text).replace("-", " ")).split())


def _refuse_unknown(path: Traversable, names: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise ValueError(f"{path}: unknown {', '.join(unknown)}; known are {', '.join(sorted(known))}")


# Stop words of spaCy's lists that name goods, or parts and states of them.
_NO_STOPS = frozenset({
    "back", "bottom", "front", "full", "side", "top", "show", "call", "name", "move", "amount", "part", "empty",
})  # fmt: skip


def _library_stops(code: str, own: Iterable[_Entry]) -> Iterator[_Entry]:
    """The stop words that spaCy knows for a language, where the folder does not list them; in Latin letters too."""
    stops = _spacys_stop_words(code)
    known = {words[0] for words, _, _ in own if len(words) == 1} | _NO_STOPS
    for word in sorted(stops):
        for spelling in dict.fromkeys((fold(word), fold(latin(fold(word))))):
            if spelling not in known and len(spelling) > 1 and " " not in spelling:
                yield (spelling,), Role.STOP, spelling


def _spacys_stop_words(code: str) -> set[str]:
    """The set in spaCy's file for a language; the file alone is read, since its package would bring all of spaCy."""
    spacy = find_spec("spacy")
    for folder in (spacy and spacy.submodule_search_locations) or ():
        path = Path(folder, "lang", code, "stop_words.py")
        spec = spec_from_file_location(f"{code}_stop_words", path) if path.is_file() else None
        if spec is not None and spec.loader is not None:
            module = module_from_spec(spec)  # beside running the file, this keeps it compiled for the next process
            spec.loader.exec_module(module)
            return cast("set[str]", module.STOP_WORDS)
    return set()


@cache
def languages() -> dict[str, Language]:
    """All languages, by code: each folder beside this file that holds `words.toml`; those always read first."""
    folders = files("engine.language").iterdir()
    loaded = [read_language(f) for f in folders if f.is_dir() and f.joinpath("words.toml").is_file()]
    return {language.code: language for language in sorted(loaded, key=lambda one: (not one.always, one.code))}


class Lexicon:
    """The words of some languages, looked up together.

    A language that stands before the everyday ones keeps its words to itself: in `("es", "en")`, "once" is
    eleven alone. Otherwise a word has what every language gives it, the first language's roles first.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        """Index the words of the languages with these codes."""
        self.codes = tuple(codes)
        self.decimal_comma = bool(self.codes) and languages()[self.codes[0]].decimal_comma
        self._phrases: dict[str, list[tuple[tuple[str, ...], Role, str, bool]]] = {}
        self._by_sound: dict[str, list[tuple[Role, str, bool]]] = {}
        self._parts: set[str] = set()
        self._single: set[str] = set()
        self._after: dict[str, set[str]] = {}  # to the first word of longer phrases the second ones
        claimed: set[str] = set()
        for code in self.codes:
            language = languages()[code]
            for words, role, value in language.words:
                if language.always and len(words) == 1 and words[0] in claimed:
                    continue
                self._phrases.setdefault(words[0], []).append((words, role, value, language.verb_final))
                self._parts.update(words)
                if len(words) == 1:
                    self._single.add(words[0])
                else:
                    self._after.setdefault(words[0], set()).add(words[1])
                if language.indic and len(words) == 1 and len(key := sound(words[0])) >= _SHORTEST_SOUND:
                    self._by_sound.setdefault(key, []).append((role, value, language.verb_final))
            if not language.always:
                claimed |= _vocabulary(code)
        self._alone = lru_cache(maxsize=_REMEMBERED)(self._tags_alone)

    def __contains__(self, word: str) -> bool:
        return word in self._single

    def holds(self, word: str) -> bool:
        """Whether a word stands in the lexicon, alone or as part of a phrase."""
        return word in self._parts

    def begins_phrase(self, words: Sequence[str]) -> bool:
        """Whether two of the words in a row may begin a phrase; where none do, each word's tags are its own."""
        after = self._after
        return any(left in after and right in after[left] for left, right in pairwise(words))

    @staticmethod
    @cache
    def of(codes: tuple[str, ...]) -> "Lexicon":
        """The shared lexicon of these languages."""
        return Lexicon(codes)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """Every role of every word and phrase in a folded message; of one role at one place the longest.

        Hyphens do not part a phrase: "abu-abu" is "abu abu".
        """
        if "-" not in words:
            return [tag for start in range(len(words)) for tag in self._tags_at(words, start)]
        places = [index for index, word in enumerate(words) if word != "-"]
        plain = [words[index] for index in places]
        return [
            Tag(places[tag.start], places[tag.end - 1] + 1, tag.role, tag.value, tag.final, tag.by_sound)
            for start in range(len(plain))
            for tag in self._tags_at(plain, start)
        ]

    def _tags_at(self, words: Sequence[str], start: int) -> list[Tag]:
        after = self._after.get(words[start])
        if after is not None and start + 1 < len(words) and words[start + 1] in after:
            return self._longest(words, start) or self._tags_by_sound(words[start], start)
        end = start + 1
        return [Tag(start, end, *can) for can in self._alone(words[start])]

    def _tags_alone(self, word: str) -> tuple[tuple[Role, str, bool, bool], ...]:
        """What a word can do that begins no phrase: the role, value, `final` and `by_sound` of its tags."""
        tags = self._longest((word,), 0) or self._tags_by_sound(word, 0)
        return tuple((tag.role, tag.value, tag.final, tag.by_sound) for tag in tags)

    def _longest(self, words: Sequence[str], start: int) -> list[Tag]:
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
        return list(longest.values())

    def _tags_by_sound(self, word: str, start: int) -> list[Tag]:
        if (len(word) < 4 and word.isascii()) or word in english_words():
            return []
        key = sound(word)
        if len(key) < _SHORTEST_SOUND:
            return []
        return [
            Tag(start, start + 1, role, value, final, by_sound=True)
            for role, value, final in dict.fromkeys(self._by_sound.get(key, ()))
        ]


@cache
def _vocabulary(code: str) -> frozenset[str]:
    return frozenset(words[0] for words, _, _ in languages()[code].words if len(words) == 1)


@cache
def _own(code: str, others: tuple[str, ...]) -> frozenset[str]:
    """The words that tell a language from the others: none for things, which people borrow, and nothing very short."""
    shared = frozenset[str]().union(*(_vocabulary(other) for other in others if other != code))
    said = {words[0] for words, role, _ in languages()[code].words if len(words) == 1 and role not in _BORROWED}
    return frozenset(word for word in said - shared if len(word) >= _SHORTEST_OWN or not word.isascii())


def _heard(counts: Counter[str], vocabulary: frozenset[str]) -> int:
    return sum(counts[word] for word in vocabulary.intersection(counts))


def spoken(words: Iterable[str]) -> tuple[str, ...]:
    """The languages that a chat is written in, judged by its folded words; the order is how to read them.

    Those always read come first and others behind, unless another one leads: it has at least as many words of its
    own as each of the everyday ones. An everyday language that is not mixed into it (`beside`) and hardly heard is
    left out.
    """
    counts = Counter(word for word in words if word.isalpha() or not word.isascii())
    everyday = tuple(code for code, language in languages().items() if language.always)
    others = _others(counts, everyday)
    if not others:
        return everyday
    first = others[0]
    own = _heard(counts, _own(first, everyday))
    heard = {code: _heard(counts, _own(code, (*everyday, first))) for code in everyday}
    read = tuple(c for c in everyday if c in languages()[first].beside or heard[c] >= max(1, _RIVAL * own))
    return (*others, *read) if own >= max(heard.values()) else (*read, *others)


def _others(counts: Counter[str], everyday: tuple[str, ...]) -> tuple[str, ...]:
    """Languages beside the everyday ones: the most heard, then what it leaves unexplained."""
    found: tuple[str, ...] = ()
    while len(found) < _MOST_OTHERS:
        known = (*everyday, *found)
        own = {code: _own(code, known) for code in languages() if code not in known}
        enough = {
            code: heard
            for code, vocabulary in own.items()
            if (heard := _heard(counts, vocabulary)) >= _OWN_SHARE * counts.total()
            and len(vocabulary.intersection(counts)) >= _OWN_WORDS
        }
        if not enough:
            break
        found = (*found, max(enough, key=lambda code: enough[code]))
    return found
