"""How far the messages that were sent have come: forward only, with all that was told kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation.incoming import NewStatus
from api.conversation.models import Conversation, Direction, Message, MessageStatus, MessageStatusEvent
from api.customer.models import Customer
from api.graph.advice import Action
from api.graph.error import GraphRefused
from api.identity.models import Channel
from api.live.service import announce, announce_all

# How far a status has come; a later one with a lower rank changes nothing. A message that failed and was
# delivered all the same was delivered.
RANKS = {
    MessageStatus.QUEUED: 0,
    MessageStatus.SENDING: 0,
    MessageStatus.UNKNOWN: 0,
    MessageStatus.SENT: 1,
    MessageStatus.FAILED: 2,
    MessageStatus.DELIVERED: 3,
    MessageStatus.READ: 4,
}
# WhatsApp says `played` of a voice message that was listened to. Histories write in capitals, and `error`.
STATUSES = {
    "sent": MessageStatus.SENT,
    "failed": MessageStatus.FAILED,
    "error": MessageStatus.FAILED,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "played": MessageStatus.READ,
}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def record_statuses(session: Session, channel: Channel, new: Sequence[NewStatus]) -> None:
    """Keep what was told, and apply it to the messages; where one is not known yet, once it is.

    A message that was sent without an answer is known by its tracker, and has its wamid from now on.
    """
    if not new:
        return
    session.execute(insert(MessageStatusEvent).on_conflict_do_nothing(), [_values(channel, status) for status in new])
    wamids = {status.tracker: status.wamid for status in new if status.tracker}
    messages = session.scalars(
        select(Message)
        .where(
            Message.channel_id == channel.id,
            or_(Message.wamid.in_({status.wamid for status in new}), Message.tracker.in_(wamids)),
        )
        .order_by(Message.id)
        .with_for_update()
    ).all()
    for message in messages:
        if message.wamid is None and message.tracker is not None:
            message.wamid = wamids[message.tracker]
    settle_statuses(session, channel, messages)


def _values(channel: Channel, status: NewStatus) -> dict[str, Any]:
    return {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "wamid": status.wamid,
        "status": status.status,
        "participant": status.participant,
        "tracker": status.tracker,
        "timestamp": status.timestamp,
        "payload": status.payload,
    }


def settle_statuses(session: Session, channel: Channel, messages: Iterable[Message]) -> None:
    """Bring the outbound ones of a channel's messages to the furthest status that was told of each.

    Call it for a message that has just got its wamid: its statuses may have been quicker.
    """
    sent = {message.wamid: message for message in messages if message.direction is Direction.OUTBOUND}
    sent.pop(None, None)
    if not sent:
        return
    told = session.scalars(
        select(MessageStatusEvent).where(
            MessageStatusEvent.channel_id == channel.id, MessageStatusEvent.wamid.in_(sent)
        )
    ).all()
    known = [event for event in told if event.status.lower() in STATUSES]
    for event in sorted(known, key=_place):
        _advance(sent[event.wamid], event)
    _note_opt_outs(session, [message for message in sent.values() if message in session.dirty])
    changed = {message.conversation_id for message in sent.values() if message in session.dirty}
    announce_all(session, "conversation", changed, business_id=channel.business_id)


def _place(event: MessageStatusEvent) -> tuple[int, datetime, int]:
    return RANKS[STATUSES[event.status.lower()]], event.timestamp or _LONG_AGO, event.id


def _advance(message: Message, event: MessageStatusEvent) -> None:
    pricing = event.payload.get("pricing")
    if isinstance(pricing, dict) and pricing != message.pricing:
        message.pricing = pricing
    status = STATUSES[event.status.lower()]
    if RANKS[status] > RANKS[message.status]:
        message.status = status
        message.error = _failure(event.payload) if status is MessageStatus.FAILED else None
        message.send_due_at = None  # it has arrived at Meta: nobody sends it again


def _failure(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Meta's first error of a failed status, and what to do: as where the request itself is refused."""
    errors = payload.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return GraphRefused(HTTPStatus.OK, first if isinstance(first, dict) else {}).as_json()


def _note_opt_outs(session: Session, messages: Collection[Message]) -> None:
    """Where Meta refused a message because its customer stopped marketing, we know it from now on."""
    refused = {
        message.conversation_id: message.timestamp
        for message in messages
        if message.error is not None and message.error.get("action") == Action.OPT_OUT
    }
    for conversation_id, timestamp in refused.items():
        customer_id = select(Conversation.customer_id).where(Conversation.id == conversation_id).scalar_subquery()
        unknown = or_(Customer.marketing_changed_at.is_(None), Customer.marketing_changed_at < timestamp)
        changed = session.execute(
            update(Customer)
            .where(Customer.id == customer_id, unknown)
            .values(marketing_stopped_at=timestamp, marketing_changed_at=timestamp)
            .returning(Customer.id, Customer.business_id)
        )
        for customer, business_id in changed:
            announce(session, "customer", customer, business_id=business_id)
