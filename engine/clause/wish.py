"""What an item asks for: a product, its options, how many."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from engine.act import NO_VALUES
from engine.catalog import Product, Variant
from engine.catalog_match.measure import PACK, Measure, fewest_packs
from engine.catalog_match.option import ProductOptions
from engine.catalog_match.size import is_multipack, rank_by_size

ONE = Decimal(1)
_UNTOLD: Mapping[str, tuple[int, ...]] = MappingProxyType({})
TITLE, QUANTITY = "the title", "the quantity"  # no catalogue names an option so


class Wish(NamedTuple):
    """One thing asked for, as far as one item of a message tells.

    `group` is the index of the product, None where none fits well; `rivals` are indices of products
    that fit as well. `options` maps an option's name to the values that the words allow. `quantity`
    is None where none is said; `amount` is a measure that packs have to make up. `pick` is a
    superlative ("big", "cheap") that chooses among variants. `unsaid` counts the words of the
    product's name that were left out; `spelled` is the share of the words that are spelled as the
    catalogue or a language spells them. `told` maps what was said (TITLE, QUANTITY, an option's name) to the
    tokens that said it. `conflict` says that the words name a
    variant that the product does not have.
    """

    group: int | None
    rivals: tuple[int, ...] = ()
    options: Mapping[str, frozenset[str]] = NO_VALUES
    quantity: Decimal | None = None
    amount: Measure | None = None
    price: Decimal | None = None
    pick: str | None = None
    score: float = 0.0
    coverage: float = 0.0
    margin: float = 0.0
    unsaid: int = 0
    spelled: float = 0.0
    has_product_words: bool = False
    conflict: bool = False
    bare: bool = False  # a number alone, without a word of its own
    said: Decimal | None = None  # the number of an amount as it was said, in its own unit
    unit: str | None = None  # the measure that a weight or volume was said in, where nothing is counted ("kg")
    headed: bool = False  # its size was said before its name, or goes on from such a one
    counted: bool = False  # the quantity was said with a counting word: "2 packets"
    refusal: int = -1  # the "not" that told another product of a like name away: "mawa peda, not kesar"
    text: str = ""
    start: int = 0
    end: int = 0
    told: Mapping[str, tuple[int, ...]] = _UNTOLD


def fitting(product: Product, wish: Wish) -> tuple[Variant, ...]:
    """The variants that a wish's options, price and pick leave, in the order of the catalogue."""
    left: Sequence[Variant] = product.variants
    for name, values in wish.options.items():
        left = [v for v in left if v.options.get(name) in values]
    if wish.price is not None:
        priced = [v for v in left if v.price and v.price.amount == wish.price]
        left = priced or left
    if wish.pick and len(left) > 1:
        left = _picked(left, wish.pick)
    return tuple(left)


def _picked(variants: Sequence[Variant], pick: str) -> Sequence[Variant]:
    if pick in ("cheap", "costly"):
        prices = [v.price.minor for v in variants if v.price]
        if len(prices) < len(variants):
            return variants
        wanted = min(prices) if pick == "cheap" else max(prices)
        return [v for v in variants if v.price and v.price.minor == wanted]
    if pick == "single":
        singles = [v for v in variants if not is_multipack(v.options.get("size", ""))]
        return singles or variants
    sizes = {v.options.get("size", "") for v in variants}
    if len(sizes) < 2:
        return variants
    ranked = rank_by_size(variants, "size")
    chosen = {"big": ranked[-1], "small": ranked[0]}.get(pick)
    if pick == "middle" and len(sizes) == 3:
        chosen = ranked[len(ranked) // 2]
    return [v for v in variants if v.options.get("size") == chosen.options.get("size")] if chosen else variants


def packs(product: ProductOptions, variants: tuple[Variant, ...], amount: Measure) -> dict[tuple[str, ...], int] | None:
    """The fewest packs of these variants that make up an amount, as counts by SKU; None if none do.

    Where several variants are packs of one size (the same weight of two flavors), they stand for it together.
    """
    measures = product.containers if amount.dimension.startswith(PACK) else product.measures
    by_size: dict[Decimal, tuple[str, ...]] = {}
    for variant in variants:
        measure = measures.get(variant.sku)
        if measure is not None and measure.dimension == amount.dimension:
            by_size[measure.amount] = (*by_size.get(measure.amount, ()), variant.sku)
    if amount.amount in by_size:
        return {by_size[amount.amount]: 1}
    counts = fewest_packs(amount.amount, list(by_size)) if amount.is_additive else None
    return {by_size[size]: count for size, count in counts.items()} if counts else None
