"""What a person made of what a reading proposed, counted line by line when she decides on the draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.identity.current_user import CurrentUser
from api.order import repository
from api.order.models import LineOrigin, Order, OrderLine, OrderReview, OrderStatus


@dataclass(frozen=True, slots=True)
class Touch:
    """What a person changed of one line that was proposed to her."""

    sku: bool = False
    quantity: bool = False
    price: bool = False
    removed: bool = False

    @property
    def kept(self) -> bool:
        """Whether she left it as it was."""
        return not (self.sku or self.quantity or self.price or self.removed)


def touch_of(line: OrderLine, variant: Variant | None) -> Touch:
    """What was changed of a proposed line: against what it was taken for when the person touched it.

    A price counts as changed where it is not the catalogue's. Choosing a SKU for a line that had none counts, too.
    """
    if line.touched_by is None:
        return Touch()
    if line.removed_at is not None:
        return Touch(removed=True)
    said = line.answered or line.proposed or {}
    return Touch(
        sku=line.sku != said.get("sku"),
        quantity=line.quantity != Decimal(said.get("quantity", line.quantity)),
        price=variant is not None and line.unit_price_minor != variant.price_minor,
    )


def note_review(session: Session, user: CurrentUser, order: Order, decision: OrderStatus) -> None:
    """Keep what a person made of a draft; nothing of one that no reading proposed."""
    if order.reading_id is None or order.created_by is not None:
        return
    lines = repository.lines_of(session, order)
    variants = repository.variants_by_sku(session, order.business_id, [line.sku for line in lines if line.sku])
    proposed = [line for line in lines if line.origin is LineOrigin.ENGINE]
    touches = [touch_of(line, variants.get(line.sku or "")) for line in proposed]
    session.add(_review(user, order, decision, touches, added=_added(lines)))


def _review(
    user: CurrentUser, order: Order, decision: OrderStatus, touches: Sequence[Touch], *, added: int
) -> OrderReview:
    kept = sum(touch.kept for touch in touches)
    details = len(set(order.details_touched) - {"note"})
    return OrderReview(
        order_id=order.id,
        business_id=order.business_id,
        decision=decision,
        decided_by=user.id,
        edited=bool(kept < len(touches) or added or details),
        lines_proposed=len(touches),
        lines_kept=kept,
        lines_sku=sum(touch.sku for touch in touches),
        lines_quantity=sum(touch.quantity for touch in touches),
        lines_price=sum(touch.price for touch in touches),
        lines_removed=sum(touch.removed for touch in touches),
        lines_added=added,
        details_changed=details,
    )


def _added(lines: Sequence[OrderLine]) -> int:
    return sum(line.origin is LineOrigin.AGENT and line.removed_at is None for line in lines)
