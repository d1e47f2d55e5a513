"""Stock in and out: each change of a quantity and its movement in one transaction, never below zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CollectionAggregate,
    Numeric,
    any_,
    bindparam,
    column,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.live.service import announce, announce_all
from api.problem import Conflict
from api.stock.models import MovementKind, Stock, StockMovement
from api.stock.quantity import plain

Left = dict[int, Decimal]  # what is left by variant id, of those variants that are counted


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which there is less than was asked for."""

    variant_id: int
    sku: str
    wanted: Decimal
    available: Decimal

    def __str__(self) -> str:
        return f"{self.sku}: {plain(self.wanted)} wanted, {plain(self.available)} left"


class InsufficientStock(Conflict):
    """Raised when stock does not suffice; `shortages` holds every variant that is short."""

    slug = "insufficient-stock"

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        super().__init__(
            f"not enough in stock: {'; '.join(map(str, shortages))}", shortages=[_json(s) for s in shortages]
        )
        self.shortages = tuple(shortages)


def take(
    session: Session, business_id: int, needs: Mapping[int, Decimal], *, order_id: int, user_id: int | None
) -> None:
    """Take what an order needs (quantity by variant id) out of stock, all of it or nothing.

    Stocks are locked in the order of their ids, so that two orders never wait for each other in a ring.
    Variants that are not counted are passed over.

    Raises:
        InsufficientStock: With all variants that are short, and nothing taken.
    """
    counted = {
        variant_id: left for variant_id, (left, tracked) in _lock(session, business_id, needs).items() if tracked
    }
    short = {variant_id: left for variant_id, left in counted.items() if left < needs[variant_id]}
    if short:
        raise InsufficientStock(_shortages(session, needs, short))
    deltas = {variant_id: -needs[variant_id] for variant_id in counted}
    _move(session, business_id, deltas, MovementKind.TAKE, order_id=order_id, user_id=user_id)


def put_back(session: Session, business_id: int, *, order_id: int, user_id: int | None) -> None:
    """Return to stock exactly what an order took and has not given back yet."""
    taken = dict(
        session.execute(
            select(StockMovement.variant_id, -func.sum(StockMovement.delta))
            .where(StockMovement.business_id == business_id, StockMovement.order_id == order_id)
            .group_by(StockMovement.variant_id)
            .having(func.sum(StockMovement.delta) != 0)
        ).all()
    )
    _lock(session, business_id, taken)
    _move(session, business_id, taken, MovementKind.PUT_BACK, order_id=order_id, user_id=user_id)


def set_quantity(
    session: Session,
    business_id: int,
    quantities: Mapping[int, Decimal],
    *,
    reason: str | None = None,
    user_id: int | None = None,
) -> None:
    """Note what was counted (quantity by variant id); variants that were not counted so far are from now on."""
    _start_counting(session, business_id, quantities)
    there = _lock(session, business_id, quantities)
    deltas = {variant_id: quantities[variant_id] - left for variant_id, (left, _) in there.items()}
    _move(session, business_id, deltas, MovementKind.SET, reason=reason, user_id=user_id)
    session.execute(
        update(Stock).where(Stock.variant_id == _any(quantities), Stock.tracked.is_(False)).values(tracked=True),
        execution_options={"synchronize_session": False},
    )


def change_quantity(
    session: Session,
    variant: Variant,
    kind: MovementKind,
    delta: Decimal,
    *,
    reason: str | None = None,
    user_id: int | None = None,
) -> None:
    """Add to a variant's stock what came in, or correct it by `delta`.

    Raises:
        InsufficientStock: There is less than is to be taken off.
    """
    _start_counting(session, variant.business_id, [variant.id])
    left, _ = _lock(session, variant.business_id, [variant.id])[variant.id]
    if left + delta < 0:
        raise InsufficientStock([Shortage(variant.id, variant.sku, -delta, left)])
    _move(session, variant.business_id, {variant.id: delta}, kind, reason=reason, user_id=user_id)


def count_it(session: Session, variant: Variant, *, tracked: bool) -> None:
    """Count a variant from now on, at what is on the books, or stop counting it."""
    _start_counting(session, variant.business_id, [variant.id])
    session.execute(update(Stock).where(Stock.variant_id == variant.id).values(tracked=tracked))
    announce(session, "variant", variant.id, business_id=variant.business_id)


def available(session: Session, variant_ids: Iterable[int]) -> Left:
    """What is left of those of the variants that are counted."""
    query = select(Stock.variant_id, Stock.quantity).where(Stock.variant_id == _any(variant_ids), Stock.tracked)
    return dict(session.execute(query).all())


def _any(ids: Iterable[int]) -> CollectionAggregate[Any]:
    """Any of many ids, as one parameter."""
    return any_(literal(sorted(ids), ARRAY(BigInteger)))


def _lock(session: Session, business_id: int, variant_ids: Iterable[int]) -> dict[int, tuple[Decimal, bool]]:
    """Quantity and whether it is counted, by variant id; the rows stay locked until the transaction ends."""
    query = (
        select(Stock.variant_id, Stock.quantity, Stock.tracked)
        .where(Stock.business_id == business_id, Stock.variant_id == _any(variant_ids))
        .order_by(Stock.variant_id)
        .with_for_update()
    )
    return {variant_id: (quantity, tracked) for variant_id, quantity, tracked in session.execute(query)}


def _start_counting(session: Session, business_id: int, variant_ids: Iterable[int]) -> None:
    """Give the variants a stock of zero where they have none. One statement, however many they are."""
    ids = func.unnest(bindparam("ids", sorted(variant_ids), type_=ARRAY(BigInteger))).column_valued()
    missing = select(ids, literal(business_id))
    session.execute(upsert(Stock).from_select(["variant_id", "business_id"], missing).on_conflict_do_nothing())


def _move(
    session: Session,
    business_id: int,
    deltas: Mapping[int, Decimal],
    kind: MovementKind,
    *,
    order_id: int | None = None,
    reason: str | None = None,
    user_id: int | None,
) -> None:
    """Change quantities, of rows that are locked, and write the movements: two statements, however many.

    The table's CHECK refuses what would fall below zero, should a caller ever come without the lock.
    """
    if not deltas:
        return
    moved = (
        func.unnest(
            bindparam("ids", sorted(deltas), type_=ARRAY(BigInteger)),
            bindparam("deltas", [deltas[variant_id] for variant_id in sorted(deltas)], type_=ARRAY(Numeric(12, 3))),
        )
        .table_valued(column("variant_id", BigInteger), column("delta", Numeric(12, 3)), name="moved")
        .render_derived()
    )
    change = update(Stock).where(Stock.variant_id == moved.c.variant_id)
    session.execute(
        change.values(quantity=Stock.quantity + moved.c.delta), execution_options={"synchronize_session": False}
    )
    shared = {"business_id": business_id, "kind": kind, "order_id": order_id, "reason": reason, "user_id": user_id}
    values = [literal(value, StockMovement.__table__.c[name].type) for name, value in shared.items()]
    movements = select(moved.c.variant_id, moved.c.delta, *values)
    session.execute(insert(StockMovement).from_select(["variant_id", "delta", *shared], movements))
    announce_all(session, "variant", deltas, business_id=business_id)


def _shortages(session: Session, needs: Mapping[int, Decimal], short: Mapping[int, Decimal]) -> list[Shortage]:
    skus = dict(session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(short))).all())
    return [Shortage(variant_id, skus[variant_id], needs[variant_id], left) for variant_id, left in short.items()]


def _json(shortage: Shortage) -> dict[str, Any]:
    quantities = {"wanted": plain(shortage.wanted), "available": plain(shortage.available)}
    return {"variant_id": shortage.variant_id, "sku": shortage.sku, **quantities}
