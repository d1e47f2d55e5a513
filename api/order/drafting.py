"""Turns what a reading proposes into an order's lines and details, around what people made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.order import repository
from api.order.change import assign
from api.order.merge import KnownLine, Subject, pair
from api.order.models import LineOrigin, Order, OrderLine
from api.order.proposal import Evidence, Proposal, ProposedDetails, ProposedLine, ProposedQuestion
from api.stock.quantity import plain

DETAILS = ("name", "phone", "address", "pincode", "city", "payment", "deliver_on")
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the catalogue says of the things that a proposal names; prices only in the order's currency."""

    variants: Mapping[str, Variant]
    products: Mapping[str, str]
    currency: str

    @classmethod
    def for_lines(cls, session: Session, order: Order, lines: Sequence[ProposedLine]) -> Self:
        """The part of the business's catalogue that `lines` need."""
        skus = [line.sku for line in lines if line.sku]
        groups = [line.item_group_id for line in lines if line.item_group_id]
        return cls(
            repository.variants_by_sku(session, order.business_id, skus),
            repository.product_titles(session, order.business_id, groups),
            order.currency,
        )

    def price(self, variant: Variant | None) -> int | None:
        """A variant's price in minor units, None where there is none in this currency."""
        return variant.price_minor if variant and variant.currency == self.currency else None


def is_touched(order: Order, lines: Sequence[OrderLine]) -> bool:
    """Whether a person made or changed anything of a draft."""
    return bool(order.created_by or order.details_touched) or any(line.touched_by for line in lines)


def differs_from_chat(line: OrderLine) -> bool:
    """Whether the chat now says something else of a touched line than when the person decided on it."""
    if line.touched_by is None or line.proposed == line.answered:
        return False
    if line.proposed is None:
        return line.removed_at is None
    return line.removed_at is not None or not _stands_for(line, line.proposed)


def apply_lines(session: Session, order: Order, proposal: Proposal) -> bool:
    """Bring the order's lines to what is proposed, touched ones apart; tell whether any changed.

    Lines that are proposed again keep their ids; untouched lines that are not proposed any more are
    deleted. The proposal's questions are kept with the ids of the lines they are about.
    """
    lines = repository.lines_of(session, order)
    proposed = [line for line in proposal.lines if line.quantity.quantize(_THOUSANDTH) > 0]
    shelf = Shelf.for_lines(session, order, proposed)
    pairs = pair([_known(line) for line in lines], proposed)
    rows: list[OrderLine] = []
    changed = False
    for index, line in enumerate(proposed):
        row = lines[pairs[index]] if index in pairs else _new_line(session, order)
        changed |= _update(row, line, shelf) or index not in pairs
        rows.append(row)
    unseen = [line for index, line in enumerate(lines) if index not in pairs.values()]
    changed |= _forget(session, unseen)
    _number(rows, unseen)
    session.flush()
    order.questions = [_question(question, rows) for question in proposal.questions]
    return changed


def apply_details(order: Order, details: ProposedDetails) -> bool:
    """Bring the delivery details to what is proposed, but those that a person set; tell whether any changed."""
    proposed: dict[str, Any] = {name: getattr(details, name) for name in DETAILS}
    proposed["address_parts"] = dict(details.address_parts)
    touched = set(order.details_touched)
    if "address" in touched:
        touched.add("address_parts")
    order.details_evidence = {name: _evidence(spans) for name, spans in details.evidence.items()}
    return assign(order, {name: value for name, value in proposed.items() if name not in touched})


def _known(line: OrderLine) -> KnownLine:
    readings = tuple(_subject(said) for said in (line.proposed, line.answered) if said is not None)
    said = frozenset(Evidence(**span) for span in line.evidence)
    current = Subject(line.sku, line.item_group_id, frozenset(line.options.items()), line.text)
    return KnownLine(current, readings, said, line.removed_at is not None)


def _subject(said: Mapping[str, Any]) -> Subject:
    return Subject(said["sku"], said["item_group_id"], frozenset(said["options"].items()), said["text"])


def _new_line(session: Session, order: Order) -> OrderLine:
    row = OrderLine(
        business_id=order.business_id,
        order_id=order.id,
        position=0,
        currency=order.currency,
        origin=LineOrigin.ENGINE,
        variant_id=None,
        sku=None,
        item_group_id=None,
        title="",
        unit_price_minor=None,
        touched_by=None,
        removed_at=None,
        answered=None,
    )
    session.add(row)
    return row


def _update(row: OrderLine, line: ProposedLine, shelf: Shelf) -> bool:
    """Note what is proposed; take it over unless a person decided on the row."""
    news = differs_from_chat(row) if row.touched_by else False
    said = {"evidence": _evidence(line.evidence), "reasons": list(line.reasons), "confidence": line.confidence}
    assign(row, {**said, "proposed": _snapshot(line), "candidates": [asdict(each) for each in line.candidates]})
    if row.touched_by is not None:
        return differs_from_chat(row) != news
    return assign(row, _content(line, shelf))


def _content(line: ProposedLine, shelf: Shelf) -> dict[str, Any]:
    variant = shelf.variants.get(line.sku) if line.sku else None
    return {
        "variant_id": variant.id if variant else None,
        "sku": line.sku,
        "title": _title(line, variant, shelf),
        "item_group_id": line.item_group_id,
        "options": dict(variant.options if variant else line.options),
        "missing": list(line.missing),
        "text": line.text,
        "quantity": line.quantity.quantize(_THOUSANDTH),
        "unit_price_minor": shelf.price(variant),
    }


def _title(line: ProposedLine, variant: Variant | None, shelf: Shelf) -> str:
    if variant:
        return variant.title
    product = shelf.products.get(line.item_group_id or "")
    return product or line.text or " / ".join(candidate.title for candidate in line.candidates) or line.sku or ""


def _forget(session: Session, unseen: Sequence[OrderLine]) -> bool:
    """Delete the lines that are not proposed any more; a person's stay and only lose their proposal."""
    changed = False
    for line in unseen:
        if line.touched_by is None:
            session.delete(line)
            changed = True
        else:
            changed |= assign(line, {"proposed": None})
    return changed


def _number(rows: Sequence[OrderLine], unseen: Sequence[OrderLine]) -> None:
    """Lines as the chat names them, then those that it does not name."""
    kept = [line for line in unseen if line.touched_by is not None]
    for position, line in enumerate((*rows, *kept)):
        line.position = position


def _snapshot(line: ProposedLine) -> dict[str, Any]:
    """What a line was proposed as, without what may vary from reading to reading of the same wish."""
    subject = Subject.of(line)
    return {
        "sku": subject.sku,
        "item_group_id": subject.item_group_id,
        "options": {} if subject.sku else dict(line.options),
        "text": subject.words,
        "quantity": plain(line.quantity.quantize(_THOUSANDTH)),
    }


def _stands_for(line: OrderLine, said: Mapping[str, Any]) -> bool:
    return line.sku == said["sku"] and line.quantity == Decimal(said["quantity"])


def _evidence(spans: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [asdict(span) for span in spans]


def _question(question: ProposedQuestion, rows: Sequence[OrderLine]) -> dict[str, Any]:
    about = rows[question.line].id if question.line is not None and question.line < len(rows) else None
    return {
        "kind": question.kind,
        "text": question.text,
        "line_id": about,
        "option": question.option,
        "choices": list(question.choices),
    }
