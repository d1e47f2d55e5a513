"""The texts of a product that customers' words are looked for in, cut into keys."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engine.catalog import Product
from engine.catalog_match.measure import parse_size
from engine.catalog_match.size import concepts
from engine.catalog_match.word import concept, words_of
from engine.language import Role
from engine.text import stem

# How much a word of a field says about which product is meant.
TITLE, _ALIAS, _BRAND, _TYPE, _OPTION, _DESCRIPTION = 1.0, 1.0, 0.9, 0.45, 0.9, 0.3
_HOUSE_BRAND = 0.6  # a brand that more than this share of the products carries names none of them
_REMEMBERED = 100_000  # texts and words that come again and again


class Field(NamedTuple):
    """A text of a product, the weight of its words, and whether they name the product rather than an option of it."""

    text: str
    weight: float
    names: bool

    @property
    def may_be_model(self) -> bool:
        """Whether a word of letters and digits in it is one that customers write so, too."""
        return self.weight >= TITLE or (self.weight == _OPTION and not self.names)

    @property
    def is_joined(self) -> bool:
        """Whether two neighbors in it may be typed as one word."""
        return self.weight >= _BRAND


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a text: its words with their stems, what they are in any language, its neighbors joined.

    `goods` are those of the concepts that are goods; `mixed` the words of letters and digits that are no amount.
    """

    plain: tuple[str, ...]
    concepts: tuple[str, ...]
    goods: frozenset[str]
    joined: tuple[str, ...]
    mixed: tuple[str, ...]


def house_brand(products: Sequence[Product]) -> str:
    """The brand that most products carry, and that therefore names none of them; empty if there is none."""
    brand, count = Counter(product.variants[0].brand for product in products).most_common(1)[0] if products else ("", 0)
    return brand if count > _HOUSE_BRAND * len(products) else ""


def fields(product: Product, unsaid: str) -> Iterator[Field]:
    """The texts of a product, some several times; the brand `unsaid` is left out."""
    for variant in product.variants:
        yield Field(variant.title, TITLE, names=True)
        for alias in variant.aliases:
            yield Field(alias, _ALIAS, names=True)
        if variant.brand != unsaid:
            yield Field(variant.brand, _BRAND, names=True)
        for value in variant.options.values():
            yield Field(value, _OPTION, names=False)
    first = product.variants[0]
    yield Field(first.product_type, _TYPE, names=True)
    yield Field(first.description, _DESCRIPTION, names=False)


@lru_cache(maxsize=_REMEMBERED)
def keys_of(text: str) -> Keys:
    """The keys of a text."""
    words = words_of(text)
    plain = tuple(key for word in words for key in _spellings(word))
    tags = [(concept(tag.role, tag.value), tag.role) for tag in concepts(words)]
    joined = tuple(a + b for a, b in pairwise(words) if not (a.isdigit() and b.isdigit()))
    goods = frozenset(key for key, role in tags if role is Role.GOODS)
    return Keys(plain, tuple(key for key, _ in tags), goods, joined, tuple(filter(_is_mixed, words)))


@lru_cache(maxsize=_REMEMBERED)
def _spellings(word: str) -> tuple[str, ...]:
    """A word, and its stem where that is another."""
    stemmed = stem(word)
    return (word,) if stemmed == word else (word, stemmed)


@lru_cache(maxsize=_REMEMBERED)
def _is_mixed(word: str) -> bool:
    """Whether letters and digits are spelled as one; not amounts ("500g"), which customers part."""
    if word.isalpha() or word.isdigit():
        return False
    return any(c.isdigit() for c in word) and any(c.isalpha() for c in word) and not parse_size(word)
