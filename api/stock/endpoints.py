"""Stock over HTTP: what is left, what moved, and moving it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.catalog import service as catalog
from api.catalog.models import Variant
from api.database import DatabaseSession
from api.idempotency.service import RunOnce
from api.identity.current_user import CurrentUser, SignedIn
from api.pagination import Page, PageQuery, fetch_page
from api.stock import service
from api.stock.models import MovementKind, Stock, StockMovement
from api.stock.quantity import CountIn, plain
from api.stock.schemas import Adjust, Movement, MovementOut, Receive, SetTo, StockChange, StockOut

router = APIRouter(prefix="/stocks", tags=["stocks"])

VariantId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("")
def list_stocks(
    session: DatabaseSession,
    user: SignedIn,
    page: PageQuery,
    q: Annotated[str, Query(max_length=200, description="As of `GET /variants`.", examples=["blu kurt"])] = "",
    at_most: Annotated[CountIn | None, Query(description="Only what is counted, and of which so much is left.")] = None,
    *,
    archived: Annotated[bool, Query(description="Those that were taken off the catalogue instead.")] = False,
) -> Page[StockOut]:
    """The stock of the business's variants, by title."""
    query = catalog.variants(user.business_id, search=q, archived=archived)
    if at_most is not None:
        query = query.where(Variant.id.in_(select(Stock.variant_id).where(Stock.tracked, Stock.quantity <= at_most)))
    rows = catalog.search_page(session, query, q, page)
    left = service.available(session, [variant.id for variant in rows.items])
    return Page(items=[_shown(variant, left) for variant in rows.items], next=rows.next)


@router.get("/{variant_id}")
def get_stock(variant_id: VariantId, session: DatabaseSession, user: SignedIn) -> StockOut:
    """The stock of one variant."""
    variant = catalog.variant(session, user.business_id, variant_id)
    return _shown(variant, service.available(session, [variant.id]))


@router.patch("/{variant_id}")
def change_stock(variant_id: VariantId, change: StockChange, session: DatabaseSession, user: SignedIn) -> StockOut:
    """Count a variant from now on, or no longer; what is not counted never runs out."""
    variant = catalog.variant(session, user.business_id, variant_id)
    service.count_it(session, variant, tracked=change.tracked)
    _record(session, user, "stock.counting_changed", variant, tracked=change.tracked)
    return get_stock(variant_id, session, user)


@router.get("/{variant_id}/movements")
def list_movements(
    variant_id: VariantId, session: DatabaseSession, user: SignedIn, page: PageQuery
) -> Page[MovementOut]:
    """What moved a variant's stock, the latest first."""
    variant = catalog.variant(session, user.business_id, variant_id)
    query = select(StockMovement).where(
        StockMovement.business_id == user.business_id, StockMovement.variant_id == variant.id
    )
    rows = fetch_page(session, query, page, by=[StockMovement.id])
    return Page(items=[MovementOut.model_validate(row) for row in rows.items], next=rows.next)


@router.post("/{variant_id}/movements", response_model=StockOut, status_code=HTTPStatus.CREATED)
def add_movement(
    variant_id: VariantId, movement: Movement, session: DatabaseSession, user: SignedIn, once: RunOnce
) -> Response:
    """Set a stock to what was counted, add what came in, or correct it. It never falls below zero."""

    def add() -> StockOut:
        variant = catalog.variant(session, user.business_id, variant_id)
        moved = _move(session, user, variant, movement)
        _record(session, user, f"stock.{movement.kind}", variant, amount=moved, reason=movement.reason)
        return get_stock(variant_id, session, user)

    return once.answer(session, user.business_id, add, status=HTTPStatus.CREATED)


def _move(session: Session, user: CurrentUser, variant: Variant, movement: SetTo | Receive | Adjust) -> str:
    """Do it, and return the amount for the audit log."""
    if isinstance(movement, SetTo):
        counted = {variant.id: movement.quantity}
        service.set_quantity(session, user.business_id, counted, reason=movement.reason, user_id=user.id)
        return plain(movement.quantity)
    delta = movement.delta if isinstance(movement, Adjust) else movement.quantity
    kind = MovementKind(movement.kind)
    service.change_quantity(session, variant, kind, delta, reason=movement.reason, user_id=user.id)
    return plain(delta)


def _shown(variant: Variant, left: service.Left) -> StockOut:
    return StockOut(
        variant_id=variant.id,
        product_id=variant.product_id,
        sku=variant.sku,
        title=variant.title,
        options={name: str(value) for name, value in variant.options.items()},
        price_minor=variant.price_minor,
        currency=variant.currency,
        available=variant.available,
        tracked=variant.id in left,
        quantity=left.get(variant.id),
    )


def _record(session: Session, user: CurrentUser, action: str, variant: Variant, **data: object) -> None:
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action=action,
        subject_type="variant",
        subject_id=variant.id,
        sku=variant.sku,
        **data,
    )
