"""Draft orders from readings: the way from a proposal to an order that a person decides on."""

from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from api.order import drafting, repository
from api.order.change import note_change
from api.order.models import Order, OrderStatus
from api.order.proposal import Proposal, ProposalStage
from api.order.repository import covered_up_to, latest_of

__all__ = ["covered_up_to", "latest_of", "propose"]

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """Which conversation a proposal is of, by which reading, and the last message that it had read."""

    business_id: int
    conversation_id: int
    customer_id: int
    reading_id: int
    last_message_id: int


def propose(
    session: Session,
    *,
    business_id: int,
    conversation_id: int,
    customer_id: int,
    reading_id: int,
    last_message_id: int,
    draft: Proposal,
) -> Order | None:
    """Bring the conversation's one draft to what a reading proposes, and return it if there is one.

    The reading is of the messages after `covered_up_to(session, conversation_id)`, up to
    `last_message_id`. The same proposal twice changes nothing the second time. What a person touched
    stays; a draft that nobody touched is withdrawn where the chat holds no order any more.
    """
    source = Source(business_id, conversation_id, customer_id, reading_id, last_message_id)
    latest = repository.latest_of(session, conversation_id)
    is_open = latest is not None and latest.status is OrderStatus.DRAFT
    if draft.stage is ProposalStage.ORDER and (draft.lines or is_open):
        return _draft(session, source, latest, draft)
    if latest is None or not is_open:
        return None
    return _take_back(session, source, latest, draft)


def _draft(session: Session, source: Source, latest: Order | None, proposal: Proposal) -> Order:
    order, action = _open_draft(session, source, latest)
    turned = order.stage not in {None, ProposalStage.ORDER}
    _note_reading(order, source, proposal)
    changed = drafting.apply_lines(session, order, proposal) | drafting.apply_details(order, proposal.details)
    if changed or turned or action != "order.reread":
        _note_change(session, order, action)
    session.flush()
    return order


def _open_draft(session: Session, source: Source, latest: Order | None) -> tuple[Order, str]:
    """The conversation's draft, and what has to be noted: it is open, was withdrawn, or is new."""
    if latest is not None and latest.status is OrderStatus.DRAFT:
        return latest, "order.reread"
    if latest is not None and latest.withdrawn:
        latest.status, latest.withdrawn, latest.reason = OrderStatus.DRAFT, False, None
        return latest, "order.reopened"
    made = repository.insert_draft(
        session, source.business_id, customer_id=source.customer_id, conversation_id=source.conversation_id
    )
    if made is not None:
        return made, "order.proposed"
    theirs = repository.latest_of(session, source.conversation_id)  # a person made one at the same moment
    if theirs is None or theirs.status is not OrderStatus.DRAFT:
        raise RuntimeError(f"the draft of conversation {source.conversation_id} came and went; read it again")
    return theirs, "order.reread"


def _take_back(session: Session, source: Source, draft: Order, proposal: Proposal) -> Order | None:
    """Withdraw a draft for which there is no order in the chat; keep one that a person touched."""
    turned = draft.stage != proposal.stage
    _note_reading(draft, source, proposal)
    touched = drafting.is_touched(draft, repository.lines_of(session, draft))
    if touched and turned:
        _note_change(session, draft, "order.reread")
    if not touched:
        draft.status, draft.withdrawn = OrderStatus.CANCELLED, True
        draft.reason = (
            "the customer called it off" if proposal.stage is ProposalStage.CANCELLED else "no order asked for"
        )
        _note_change(session, draft, "order.withdrawn")
    session.flush()
    return draft if touched else None


def _note_reading(order: Order, source: Source, proposal: Proposal) -> None:
    order.stage = proposal.stage
    order.confidence = proposal.confidence
    order.reading_id = source.reading_id
    order.read_up_to_message_id = source.last_message_id


def _note_change(session: Session, order: Order, action: str) -> None:
    lines = repository.live(repository.lines_of(session, order))
    data = {
        "reading_id": order.reading_id,
        "lines": [{"sku": line.sku, "quantity": str(line.quantity)} for line in lines],
    }
    note_change(session, order, action, user_id=None, data=data, is_new=action == "order.proposed")
    logger.info(action, order_id=order.id, lines=len(lines), total_amount=order.total_amount)
