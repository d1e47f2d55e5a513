"""The texts of a product that customers' words are looked for in, cut into keys."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engine.catalog import Product, Variant
from engine.catalog_match.measure import parse_size
from engine.catalog_match.size import concepts, is_multipack
from engine.catalog_match.word import concept, every_language, ranges_of, words_of
from engine.language import Role
from engine.text import stem

# How much a word of a field says about which product is meant.
TITLE, _ALIAS, _BRAND, _TYPE, _OPTION, _DESCRIPTION = 1.0, 1.0, 0.9, 0.45, 0.9, 0.3
_HOUSE_BRAND = 0.6  # a brand that more than this share of the products carries names none of them
_REMEMBERED, _REMEMBERED_TEXTS = 16_384, 4096  # words, and texts, that come again and again
_MODEL = re.compile(r"[a-z]{1,3}(\d{3,})")  # "w240", which customers call "240"
_GOODS = concept(Role.GOODS, "")


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

    `mixed` are the words of letters and digits that are no amount.
    """

    plain: Sequence[str]
    concepts: Sequence[str]
    joined: Sequence[str]
    mixed: Sequence[str]

    @property
    def goods(self) -> list[str]:
        """Those of the concepts that are goods."""
        return [key for key in self.concepts if key.startswith(_GOODS)]


def house_brand(products: Sequence[Product]) -> str:
    """The brand that most products carry, and that therefore names none of them; empty if there is none."""
    brand, count = Counter(product.variants[0].brand for product in products).most_common(1)[0] if products else ("", 0)
    return brand if count > _HOUSE_BRAND * len(products) else ""


def fields(product: Product, unsaid: str) -> list[Field]:
    """The texts of a product, each once; the brand `unsaid` is left out."""
    texts = [field for variant in product.variants for field in _fields_of(variant, unsaid)]
    first = product.variants[0]
    if first.product_type:
        texts.append(Field(first.product_type, _TYPE, names=True))
    if first.description:
        texts.append(Field(first.description, _DESCRIPTION, names=False))
    return list(dict.fromkeys(texts)) if len(texts) > 1 else texts


def _fields_of(variant: Variant, unsaid: str) -> Iterator[Field]:
    if variant.title:
        yield Field(_named_alone(variant), TITLE, names=True)
    for alias in filter(None, variant.aliases):
        yield Field(alias, _ALIAS, names=True)
    if variant.brand and variant.brand != unsaid:
        yield Field(variant.brand, _BRAND, names=True)
    for value in filter(None, variant.options.values() if variant.options else ()):
        yield Field(value, _OPTION, names=False)


def _named_alone(variant: Variant) -> str:
    """A title without the pack that ends it where that is the variant's size: "Macarons Box of 6"."""
    title, size = variant.title, variant.options.get("size", "")
    if not size or not title.casefold().endswith(f" {size.casefold()}") or not is_multipack(size):
        return title
    return title[: -len(size)].rstrip(" ,-–(")


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def keys_of(text: str) -> Keys:
    """The keys of a text."""
    words = words_of(text)
    alone = [keys_of_word(word) for word in words]
    plain = [key for one in alone for key in one.plain]
    named = [key for one in alone for key in one.concepts]
    joined = [a + b for a, b in pairwise(words) if not (a.isdigit() and b.isdigit())]
    mixed = [key for one in alone for key in one.mixed]
    if every_language().begins_phrase(words):
        named = _named_in_phrases(words, alone)
    return Keys(plain, [*named, *ranges_of(text)], joined, mixed)


@lru_cache(maxsize=_REMEMBERED)
def keys_of_word(word: str) -> Keys:
    """The keys of a word by itself."""
    stemmed = stem(word)
    plain = (word,) if stemmed == word else (word, stemmed)
    known = (form for form in plain if not form.isascii() or every_language().holds(form))
    mixed = (word,) if _is_mixed(word) else ()
    number = _MODEL.fullmatch(word) if mixed else None
    return Keys((*plain, number[1]) if number else plain, next(filter(None, map(_named, zip(known))), ()), (), mixed)


def _named_in_phrases(words: Sequence[str], alone: Sequence[Keys]) -> list[str]:
    """The concepts of words of which some make a phrase: those outside of it as they are by themselves."""
    tags = list(concepts(words))
    inside = {place for tag in tags if tag.end - tag.start > 1 for place in range(tag.start, tag.end)}
    apart = [key for place, one in enumerate(alone) if place not in inside for key in one.concepts]
    return list(dict.fromkeys([*(concept(tag.role, tag.value) for tag in tags), *apart]))


def _named(words: Sequence[str]) -> tuple[str, ...]:
    """The keys of the colors, sizes and goods that words name."""
    return tuple(concept(tag.role, tag.value) for tag in concepts(words))


def _is_mixed(word: str) -> bool:
    """Whether letters and digits are spelled as one; not amounts ("500g"), which customers part."""
    if word.isalpha() or word.isdigit():
        return False
    return any(c.isdigit() for c in word) and any(c.isalpha() for c in word) and not parse_size(word)
