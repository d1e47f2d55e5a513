"""What a person changes on an order: lines and details, each marked as hers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.identity.current_user import CurrentUser
from api.order import repository
from api.order.change import assign, note_change
from api.order.models import LineOrigin, Order, OrderLine
from api.order.status import check_details_open, check_lines_open
from api.problem import NotFound, Unprocessable
from api.stock.quantity import plain
from api.versioning import check_version


@dataclass(frozen=True, slots=True)
class LineWish:
    """What a person wants of a line; None leaves a value as it is."""

    sku: str | None = None
    quantity: Decimal | None = None
    unit_price_minor: int | None = None


def open_order(session: Session, user: CurrentUser, order_id: int, version: int) -> Order:
    """An order of the user's business, locked, as the user last saw it.

    Raises:
        NotFound: The business has no such order.
        StaleVersion: Somebody else has changed it.
    """
    order = lock_order(session, user, order_id)
    check_version(order.version, version)
    return order


def lock_order(session: Session, user: CurrentUser, order_id: int) -> Order:
    """An order of the user's business, locked until the transaction ends."""
    order = repository.find(session, user.business_id, order_id, lock=True)
    if order is None:
        raise NotFound(f"there is no order {order_id}")
    return order


def make_order(session: Session, user: CurrentUser, *, customer_id: int, conversation_id: int | None) -> Order | None:
    """A new draft of the user's own; None where the conversation has a draft already."""
    order = repository.insert_draft(
        session, user.business_id, customer_id=customer_id, conversation_id=conversation_id, created_by=user.id
    )
    if order is not None:
        note_change(session, order, "order.made", user_id=user.id, is_new=True)
    return order


def add_line(session: Session, user: CurrentUser, order: Order, wish: LineWish) -> OrderLine:
    """Put a SKU on a draft; one unit where `wish` names no quantity."""
    check_lines_open(order.status)
    variant = _variant(session, order, wish.sku)
    lines = repository.lines_of(session, order)
    line = OrderLine(
        business_id=order.business_id,
        order_id=order.id,
        position=max((line.position for line in lines), default=-1) + 1,
        currency=order.currency,
        origin=LineOrigin.AGENT,
        quantity=Decimal(1),
    )
    session.add(line)
    _become(session, line, variant)
    _set_amounts(line, wish, variant)
    line.touched_by = user.id
    note_change(session, order, "order.line_added", user_id=user.id, data=_summary(line))
    return line


def change_line(session: Session, user: CurrentUser, order: Order, line_id: int, wish: LineWish) -> OrderLine:
    """Give a line another SKU (at the catalogue's price), quantity or price."""
    check_lines_open(order.status)
    line = _line(session, order, line_id)
    before = _summary(line)
    variant = _variant(session, order, wish.sku or line.sku) if wish.sku or line.variant_id else None
    if variant is not None and variant.id != line.variant_id:
        _become(session, line, variant)
    _set_amounts(line, wish, variant)
    _touch(line, user)
    note_change(session, order, "order.line_changed", user_id=user.id, data={**_summary(line), "before": before})
    return line


def remove_line(session: Session, user: CurrentUser, order: Order, line_id: int) -> None:
    """Take a line off. One that a reading proposed is kept out of sight, so that it does not come back."""
    check_lines_open(order.status)
    line = _line(session, order, line_id)
    summary = _summary(line)
    if line.proposed is None and line.answered is None:
        session.delete(line)
    else:
        line.removed_at = datetime.now(UTC)
        _touch(line, user)
    note_change(session, order, "order.line_removed", user_id=user.id, data=summary)


def restore_line(session: Session, user: CurrentUser, order: Order, line_id: int) -> OrderLine:
    """Bring back a line that a person removed, as it was; from now on it is this person's."""
    check_lines_open(order.status)
    line = _line(session, order, line_id, removed=True)
    line.removed_at = None
    _touch(line, user)
    note_change(session, order, "order.line_restored", user_id=user.id, data=_summary(line))
    return line


def change_details(session: Session, user: CurrentUser, order: Order, details: Mapping[str, Any]) -> None:
    """Set delivery details by name; they are the person's from now on, whatever the chat says."""
    check_details_open(order.status)
    if "address" in details and "address_parts" not in details:
        details = {**details, "address_parts": {}}
    names = sorted(set(order.details_touched) | (details.keys() - {"address_parts"}))
    if assign(order, details) | assign(order, {"details_touched": names}):
        # Which ones, not what: the audit log is no place for addresses.
        note_change(session, order, "order.details_changed", user_id=user.id, data={"fields": sorted(details)})


def _line(session: Session, order: Order, line_id: int, *, removed: bool = False) -> OrderLine:
    for line in repository.lines_of(session, order):
        if line.id == line_id and (line.removed_at is not None) == removed:
            return line
    raise NotFound(f"order {order.id} has no {'removed ' if removed else ''}line {line_id}")


def _variant(session: Session, order: Order, sku: str | None) -> Variant:
    variant = repository.variants_by_sku(session, order.business_id, [sku]).get(sku) if sku else None
    if variant is None or variant.archived_at is not None:
        raise Unprocessable(f"the catalogue has no SKU {sku!r}; look it up under /variants")
    return variant


def _become(session: Session, line: OrderLine, variant: Variant) -> None:
    """Make the line one of `variant`, at the catalogue's price where that is in the order's currency."""
    line.variant_id, line.sku, line.title = variant.id, variant.sku, variant.title
    line.item_group_id = repository.item_group_of(session, variant)
    line.options, line.missing = dict(variant.options), []
    line.unit_price_minor = variant.price_minor if variant.currency == line.currency else None


def _set_amounts(line: OrderLine, wish: LineWish, variant: Variant | None) -> None:
    if wish.quantity is not None:
        line.quantity = wish.quantity
    if wish.unit_price_minor is not None:
        line.unit_price_minor = wish.unit_price_minor
    check_quantity(line, variant)


def check_quantity(line: OrderLine, variant: Variant | None) -> None:
    """Raise Unprocessable where the line asks for a part of something that is only sold whole."""
    if variant is not None and not variant.fractional and line.quantity % 1:
        raise Unprocessable(f"{variant.sku} is only sold whole, not {plain(line.quantity)} of it")


def _touch(line: OrderLine, user: CurrentUser) -> None:
    line.touched_by = user.id
    line.answered = line.proposed


def _summary(line: OrderLine) -> dict[str, Any]:
    return {
        "line_id": line.id,
        "sku": line.sku,
        "quantity": plain(line.quantity),
        "unit_price_minor": line.unit_price_minor,
    }
