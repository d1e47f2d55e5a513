"""The queue of what is to be sent: whose turn it is in a conversation, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.channel.token import access_token
from api.conversation.models import Conversation, Message, MessageStatus
from api.customer.models import Customer
from api.encryption import UndecryptableError, Vault
from api.identity.models import Channel
from api.live.service import announce
from api.problem import Conflict
from api.sending import bucket
from api.sending.gate import NotConnected, Sending, check, failure_of
from api.sending.recipient import address_of

logger = structlog.get_logger(__name__)

UNKNOWN_FATE = {
    "code": None,
    "title": "no-answer",
    "details": "Meta gave no answer and told no status since: nobody knows whether the customer got it",
    "action": "decide",
    "meaning": "whether it was sent is not known",
    "remedy": "Ask the customer or look at the phone; send it again by POST /messages/{id}/retry if you want to.",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A message on its way: what Meta is to be told, and with which token."""

    message_id: int
    conversation_id: int
    channel_id: int
    business_id: int
    phone_number_id: str
    token: str
    body: Mapping[str, Any]
    number: int


@dataclass(frozen=True, slots=True)
class Later:
    """A conversation's next message is not to be sent yet; look again in so many seconds."""

    seconds: float


def next_attempt(session: Session, conversation_id: int, vault: Vault, lease: timedelta) -> Attempt | Later | None:
    """Begin to send the first message that a conversation has waiting; commit before you do.

    Messages that may not be sent any more fail on the way, and those whose fate stayed unknown are marked so.
    None where nothing is left, or the first is on its way by another hand.
    """
    while True:
        found = _first(session, conversation_id)
        if found is None:
            return None
        message, left = found
        if left > 0:
            return None if message.status is MessageStatus.SENDING else Later(left)
        if message.status is MessageStatus.SENDING:
            _settle(session, message, MessageStatus.UNKNOWN, UNKNOWN_FATE)
            continue
        try:
            return _begin(session, message, vault, lease)
        except Conflict as problem:
            _settle(session, message, MessageStatus.FAILED, failure_of(problem))


def _first(session: Session, conversation_id: int) -> tuple[Message, float] | None:
    """The first message in a conversation's queue, locked, and the seconds until it is to be looked at."""
    left = func.extract("epoch", Message.send_due_at - func.clock_timestamp())
    waiting = (
        select(Message, left)
        .where(Message.conversation_id == conversation_id, Message.send_due_at.is_not(None))
        .order_by(Message.id)
        .limit(1)
    )
    row = session.execute(waiting.with_for_update().execution_options(populate_existing=True)).first()
    return (row[0], float(row[1])) if row else None


def _begin(session: Session, message: Message, vault: Vault, lease: timedelta) -> Attempt | Later:
    channel, conversation, customer = _parties(session, message)
    check(session, Sending(channel, conversation, customer, message.payload))
    token = _token(channel, vault)
    wait = _wait(session, message, channel, conversation)
    if wait:
        put_off(message, wait)
        return Later(wait)
    message.status = MessageStatus.SENDING
    message.send_attempts += 1
    message.send_slot = False
    put_off(message, lease.total_seconds())
    told = {"messaging_product": "whatsapp", **address_of(conversation, customer), **message.payload}
    return Attempt(
        message_id=message.id,
        conversation_id=conversation.id,
        channel_id=channel.id,
        business_id=channel.business_id,
        phone_number_id=channel.phone_number_id,
        token=token,
        body=told | {"biz_opaque_callback_data": message.tracker},
        number=message.send_attempts,
    )


def _parties(session: Session, message: Message) -> tuple[Channel, Conversation, Customer]:
    """By which number a message goes, in which conversation, and to whom."""
    query = (
        select(Channel, Conversation, Customer)
        .join(Conversation, Conversation.channel_id == Channel.id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Conversation.id == message.conversation_id)
        .execution_options(populate_existing=True)
    )
    channel, conversation, customer = session.execute(query).one()
    return channel, conversation, customer


def _token(channel: Channel, vault: Vault) -> str:
    try:
        token = access_token(channel, vault)
    except UndecryptableError as error:
        raise NotConnected(str(error)) from error
    if token is None:
        raise NotConnected("the number has no access token: an admin enters one by PATCH /channels")
    return token


def _wait(session: Session, message: Message, channel: Channel, conversation: Conversation) -> float:
    """How long Meta's limits of speed have the message wait; 0 where it goes out now, and counts."""
    if not message.send_slot:
        wait = bucket.reserve(session, channel)
        message.send_slot = True
        if wait:
            return wait
    return bucket.take_pair(session, channel, conversation)


def put_off(message: Message, seconds: float) -> None:
    """Look at a message again in so many seconds, by the database's clock."""
    message.send_due_at = func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)


def _settle(session: Session, message: Message, status: MessageStatus, error: Mapping[str, Any]) -> None:
    settle(session, message, status, error)
    session.flush()


def give_up_first(session: Session, conversation_id: int, error: str) -> None:
    """Fail a conversation's first waiting message: it cannot even be looked at."""
    found = _first(session, conversation_id)
    if found is not None and found[0].status is MessageStatus.QUEUED:
        told = {"action": "unknown", "meaning": "this service failed over it", "remedy": "The log has the reason."}
        settle(session, found[0], MessageStatus.FAILED, {"code": None, "title": "fault", "details": error, **told})


def settle(session: Session, message: Message, status: MessageStatus, error: Mapping[str, Any] | None) -> None:
    """Take a message out of the queue."""
    message.status = status
    message.error = dict(error) if error is not None else None
    message.send_due_at = None
    message.send_slot = False
    announce(session, "conversation", message.conversation_id, business_id=message.business_id)
    logger.info(
        "message.settled",
        message_id=message.id,
        conversation_id=message.conversation_id,
        status=status.value,
        code=(error or {}).get("code"),
        attempts=message.send_attempts,
    )


def due_conversations(session: Session, age: timedelta, limit: int) -> list[int]:
    """Ids of conversations that have had something to send, or to give up, for longer than `age`."""
    overdue = Message.send_due_at < func.clock_timestamp() - age
    due = select(Message.conversation_id).where(overdue).group_by(Message.conversation_id)
    return list(session.scalars(due.order_by(func.min(Message.send_due_at)).limit(limit)))
