"""What an attempt to send came to: accepted, refused, not sent at all, or nobody knows."""

import random
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.channel.health import note_trouble
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.status import RANKS, settle_statuses
from api.conversation.window import FREE_ENTRY_WINDOW, SERVICE_WINDOW
from api.customer.lock import hold
from api.customer.models import Customer
from api.graph.advice import Action, Backoff
from api.graph.error import GraphRefused
from api.identity.models import Channel
from api.live.service import announce
from api.sending import bucket
from api.sending.outbox import Attempt, put_off, settle

logger = structlog.get_logger(__name__)

# The network is tried for half a day: a window is open for a day.
UNREACHABLE = Backoff(first=2, factor=2, longest=300, attempts=150)
THROUGHPUT_HIT = 130429
# A late status settles what got no answer; statuses come within seconds.
GRACE = timedelta(seconds=30)


def accept(session: Session, attempt: Attempt, wamid: str, *, free_entry: bool) -> None:
    """Meta has taken the message: it is `sent`, or further where its statuses were quicker.

    With `free_entry`, an answered click on an advertisement opens the window for 72 hours.
    """
    hold(session, attempt.business_id, {f"message:{attempt.channel_id}:{wamid}"})  # its statuses may be at the door
    if free_entry:
        _note_free_entry(session, attempt)  # conversations are locked before their messages, by everybody
    message = _locked(session, attempt)
    message.wamid = message.wamid or wamid
    if RANKS[message.status] < RANKS[MessageStatus.SENT]:
        settle(session, message, MessageStatus.SENT, None)
    message.send_due_at = None
    session.flush()
    settle_statuses(session, session.get_one(Channel, attempt.channel_id), [message])


def refuse(session: Session, attempt: Attempt, refused: GraphRefused) -> float | None:
    """Meta refused: try again where that may help, else it failed. Return the seconds until then."""
    message = _locked(session, attempt)
    if message.status is not MessageStatus.SENDING:  # a status told better
        return None
    error = refused.as_json()
    note_trouble(session, attempt.channel_id, error)
    if refused.code == THROUGHPUT_HIT:
        bucket.put_off(session, session.get_one(Channel, attempt.channel_id), 1.0)
    backoff = refused.advice.backoff
    if backoff is not None and attempt.number < backoff.attempts:
        return _again(session, message, error, max(backoff.seconds(attempt.number), refused.retry_after or 0))
    settle(session, message, MessageStatus.FAILED, error)
    if refused.advice.action is Action.OPT_OUT:
        _note_opt_out(session, message)
    return None


def not_sent(session: Session, attempt: Attempt, reason: str) -> float | None:
    """Meta was not reached: try again for half a day. Return the seconds until then."""
    message = _locked(session, attempt)
    if message.status is not MessageStatus.SENDING:
        return None
    error = {
        "code": None,
        "title": "unreachable",
        "details": reason,
        "action": Action.RETRY.value,
        "meaning": "Meta cannot be reached",
        "remedy": "Nothing: it is sent again by itself. Where it lasts, look at this server's network.",
    }
    if attempt.number < UNREACHABLE.attempts:
        return _again(session, message, error, UNREACHABLE.seconds(attempt.number))
    settle(session, message, MessageStatus.FAILED, error)
    return None


def fail(session: Session, attempt: Attempt, reason: str) -> None:
    """There is nothing to send: its file is gone."""
    advice = {"action": Action.MEDIA.value, "meaning": reason, "remedy": "Send it again with another file."}
    error = {"code": None, "title": "file-not-ready", "details": reason, **advice}
    settle(session, _locked(session, attempt), MessageStatus.FAILED, error)


def leave_open(session: Session, attempt: Attempt, reason: str, grace: timedelta = GRACE) -> float | None:
    """No answer came: wait for a status to tell; without one the message becomes `unknown`, and is never resent."""
    message = _locked(session, attempt)
    if message.status is not MessageStatus.SENDING:
        return None
    message.error = {
        "code": None,
        "title": "no-answer",
        "details": reason,
        "action": "wait",
        "meaning": "Meta gave no answer; a status may still tell",
        "remedy": "Nothing yet.",
    }
    put_off(message, grace.total_seconds())
    announce(session, "conversation", message.conversation_id, business_id=message.business_id)
    return grace.total_seconds()


def _locked(session: Session, attempt: Attempt) -> Message:
    return session.get_one(Message, attempt.message_id, with_for_update=True, populate_existing=True)


def _again(session: Session, message: Message, error: dict[str, Any], seconds: float) -> float:
    wait = seconds * random.uniform(1.0, 1.1)  # noqa: S311 - so that not all come back at once
    message.status = MessageStatus.QUEUED
    message.error = error
    put_off(message, wait)
    announce(session, "conversation", message.conversation_id, business_id=message.business_id)
    logger.info(
        "message.put_off", message_id=message.id, code=error["code"], attempts=message.send_attempts, seconds=wait
    )
    return wait


def _note_opt_out(session: Session, message: Message) -> None:
    customer_id = select(Conversation.customer_id).where(Conversation.id == message.conversation_id)
    customer = session.get_one(Customer, session.scalars(customer_id).one(), with_for_update=True)
    now = session.scalars(select(func.now())).one()
    customer.marketing_stopped_at = customer.marketing_stopped_at or now
    customer.marketing_changed_at = now
    announce(session, "customer", customer.id, business_id=customer.business_id)


def _note_free_entry(session: Session, attempt: Attempt) -> None:
    """Open the free entry window, where this is the first answer to a click on an advertisement."""
    clicked = session.scalar(
        select(func.max(Message.timestamp)).where(
            Message.business_id == attempt.business_id,
            Message.conversation_id == attempt.conversation_id,
            Message.direction == Direction.INBOUND,
            Message.timestamp > func.now() - SERVICE_WINDOW,
            Message.payload.has_key("referral"),
        )
    )
    if clicked is None:
        return
    conversation = session.get_one(
        Conversation, attempt.conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )
    until = conversation.free_entry_until
    if until is None or until - FREE_ENTRY_WINDOW < clicked:
        conversation.free_entry_until = session.scalars(select(func.now())).one() + FREE_ENTRY_WINDOW
