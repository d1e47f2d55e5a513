"""Reads rows of Shopify's product export, with its older and its newer column names."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.catalog import NO_OPTIONS, Variant
from engine.catalog_file.builder import CatalogBuilder
from engine.catalog_file.cells import Cells, names, plain_text
from engine.catalog_file.table import normal_name

HANDLE = ("url_handle", "handle")
SKU = ("variant_sku", "sku")
PRICE = ("variant_price", "price")
STOCK = ("variant_inventory_qty", "inventory_quantity")
TRACKER = ("variant_inventory_tracker", "inventory_tracker")
POLICY = ("variant_inventory_policy", "continue_selling_when_out_of_stock")
OPTION_NUMBERS = (1, 2, 3)
COLUMNS = frozenset((*HANDLE, "title", "option1_name", "option1_value", *SKU, *PRICE, *STOCK, "body_(html)"))

_NOT_FOR_SALE = frozenset(("draft", "archived"))
_OVERSELLS = frozenset(("continue", "true", "yes"))


@dataclass(frozen=True, slots=True)
class _Product:
    """What only a product's first row says."""

    handle: str
    title: str
    brand: str
    product_type: str
    description: str
    aliases: tuple[str, ...]
    option_names: tuple[str, ...]
    for_sale: bool


class ShopifyRows:
    """Takes the rows in order, since a product's further rows repeat only its handle."""

    def __init__(self, builder: CatalogBuilder, default_currency: str, columns: Mapping[str, int]) -> None:
        self._builder = builder
        self._currency = default_currency
        self._tracks = any(column in columns for column in TRACKER)
        self._price_column = next((column for column in PRICE if column in columns), PRICE[0])
        self._products: dict[str, _Product] = {}

    def add(self, cells: Cells) -> None:
        """Add the variant of one row; a row that only carries a picture adds nothing."""
        handle = cells.text(*HANDLE) or cells.text("title")
        if not handle:
            cells.required(*HANDLE)
            for problem in cells.problems:
                self._builder.reject(problem)
            return
        product = self._products.get(handle)
        if product is None:
            product = self._products[handle] = _product(cells, handle)
        elif not _has_variant(cells):
            return
        if product.for_sale:
            self._add_variant(product, cells)
        else:
            self._builder.leave_out()

    def _add_variant(self, product: _Product, cells: Cells) -> None:
        options = _options(product, cells)
        oversells = cells.text(*POLICY).casefold() in _OVERSELLS
        stock = None if oversells or self._is_untracked(cells) else cells.count(*STOCK)
        variant = Variant(
            sku=cells.text(*SKU).removeprefix("'") or _own_sku(product.handle, options),
            item_group_id=product.handle,
            title=product.title or cells.required("title"),
            options=MappingProxyType(options) if options else NO_OPTIONS,
            price=cells.price(self._price_column, self._currency),
            in_stock=stock != 0,
            stock=stock,
            brand=product.brand,
            product_type=product.product_type,
            description=product.description,
            aliases=names(cells.text("aliases")),
        )
        self._builder.add(variant, cells, SKU[0], product.aliases)

    def _is_untracked(self, cells: Cells) -> bool:
        return self._tracks and not cells.text(*TRACKER)


def _product(cells: Cells, handle: str) -> _Product:
    return _Product(
        handle=handle,
        title=cells.text("title"),
        brand=cells.text("vendor"),
        product_type=cells.text("type", "product_type", "product_category"),
        description=plain_text(cells.text("body_(html)", "description")),
        aliases=names(cells.text("product_aliases")),
        option_names=tuple(normal_name(cells.text(f"option{n}_name")) for n in OPTION_NUMBERS),
        for_sale=cells.text("status").casefold() not in _NOT_FOR_SALE,
    )


def _has_variant(cells: Cells) -> bool:
    return bool(cells.text(*SKU, *PRICE, *(f"option{n}_value" for n in OPTION_NUMBERS)))


def _options(product: _Product, cells: Cells) -> dict[str, str]:
    """The row's options; `Title: Default Title` is how Shopify says that there are none."""
    values = (cells.text(f"option{n}_value") for n in OPTION_NUMBERS)
    pairs = zip(product.option_names, values, strict=True)
    return {name: value for name, value in pairs if name and value and value != "Default Title"}


def _own_sku(handle: str, options: Mapping[str, str]) -> str:
    """Shopify needs no SKU, we do: the handle and the option values name a variant as well."""
    return ":".join((handle, *options.values()))
