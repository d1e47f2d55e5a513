"""One value of an option, and how well a customer's words name it."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from engine.catalog_match.measure import Measure, parse_size
from engine.catalog_match.size import concepts, is_container, is_idle
from engine.catalog_match.word import concept, is_numeric, ranges_of, words_of
from engine.language import Role
from engine.text import stem

_LEADING_FRACTION = re.compile(r"\s*(?:(\d+)[\s-]+)?(\d+)/([1-9]\d*)")
_LEADING_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")
_NEAR = 2  # tokens between a number and the word that belongs to it ("13" and "pro")
_MANY = 1000  # numbers from here on are prices
_SMALL = 10  # a smaller bare number is a count before it is a size
_FAINT = 0.3  # words that fit a value less than this do not name it
_SMALL_NUMBER = 0.86  # how well a small number names a value at most: well below one that is a size beyond doubt
_BY_NUMBER = 0.9  # how well a size's number without its unit names it
_IN_ALL, _TELLS_NOTHING = 0.05, 0.06  # the weight of a word that all values of an option share, and just above it
_SHORT, _SPELLED = 2, 0.95  # letters of a word that tells nothing; how like the value's a word is that is one of it
_ALONE = 0.6  # how well a word names a value that no other value of the option has
_INITIAL = 0.8  # how well the first letters of a value's words name it ("sl" of "single line")
_ZERO = Decimal(0)


class Word(NamedTuple):
    """A customer's word as options see it: the catalogue words that it may be, with similarity 0..1.

    `is_after_name`: it follows words that name the product or an option ("slides navy 8").
    `number` is its value if any, `measure` the amount if a unit follows, or a pack may hold so many; `as_size` tells
    that a word beside it ("size", "no.") or a glued letter marks a bare number as no count. `is_abbreviated`: its
    letters may be the first ones of several words.
    """

    position: int
    keys: Mapping[str, float]
    number: Decimal | None = None
    measure: Measure | None = None
    is_count: bool = False
    as_size: bool = False
    is_after_name: bool = False
    is_abbreviated: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount whatever is sold: "500 g", but not the 27 of "2 packs of 27"."""
        return self.measure is not None and self.number is None

    @property
    def is_part(self) -> bool:
        """Whether it is a number that is not whole."""
        return self.number is not None and self.number != self.number.to_integral_value()


class Chosen(NamedTuple):
    """Values of one option that the words allow, how well they fit, and the tokens that say so."""

    values: frozenset[str]
    score: float
    positions: frozenset[int]


class _Match(NamedTuple):
    """How well a word of the customer's is a word of the value, and where it stands."""

    similarity: float
    position: int


class OptionValue:
    """One value of an option ("iPhone 13 Pro", "half bag (25 kg)"), prepared for reading."""

    def __init__(
        self, text: str, words: Sequence[str], spread: Counter[str], count: int, named: AbstractSet[str]
    ) -> None:
        """Prepare a value of these words, of which `spread` says in how many of the option's `count` values each is.

        Some of them may be `named` in the product's title, too.
        """
        self.text = text
        ends = (words[0], words[-1]) if len(words) > 1 else ()
        only_packs = [word for word in ends if spread[word] == 1 < count and is_container(word)]
        keys = [{word, stem(word)} for word in words]
        whole = {"".join(words)} if len(words) > 1 else set()
        for word in only_packs:  # "tray" of "tray of 30", where nothing else comes in trays
            whole |= {word, stem(word)}
        for tag in concepts(words):
            key = concept(tag.role, tag.value)
            for index in range(tag.start, tag.end):
                keys[index].add(key)
            if tag.end - tag.start == len(words):
                whole.add(key)
        self._words = tuple(map(frozenset, keys))  # of each word the keys that mean it
        whole.update(ranges_of(text))
        self._whole = frozenset(whole)  # keys that mean the value as a whole
        self._initials = _initials(words)
        self.keys = self._whole.union(*self._words, {self._initials} if self._initials else ())  # all that may name it
        self._weights = tuple(_IN_ALL if spread[w] == count > 1 else math.log(1 + count / spread[w]) for w in words)
        self._weight = sum(self._weights) or 1.0
        self._is_numeric = tuple(map(is_numeric, words))
        self._named = tuple(word in named for word in words)
        self._tells = tuple(
            spread[w] == 1 < count and len(w) > _SHORT and not is_numeric(w) and not is_idle(w) for w in words
        )
        self._measure = parse_size(text)
        self._written = _written(text) if self._measure else None

    @property
    def is_measured(self) -> bool:
        """Whether it is an amount, which a number may name."""
        return self._measure is not None

    def is_of(self, role: Role) -> bool:
        """Whether it is a color, or a size, in any language."""
        prefix = concept(role, "")
        return any(key.startswith(prefix) for key in self.keys)

    def fit(self, words: Sequence[Word], counts: int, named: AbstractSet[str]) -> Chosen | None:
        """How well words, among them `counts` bare numbers, name the value; None if they do not.

        `named` are those of the product's title.
        """
        near = [w for w in words if w.number is not None or w.measure or not self.keys.isdisjoint(w.keys)]
        for word in near:
            if self._measure and word.measure == self._measure:
                return self._chosen(1.0, word.position)
            if similarity := _similarity(self._whole, word):
                return self._chosen(similarity, word.position)
            if self._initials in word.keys and word.is_abbreviated:
                return self._chosen(_INITIAL, word.position)
        if self._measure is None:
            return self._fit_word_by_word(near, counts, named) if near else None
        said = [w.position for w in words if w.measure and _is_alike(w.measure, self._measure)]
        for word in near:  # a bare number before an amount may share its unit: "50 / 100 / 150 ml"
            is_written = self._written is not None and word.number == self._written
            if is_written and (not said or word.position < said[0]) and _is_size(word, counts):
                return self._chosen(_BY_NUMBER, word.position)
        fit = self._fit_word_by_word(near, counts, named) if near else None
        is_beside = fit is not None and _is_together(fit.positions) and len(fit.positions) == len(self._words)
        return fit if is_beside or not said else None  # "1 L + 800 ml"

    def _chosen(self, score: float, *positions: int) -> Chosen:
        return Chosen(frozenset({self.text}), score, frozenset(positions))

    def _fit_word_by_word(self, words: Sequence[Word], counts: int, named: AbstractSet[str]) -> Chosen | None:
        matched = self._matched(words)
        if len(matched) < len(self._words) and all(map(self._named.__getitem__, matched)) and named - self.keys:
            return None  # the "chocolate" of "chocolate cake" names no "chocolate buttercream" on it
        by_position = {word.position: word for word in words}
        for index in [i for i in matched if self._is_numeric[i]]:
            if not self._is_meant(index, matched, by_position, counts):
                del matched[index]
        score = sum(self._weights[i] * match.similarity for i, match in matched.items()) / self._weight
        if all(self._is_numeric[i] and _is_small(by_position[match.position]) for i, match in matched.items()):
            score = min(score, _SMALL_NUMBER)
        if any(self._tells[i] and match.similarity >= _SPELLED for i, match in matched.items()):
            score = max(score, _ALONE)  # "the redmi one"
        return self._chosen(score, *(match.position for match in matched.values())) if score >= _FAINT else None

    def _matched(self, words: Sequence[Word]) -> dict[int, _Match]:
        """For each word of the value that is said, the customer's word that says it best."""
        matched: dict[int, _Match] = {}
        for index, keys in enumerate(self._words):
            best = 0.0
            for word in words:
                similarity = _similarity(keys, word)
                if similarity > best and not (word.is_amount or word.is_count):
                    best = similarity
                    matched[index] = _Match(similarity, word.position)
        return matched

    def _is_meant(self, index: int, matched: Mapping[int, _Match], words: Mapping[int, Word], counts: int) -> bool:
        """Whether a bare number names this value rather than a count."""
        position = matched[index].position
        word = words[position]
        others = (m.position for i, m in matched.items() if i != index and self._is_numeric[i])
        if word.as_size or any(abs(position - place) <= _NEAR for place in others):
            return True
        letters = [
            (place, index > i)
            for i in matched if not self._is_numeric[i]
            for place, one in words.items() if abs(place - position) <= _NEAR and _similarity(self._words[i], one)
        ]  # fmt: skip
        if letters:
            return any(_number_of(place, words, is_behind=is_behind) == position for place, is_behind in letters)
        rest = [weight for i, weight in enumerate(self._weights) if i != index]
        if rest and max(rest) > _TELLS_NOTHING:
            return False
        return counts > 1 or (word.number or _ZERO) >= _SMALL or word.is_part or word.is_after_name


def _is_together(positions: frozenset[int]) -> bool:
    return max(positions) - min(positions) < len(positions)


def _number_of(letters: int, words: Mapping[int, Word], *, is_behind: bool) -> int | None:
    """The number that letters belong to: the 1 of "D1 2", the 4 of "3 D4"; on the side where their value has it."""
    near = [i for i, one in words.items() if abs(i - letters) <= _NEAR and (one.number or _MANY) < _MANY]
    return min(near, key=lambda i: ((i > letters) != is_behind, abs(i - letters)), default=None)


def _is_small(word: Word) -> bool:
    """Whether a number is one that counts before it is a size."""
    return not word.as_size and not word.is_part and (word.number or _ZERO) < _SMALL


def values_of(texts: Sequence[str], named: AbstractSet[str] = frozenset()) -> tuple[OptionValue, ...]:
    """The values of one option, each word weighed by how few of them share it; `named` are words of the title."""
    spelled = {text: words_of(text) for text in texts}
    spread = Counter(word for words in spelled.values() for word in set(words))
    return tuple(OptionValue(text, words, spread, len(texts), named) for text, words in spelled.items())


def _initials(words: Sequence[str]) -> str:
    """The first letters of a value's words, its numbers in full: "sl" of "single line", "6m" of "6 module"."""
    if len(words) < 2 or any(not word.isalpha() for word in words[1:]):
        return ""
    first = words[0] if is_numeric(words[0]) else words[0][0]
    return first + "".join(word[0] for word in words[1:])


def _is_alike(one: Measure, other: Measure) -> bool:
    return one.dimension == other.dimension


def _similarity(keys: frozenset[str], word: Word) -> float:
    """The similarity of the customer's word to the nearest of `keys`; 0 where it is none of them."""
    return 0.0 if keys.isdisjoint(word.keys) else max([word.keys[key] for key in keys if key in word.keys])


def _is_size(word: Word, counts: int) -> bool:
    """Whether a bare number that is a size's number without its unit is meant as that size."""
    if word.as_size or word.is_part:
        return True
    return (word.number or _ZERO) >= _SMALL and (counts > 1 or word.is_after_name)


def _written(size: str) -> Decimal | None:
    """The number of a size as it is written: 65 of "65W", 1.5 of "1.5 kg", 0.75 of "3/4 inch"."""
    if part := _LEADING_FRACTION.match(size):
        return Decimal(part[1] or 0) + Decimal(part[2]) / Decimal(part[3])
    match = _LEADING_NUMBER.match(size)
    return Decimal(match[1]) if match else None
