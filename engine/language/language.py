"""A language's folder, read: which words can do what."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TypeAlias

import engine.text
from engine.language.compiled import compiled
from engine.language.role import ANY_PACK, Role
from engine.text import fold, latin, sound

_SECTIONS = {
    "numbers": Role.NUMBER, "multipliers": Role.MULTIPLIER, "fractions": Role.FRACTION, "quarters": Role.QUARTER,
    "plus": Role.PLUS, "added": Role.ADDED, "amounts": Role.AMOUNT, "counts": Role.COUNT, "units": Role.UNIT,
    "sizes": Role.SIZE, "superlatives": Role.SUPERLATIVE, "colors": Role.COLOR, "options": Role.OPTION,
    "payments": Role.PAYMENT, "ages": Role.AGE,
"days": Role.DAY, "months": Role.MONTH, "goods": Role.GOODS,
}  # fmt: skip
_NAMED_BY_VALUE = frozenset({Role.COLOR, Role.SIZE, Role.GOODS})  # their canonical names are words, too
_WORD_SECTIONS = {"packs": Role.PACK, "times": Role.TIME, "people": Role.PEOPLE}
_DETAILS = {
    "name": Role.AT_NAME, "phone": Role.AT_PHONE, "address": Role.AT_ADDRESS, "place": Role.PLACE,
    "pickup": Role.PICKUP, "honorific": Role.HONORIFIC, "numbered": Role.NUMBERED,
}  # fmt: skip
SECTIONS = frozenset({*_SECTIONS, *_WORD_SECTIONS, "words", "details", "homographs"})
_SETTINGS = frozenset({"name", "always", "sound", "verb_final", "beside", "decimal_comma", "unit_first", "endings"})
_SIGNS_IN_WORDS = re.compile(r"(?<=[^\W\d])([./])(?=[^\W\d]|$)")

_ROLES = {role.value: role for role in Role}

_Entry: TypeAlias = tuple[tuple[str, ...], Role, str]  # (folded words of the phrase, role, value)
_Plain: TypeAlias = tuple[tuple[str, ...], str, str]  # the same with the role's name


@dataclass(frozen=True)
class Language:
    """One language folder: its code, its display name, whether it is always read, its words.

    `beside` holds the everyday languages that people mix into it; the others go unread where it is spoken.
    `decimal_comma`: "1,5" is one and a half. `unit_first`: "kilo mbili" is 2 kg. `endings` of words
    for things say what becomes of them, the longest first. `sounds` holds the keys of single words that people
    spell as they sound.
    """

    code: str
    name: str
    always: bool
    verb_final: bool
    beside: tuple[str, ...]
    decimal_comma: bool
    unit_first: bool
    endings: tuple[str, ...]
    words: tuple[_Entry, ...]
    sounds: Mapping[str, str]

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[_Entry]]:
        """Its words and phrases by their first word."""
        by_first: dict[str, list[_Entry]] = {}
        for entry in self.words:
            by_first.setdefault(entry[0][0], []).append(entry)
        return by_first

    @cached_property
    def by_sound(self) -> Mapping[str, Sequence[_Entry]]:
        """Its single words by the key of their sound."""
        by_sound: dict[str, list[_Entry]] = {}
        for entry in self.words:
            if len(entry[0]) == 1 and (key := self.sounds.get(entry[0][0])):
                by_sound.setdefault(key, []).append(entry)
        return by_sound

    @cached_property
    def single(self) -> frozenset[str]:
        """The words that it has by themselves."""
        return frozenset([said[0] for said, _, _ in self.words if len(said) == 1])

    @cached_property
    def parts(self) -> frozenset[str]:
        """The words that it has by themselves or in a phrase."""
        return frozenset([word for said, _, _ in self.words for word in said])

    @cached_property
    def after(self) -> Mapping[str, frozenset[str]]:
        """To the first word of its phrases the second ones."""
        after: dict[str, set[str]] = {}
        for said, _, _ in self.words:
            if len(said) > 1:
                after.setdefault(said[0], set()).add(said[1])
        return {first: frozenset(second) for first, second in after.items()}


def _entries(data: dict[str, object]) -> Iterator[tuple[str, Role, str]]:
    for section, role in _SECTIONS.items():
        for value, spellings in data.get(section, {}).items():  # type: ignore[attr-defined]
            yield from ((spelling, role, value) for spelling in spellings)
            if role is Role.AGE:
                yield from ((spelling, Role.TIME, spelling) for spelling in spellings)
            if role in _NAMED_BY_VALUE:
                yield value.replace("_", " "), role, value
    for section, role in _WORD_SECTIONS.items():
        yield from ((word, role, word) for word in data.get(section, {}).get("words", ()))  # type: ignore[attr-defined]
    yield from ((word, Role.PACK, ANY_PACK) for word in data.get("packs", {}).get("any", ()))  # type: ignore[attr-defined]
    for name, words in data.get("words", {}).items():  # type: ignore[attr-defined]
        yield from ((word, Role(name), word) for word in words)
    for name, words in data.get("details", {}).items():  # type: ignore[attr-defined]
        yield from ((word, _DETAILS[name], word) for word in words)


def read_language(folder: Traversable) -> Language:
    """The language of a folder that holds `words.toml`; its code is the folder's name.

    Raises:
        ValueError: A section or a role is not known.
    """
    path = folder.joinpath("words.toml")
    makers = (__file__, engine.text.__file__, _stop_words_file(folder.name))
    sources = [Path(str(path)), *(Path(maker) for maker in makers if maker)]
    name, always, verb_final, beside, comma, unit_first, endings, plain, sounds = compiled(
        sources, lambda: _read(folder.name, path)
    )
    words = tuple([(said, _ROLES[role], value) for said, role, value in plain])
    return Language(folder.name, name, always, verb_final, beside, comma, unit_first, endings, words, sounds)


def _read(code: str, path: Traversable) -> tuple[Any, ...]:
    """What a language holds behind its code, as plain values."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _refuse_unknown(path, data.keys(), SECTIONS | _SETTINGS)
    _refuse_unknown(path, data.get("words", {}).keys(), _ROLES.keys())
    _refuse_unknown(path, data.get("details", {}).keys(), _DETAILS.keys())
    own = tuple((_tokens(text), role.value, value) for text, role, value in _entries(data))
    words = (*own, *_library_stops(code, own))
    is_indic = data.get("sound") == "indic"
    return (
        data["name"],
        data.get("always", False),
        data.get("verb_final", False),
        tuple(data.get("beside", ("en", "hi"))),
        data.get("decimal_comma", False),
        data.get("unit_first", False),
        tuple(sorted(map(fold, data.get("endings", ())), key=lambda ending: (-len(ending), ending))),
        words,
        {said[0]: sound(said[0]) for said, _, _ in words if len(said) == 1} if is_indic else {},
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


def _library_stops(code: str, own: Iterable[_Plain]) -> Iterator[_Plain]:
    """The stop words that spaCy knows for a language, where the folder does not list them; in Latin letters too."""
    stops = _spacys_stop_words(code)
    known = {words[0] for words, _, _ in own if len(words) == 1} | _NO_STOPS
    for word in sorted(stops):
        for spelling in dict.fromkeys((fold(word), fold(latin(fold(word))))):
            if spelling not in known and len(spelling) > 1 and " " not in spelling:
                yield (spelling,), Role.STOP.value, spelling


def _stop_words_file(code: str) -> str | None:
    """The file of spaCy's for a language; it alone is read, since its package would bring all of spaCy."""
    spacy = find_spec("spacy")
    paths = (
        Path(folder, "lang", code, "stop_words.py") for folder in (spacy and spacy.submodule_search_locations) or ()
    )
    return next((str(path) for path in paths if path.is_file()), None)


def _spacys_stop_words(code: str) -> set[str]:
    """The stop words that spaCy knows for a language."""
    path = _stop_words_file(code)
    spec = spec_from_file_location(f"{code}_stop_words", path) if path else None
    if spec is None or spec.loader is None:
        return set()
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    stops: set[str] = module.STOP_WORDS
    return stops


@cache
def languages() -> dict[str, Language]:
    """All languages, by code: each folder beside this file that holds `words.toml`; those always read first."""
    folders = files("engine.language").iterdir()
    loaded = [read_language(f) for f in folders if f.is_dir() and f.joinpath("words.toml").is_file()]
    return {language.code: language for language in sorted(loaded, key=lambda one: (not one.always, one.code))}
