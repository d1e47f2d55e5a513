"""Which of a product's options a customer's words choose."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from engine.catalog import Product
from engine.catalog_match.measure import Measure, parse_size
from engine.catalog_match.size import container_of, size_of
from engine.catalog_match.value import Chosen, OptionValue, Word, values_of
from engine.catalog_match.word import words_of
from engine.language import Role
from engine.lazy import lazy
from engine.text import stem

_GOOD_ENOUGH = 0.42
_EQUAL = 0.02  # values that fit less than this worse than the best fit as well
_IN_FULL = 0.85  # a value that is named by itself, not by half of a longer name


class Said(NamedTuple):
    """Words, all that they may be, how many of them are bare numbers, and whether any says a number at all."""

    words: Sequence[Word]
    keys: AbstractSet[str]
    counts: int
    has_number: bool

    @classmethod
    def of(cls, words: Sequence[Word]) -> "Said":
        """What these words say."""
        counts = sum([word.number is not None for word in words])
        has_number = counts > 0 or any(word.measure for word in words)
        return cls(words, frozenset[str]().union(*[word.keys for word in words]), counts, has_number)


class Fits:
    """How well words fit the values of one product's options."""

    def __init__(self, by_option: Mapping[str, Sequence[Chosen]]) -> None:
        """Hold the fits of each option's values, in the catalogue's order."""
        self._by_option = by_option

    @lazy
    def chosen(self) -> dict[str, Chosen]:
        """Per option the values that fit best; options that nobody mentions are left out."""
        return {name: best for name, fits in self._by_option.items() if (best := _best(fits))}

    @lazy
    def covered(self) -> frozenset[int]:
        """The tokens that any value of any option explains."""
        fits = (fit for fits in self._by_option.values() for fit in fits)
        return frozenset[int]().union(*(fit.positions for fit in fits if fit.score >= _GOOD_ENOUGH))

    @lazy
    def named(self) -> frozenset[int]:
        """The tokens that name values, of options that are said in several as well."""
        several = (fit.positions for name in self._by_option for fit in self.apart(name))
        return frozenset[int]().union(*(chosen.positions for chosen in self.chosen.values()), *several)

    def apart(self, name: str) -> list[Chosen]:
        """The values of one option that different words name, as they are said: "red blue" is two.

        They are named in full, or by words that are of no other value: "glitter" of "gold glitter".
        """
        apart: list[Chosen] = []
        for fit in sorted(self._by_option[name], key=lambda c: (-round(c.score, 3), -len(c.positions))):
            is_named = fit.score >= _IN_FULL or self._is_its_own(name, fit)
            if is_named and all(_is_apart(fit.positions, other.positions) for other in apart):
                apart.append(fit)
        return sorted(apart, key=lambda c: (min(c.positions), max(c.positions)))

    def _is_its_own(self, name: str, fit: Chosen) -> bool:
        """Whether words name one value well enough, and no other value of its option at all."""
        others = (other.positions for other in self._by_option[name] if other is not fit)
        return fit.score >= _GOOD_ENOUGH and all(map(fit.positions.isdisjoint, others))


class ProductOptions:
    """The options of one product, prepared for reading."""

    def __init__(self, product: Product) -> None:
        """Prepare every option's values; `names` are the options that a customer has to choose."""
        self.product = product
        self.names = product.option_names
        every = dict.fromkeys(name for variant in product.variants for name in variant.options)
        named = frozenset(words_of(product.title)).intersection(*map(words_of, {v.title for v in product.variants}))
        self._named = named.union(map(stem, named))
        self._values = {name: values_of(_texts(product, name), named) for name in every}
        self._numbered = tuple((name, value) for name, values in self._values.items() for value in values)
        self._by_key = _by_key(self._numbered)
        self._measured = tuple(number for number, (_, value) in enumerate(self._numbered) if value.is_measured)
        self._nothing = Fits(dict.fromkeys(self._values, ()))

    def fits(self, said: Said) -> Fits:
        """How well words fit each value."""
        touched = self._touched(said)
        if not touched:
            return self._nothing
        by_option: dict[str, list[Chosen]] = {name: [] for name in self._values}
        named = self._named & said.keys
        for number in sorted(touched):
            name, value = self._numbered[number]
            if fit := value.fit(said.words, said.counts, named):
                by_option[name].append(fit)
        return Fits(by_option)

    def may_mean(self, word: Word) -> bool:
        """Whether a word may be of any value."""
        return not self._by_key.keys().isdisjoint(word.keys)

    def _touched(self, said: Said) -> set[int]:
        """The values, by number, of which some word may be a part."""
        by_key = self._by_key
        touched = {number for key in by_key.keys() & said.keys for number in by_key[key]}
        if said.has_number:
            touched.update(self._measured)
        return touched

    @lazy
    def own_words(self) -> frozenset[str]:
        """The words and numbers of what a customer has to choose that the product's title does not have."""
        said = frozenset([word for name in self.names for value in self.values(name) for word in words_of(value)])
        return said - frozenset(words_of(self.product.title))

    @lazy
    def measures(self) -> dict[str, Measure]:
        """The pack size of each SKU that has one, from its size or else its title."""
        return {v.sku: measure for v in self.product.variants if (measure := size_of(v))}

    @lazy
    def pieces(self) -> Decimal | None:
        """How many pieces a pack of any size holds, where a title says so in brackets: "Paper Plate (25 pcs)"."""
        _, _, aside = self.product.title.partition("(")
        held = parse_size(aside.partition(")")[0]) if aside else None
        is_other = held is not None and all(m.dimension != held.dimension for m in self.measures.values())
        return held.amount if held is not None and is_other and held.dimension == "pc" and self.measures else None

    @lazy
    def containers(self) -> dict[str, Measure]:
        """The container that each SKU is, where its options name one: "half bag (25 kg)" is 0.5 of a bag."""
        named = {v.sku: next(filter(None, map(container_of, v.options.values())), None) for v in self.product.variants}
        return {sku: measure for sku, measure in named.items() if measure}

    def of_role(self, role: Role) -> list[str]:
        """The options whose values are colors, or sizes, in any language."""
        return [name for name, values in self._values.items() if any(value.is_of(role) for value in values)]

    def values(self, name: str) -> tuple[str, ...]:
        """The values of an option, in the order of the catalogue."""
        return tuple(value.text for value in self._values.get(name, ()))


def _is_apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether tokens name another value than others do; both may share a word: "pixel 7, 8"."""
    return one.isdisjoint(other) or (not one <= other and not other <= one)


def _texts(product: Product, name: str) -> list[str]:
    return list(dict.fromkeys(v.options[name] for v in product.variants if name in v.options))


def _by_key(numbered: Sequence[tuple[str, OptionValue]]) -> dict[str, list[int]]:
    """To each key of a word, the values that it may name, by number."""
    by_key: dict[str, list[int]] = {}
    for number, (_, value) in enumerate(numbered):
        for key in value.keys:
            by_key.setdefault(key, []).append(number)
    return by_key


def _best(fits: Sequence[Chosen]) -> Chosen | None:
    best = max((fit.score for fit in fits), default=0.0)
    if best < _GOOD_ENOUGH:
        return None
    equal = [fit for fit in fits if fit.score >= max(best - _EQUAL, _GOOD_ENOUGH)]
    top = [
        fit for fit in equal if not any(fit.positions < other.positions for other in equal)
    ]  # "galaxy a14", no "a14"
    values, positions = (frozenset[str](), frozenset[int]())
    return Chosen(values.union(*(fit.values for fit in top)), best, positions.union(*(fit.positions for fit in top)))
