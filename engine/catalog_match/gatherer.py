"""Reads the products of a catalogue, one after the other, into what its index is built from."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from engine.catalog import Product
from engine.catalog_match.field import Field, fields, house_brand, keys_of, keys_of_word
from engine.catalog_match.joined import JoinedBuilder
from engine.catalog_match.posting import PostingBuilder
from engine.catalog_match.remembered import Remembered
from engine.catalog_match.word import every_language, ranges_of, words_of


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
        self._known: Remembered[tuple[bool, bool], Remembered[str, tuple[int, ...]]] = Remembered(
            lambda kind: Remembered(partial(self._learned, *kind))
        )
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
            numbers, weight = self._read(field), field.weight
            if not weights:
                weights = dict.fromkeys(numbers, weight)
                continue
            for number in numbers:
                if weights.get(number, 0.0) < weight:
                    weights[number] = weight
        for variant in product.variants:
            if variant.options:
                self.values.update(dict.fromkeys(variant.options.values()))
        self.postings.add(weights)
        self._count += 1

    def _read(self, field: Field) -> list[int]:
        """The numbers of the keys of a field."""
        words = words_of(field.text)
        if field.is_joined and not self._spells_joined:
            self.joined.add(self._count, words, field.weight)
        if self._spells_joined or self._begins_phrase(words) or ranges_of(field.text):
            return self._numbers(field)
        known = self._known[field.names, field.may_be_model]
        return list(chain.from_iterable(map(known.__getitem__, words)))

    def _numbers(self, field: Field) -> list[int]:
        """The numbers of all keys of a text."""
        keys = keys_of(field.text)
        joined = keys.joined if field.is_joined and self._spells_joined else ()
        if field.names:
            self.naming.update(keys.plain, keys.goods, joined)
        if field.may_be_model:
            self.mixed.update(keys.mixed)
        return [self._number(key) for key in chain(keys.plain, keys.concepts, joined)]

    def _learned(self, names: bool, may_be_model: bool, word: str) -> tuple[int, ...]:
        """The numbers of the keys of a word that stands in no phrase."""
        keys = keys_of_word(word)
        if names:
            self.naming.update(keys.plain, keys.goods)
        if may_be_model:
            self.mixed.update(keys.mixed)
        return tuple(self._number(key) for key in chain(keys.plain, keys.concepts))

    def _number(self, key: str) -> int:
        return self.word_ids.setdefault(key, len(self.word_ids))
