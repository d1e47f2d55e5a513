"""The catalogue out, as a Meta commerce feed that imports again as it is and opens safely in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.catalog_file.cell import escape
from api.stock.models import Stock
from engine.money import Money, exponent

OPTIONS = ("color", "size", "material", "pattern", "gender", "age_group")
COLUMNS = (
    "id",
    "item_group_id",
    "title",
    "description",
    "availability",
    "condition",
    "price",
    "brand",
    *OPTIONS,
    "additional_variant_attribute",
    "product_type",
    "quantity_to_sell_on_facebook",
    "aliases",
)
_ROWS_A_PIECE = 1000


def export_catalog(session: Session, business_id: int) -> Iterator[str]:
    """The business's catalogue as pieces of a CSV file, archived variants left out."""
    query = (
        select(Variant, Product, Stock)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.business_id == business_id, Variant.archived_at.is_(None))
        .order_by(Product.id, Variant.id)
        .execution_options(yield_per=_ROWS_A_PIECE)
    )
    yield _csv([COLUMNS])
    for rows in session.execute(query).partitions():
        yield _csv(_cells(variant, product, stock) for variant, product, stock in rows)


def _cells(variant: Variant, product: Product, stock: Stock | None) -> Sequence[str]:
    return (
        variant.sku,
        product.item_group_id,
        variant.title,
        product.description,
        "in stock" if variant.available else "out of stock",
        "new",
        _price(variant),
        product.brand,
        *(str(variant.options.get(name, "")) for name in OPTIONS),
        _other_options(variant),
        product.product_type,
        _whole(stock.quantity) if stock and stock.tracked else "",
        " | ".join(alias.replace("|", "/") for alias in variant.aliases),
    )


def _price(variant: Variant) -> str:
    if variant.price_minor is None:
        return ""
    amount = Money(variant.price_minor, variant.currency).amount
    return f"{amount:.{exponent(variant.currency)}f} {variant.currency}"


def _other_options(variant: Variant) -> str:
    """Options that the feed has no column for, as Meta writes them: `scent:rose, flavor:mint`."""
    others = [(name, str(value)) for name, value in variant.options.items() if name not in OPTIONS]
    return ", ".join(f"{name.replace(':', ' ')}:{value}".replace(",", " ") for name, value in others)


def _whole(quantity: Decimal) -> str:
    """Feeds count whole units."""
    return str(int(quantity))


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([escape(cell) for cell in row] for row in rows)
    return text.getvalue()
