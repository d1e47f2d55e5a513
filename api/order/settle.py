"""How a draft comes to its end: confirmed with its stock taken, rejected, cancelled or fulfilled."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.broker import Hinting, NoHints
from api.catalog.models import Variant
from api.conversation.models import Message
from api.customer.models import Customer
from api.identity.current_user import CurrentUser
from api.order import repository, summary
from api.order.change import note_change
from api.order.edit import check_quantity, lock_order, open_order
from api.order.models import Order, OrderLine, OrderStatus, RejectionCode
from api.order.review import note_review
from api.order.status import check_step
from api.problem import Conflict, Unprocessable
from api.stock import service as stock
from api.stock.quantity import plain
from api.versioning import check_version

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Why an order cannot be confirmed yet; `line_id` is None where it is about the whole order."""

    line_id: int | None
    message: str


class NotReady(Conflict):
    """Raised when an order cannot be confirmed; `points` holds everything that stands in the way."""

    slug = "not-ready"

    def __init__(self, points: Sequence[OpenPoint]) -> None:
        super().__init__("; ".join(point.message for point in points), points=[asdict(point) for point in points])
        self.points = tuple(points)


def confirm(session: Session, user: CurrentUser, order_id: int, version: int, hints: Hinting | None = None) -> Order:
    """Confirm a draft: stock is taken for all of its lines, or nothing happens at all.

    Where the business wants it, the customer is told, in the same transaction; `hints` make it quick. Confirming
    what the same content has already confirmed returns the order as it is.

    Raises:
        NotReady: Lines have no SKU or no price, or there is no line.
        InsufficientStock: Stock does not suffice; every short variant is named.
    """
    conversation = summary.conversation_to_tell(session, user.business_id, order_id)
    order = lock_order(session, user, order_id)
    if order.status is OrderStatus.CONFIRMED and order.version in {version, version + 1}:
        return order
    check_version(order.version, version)
    check_step(order.status, OrderStatus.CONFIRMED)
    lines = repository.live(repository.lines_of(session, order))
    _check_ready(session, order, lines)
    needs = repository.needs(lines)
    stock.take(session, order.business_id, needs, order_id=order.id, user_id=user.id)
    order.confirmed_at, order.confirmed_by = datetime.now(UTC), user.id
    taken = {str(variant_id): plain(quantity) for variant_id, quantity in sorted(needs.items())}
    _settle(session, user, order, OrderStatus.CONFIRMED, {"needs": taken})
    if conversation is not None:
        told = summary.tell(session, hints or NoHints(), order, conversation)
        logger.info("order.customer_told", order_id=order.id, outcome=told)
    return order


def reject(
    session: Session,
    user: CurrentUser,
    order_id: int,
    version: int,
    reason: str,
    code: RejectionCode = RejectionCode.OTHER,
) -> Order:
    """Turn down a draft that is no order."""
    order = open_order(session, user, order_id, version)
    check_step(order.status, OrderStatus.REJECTED)
    order.reason, order.reason_code = reason, code
    return _settle(session, user, order, OrderStatus.REJECTED, {"reason": reason, "code": code})


def cancel(session: Session, user: CurrentUser, order_id: int, version: int, reason: str | None) -> Order:
    """Call an order off; what a confirmed one took goes back into stock."""
    order = open_order(session, user, order_id, version)
    check_step(order.status, OrderStatus.CANCELLED)
    stock.put_back(session, order.business_id, order_id=order.id, user_id=user.id)
    order.reason = reason
    return _settle(session, user, order, OrderStatus.CANCELLED, {"reason": reason})


def fulfill(session: Session, user: CurrentUser, order_id: int, version: int) -> Order:
    """Note that a confirmed order is on its way."""
    order = open_order(session, user, order_id, version)
    check_step(order.status, OrderStatus.FULFILLED)
    return _settle(session, user, order, OrderStatus.FULFILLED, {})


def _settle(session: Session, user: CurrentUser, order: Order, status: OrderStatus, data: Mapping[str, Any]) -> Order:
    if order.status is OrderStatus.DRAFT:
        note_review(session, user, order, status)
    _count(session, order, status)
    order.status = status
    if order.conversation_id is not None and order.read_up_to_message_id is None:
        order.read_up_to_message_id = _last_message(session, order.conversation_id)
    note_change(session, order, f"order.{status}", user_id=user.id, data=data)
    logger.info("order.settled", order_id=order.id, status=status.value, total_amount=order.total_amount)
    return order


def _count(session: Session, order: Order, status: OrderStatus) -> None:
    """Keep what the customer bought, in the same transaction: one more, or one less that was called off."""
    if OrderStatus.CONFIRMED not in {order.status, status} or status is OrderStatus.FULFILLED:
        return
    more = 1 if status is OrderStatus.CONFIRMED else -1
    session.execute(
        update(Customer)
        .where(Customer.id == order.customer_id)
        .values(
            order_count=Customer.order_count + more,
            spent_minor=Customer.spent_minor + more * order.total_amount,
        )
    )


def _check_ready(session: Session, order: Order, lines: Sequence[OrderLine]) -> None:
    variants = repository.variants_by_sku(session, order.business_id, [line.sku for line in lines if line.sku])
    points = [point for line in lines for point in _open_points(line, variants.get(line.sku or ""))]
    if not lines:
        points.append(OpenPoint(None, "the order has no lines; add one, or reject it"))
    if points:
        raise NotReady(points)


def _open_points(line: OrderLine, variant: Variant | None) -> list[OpenPoint]:
    what = line.title or line.text
    if line.variant_id is None or variant is None:
        still = f"choose its {', '.join(line.missing)}" if line.missing else "choose a SKU or remove it"
        return [OpenPoint(line.id, f"{what!r} is no SKU yet; {still}")]
    points = []
    if variant.archived_at is not None:
        points.append(OpenPoint(line.id, f"{variant.sku} is no longer in the catalogue; choose another or remove it"))
    if line.unit_price_minor is None:
        points.append(OpenPoint(line.id, f"{variant.sku} has no price; set one"))
    try:
        check_quantity(line, variant)
    except Unprocessable as error:
        points.append(OpenPoint(line.id, error.detail))
    return points


def _last_message(session: Session, conversation_id: int) -> int | None:
    return session.scalar(select(func.max(Message.id)).where(Message.conversation_id == conversation_id))
