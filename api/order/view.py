"""Orders as a person sees them: lines beside what the catalogue, the stock and the chat say of them now."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.customer.models import Customer
from api.order import repository
from api.order.drafting import differs_from_chat, is_touched
from api.order.models import Order, OrderLine, OrderStatus
from api.order.payment import payments_of
from api.order.proposal import ProposalStage
from api.order.schemas import (
    CandidateOut,
    ChatSays,
    Details,
    EvidenceOut,
    LineOut,
    LinePreview,
    OrderCustomer,
    OrderDetail,
    OrderSummary,
    PaymentOut,
    QuestionOut,
    WarningOut,
)
from api.order.total import line_amount
from api.stock import service as stock
from api.stock.quantity import plain

PREVIEWED = 3


def detail(session: Session, order: Order) -> OrderDetail:
    """An order with its lines, their warnings, and what to ask next."""
    session.flush()
    lines = repository.lines_of(session, order)
    live = repository.live(lines)
    left = stock.available(session, repository.needs(live))
    warnings = _warnings(session, order, live, left)
    return OrderDetail(
        **_summary(order, session.get_one(Customer, order.customer_id), lines).model_dump(),
        details=Details.model_validate(order, from_attributes=True),
        touched_fields=order.details_touched,
        details_evidence={name: _evidence(spans) for name, spans in order.details_evidence.items()},
        lines=[_line(line, left, warnings.get(line.id, [])) for line in live],
        removed_lines=[_line(line, {}, []) for line in lines if line.removed_at is not None],
        payment_reference=order.payment_reference,
        payments=[PaymentOut.model_validate(payment) for payment in payments_of(session, order)],
        questions=open_questions(order, live),
    )


def summaries(session: Session, orders: Sequence[Order]) -> list[OrderSummary]:
    """The orders of a list, in its order."""
    lines: dict[int, list[OrderLine]] = {order.id: [] for order in orders}
    of_them = select(OrderLine).where(OrderLine.order_id.in_(lines)).order_by(OrderLine.position, OrderLine.id)
    for line in session.scalars(of_them):
        lines[line.order_id].append(line)
    query = select(Customer).where(Customer.id.in_({order.customer_id for order in orders}))
    customers = {customer.id: customer for customer in session.scalars(query)}
    return [_summary(order, customers[order.customer_id], lines[order.id]) for order in orders]


def _summary(order: Order, customer: Customer, lines: Sequence[OrderLine]) -> OrderSummary:
    live = repository.live(lines)
    return OrderSummary(
        id=order.id,
        number=order.number,
        status=order.status,
        conversation_id=order.conversation_id,
        customer=OrderCustomer(id=customer.id, name=customer.name or customer.profile_name, phone=customer.phone),
        line_count=len(live),
        first_lines=[LinePreview.model_validate(line, from_attributes=True) for line in live[:PREVIEWED]],
        open_line_count=sum(line.variant_id is None or line.unit_price_minor is None for line in live),
        question_count=len(open_questions(order, live)),
        touched=is_touched(order, lines),
        total_amount=order.total_amount,
        currency=order.currency,
        confidence=order.confidence,
        stage=order.stage,
        reading_disagrees=_disagrees(order, lines),
        reason=order.reason,
        reason_code=order.reason_code,
        payment_status=order.payment_status,
        paid_at=order.paid_at,
        version=order.version,
        created_at=order.created_at,
        updated_at=order.updated_at,
        confirmed_at=order.confirmed_at,
    )


def _disagrees(order: Order, lines: Sequence[OrderLine]) -> bool:
    if order.status is not OrderStatus.DRAFT:
        return False
    return order.stage not in {None, ProposalStage.ORDER} or any(map(differs_from_chat, lines))


def _line(line: OrderLine, left: stock.Left, warnings: Sequence[WarningOut]) -> LineOut:
    price = line.unit_price_minor
    return LineOut(
        id=line.id,
        sku=line.sku,
        variant_id=line.variant_id,
        item_group_id=line.item_group_id,
        title=line.title,
        options=line.options,
        missing=line.missing,
        text=line.text,
        quantity=line.quantity,
        unit_price_minor=price,
        amount_minor=None if price is None else line_amount(line.quantity, price),
        currency=line.currency,
        confidence=line.confidence,
        origin=line.origin,
        touched=line.touched_by is not None,
        removed=line.removed_at is not None,
        chat_says=_chat_says(line),
        evidence=_evidence(line.evidence),
        candidates=[CandidateOut(**candidate) for candidate in line.candidates],
        reasons=line.reasons,
        in_stock=left.get(line.variant_id) if line.variant_id is not None else None,
        warnings=list(warnings),
    )


def _chat_says(line: OrderLine) -> ChatSays | None:
    if not differs_from_chat(line):
        return None
    said = line.proposed or {}
    return ChatSays(**{name: said.get(name) or None for name in ChatSays.model_fields})


def _evidence(spans: Iterable[Mapping[str, Any]]) -> list[EvidenceOut]:
    return [EvidenceOut(**span) for span in spans]


def open_questions(order: Order, live: Sequence[OrderLine]) -> list[QuestionOut]:
    """The reading's questions that a person has not settled; none once the order is no draft."""
    if order.status is not OrderStatus.DRAFT:
        return []
    open_lines = {None, *(line.id for line in live if line.touched_by is None)}
    if order.address is not None:
        asked = [question for question in order.questions if question["kind"] != "address"]
    else:
        asked = order.questions
    return [QuestionOut(**question) for question in asked if question["line_id"] in open_lines]


def _warnings(
    session: Session, order: Order, lines: Sequence[OrderLine], left: stock.Left
) -> dict[int, list[WarningOut]]:
    """Warnings by line id; only a draft has any."""
    live = [line for line in lines if line.sku]
    if order.status is not OrderStatus.DRAFT:
        return {}
    variants = repository.variants_by_sku(session, order.business_id, [line.sku for line in live if line.sku])
    needs = repository.needs(live)
    short = {each: left[each] for each in needs if each in left and left[each] < needs[each]}
    return {line.id: list(_warn(line, variants.get(line.sku or ""), short)) for line in live}


def _warn(line: OrderLine, variant: Variant | None, short: Mapping[int, Decimal]) -> Iterable[WarningOut]:
    if variant is None or variant.archived_at is not None:
        yield WarningOut(code="not_in_catalog", message="no longer in the catalogue")
        return
    if variant.id in short:
        yield WarningOut(code="short_of_stock", message=f"only {plain(short[variant.id])} in stock")
    if not variant.available:
        yield WarningOut(code="not_available", message="marked as not available")
    if line.unit_price_minor is None:
        yield WarningOut(code="no_price", message="has no price")
    elif line.unit_price_minor != variant.price_minor and line.touched_by is None:
        yield WarningOut(code="price_changed", message="the catalogue's price has changed since")
    if line.quantity % 1 and not variant.fractional:
        yield WarningOut(code="only_whole", message="only sold whole")
