"""Reads the products of a catalogue, one after the other, into what its index is built from."""

from collections.abc import Sequence
from itertools import chain, pairwise

from engine.catalog import Product
from engine.catalog_match.field import Field, fields, house_brand, keys_of, keys_of_word
from engine.catalog_match.joined import JoinedBuilder
from engine.catalog_match.posting import PostingBuilder
from engine.catalog_match.size import every_language
from engine.catalog_match.word import words_of


class Gatherer:
    """Numbers the words of products, in the order in which they come, and notes which products have them.

    `naming` are words that name products, `mixed` those of letters and digits that are written so, `values` all
    values of options.
    """

    def __init__(self, products: Sequence[Product], *, spells_joined: bool) -> None:
        """Begin; with `spells_joined`, two neighbors written as one are words like others."""
        self._house_brand = house_brand(products)
        self._spells_joined = spells_joined
        self._begins_phrase = every_language().begins_phrase
        self._known: dict[tuple[bool, bool], dict[str, tuple[int, ...]]] = {}
        self._count = 0
        self.word_ids: dict[str, int] = {}
        self.naming: set[str] = set()
        self.mixed: set[str] = set()
        self.values: dict[str, None] = {}
        self.postings = PostingBuilder()
        self.joined = JoinedBuilder()

    def take(self, product: Product) -> None:
        """Take the next product."""
        weights: dict[int, float] = {}
        for field in fields(product, self._house_brand):
            self._read(field, weights)
        for variant in product.variants:
            self.values.update(dict.fromkeys(variant.options.values()))
        self.postings.add(weights)
        self._count += 1

    def _read(self, field: Field, weights: dict[int, float]) -> None:
        words = words_of(field.text)
        if self._spells_joined or self._begins_phrase(words):
            numbers = self._numbers(field)
        else:
            numbers = self._numbers_of_each(words, field)
        for number in numbers:
            if weights.get(number, 0.0) < field.weight:
                weights[number] = field.weight
        if field.is_joined and not self._spells_joined:
            self.joined.add(self._count, pairwise(words), field.weight)

    def _numbers(self, field: Field) -> list[int]:
        """The numbers of all keys of a text."""
        keys = keys_of(field.text)
        joined = keys.joined if field.is_joined and self._spells_joined else ()
        if field.names:
            self.naming.update(keys.plain, keys.goods, joined)
        if field.may_be_model:
            self.mixed.update(keys.mixed)
        return [self._number(key) for key in chain(keys.plain, keys.concepts, joined)]

    def _numbers_of_each(self, words: Sequence[str], field: Field) -> list[int]:
        """The numbers of the keys of words that make no phrase: each word's were found out when it first came."""
        known = self._known.setdefault((field.names, field.may_be_model), {})
        numbers: list[int] = []
        for word in words:
            if (its := known.get(word)) is None:
                its = known[word] = self._learned(word, field)
            numbers += its
        return numbers

    def _learned(self, word: str, field: Field) -> tuple[int, ...]:
        keys = keys_of_word(word)
        if field.names:
            self.naming.update(keys.plain, keys.goods)
        if field.may_be_model:
            self.mixed.update(keys.mixed)
        return tuple(self._number(key) for key in chain(keys.plain, keys.concepts))

    def _number(self, key: str) -> int:
        return self.word_ids.setdefault(key, len(self.word_ids))
