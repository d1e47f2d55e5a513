"""A draft order as JSON: what `satyasell read` prints, the scorer reads and training compares."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from engine.conversation import Span
from engine.order import Candidate, Details, DraftOrder, OrderLine, Question


def order_to_json(draft: DraftOrder) -> dict[str, Any]:
    """The draft as values that `json.dumps` takes.

    Lines take one of four forms, by what is known: `sku`; `item_group_id` with `options` and `missing`;
    `candidates`, a list of group ids; or `sku: null` with the customer's `text`. `alternatives` are what
    else a line may be, best first. `intents` maps message ids to labels.
    """
    return {
        "stage": str(draft.stage),
        "confidence": round(draft.confidence, 4),
        "lines": [line_to_json(line) for line in draft.lines],
        **_details(draft.details),
        "questions": [_question(question) for question in draft.questions],
        "intents": {read.message_id: str(read.intent) for read in draft.intents},
    }


def line_to_json(line: OrderLine) -> dict[str, Any]:
    """One line as `order_to_json` writes it."""
    return {
        **_what(line),
        "quantity": _number(line.quantity),
        "confidence": round(line.confidence, 4),
        "alternatives": [_candidate(candidate) for candidate in line.candidates],
        "evidence": [_span(span) for span in line.evidence],
        "reasons": list(line.reasons),
    }


def _what(line: OrderLine) -> dict[str, Any]:
    """The keys of the line's form."""
    if line.sku is not None:
        return {"sku": line.sku}
    if line.item_group_id is not None:
        return {"item_group_id": line.item_group_id, "options": dict(line.options), "missing": list(line.missing)}
    if line.candidates:
        return {"candidates": list(dict.fromkeys(candidate.item_group_id for candidate in line.candidates))}
    return {"sku": None, "text": line.text}


def _details(details: Details) -> dict[str, Any]:
    address = asdict(details.address) if details.address else {}
    parts = {name: value for name, value in address.items() if value and name != "text"}
    return {
        "name": details.name,
        "phone": details.phone,
        "pincode": details.pincode,
        "city": details.city,
        "address": address.get("text"),
        "address_parts": parts,
        "payment": str(details.payment) if details.payment else None,
        "deliver_on": details.deliver_on.isoformat() if details.deliver_on else None,
        "evidence": {field: [_span(span) for span in spans] for field, spans in details.evidence.items()},
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "kind": str(question.kind),
        "text": question.text,
        "line": question.line,
        "option": question.option,
        "choices": list(question.choices),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "item_group_id": candidate.item_group_id,
        "sku": candidate.sku,
        "title": candidate.title,
        "score": round(candidate.score, 4),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"message_id": span.message_id, "start": span.start, "end": span.end, "text": span.text}


def _number(quantity: Decimal) -> int | float:
    """A whole quantity as an integer, so that JSON shows 2 and not 2.0."""
    return int(quantity) if quantity == quantity.to_integral_value() else float(quantity)
