"""The catalogue's own lexicon: which words lead to which products, and how much each tells."""

import gc
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from engine.catalog import Catalog, Product
from engine.catalog_match.aged import age_ranges
from engine.catalog_match.field import TITLE
from engine.catalog_match.gatherer import Gatherer
from engine.catalog_match.measure import parse_size
from engine.catalog_match.posting import Posting
from engine.catalog_match.size import is_size_sign
from engine.catalog_match.spelling import EXACT, Spellings
from engine.catalog_match.tally import SMALL, Tally, Vote, tally
from engine.catalog_match.word import is_numeric, words_of
from engine.text import stem

_LEAST_WORTH = 0.8  # in a shop of three products every word is in most of them, and tells all the same
_SPELLED = 0.85  # similarity from which a word is one of the catalogue, in another form ("dabbe" of "dabba")
_SOLD = 1.0  # what the word for a container tells, from which on it may be what is sold
_SIZE_LIKE = 10  # from here on a bare number may be a size without its unit ("65 wala")
_NAMED_SIZE = 2  # words of "UK 8"
_LEAST_DIGITS, _ROUND = 3, 50  # of a number that a product is called by, and what counts and sizes are multiples of
_MOST_HITS = 12  # catalogue words that one typed word may be

Progress: TypeAlias = Callable[[Sequence[Product]], Iterable[Product]]


class Hit(NamedTuple):
    """A word of the catalogue that a customer's word may be; `similarity` 0..1."""

    word: int
    similarity: float


class CatalogIndex:
    """Words of a catalogue, with the products behind each and an inverse frequency as its worth.

    Words are known by number: `words[n]` is spelled so and tells `worths[n]`. Numbers beyond are of two neighbors
    written as one, which in a large catalogue are found when they are spelled so, and not otherwise.
    """

    def __init__(self, catalog: Catalog, progress: Progress = iter) -> None:
        """Index every product's titles, brand, aliases, type, options and description; `progress` may count them."""
        with _uncollected():
            self.products: tuple[Product, ...] = tuple(catalog.products.values())
        self.group_of = {product.item_group_id: index for index, product in enumerate(self.products)}
        gathered = Gatherer(self.products, spells_joined=len(self.products) <= SMALL)
        with _uncollected():
            for product in progress(self.products):
                gathered.take(product)
        self.word_ids = gathered.word_ids
        self.words = list(self.word_ids)
        self.mixed = frozenset(gathered.mixed)
        self.option_words, self.numeric_options = _option_words(gathered.values)
        self._ages = age_ranges(gathered.values)
        self._postings = gathered.postings.build(len(self.words))
        self._joined = gathered.joined.build()
        self._naming = [word in gathered.naming for word in self.words]
        self.worths = [_worth(len(self.products), said) for said in self._said_in_any_number()]
        self._spellings = Spellings(self.words)
        self.hits = lru_cache(maxsize=20_000)(partial(_hits, self._spellings))

    def _said_in_any_number(self) -> list[float]:
        """How often each word is said, as one or as several: "mugs" is no rarer than "mug"."""
        said = list(self._postings.sums())
        for one, several in self._plurals():
            said[several] += said[one]
        return said

    def _plurals(self) -> Iterator[tuple[int, int]]:
        """The words of which the catalogue has the plural as well."""
        for number, word in enumerate(self.words):
            if word.endswith("s") and (one := self.word_ids.get(stem(word), number)) != number:
                yield one, number

    def __contains__(self, word: str) -> bool:
        return word in self.word_ids or self._joined.find(word) is not None

    def exact(self, word: str) -> Hit | None:
        """The catalogue's word that is spelled so, or None."""
        found = self.word_ids.get(word)
        if found is None and (place := self._joined.find(word)) is not None:
            found = len(self.words) + place
        return Hit(found, EXACT) if found is not None else None

    def posting(self, word: int) -> Posting:
        """The products of a word."""
        if word < len(self.words):
            return self._postings[word]
        return self._joined.posting(word - len(self.words))

    def worth(self, word: int) -> float:
        """What a word tells."""
        if word < len(self.words):
            return self.worths[word]
        return _worth(len(self.products), float(self.posting(word).weights.sum()))

    def is_naming(self, word: int) -> bool:
        """Whether a word names a product rather than an option of one."""
        if word < len(self.words):
            return self._naming[word]
        return bool(self.posting(word).weights.max() >= TITLE)

    def spells(self, word: str) -> bool:
        """Whether a word is one of the catalogue's, perhaps misspelled by a letter."""
        return any(hit.similarity >= _SPELLED for hit in self.hits(word))

    def of_age(self, age: Decimal, unit: str) -> tuple[str, ...]:
        """The ranges ("6-7") of sizes by age that someone has who is so many years or months old."""
        return tuple([one.spelled for one in self._ages if one.unit == unit and one.first <= age <= one.last])

    def sells(self, word: str) -> bool:
        """Whether something is sold by a name with this word in it, which not everything has."""
        hits = (hit for hit in self.hits(word) if hit.similarity >= _SPELLED)
        return any(self.is_naming(hit.word) and self.worth(hit.word) >= _SOLD for hit in hits)

    def calls(self, word: str) -> bool:
        """Whether a product is called by this number, which is too odd to be a count, or a size without its unit."""
        hit = self.exact(word) if len(word) >= _LEAST_DIGITS and is_numeric(word) else None
        if hit is None or word in self.numeric_options or not float(word) % _ROUND:
            return False
        return self.is_naming(hit.word) and self.worth(hit.word) >= _SOLD

    def may_name(self, word: str) -> bool:
        """Whether a word, perhaps misspelled, may be part of a product's name."""
        return any(self.is_naming(hit.word) for hit in self.hits(word))

    def tally(self, votes: Sequence[Vote], tokens: int) -> Tally:
        """The products that words speak for, and of each of `tokens` tokens its strongest vote for each."""
        return tally(votes, tokens, self.posting, len(self.products))


def _hits(spellings: Spellings, word: str) -> tuple[Hit, ...]:
    """The catalogue's words that a typed word may be, best first; none for a word far from all."""
    best: dict[int, float] = {}
    for candidate, similarity in spellings.near(word):
        best[candidate] = max(similarity, best.get(candidate, 0.0))
    return tuple(Hit(w, s) for w, s in sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_HITS])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage in cycles: nothing here makes any, and looking through a million products takes seconds."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _option_words(values: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of option values; and the numbers that a value is, or that begin one and may stand for it alone."""
    words: set[str] = set()
    numbers: set[str] = set()
    for value in values:
        spelled = words_of(value)
        words.update(word for word in spelled if len(word) > 2 and not word[0].isdigit())
        if spelled and is_numeric(spelled[0]) and (len(spelled) == 1 or _is_size_like(value, spelled[0])):
            numbers.add(spelled[0])
        elif len(spelled) == _NAMED_SIZE and is_size_sign(spelled[0]) and is_numeric(spelled[1]):
            numbers.add(spelled[1])
    return frozenset(words), frozenset(numbers)


def _is_size_like(value: str, number: str) -> bool:
    return parse_size(value) is not None and ("." in number or float(number) >= _SIZE_LIKE)


def _worth(products: int, said: float) -> float:
    """Inverse product frequency: what everyone has tells little."""
    return max(_LEAST_WORTH, math.log(1 + products / (0.5 + said)))
