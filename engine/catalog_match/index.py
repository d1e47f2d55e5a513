"""The catalogue's own lexicon: which words lead to which products, and how much each tells."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.catalog import Catalog, Product
from engine.catalog_match.measure import parse_size
from engine.catalog_match.size import concepts
from engine.catalog_match.spelling import EXACT, Spellings
from engine.catalog_match.word import concept, is_numeric, words_of
from engine.language import Role
from engine.text import stem

# How much a word of a field says about which product is meant.
_LEAST_WORTH = 0.8  # in a shop of three products every word is in most of them, and tells all the same
_TITLE, _ALIAS, _BRAND, _TYPE, _OPTION, _DESCRIPTION = 1.0, 1.0, 0.9, 0.45, 0.9, 0.3
_SIZE_LIKE = 10  # from here on a bare number may be a size without its unit ("65 wala")
_MOST_HITS = 12  # catalogue words that one typed word may be
_HOUSE_BRAND = 0.6  # a brand that more than this share of the products carries names none of them

_Named: TypeAlias = tuple[str, float, bool]  # text, the weight of its field, whether the field names the product


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the catalogue that a customer's word may be; `similarity` 0..1."""

    word: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Posting:
    """The products that a word leads to (`groups`, ascending) and with what weight each."""

    groups: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


class CatalogIndex:
    """Words of a catalogue, with the products behind each and an inverse frequency as its worth.

    Words are known by number: `words[n]` is spelled so, `postings[n]` are its products, `worth[n]` is what it tells,
    and `naming[n]` says whether it names a product rather than an option of one.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Index every product's titles, brand, aliases, type, options and description."""
        self.products: tuple[Product, ...] = tuple(catalog.products.values())
        self.group_of = {product.item_group_id: index for index, product in enumerate(self.products)}
        weights, naming = _weights(self.products)
        self.words = list(weights)
        self.word_ids = {word: index for index, word in enumerate(self.words)}
        self.postings = [_posting(groups) for groups in weights.values()]
        self.naming = [word in naming for word in self.words]
        self.worth = [_worth(len(self.products), posting) for posting in self.postings]
        self.mixed = frozenset(_mixed_words(self.products))
        self.option_words, self.numeric_options = _option_words(self.products)
        self._spellings = Spellings(self.words)
        self.hits = lru_cache(maxsize=20_000)(self._hits)

    def __contains__(self, word: str) -> bool:
        return word in self.word_ids

    def exact(self, word: str) -> Hit | None:
        """The catalogue's word that is spelled so, or None."""
        found = self.word_ids.get(word)
        return Hit(found, EXACT) if found is not None else None

    def _hits(self, word: str) -> tuple[Hit, ...]:
        """The catalogue's words that a typed word may be, best first; none for a word far from all."""
        best: dict[int, float] = {}
        for candidate, similarity in self._spellings.near(word):
            best[candidate] = max(similarity, best.get(candidate, 0.0))
        return tuple(Hit(w, s) for w, s in sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_HITS])


def _weights(products: Sequence[Product]) -> tuple[dict[str, dict[int, float]], set[str]]:
    """For each word the products that have it, with the weight of its best field; and the words that name products."""
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    naming: set[str] = set()
    house_brand = _house_brand(products)
    for index, product in enumerate(products):
        for word, weight, names in _weighted_words(product, house_brand):
            if names:
                naming.add(word)
            weights[word][index] = max(weight, weights[word].get(index, 0.0))
    return weights, naming


def _weighted_words(product: Product, house_brand: str) -> Iterator[_Named]:
    """Words of a product with the weight of their field, and whether they name it rather than an option."""
    for text, weight, names in _fields(product, house_brand):
        words = words_of(text)
        for word in words:
            yield word, weight, names
            yield stem(word), weight, names
        for tag in concepts(words):
            yield concept(tag.role, tag.value), weight, names and tag.role is Role.GOODS
        for left, right in pairwise(words) if weight >= _BRAND else ():
            if not (left.isdigit() and right.isdigit()):
                yield left + right, weight, names


def _house_brand(products: Sequence[Product]) -> str:
    """The brand that most products carry, and that therefore names none of them; empty if there is none."""
    brand, count = Counter(product.variants[0].brand for product in products).most_common(1)[0] if products else ("", 0)
    return brand if count > _HOUSE_BRAND * len(products) else ""


def _fields(product: Product, house_brand: str) -> Iterator[_Named]:
    for variant in product.variants:
        yield variant.title, _TITLE, True
        yield from ((alias, _ALIAS, True) for alias in variant.aliases)
        if variant.brand != house_brand:
            yield variant.brand, _BRAND, True
        yield from ((value, _OPTION, False) for value in variant.options.values())
    first = product.variants[0]
    yield first.product_type, _TYPE, True
    yield first.description, _DESCRIPTION, False


def _mixed_words(products: Sequence[Product]) -> Iterator[str]:
    """Words of letters and digits that the catalogue spells so; not amounts ("500g"), which are split."""
    for product in products:
        for variant in product.variants:
            for text in (variant.title, *variant.aliases, *variant.options.values()):
                for word in words_of(text):
                    if any(c.isdigit() for c in word) and any(c.isalpha() for c in word) and not parse_size(word):
                        yield word


def _option_words(products: Sequence[Product]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of option values; and the numbers that a value is, or that begin one and may stand for it alone."""
    words: set[str] = set()
    numbers: set[str] = set()
    for value in dict.fromkeys(value for p in products for v in p.variants for value in v.options.values()):
        spelled = words_of(value)
        words.update(word for word in spelled if len(word) > 2 and not word[0].isdigit())
        if spelled and is_numeric(spelled[0]) and (len(spelled) == 1 or _is_size_like(value, spelled[0])):
            numbers.add(spelled[0])
    return frozenset(words), frozenset(numbers)


def _is_size_like(value: str, number: str) -> bool:
    return parse_size(value) is not None and ("." in number or float(number) >= _SIZE_LIKE)


def _posting(groups: dict[int, float]) -> Posting:
    ids = sorted(groups)
    return Posting(np.array(ids, dtype=np.int32), np.array([groups[i] for i in ids], dtype=np.float32))


def _worth(products: int, posting: Posting) -> float:
    """Inverse product frequency: what everyone has tells little."""
    return max(_LEAST_WORTH, math.log(1 + products / (0.5 + float(posting.weights.sum()))))
