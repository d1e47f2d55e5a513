"""How far the messages that were sent have come: forward only, with all that was told kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation.incoming import NewStatus
from api.conversation.models import Direction, Message, MessageStatus, MessageStatusEvent
from api.identity.models import Channel
from api.live.service import announce_all

# How far a status has come; a later one with a lower rank changes nothing. A message that failed and was
# delivered all the same was delivered. WhatsApp says `played` of a voice message that was listened to.
RANKS = {
    MessageStatus.QUEUED: 0,
    MessageStatus.SENT: 1,
    MessageStatus.FAILED: 2,
    MessageStatus.DELIVERED: 3,
    MessageStatus.READ: 4,
}
STATUSES = {
    "sent": MessageStatus.SENT,
    "failed": MessageStatus.FAILED,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "played": MessageStatus.READ,
}


def record_statuses(session: Session, channel: Channel, new: Sequence[NewStatus]) -> None:
    """Keep what was told, and apply it to the messages; where one is not known yet, once it is."""
    if not new:
        return
    told = {(status.wamid, status.status): _values(channel, status) for status in new}
    session.execute(insert(MessageStatusEvent).on_conflict_do_nothing(), list(told.values()))
    messages = session.scalars(
        select(Message)
        .where(Message.channel_id == channel.id, Message.wamid.in_({status.wamid for status in new}))
        .order_by(Message.id)
        .with_for_update()
    ).all()
    settle_statuses(session, channel, messages)


def _values(channel: Channel, status: NewStatus) -> dict[str, Any]:
    return {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "wamid": status.wamid,
        "status": status.status,
        "timestamp": status.timestamp,
        "payload": status.payload,
    }


def settle_statuses(session: Session, channel: Channel, messages: Iterable[Message]) -> None:
    """Bring the outbound ones of a channel's messages to the furthest status that was told of each."""
    sent = {message.wamid: message for message in messages if message.direction is Direction.OUTBOUND}
    if not sent:
        return
    told = session.scalars(
        select(MessageStatusEvent).where(
            MessageStatusEvent.channel_id == channel.id, MessageStatusEvent.wamid.in_(sent)
        )
    ).all()
    known = (event for event in told if event.status in STATUSES)
    for event in sorted(known, key=lambda event: RANKS[STATUSES[event.status]]):
        _advance(sent[event.wamid], event)
    changed = {message.conversation_id for message in sent.values() if message in session.dirty}
    announce_all(session, "conversation", changed, business_id=channel.business_id)


def _advance(message: Message, event: MessageStatusEvent) -> None:
    status = STATUSES[event.status]
    if RANKS[status] > RANKS[message.status]:
        message.status = status
        message.error = _error(event.payload) if status is MessageStatus.FAILED else None


def _error(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Meta's first error of a failed status: `code`, `title` and more."""
    errors = payload.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return first if isinstance(first, dict) else None
