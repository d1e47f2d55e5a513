"""The catalogue over HTTP: products and variants, searched and edited."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select

from api.catalog import service
from api.catalog.models import Product, Variant
from api.catalog.schemas import (
    NewProduct,
    NewVariant,
    ProductChange,
    ProductDetail,
    ProductOut,
    VariantChange,
    VariantOut,
)
from api.catalog.service import Editor
from api.database import DatabaseSession
from api.idempotency.service import RunOnce
from api.identity.current_user import CurrentUser, SignedIn
from api.pagination import Page, PageQuery, fetch_page
from api.versioning import SeenVersion, etag

router = APIRouter(tags=["catalog"])

ProductId = Annotated[int, Path(ge=1, le=2**63 - 1)]
VariantId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Search = Annotated[
    str,
    Query(
        max_length=200,
        description="Beginnings of words of title, SKU, options, aliases or brand.",
        examples=["blu kurt"],
    ),
]
ExactSku = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Exactly this SKU.")]


@router.get("/products")
def list_products(session: DatabaseSession, user: SignedIn, page: PageQuery) -> Page[ProductOut]:
    """The business's products, the newest first."""
    query = select(Product).where(Product.business_id == user.business_id)
    rows = fetch_page(session, query, page, by=[Product.id])
    return Page(items=[ProductOut.model_validate(row) for row in rows.items], next=rows.next)


@router.get("/products/{product_id}")
def get_product(product_id: ProductId, session: DatabaseSession, user: SignedIn) -> ProductDetail:
    """One product with all its variants."""
    product = service.product(session, user.business_id, product_id)
    shown = [VariantOut.model_validate(variant) for variant in service.variants_of(session, product)]
    return ProductDetail(**ProductOut.model_validate(product).model_dump(), variants=shown)


@router.post("/products", response_model=ProductDetail, status_code=HTTPStatus.CREATED)
def add_product(wish: NewProduct, session: DatabaseSession, user: SignedIn, once: RunOnce) -> Response:
    """Add a product with its variants."""

    def add() -> ProductDetail:
        product = service.add_product(session, _editor(user), wish.model_dump(exclude={"variants"}))
        for variant in wish.variants:
            service.add_variant(session, _editor(user), product, variant.model_dump())
        return get_product(product.id, session, user)

    return once.answer(session, user.business_id, add, status=HTTPStatus.CREATED)


@router.patch("/products/{product_id}")
def change_product(
    product_id: ProductId, change: ProductChange, session: DatabaseSession, user: SignedIn
) -> ProductDetail:
    """Change what a product's variants share."""
    product = service.product(session, user.business_id, product_id)
    service.change_product(session, _editor(user), product, change.given())
    return get_product(product_id, session, user)


@router.post("/products/{product_id}/variants", response_model=VariantOut, status_code=HTTPStatus.CREATED)
def add_variant(
    product_id: ProductId, wish: NewVariant, session: DatabaseSession, user: SignedIn, once: RunOnce
) -> Response:
    """Add a variant to a product."""

    def add() -> VariantOut:
        product = service.product(session, user.business_id, product_id)
        return VariantOut.model_validate(service.add_variant(session, _editor(user), product, wish.model_dump()))

    return once.answer(session, user.business_id, add, status=HTTPStatus.CREATED)


@router.get("/variants")
def list_variants(
    session: DatabaseSession,
    user: SignedIn,
    page: PageQuery,
    q: Search = "",
    sku: ExactSku = None,
    *,
    archived: Annotated[bool, Query(description="Those that were taken off the catalogue instead.")] = False,
) -> Page[VariantOut]:
    """The business's variants by title; of a search, the SKU that was meant first."""
    query = service.variants(user.business_id, search=q, archived=archived)
    if sku is not None:
        query = query.where(Variant.sku == sku)
    rows = service.search_page(session, query, q, page)
    return Page(items=[VariantOut.model_validate(row) for row in rows.items], next=rows.next)


@router.get("/variants/{variant_id}")
def get_variant(variant_id: VariantId, session: DatabaseSession, user: SignedIn, response: Response) -> VariantOut:
    """One variant."""
    return _shown(service.variant(session, user.business_id, variant_id), response)


@router.patch("/variants/{variant_id}")
def change_variant(
    variant_id: VariantId,
    change: VariantChange,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    response: Response,
) -> VariantOut:
    """Change a variant, take it off the catalogue (`archived`), or bring it back."""
    return _shown(service.change_variant(session, _editor(user), variant_id, version, change.given()), response)


def _shown(variant: Variant, response: Response) -> VariantOut:
    response.headers["ETag"] = etag(variant.version)
    return VariantOut.model_validate(variant)


def _editor(user: CurrentUser) -> Editor:
    return Editor(user.business_id, user.id)
