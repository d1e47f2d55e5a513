"""Reads one message, echo, status or payment of a webhook."""

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal

import orjson

from api.conversation.models import Direction
from api.customer.person import Person
from api.whatsapp.item import (
    Item,
    Malformed,
    ReceivedIdentity,
    ReceivedMessage,
    ReceivedPayment,
    ReceivedStatus,
    Source,
)
from api.whatsapp.json_value import as_object, clean_object, decimal_at, text_at, time_at
from api.whatsapp.message_type import read_content, reply_to
from api.whatsapp.sender import Contacts, moved, person_at

_MAX_NAME = 64
_MAX_ID = 500
PAYMENT = "payment"
# What a system message tells when a person is known by another id from now on.
MOVES = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})


def inbound(source: Source, contacts: Contacts, item: object) -> Iterator[Item]:
    """What a customer wrote, or Meta wrote about her."""
    person = contacts.customer_of(item, "from")
    if text_at(item, "id") is None and not person_at(item, "from").keys:
        yield malformed(source, "has no id and names no sender", item)
        return
    if text_at(item, "type") != "system":
        yield message(source, Direction.INBOUND, person, item)
        return
    previous, current = moved(item)
    yield message(
        source, Direction.INBOUND, next((who for who in (person, previous, current) if who.keys), person), item
    )
    if text_at(item, "system", "type") in MOVES and current.keys:
        yield ReceivedIdentity(source, previous, current, time_at(item, "timestamp"))


def echo(source: Source, contacts: Contacts, item: object) -> Item:
    """What the shop wrote on its own phone."""
    return message(source, Direction.OUTBOUND, contacts.customer_of(item, "to"), item)


def message(
    source: Source,
    direction: Direction,
    person: Person,
    item: object,
    *,
    historic: bool = False,
    told_status: str | None = None,
) -> Item:
    """The message `item`, between `person` and the number."""
    if not isinstance(item, dict):
        return malformed(source, "is no object", item)
    if not person.keys or not _is_routed(source):
        return malformed(source, "names no person, or neither a phone_number_id nor an account", item)
    known: Mapping[str, object] = item
    raw = clean_object(item)
    return ReceivedMessage(
        source=source,
        wamid=(text_at(item, "id") or _made_up_id(raw))[:_MAX_ID],
        direction=direction,
        person=person,
        timestamp=time_at(item, "timestamp"),
        content=read_content(known),
        reply_to_wamid=reply_to(known),
        raw=raw,
        historic=historic,
        told_status=told_status,
    )


def _is_routed(source: Source) -> bool:
    return bool(source.phone_number_id or source.waba_id)


def _made_up_id(raw: Mapping[str, object]) -> str:
    """An id for a message that came without: the same whenever the same message comes."""
    return "none." + hashlib.sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).hexdigest()


def status(source: Source, item: object) -> Item:
    """How far a message has come, or a payment."""
    if text_at(item, "type") == PAYMENT or PAYMENT in as_object(item):
        return _payment(source, item)
    wamid, told = text_at(item, "id"), text_at(item, "status")
    if not wamid or not told or not _is_routed(source):
        return malformed(source, "lacks an id, a status, or a number that it came in by", item)
    return ReceivedStatus(
        source=source,
        wamid=wamid[:_MAX_ID],
        status=told[:_MAX_NAME],
        timestamp=time_at(item, "timestamp"),
        raw=clean_object(item),
        participant=_participant(item),
        tracker=(text_at(item, "biz_opaque_callback_data") or "")[:_MAX_ID] or None,
    )


def _participant(item: object) -> str | None:
    """The member of a group whom a status is about."""
    names = ("recipient_participant_id", "recipient_participant_user_id", "recipient_participant_parent_user_id")
    return next((found for name in names if (found := text_at(item, name))), None)


def _payment(source: Source, item: object) -> Item:
    payment = as_object(item).get(PAYMENT)
    reference, told = text_at(payment, "reference_id"), text_at(item, "status")
    if not reference or not told or not _is_routed(source):
        return malformed(source, "is a payment without a reference_id or a status", item)
    transaction = as_object(payment).get("transaction")
    return ReceivedPayment(
        source=source,
        reference_id=reference[:_MAX_ID],
        status=told[:_MAX_NAME],
        timestamp=time_at(item, "timestamp"),
        raw=clean_object(item),
        transaction_id=text_at(transaction, "id"),
        transaction_status=text_at(transaction, "status"),
        amount_minor=_minor(as_object(payment).get("amount")),
        currency=text_at(payment, "currency"),
    )


def _minor(amount: object) -> int | None:
    """An amount in hundredths, from Meta's value and offset (12345 at 100 is 123.45)."""
    value, offset = decimal_at(amount, "value"), decimal_at(amount, "offset") or Decimal(100)
    return None if value is None or offset <= 0 else int(value * 100 / offset)


def malformed(source: Source, reason: str, raw: object) -> Malformed:
    """`raw`, with what is wrong with it."""
    return Malformed(source, reason, clean_object(raw))
