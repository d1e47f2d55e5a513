"""Brings a business's catalogue to what rows of a file say. What a row leaves empty stays as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CollectionAggregate, Text, any_, bindparam, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.catalog.words import words_of
from engine.catalog import Variant as Row

_FIELDS = ("product_id", "title", "options", "price_minor", "available", "aliases", "words")
_CHANGE = (
    update(Variant)
    .where(Variant.id == bindparam("key"))
    .values(
        archived_at=None,
        version=Variant.version + 1,
        **{name: bindparam(f"new_{name}") for name in _FIELDS},
    )
)


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows were new, and how many changed something."""

    created: int
    updated: int


def merge(session: Session, business_id: int, currency: str, rows: Sequence[Row], *, counted: bool) -> Merged:
    """Write `rows` (a thousand or so) into the catalogue. `counted`: their stock is taken over too."""
    products = _products(session, business_id, rows)
    known = _known(session, business_id, [row.sku for row in rows])
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in rows:
        there = known.get(row.sku)
        values = _values(row, products[row.item_group_id], there, counted=counted)
        if there is None:
            new.append({"business_id": business_id, "sku": row.sku, "currency": currency, **values})
        elif there.archived_at is not None or any(getattr(there, name) != values[name] for name in _FIELDS):
            changed.append({"key": there.id, **{f"new_{name}": values[name] for name in _FIELDS}})
    if new:
        session.execute(insert(Variant), new)
    if changed:
        session.connection().execute(_CHANGE, changed)
        session.expire_all()
    return Merged(len(new), len(changed))


def variant_ids(session: Session, business_id: int, skus: Sequence[str]) -> dict[str, int]:
    """The ids of a business's SKUs."""
    query = select(Variant.sku, Variant.id).where(Variant.business_id == business_id, Variant.sku == _any(skus))
    return dict(session.execute(query).all())


def _any(texts: Sequence[str]) -> CollectionAggregate[Any]:
    """Any of many texts, as one parameter: a thousand of them take longer to prepare than to find."""
    return any_(literal(texts, ARRAY(Text)))


def _known(session: Session, business_id: int, skus: Sequence[str]) -> dict[str, Variant]:
    query = select(Variant).where(Variant.business_id == business_id, Variant.sku == _any(skus))
    return {variant.sku: variant for variant in session.scalars(query)}


def _products(session: Session, business_id: int, rows: Iterable[Row]) -> Mapping[str, Product]:
    """The rows' products by `item_group_id`; a new one is called as its first row is."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.item_group_id, row)
    query = select(Product).where(Product.business_id == business_id, Product.item_group_id == _any(list(first)))
    products = {product.item_group_id: product for product in session.scalars(query)}
    for group in first.keys() - products.keys():
        products[group] = Product(business_id=business_id, item_group_id=group, title=first[group].title)
    for group, row in first.items():
        for name in ("description", "brand", "product_type"):
            if value := getattr(row, name):
                setattr(products[group], name, value)
        session.add(products[group])
    session.flush()
    return products


def _values(row: Row, product: Product, there: Variant | None, *, counted: bool) -> dict[str, Any]:
    options = dict(row.options) or (dict(there.options) if there else {})
    aliases = list(row.aliases) or (list(there.aliases) if there else [])
    price = row.price.minor if row.price else (there.price_minor if there else None)
    texts = (row.sku, row.title, *options.values(), *aliases, product.title, product.brand or "")
    return {
        "product_id": product.id,
        "title": row.title,
        "options": options,
        "price_minor": price,
        # A count of zero says that none is left, not that it is no longer offered.
        "available": row.in_stock or (counted and row.stock == 0),
        "aliases": aliases,
        "words": words_of(map(str, texts)),
    }
