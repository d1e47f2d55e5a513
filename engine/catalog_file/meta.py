"""Reads rows of a Meta commerce catalogue feed (also Google's, which shares its columns)."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from engine.catalog import NO_OPTIONS, Variant
from engine.catalog_file.builder import CatalogBuilder
from engine.catalog_file.cells import Cells, names, plain_text
from engine.money import Money

SKU = ("id", "sku")
TITLE = ("title", "name")
OPTIONS = ("color", "size", "material", "pattern", "gender", "age_group")
STOCK = ("quantity_to_sell_on_facebook", "inventory", "stock", "quantity")
COLUMNS = frozenset((*SKU, *TITLE, *OPTIONS, *STOCK, "item_group_id", "price", "sale_price", "availability"))

_AVAILABLE = {
    "in stock": True,
    "available for order": True,
    "preorder": True,
    "pre order": True,
    "backorder": True,
    "out of stock": False,
    "discontinued": False,
    "pending": False,
}
_PAIR = re.compile(r"\s*([^:,]+?)\s*:\s*([^,]+?)\s*(?:,|$)")


def add_row(cells: Cells, builder: CatalogBuilder, default_currency: str, at: datetime) -> None:
    """Add one row of a feed to `builder`."""
    if cells.text("status").casefold() == "archived":
        builder.leave_out()
        return
    sku = cells.required(*SKU)
    stock = cells.count(*STOCK)
    variant = Variant(
        sku=sku,
        item_group_id=cells.text("item_group_id") or sku,
        title=cells.required(*TITLE),
        options=_options(cells),
        price=_price(cells, default_currency, at),
        in_stock=_available(cells) and stock != 0,
        stock=stock,
        brand=cells.text("brand"),
        product_type=cells.text("product_type", "google_product_category", "fb_product_category"),
        description=plain_text(cells.text("description", "rich_text_description", "short_description")),
        aliases=names(cells.text("aliases")),
    )
    builder.add(variant, cells, "id", names(cells.text("product_aliases")))


def _options(cells: Cells) -> Mapping[str, str]:
    options = {name: value for name in OPTIONS if (value := cells.text(name))}
    for name, value in _PAIR.findall(cells.text("additional_variant_attribute")):
        options[name.casefold()] = value
    return MappingProxyType(options) if options else NO_OPTIONS


def _available(cells: Cells) -> bool:
    """A row without a word on it is available."""
    value = cells.text("availability")
    words = value.casefold().replace("_", " ").replace("-", " ")
    if value and words not in _AVAILABLE:
        cells.blame("availability", f"{value!r} is not an availability; write 'in stock' or 'out of stock'")
    return _AVAILABLE.get(words, True)


def _price(cells: Cells, default_currency: str, at: datetime) -> Money | None:
    """What a customer pays at `at`: the sale price while its period lasts."""
    price = cells.price("price", default_currency)
    sale = cells.price("sale_price", default_currency)
    return sale if sale and cells.period_covers("sale_price_effective_date", at) else price
