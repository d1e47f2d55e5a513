"""The catalogue's own lexicon: which words lead to which products, and how far a typed word may stray."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from engine.catalog import Catalog, Product, Variant
from engine.catalog_match.measure import parse_size
from engine.language import Lexicon, Role, languages
from engine.language.english import english_words
from engine.text import fold, latin, loan, skeleton, sound, stem

# How much a word of a field says about which product is meant.
_TITLE, _ALIAS, _BRAND, _TYPE, _OPTION, _DESCRIPTION = 1.0, 1.0, 0.9, 0.45, 0.9, 0.3
# How sure a way of meeting is.
_EXACT, _STEM, _TRANSLATED, _SOUND, _SKELETON, _PREFIX = 1.0, 0.98, 0.95, 0.88, 0.78, 0.75
_ONE_EDIT, _TWO_EDITS = 0.86, 0.74
_LOAN = 0.84
_LONG = 5
_SIZE_LIKE = 10  # from here on a bare number may be a size without its unit ("65 wala")
_CONCEPT_ROLES = (Role.GOODS, Role.COLOR, Role.SIZE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the catalogue that a customer's word may be; `similarity` 0..1."""

    word: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Posting:
    """The products that a word leads to (`groups`, ascending) and with what weight each."""

    groups: np.ndarray
    weights: np.ndarray


def words_of(text: str) -> list[str]:
    """The folded words of a catalogue text, letters and digits together ("m14", "2.4").

    >>> words_of("Redmi Note-12 Pro (2.4 A), men's")
    ['redmi', 'note', '12', 'pro', '2.4', 'a', 'mens']
    """
    kept = "".join(
        c if c.isalnum() or c == "." or "\u0900" <= c <= "\u0d7f" else ("" if c in "'’" else " ") for c in fold(text)
    )
    return [word.strip(".") for word in kept.split() if word.strip(".")]


class CatalogIndex:
    """Words of a catalogue, with the products behind each and an inverse frequency as its worth."""

    def __init__(self, catalog: Catalog) -> None:
        """Index every product's titles, brand, aliases, type, options and description."""
        self.products: tuple[Product, ...] = tuple(catalog.products.values())
        self.group_of = {product.item_group_id: index for index, product in enumerate(self.products)}
        self._lexicon = Lexicon.of(tuple(languages()))
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        naming: set[str] = set()
        house_brand = _house_brand(self.products)
        for index, product in enumerate(self.products):
            for word, weight, names in self._weighted_words(product, house_brand):
                if names:
                    naming.add(word)
                weights[word][index] = max(weight, weights[word].get(index, 0.0))
        self.words = list(weights)
        self.word_ids = {word: index for index, word in enumerate(self.words)}
        self.postings = [_posting(groups) for groups in weights.values()]
        self.naming = np.array([word in naming for word in self.words], dtype=bool)
        self.worth = np.array([_worth(len(self.products), posting) for posting in self.postings])
        self.mixed = frozenset(_mixed_words(self.products))
        self.option_words = frozenset(
            word for p in self.products for v in p.variants for value in v.options.values() for word in words_of(value)
            if len(word) > 2 and not word[0].isdigit()
        )  # fmt: skip
        self.numeric_options = frozenset(
            words[0] for p in self.products for v in p.variants for value in v.options.values()
            if (words := words_of(value)) and words[0].replace(".", "").isdigit()
            and (len(words) == 1 or (parse_size(value) and ("." in words[0] or float(words[0]) >= _SIZE_LIKE)))
        )  # fmt: skip
        self._spellings = _Spellings(self.words)
        self.hits = lru_cache(maxsize=20_000)(self._hits)

    def _weighted_words(self, product: Product, house_brand: str) -> Iterator[tuple[str, float, bool]]:
        """Words of a product with the weight of their field, and whether they name it rather than an option."""
        for text, weight, names in _fields(product, house_brand):
            words = words_of(text)
            for word in words:
                yield word, weight, names
                yield stem(word), weight, names
            for tag in self._lexicon.tags(words):
                if tag.role in _CONCEPT_ROLES:
                    yield concept(tag.role, tag.value), weight, names and tag.role is Role.GOODS
            for left, right in zip(words, words[1:], strict=False):
                if weight >= _BRAND and not (left.isdigit() and right.isdigit()):
                    yield left + right, weight, names

    def __contains__(self, word: str) -> bool:
        return word in self.word_ids

    def exact(self, word: str) -> Hit | None:
        """The catalogue's word that is spelled so, or None."""
        found = self.word_ids.get(word)
        return Hit(found, _EXACT) if found is not None else None

    def _hits(self, word: str) -> tuple[Hit, ...]:
        """The catalogue's words that a typed word may be, best first; none for a word far from all."""
        best: dict[int, float] = {}
        for candidate, similarity in self._spellings.near(word):
            best[candidate] = max(similarity, best.get(candidate, 0.0))
        return tuple(Hit(w, s) for w, s in sorted(best.items(), key=lambda item: (-item[1], item[0]))[:12])


def concept(role: Role, value: str) -> str:
    """The key under which words of all languages for one thing meet."""
    return f"{role.value}:{value}"


def _house_brand(products: Sequence[Product]) -> str:
    """The brand that most products carry, and that therefore names none of them; empty if there is none."""
    brand, count = Counter(product.variants[0].brand for product in products).most_common(1)[0] if products else ("", 0)
    return brand if count > 0.6 * len(products) else ""


def _fields(product: Product, house_brand: str) -> Iterator[tuple[str, float, bool]]:
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


def _posting(groups: dict[int, float]) -> Posting:
    ids = sorted(groups)
    return Posting(np.array(ids, dtype=np.int32), np.array([groups[i] for i in ids], dtype=np.float32))


def _worth(products: int, posting: Posting) -> float:
    """Inverse product frequency: what everyone has tells nothing."""
    return math.log(1 + products / (0.5 + float(posting.weights.sum())))


class _Spellings:
    """Finds the words that a typed word may stand for."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._ids = {word: index for index, word in enumerate(words)}
        plain = [(index, word) for index, word in enumerate(words) if ":" not in word and not word[:1].isdigit()]
        self._by_sound = _keyed(plain, lambda word: sound(word), 3)
        self._by_loan = _keyed(plain, lambda word: loan(latin(word)), 2)
        self._by_skeleton = _keyed(plain, lambda word: skeleton(latin(word)), 3)
        self._by_delete: dict[str, list[int]] = defaultdict(list)
        self._by_prefix: dict[str, list[int]] = defaultdict(list)
        for index, word in plain:
            if len(word) >= 4:
                for key in _deletes(word):
                    self._by_delete[key].append(index)
                self._by_prefix[word[:3]].append(index)

    def near(self, word: str) -> Iterator[tuple[int, float]]:
        if (exact := self._ids.get(word)) is not None:
            yield exact, _EXACT
        if (stemmed := self._ids.get(stem(word))) is not None:
            yield stemmed, _STEM
        script = latin(word)
        if script != word:
            yield from self._borrowed(word)
        if any(char.isdigit() for char in word) or len(word) < 3:
            return
        if script != word and (transliterated := self._ids.get(script)) is not None:
            yield transliterated, _STEM
        if exact is not None or stemmed is not None:
            return
        if len(word) > 3 and word in english_words():
            yield from self._lengthened(word)
            return
        yield from self._misspelled(stem(script))

    def _lengthened(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of the catalogue that go on a letter or two after an English one ("silicon", "silicone")."""
        for index in self._by_prefix.get(word[:3], ()):
            other = self._words[index]
            if len(word) >= _LONG and other.startswith(word) and len(other) - len(word) <= 2:
                yield index, _ONE_EDIT

    def _borrowed(self, word: str) -> Iterator[tuple[int, float]]:
        """English words of the catalogue that a Devanagari word may spell."""
        key = loan(word)
        if len(key) == 1 and key in self._ids:
            yield self._ids[key], _LOAN
        for index in self._by_loan.get(key, ()):
            yield index, _LOAN * (0.7 + 0.3 * ratio(latin(word), self._words[index]) / 100)

    def _misspelled(self, word: str) -> Iterator[tuple[int, float]]:
        for index in self._by_sound.get(sound(word), ()):
            yield index, _SOUND
        for index in self._by_skeleton.get(skeleton(word), ()) if len(word) >= 3 else ():
            closeness = ratio(word, self._words[index]) / 100
            yield index, _SKELETON * (0.6 + 0.4 * closeness)
        if len(word) >= 4:
            yield from self._edited(word)
            for index in self._by_prefix.get(word[:3], ()):
                if self._words[index].startswith(word) and len(word) >= 0.4 * len(self._words[index]):
                    yield index, _PREFIX
        elif len(word) == 3:
            yield from ((i, _PREFIX * 0.85) for i in self._by_prefix.get(word, ()) if len(self._words[i]) <= 7)

    def _edited(self, word: str) -> Iterator[tuple[int, float]]:
        near = {index for key in _deletes(word) for index in self._by_delete.get(key, ())}
        for index in near:
            other = self._words[index]
            edits = OSA.distance(word, other, score_cutoff=2)
            shorter = min(len(word), len(other))
            if edits == 1 and shorter >= 4:
                yield index, _ONE_EDIT if word[0] == other[0] else _ONE_EDIT - 0.1
            elif edits == 2 and shorter >= 7 and word[0] == other[0]:
                yield index, _TWO_EDITS


def _keyed(plain: Iterable[tuple[int, str]], key_of, shortest: int) -> dict[str, list[int]]:  # type: ignore[no-untyped-def]
    keyed: dict[str, list[int]] = defaultdict(list)
    for index, word in plain:
        key = key_of(word)
        if len(key) >= shortest:
            keyed[key].append(index)
    return dict(keyed)


def _deletes(word: str) -> set[str]:
    """The word, and it with each one letter left out; of long words with two, over the first eight letters."""
    ones = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < 7:
        return {word} | ones
    return {word} | ones | {one[:i] + one[i + 1 :] for one in ones for i in range(min(8, len(one)))}


def title_of(variant: Variant) -> str:
    """A variant's title with the options that it does not already name.

    >>> title_of(Variant("A", "g", "Rose Plant", {"color": "red"}))
    'Rose Plant, red'
    """
    named = fold(variant.title)
    return ", ".join((variant.title, *(v for v in variant.options.values() if fold(v) not in named)))
