"""What the shop sells: variants (SKUs) grouped into products, indexed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from engine.money import Money

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that can be ordered: a SKU.

    `options` holds what tells it from its siblings, by column name (`color`, `size`, `material`,
    `pattern`, or a Shopify option's own name in lower case); empty columns are left out.
    `stock` is None where the seller does not count it. `aliases` are other names that the seller's
    customers use for it.
    """

    sku: str
    item_group_id: str
    title: str
    options: Mapping[str, str] = field(default_factory=lambda: NO_OPTIONS, hash=False)
    price: Money | None = None
    in_stock: bool = True
    stock: int | None = None
    brand: str = ""
    product_type: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product and its variants, in the order of the catalogue."""

    item_group_id: str
    variants: tuple[Variant, ...]

    @property
    def title(self) -> str:
        """The seller's name of the product: its first variant's title."""
        return self.variants[0].title

    @property
    def option_names(self) -> tuple[str, ...]:
        """The options in which this product's variants differ: what a customer has to choose."""
        names = dict.fromkeys(name for variant in self.variants for name in variant.options)
        return tuple(name for name in names if len({v.options.get(name) for v in self.variants}) > 1)


class Catalog:
    """An immutable set of variants, found by SKU and by group. Share it between threads."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        """Index `variants`; raise ValueError on a SKU that occurs twice."""
        self.variants = tuple(variants)
        self._by_sku: dict[str, Variant] = {}
        for variant in self.variants:
            if variant.sku in self._by_sku:
                raise ValueError(f"the SKU {variant.sku!r} occurs twice; a SKU must be unique")
            self._by_sku[variant.sku] = variant

    @classmethod
    def from_csv(cls, path: str | Path, *, skip_bad_rows: bool = False, default_currency: str = "INR") -> "Catalog":
        """Read a Meta catalogue feed or a Shopify product export.

        Raises CatalogFileError, which lists every bad row; with `skip_bad_rows` only where no row is good.
        `default_currency` is that of prices that name none, as in Shopify's export.
        """
        from engine.catalog_file import read_catalog  # noqa: PLC0415 - readers stand above values

        return cls(read_catalog(Path(path), skip_bad_rows=skip_bad_rows, default_currency=default_currency))

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """Products by `item_group_id`, in the order of the catalogue."""
        groups: dict[str, list[Variant]] = {}
        for variant in self.variants:
            groups.setdefault(variant.item_group_id, []).append(variant)
        return MappingProxyType({key: Product(key, tuple(group)) for key, group in groups.items()})

    def variant(self, sku: str) -> Variant | None:
        """The variant with this SKU, or None."""
        return self._by_sku.get(sku)

    def product(self, item_group_id: str) -> Product | None:
        """The product with this group id, or None."""
        return self.products.get(item_group_id)

    def __len__(self) -> int:
        return len(self.variants)
