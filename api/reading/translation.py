"""Between stored rows and the engine's values: messages in, a proposal and its JSON out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

import orjson

from api.conversation.content import MessageContent
from api.conversation.models import Direction
from api.conversation.models import Message as MessageRow
from api.order.proposal import (
    Evidence,
    Proposal,
    ProposalStage,
    ProposedCandidate,
    ProposedDetails,
    ProposedLine,
    ProposedQuestion,
)
from engine.conversation import CartItem, Message, MessageKind, Sender, Span
from engine.order import Address, Candidate, Details, DraftOrder, MessageIntent, OrderLine, Question

KINDS = {
    "text": MessageKind.TEXT,
    "edit": MessageKind.TEXT,  # of a message that is not known: its new words are all there is
    "image": MessageKind.IMAGE,
    "audio": MessageKind.AUDIO,
    "voice": MessageKind.AUDIO,
    "location": MessageKind.LOCATION,
    "order": MessageKind.ORDER,
    "interactive": MessageKind.INTERACTIVE,
    "button": MessageKind.INTERACTIVE,
    "reaction": MessageKind.REACTION,
}
SENDERS = {Direction.INBOUND: Sender.CUSTOMER, Direction.OUTBOUND: Sender.BUSINESS}


def messages_of(rows: Sequence[MessageRow], zone: tzinfo, group_of: Mapping[str, str]) -> list[Message]:
    """The rows as the engine reads them, in their order.

    `zone` is the calendar that "tomorrow" is counted on; `group_of` maps a SKU to its product's
    `item_group_id`. A quote of a message that is not among the rows is left out; so is a reaction that was
    changed or taken back later.
    """
    ids = {row.wamid: str(row.id) for row in rows if row.wamid}
    last = {_reaction_place(row): row.id for row in rows if row.type == "reaction"}
    standing = [row for row in rows if row.type != "reaction" or last[_reaction_place(row)] == row.id]
    return [_message(row, zone, ids, group_of) for row in standing]


def _reaction_place(row: MessageRow) -> tuple[Direction, str | None]:
    """Where a reaction stands: each side has one on a message."""
    return row.direction, row.reply_to_wamid


def _message(row: MessageRow, zone: tzinfo, ids: Mapping[str, str], group_of: Mapping[str, str]) -> Message:
    content = MessageContent.of(row.type, row.content, row.attributes)
    return Message(
        id=str(row.id),
        sender=SENDERS[row.direction],
        at=row.timestamp.astimezone(zone),
        kind=_kind(content),
        text=content.text,
        reply_to=ids.get(row.reply_to_wamid) if row.reply_to_wamid else None,
        sku=content.sku,
        item_group_id=group_of.get(content.sku) if content.sku else None,
        items=tuple(CartItem(item.sku, item.quantity) for item in content.items),
        emoji=content.emoji,
        payload=content.choice_id or "",
    )


def _kind(content: MessageContent) -> MessageKind:
    """What the engine takes a message for; an address that was filled in reads like one that was written."""
    return MessageKind.TEXT if "address" in content.parts else KINDS.get(content.type, MessageKind.OTHER)


def proposal_of(draft: DraftOrder) -> Proposal:
    """What `draft` proposes to the order, in order's own words."""
    return Proposal(
        stage=ProposalStage(draft.stage.value),
        lines=tuple(_line(line) for line in draft.lines),
        details=_details(draft.details),
        confidence=draft.confidence,
        questions=tuple(_question(question) for question in draft.questions),
    )


def _line(line: OrderLine) -> ProposedLine:
    return ProposedLine(
        quantity=line.quantity,
        confidence=line.confidence,
        sku=line.sku,
        item_group_id=line.item_group_id,
        options=dict(line.options),
        missing=line.missing,
        text=line.text,
        candidates=tuple(_candidate(candidate) for candidate in line.candidates),
        evidence=_evidence(line.evidence),
        reasons=line.reasons,
    )


def _candidate(candidate: Candidate) -> ProposedCandidate:
    return ProposedCandidate(candidate.item_group_id, candidate.sku, candidate.title, candidate.score)


def _evidence(spans: Iterable[Span]) -> tuple[Evidence, ...]:
    return tuple(Evidence(int(span.message_id), span.start, span.end, span.text) for span in spans)


def _details(details: Details) -> ProposedDetails:
    return ProposedDetails(
        name=details.name,
        phone=details.phone,
        address=details.address.text if details.address else None,
        address_parts=_address_parts(details.address) if details.address else {},
        pincode=details.pincode,
        city=details.city,
        payment=details.payment.value if details.payment else None,
        deliver_on=details.deliver_on,
        evidence={name: _evidence(spans) for name, spans in details.evidence.items()},
    )


def _address_parts(address: Address) -> dict[str, str]:
    parts = {
        "house": address.house,
        "street": address.street,
        "landmark": address.landmark,
        "area": address.area,
        "city": address.city,
        "state": address.state,
        "pincode": address.pincode,
    }
    return {name: value for name, value in parts.items() if value}


def _question(question: Question) -> ProposedQuestion:
    return ProposedQuestion(question.kind.value, question.text, question.line, question.option, question.choices)


def draft_json(proposal: Proposal, intents: Iterable[MessageIntent]) -> dict[str, Any]:
    """A reading as it is stored and shown: the proposal's fields and each message's intent; decimals as text."""
    read = [
        {"message_id": int(intent.message_id), "intent": intent.intent.value, "probability": intent.probability}
        for intent in intents
    ]
    stored: dict[str, Any] = orjson.loads(orjson.dumps(proposal, default=str))
    return stored | {"intents": read}
