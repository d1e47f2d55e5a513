"""What every change of an order does besides: total, version, audit entry, and word to open pages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.audit import service as audit
from api.live.service import announce
from api.order import repository
from api.order.models import Order
from api.order.total import order_amount


def assign(row: object, values: Mapping[str, Any]) -> bool:
    """Set those attributes of `row` that differ, and tell whether any did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def note_change(
    session: Session,
    order: Order,
    action: str,
    *,
    user_id: int | None,
    data: Mapping[str, Any] | None = None,
    is_new: bool = False,
) -> None:
    """Bring the order's total and version along with what was changed, and write it down.

    `action` is the audit entry's; `user_id` is None where a reading changed the order.
    """
    session.flush()
    order.total_amount = order_amount(repository.lines_of(session, order))
    order.updated_at = datetime.now(UTC)
    if not is_new:
        order.version += 1
    session.flush()
    audit.record(
        session,
        business_id=order.business_id,
        user_id=user_id,
        action=action,
        subject_type="order",
        subject_id=order.id,
        number=order.number,
        version=order.version,
        **(data or {}),
    )
    announce(session, "order", order.id, business_id=order.business_id)
    if order.conversation_id is not None:  # whose row of the inbox shows the draft
        announce(session, "conversation", order.conversation_id, business_id=order.business_id)
