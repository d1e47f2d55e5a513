"""A catalogue, ready to be talked about."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from engine.catalog import Catalog, Product
from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.option import ProductOptions
from engine.catalog_match.remembered import Remembered
from engine.catalog_match.size import concepts
from engine.catalog_match.word import concept, every_language, is_numeric, words_of
from engine.language import Role
from engine.lazy import lazy
from engine.text import stem

_MOST_OF_A_PRICE = 6  # products that a price alone may mean
_IDLE = frozenset({Role.UNIT, Role.COUNT})  # words that tell no products apart
_LINKING = frozenset({Role.STOP, Role.AND, Role.FOR})
_LONGEST_LINK = 4  # letters of "of", "with", "for"


class Shop:
    """What one catalogue sells, by the words for it. Products are known by their place in it: their *group*."""

    def __init__(self, catalog: Catalog) -> None:
        """Index the catalogue."""
        self.catalog = catalog
        self.index = CatalogIndex(catalog)
        self.title_worth = Remembered(partial(_title_worth, self.index))
        self._prices = Remembered(partial(_prices, self.index.products))
        self._without: Remembered[int, frozenset[str]] = Remembered(partial(_without, self.index.products))
        self._options: dict[int, ProductOptions] = {}
        self._names: Remembered[int, tuple[frozenset[str], ...]] = Remembered(partial(_name, self.index.products))
        self._asides: Remembered[int, tuple[frozenset[str], ...]] = Remembered(partial(_aside, self.index.products))

    def product(self, group: int) -> Product:
        """A product by its group."""
        return self.index.products[group]

    def group_of(self, item_group_id: str) -> int | None:
        """The group of a product; None where the catalogue does not hold it."""
        return self.index.group_of.get(item_group_id)

    def options(self, group: int) -> ProductOptions:
        """The options of a product, prepared once."""
        if group not in self._options:
            self._options[group] = ProductOptions(self.product(group))
        return self._options[group]

    def name(self, group: int) -> tuple[frozenset[str], ...]:
        """The telling words of a product's title, each by all the keys that mean it.

        Words of its options, and what stands in brackets, are left out.
        """
        return self._names[group]

    def aside(self, group: int) -> tuple[frozenset[str], ...]:
        """The telling words that stand in brackets in a product's title: what it is called, too."""
        return self._asides[group]

    def has_aside(self, group: int) -> bool:
        """Whether a title says more in brackets: "Toor Dal (loose)"."""
        return "(" in self.product(group).title

    def without(self, group: int) -> frozenset[str]:
        """The words of a title that say what it is without: the "sem" of "agua sem gas"."""
        return self._without[group]

    def is_branded(self, group: int) -> bool:
        """Whether a product's title begins with its brand."""
        product = self.product(group)
        brand = words_of(product.variants[0].brand)
        return bool(brand) and words_of(product.title)[:1] == brand[:1]

    def comes_in_sizes(self, group: int) -> bool:
        """Whether a product has a size that is smaller than another."""
        return "size" in self.options(group).names

    def prices(self, group: int) -> frozenset[Decimal]:
        """What the variants of a product cost, in major units."""
        return self._prices[group]

    def by_price(self, groups: Sequence[int], pick: str | None) -> Sequence[int]:
        """Of products the cheapest, or the costliest, where `pick` says so and all have a price; else all of them."""
        extreme = {"cheap": min, "costly": max}.get(pick or "")
        if extreme is None or not groups or not all(self.prices(group) for group in groups):
            return groups
        wanted = extreme(extreme(self.prices(group)) for group in groups)
        return [group for group in groups if extreme(self.prices(group)) == wanted]

    def priced(self, price: Decimal) -> tuple[int, ...]:
        """The first few products of which a variant costs just this."""
        return tuple(self._by_price.get(price, ()))

    def known_options(self, sku: str) -> Mapping[str, frozenset[str]]:
        """The values of the options that tell a variant from its siblings; none for an unknown SKU."""
        variant = self.catalog.variant(sku)
        if variant is None:
            return {}
        names = self.options(self.index.group_of[variant.item_group_id]).names
        return {name: frozenset({variant.options[name]}) for name in names if name in variant.options}

    @lazy
    def _by_price(self) -> dict[Decimal, list[int]]:
        """To each price the first few products."""
        by_price: dict[Decimal, list[int]] = {}
        for group in range(len(self.index.products)):
            for price in self.prices(group):
                if len(groups := by_price.setdefault(price, [])) < _MOST_OF_A_PRICE:
                    groups.append(group)
        return by_price


def _name(products: Sequence[Product], group: int) -> tuple[frozenset[str], ...]:
    product = products[group]
    return _telling(product, product.title.partition("(")[0])


def _aside(products: Sequence[Product], group: int) -> tuple[frozenset[str], ...]:
    product = products[group]
    aside = product.title.partition("(")[2].partition(")")[0]
    return _telling(product, aside) if aside else ()


def _telling(product: Product, text: str) -> tuple[frozenset[str], ...]:
    """The words of a title's part that tell, each by all the keys that mean it."""
    words = words_of(text)
    names = product.option_names
    chosen = {v.options[n] for v in product.variants for n in names if n in v.options}
    said = {word for value in chosen for word in words_of(value)}
    keys = [{word, stem(word)} for word in words]
    tags = [tag for tag in every_language().tags(words) if not tag.by_sound]  # a leek is no "likh"
    heads = {concept(tag.role, tag.value): tag for tag in concepts(words)}  # of "Ofada Rice" only the last is rice
    for key, tag in heads.items():
        for index in range(tag.start, tag.end):
            keys[index].add(key)
    idle = {i for tag in tags if tag.role in _IDLE for i in range(tag.start, tag.end)}
    idle |= {tag.start for tag in tags if tag.role in _LINKING and len(words[tag.start]) <= _LONGEST_LINK}
    holding = {tag.start for tag in tags if tag.role is Role.OF}
    idle |= {tag.start for tag in tags if tag.role is Role.PACK and tag.end in holding}
    telling = (i for i, word in enumerate(words) if i not in idle and word not in said and not is_numeric(word))
    compounds = _compounds(text)
    named: dict[int, set[str]] = {}
    for index in telling:
        named.setdefault(compounds[index], set()).update(keys[index])
    return tuple(map(frozenset, named.values()))


def _without(products: Sequence[Product], group: int) -> frozenset[str]:
    words = words_of(products[group].title.partition("(")[0])
    tags = every_language().tags(words)
    denying = (tag for tag in tags if tag.role is Role.NOT and not tag.final and 0 < tag.start < len(words) - 1)
    return frozenset(words[tag.start] for tag in denying if not is_numeric(words[tag.start + 1]))


def _compounds(title: str) -> list[int]:
    """To each word of a title the number of its compound: who says a half of "Pick-Up" says the whole."""
    pieces = enumerate(title.split())
    return [number for number, piece in pieces for _ in words_of(piece)]


def _title_worth(index: CatalogIndex, group: int) -> float:
    """What all the words of a title tell, its numbers left out."""
    ids = {index.word_ids[word] for word in words_of(index.products[group].title) if not word.isdigit()}
    return float(sum(map(index.worth, ids)))


def _prices(products: Sequence[Product], group: int) -> frozenset[Decimal]:
    return frozenset(v.price.amount for v in products[group].variants if v.price)
