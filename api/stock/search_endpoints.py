"""What an agent picks a product from: variants found while she types, with price and stock beside each."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.catalog import service as catalog
from api.catalog.models import Product, Variant
from api.catalog.spelling import corrected
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.pagination import PageRequest
from api.stock import service
from api.stock.quantity import QuantityOut

router = APIRouter(prefix="/catalog", tags=["catalog"])


class VariantHit(BaseModel):
    """A variant that was found."""

    variant_id: int
    sku: str = Field(examples=["KU-ANAR-BLU-M"])
    title: str = Field(examples=["Anarkali kurti"])
    options: dict[str, Any] = Field(examples=[{"color": "blue", "size": "M"}])
    price_minor: int | None = Field(description="In minor units; null where no price is known.", examples=[49900])
    currency: str = Field(examples=["INR"])
    available: bool = Field(description="Whether the seller offers it, whatever is in stock.")
    fractional: bool = Field(description="Half of one can be ordered.")
    in_stock: QuantityOut | None = Field(description="How much is left; null where it is not counted.")
    product_id: int
    item_group_id: str = Field(description="Its product: `?item_group_id=` lists its siblings.", examples=["KU-ANAR"])
    product_title: str
    brand: str


class VariantHits(BaseModel):
    """What was found, the SKU that was meant first."""

    items: list[VariantHit]
    corrected: str | None = Field(
        description="What was searched instead, where nothing had the words as they were typed.",
        examples=["anarkali blue"],
    )


@router.get("/search")
def search_catalog(
    session: DatabaseSession,
    user: SignedIn,
    q: Annotated[
        str,
        Query(max_length=200, description="As of `GET /variants`; a mistyped word is forgiven.", examples=["blu kurt"]),
    ] = "",
    item_group_id: Annotated[
        str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Only variants of this product.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> VariantHits:
    """Variants to put on an order, found while you type: by the beginnings of words, with price and stock."""
    found = _search(session, user.business_id, q, item_group_id, limit)
    instead = None
    if not found and q.strip():
        instead = corrected(session, user.business_id, q)
        found = _search(session, user.business_id, instead, item_group_id, limit) if instead else []
    return VariantHits(items=_hits(session, found), corrected=instead if found else None)


def _search(session: Session, business_id: int, words: str, group: str | None, limit: int) -> list[Variant]:
    query = catalog.variants(business_id, search=words)
    if group is not None:
        query = query.where(Variant.product_id.in_(_products(business_id, group)))
    return list(catalog.search_page(session, query, words, PageRequest(limit)).items)


def _products(business_id: int, group: str) -> Select[int]:
    return select(Product.id).where(Product.business_id == business_id, Product.item_group_id == group)


def _hits(session: Session, variants: list[Variant]) -> list[VariantHit]:
    left = service.available(session, [each.id for each in variants])
    ids = {each.product_id for each in variants}
    products = {each.id: each for each in session.scalars(select(Product).where(Product.id.in_(ids)))}
    return [_hit(each, products[each.product_id], left) for each in variants]


def _hit(variant: Variant, product: Product, left: service.Left) -> VariantHit:
    return VariantHit(
        variant_id=variant.id,
        sku=variant.sku,
        title=variant.title,
        options=variant.options,
        price_minor=variant.price_minor,
        currency=variant.currency,
        available=variant.available,
        fractional=variant.fractional,
        in_stock=left.get(variant.id),
        product_id=product.id,
        item_group_id=product.item_group_id,
        product_title=product.title,
        brand=product.brand,
    )
