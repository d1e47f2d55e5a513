"""Which of a product's options a customer's words choose."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from engine.catalog import Product, Variant
from engine.catalog_match.index import concept, words_of
from engine.catalog_match.measure import PACK, Measure, parse_size
from engine.language import Lexicon, Role, languages
from engine.text import fold, stem

_LEADING_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")
_GOOD_ENOUGH = 0.42
_NEAR = 2  # tokens between a number and the word that belongs to it ("13" and "pro")
_SMALL = 10  # a smaller bare number is a count before it is a size
_LETTER_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL")
_OPTION_ROLES = (Role.COLOR, Role.SIZE, Role.GOODS)


@dataclass(frozen=True, slots=True)
class Word:
    """A customer's word as options see it: the catalogue words that it may be, with similarity 0..1.

    `is_after_name`: it follows words that name the product or an option ("slides navy 8").
    `number` is its value if it is one, `measure` the amount if a unit follows; `as_size` says that a
    word beside it ("size", "no.") or a glued letter marks a bare number as no count.
    """

    position: int
    keys: Mapping[str, float]
    number: Decimal | None = None
    measure: Measure | None = None
    is_count: bool = False
    as_size: bool = False
    is_after_name: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """Values of one option that the words allow, how well they fit, and the tokens that say so."""

    values: frozenset[str]
    score: float
    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    words: tuple[frozenset[str], ...]  # of each word the keys that mean it
    weights: tuple[float, ...]
    numeric: tuple[bool, ...]
    whole: frozenset[str]  # concept keys that mean the value as a whole
    measure: Measure | None
    measured: Decimal | None  # the number that the size writes before its unit


class ProductOptions:
    """The options of one product, prepared for reading."""

    def __init__(self, product: Product) -> None:
        """Prepare every option's values."""
        self.product = product
        self.names = product.option_names
        every = dict.fromkeys(name for variant in product.variants for name in variant.options)
        self._values = {name: _values(product, name) for name in every}

    def choose(self, words: Sequence[Word]) -> dict[str, Chosen]:
        """Per option the values that fit the words best; options that nobody mentions are left out."""
        counts = sum(1 for word in words if word.number is not None and word.measure is None)
        chosen: dict[str, Chosen] = {}
        for name, values in self._values.items():
            found = [c for value in values if (c := _fit(value, words, counts)) is not None]
            if best := _best(found):
                chosen[name] = best
        return chosen

    def covered(self, words: Sequence[Word]) -> frozenset[int]:
        """The tokens that any value of any option explains."""
        counts = sum(1 for word in words if word.number is not None and word.measure is None)
        fits = (_fit(value, words, counts) for values in self._values.values() for value in values)
        return frozenset().union(*(fit.positions for fit in fits if fit and fit.score >= _GOOD_ENOUGH))

    def measures(self) -> dict[str, Measure]:
        """The pack size of each SKU that has one, from its size or else its title."""
        sized = {v.sku: size_of(v) for v in self.product.variants}
        return {sku: measure for sku, measure in sized.items() if measure}

    def containers(self) -> dict[str, Measure]:
        """The container that each SKU is, where its options name one: "half bag (25 kg)" is 0.5 of a bag."""
        named = {v.sku: next(filter(None, map(container_of, v.options.values())), None) for v in self.product.variants}
        return {sku: measure for sku, measure in named.items() if measure}

    def has_role(self, role: Role, name: str) -> bool:
        """Whether the values of an option are colors, or sizes, in any language."""
        prefix = f"{role.value}:"
        values = self._values.get(name, ())
        return bool(values) and any(
            any(k.startswith(prefix) for k in v.whole | frozenset().union(*v.words)) for v in values
        )

    def values(self, name: str) -> tuple[str, ...]:
        """The values of an option, in the order of the catalogue."""
        return tuple(value.text for value in self._values.get(name, ()))


def size_of(variant: Variant) -> Measure | None:
    """The pack size that a variant's options, else its title, name."""
    for text in (*(variant.options.get(name, "") for name in ("size", *variant.options)), variant.title):
        if text and (measure := parse_size(text)):
            return measure
    return None


@lru_cache(maxsize=4096)
def container_of(text: str) -> Measure | None:
    """The container that an option's value names, as a count of it; None where it names none.

    >>> container_of("half carton (20 packs)"), container_of("500 g")
    (Measure(amount=Decimal('0.5'), dimension='pack:carton'), None)
    """
    words = words_of(text.split("(")[0])
    if not 0 < len(words) <= 2:
        return None
    tags = _lexicon().tags(words)
    if not any(tag.role is Role.PACK and tag.start == len(words) - 1 for tag in tags):
        return None
    fraction = next((tag.number for tag in tags if tag.role is Role.FRACTION and tag.start == 0), None)
    if len(words) == 2 and fraction is None:
        return None
    return Measure(fraction or Decimal(1), f"{PACK}{stem(words[-1])}")


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon.of(tuple(languages()))


def _values(product: Product, name: str) -> tuple[_Value, ...]:
    texts = list(dict.fromkeys(v.options[name] for v in product.variants if name in v.options))
    spelled = {text: words_of(text) for text in texts}
    frequency: dict[str, int] = {}
    for words in spelled.values():
        for word in set(words):
            frequency[word] = frequency.get(word, 0) + 1
    return tuple(_value(text, words, frequency, len(texts)) for text, words in spelled.items())


def _value(text: str, words: list[str], frequency: Mapping[str, int], values: int) -> _Value:
    keys = [{word, stem(word)} for word in words]
    whole = set()
    for tag in _lexicon().tags(words):
        if tag.role in _OPTION_ROLES:
            key = concept(tag.role, tag.value)
            for index in range(tag.start, tag.end):
                keys[index].add(key)
            if tag.end - tag.start == len(words):
                whole.add(key)
    if len(words) > 1:
        whole.add("".join(words))
    weights = tuple(0.05 if frequency[w] == values > 1 else math.log(1 + values / frequency[w]) for w in words)
    numeric = tuple(word.replace(".", "").isdigit() for word in words)
    return _Value(text, tuple(frozenset(k) for k in keys), weights, numeric, frozenset(whole), parse_size(text), _written(text))


def _is_size(word: Word, counts: int) -> bool:
    """Whether a bare number that is a size's number without its unit is meant as that size."""
    number = word.number or Decimal(0)
    if word.as_size or number != number.to_integral_value():
        return True
    return number >= _SMALL and (counts > 1 or word.is_after_name)


def _written(text: str) -> Decimal | None:
    """The number of a size as it is written: 65 of "65W", 1.5 of "1.5 kg"."""
    match = _LEADING_NUMBER.match(text)
    return Decimal(match[1]) if match and parse_size(text) else None


def _fit(value: _Value, words: Sequence[Word], counts: int) -> Chosen | None:
    """How well the words name one value; None if they do not."""
    for word in words:
        if value.measure and word.measure == value.measure:
            return Chosen(frozenset({value.text}), 1.0, frozenset({word.position}))
        if value.measured is not None and word.number == value.measured and _is_size(word, counts):
            return Chosen(frozenset({value.text}), 0.9, frozenset({word.position}))
        similarity = max((word.keys[k] for k in value.whole & word.keys.keys()), default=0.0)
        if similarity:
            return Chosen(frozenset({value.text}), similarity, frozenset({word.position}))
    return _fit_words(value, words, counts)


def _fit_words(value: _Value, words: Sequence[Word], counts: int) -> Chosen | None:
    if value.measure and any(w.measure and w.measure.dimension == value.measure.dimension for w in words):
        return None  # another amount is said in full: a bare number is none
    matched: dict[int, tuple[float, int]] = {}  # word of the value -> (similarity, token)
    for index, keys in enumerate(value.words):
        for word in words:
            similarity = max((word.keys[k] for k in keys & word.keys.keys()), default=0.0)
            if similarity > matched.get(index, (0.0, 0))[0] and not (word.measure or word.is_count):
                matched[index] = (similarity, word.position)
    by_position = {word.position: word for word in words}
    for index in [i for i in matched if value.numeric[i]]:
        if not _number_belongs(value, index, matched, by_position, counts):
            del matched[index]
    score = sum(value.weights[i] * s for i, (s, _) in matched.items()) / (sum(value.weights) or 1.0)
    if score < 0.3:
        return None
    return Chosen(frozenset({value.text}), score, frozenset(position for _, position in matched.values()))


def _number_belongs(
    value: _Value, index: int, matched: Mapping[int, tuple[float, int]], words: Mapping[int, Word], counts: int
) -> bool:
    """Whether a bare number names this value rather than a count."""
    position = matched[index][1]
    word = words[position]
    if word.as_size:
        return True
    others = [p for i, (_, p) in matched.items() if i != index]
    if any(abs(position - other) <= _NEAR for other in others):
        return True
    rest = [weight for i, weight in enumerate(value.weights) if i != index]
    if rest and max(rest) > 0.06:
        return False
    number = word.number or Decimal(0)
    return counts > 1 or number >= _SMALL or number != number.to_integral_value() or word.is_after_name


def _best(found: list[Chosen]) -> Chosen | None:
    good = sorted((c for c in found if c.score >= _GOOD_ENOUGH), key=lambda c: -c.score)
    if not good:
        return None
    top = [c for c in good if c.score >= good[0].score - 0.02]
    values = frozenset().union(*(c.values for c in top))
    return Chosen(values, good[0].score, frozenset().union(*(c.positions for c in top)))


def distinct(product: ProductOptions, name: str, words: Sequence[Word], counts: int) -> list[Chosen]:
    """Values of one option that different words name, each fully: "red blue" is two."""
    fits = [c for value in product._values.get(name, ()) if (c := _fit(value, words, counts)) and c.score >= 0.85]  # noqa: SLF001
    return fits


def rank_by_size(variants: Sequence[Variant], name: str) -> list[Variant]:
    """Variants from small to large, by measure or letter size; as they are where neither tells."""

    def key(variant: Variant) -> tuple[int, Decimal]:
        text = variant.options.get(name, "")
        if measure := parse_size(text):
            return 0, measure.amount
        letter = next((tag.value for tag in _lexicon().tags(words_of(text)) if tag.role is Role.SIZE), "")
        if letter in _LETTER_SIZES:
            return 0, Decimal(_LETTER_SIZES.index(letter))
        number = next((w for w in words_of(text) if w.replace(".", "").isdigit()), None)
        return (0, Decimal(number)) if number else (1, Decimal(0))

    return sorted(variants, key=key)


def folded_values(values: frozenset[str]) -> frozenset[str]:
    """Option values in one spelling, to compare by."""
    return frozenset(fold(value) for value in values)
