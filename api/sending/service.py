"""Puts messages into the queue: checked, stored, and visible in their conversation before anything is sent."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.conversation.answer import note_answer
from api.conversation.content import MessageContent
from api.conversation.incoming import ReadingDelay
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.recorder import request_reading
from api.customer.models import Customer
from api.database import after_commit
from api.identity.models import Channel
from api.live.service import announce
from api.problem import Conflict, NotFound, Unprocessable
from api.sending.file import check_files
from api.sending.gate import Sending, check
from api.sending.known_template import KnownTemplate, known_template
from api.sending.message import InteractiveMessage, OutgoingMessage, ReactionMessage, TemplateMessage, body_of
from api.sending.recipient import address_of
from api.sending.shown import shown, values_of
from api.sending.template_content import TemplateContent

logger = structlog.get_logger(__name__)

# The task that sends what a conversation has waiting. Its queue has threads of its own: see `api.broker`.
SEND_MESSAGES = "graph.send_messages"
RETRYABLE = frozenset({MessageStatus.FAILED, MessageStatus.UNKNOWN})


class NotRetryable(Conflict):
    """Raised when a message is to be sent again that did not fail, or was sent again already."""

    slug = "not-retryable"


def queue(
    session: Session,
    hints: Hinting,
    conversation: Conversation,
    message: OutgoingMessage,
    *,
    sent_by: int | None = None,
    reply_to_id: int | None = None,
) -> Message:
    """Put a message into a conversation, to be sent once the transaction is committed.

    The conversation's row has to be locked, so that messages are sent in the order in which they were put in.

    Raises:
        NotConnected, WindowClosed, TemplateNotReady, OptedOut: It may not be sent now; nothing is stored.
        Unprocessable: It is not for this customer, or quotes what cannot be quoted.
    """
    body = body_of(message)
    quoted = _quoted(session, conversation, message, reply_to_id)
    if quoted is not None and not isinstance(message, ReactionMessage):
        body = {"context": {"message_id": quoted}} | body
    channel = session.get_one(Channel, conversation.channel_id)
    customer = session.get_one(Customer, conversation.customer_id)
    sending = Sending(channel, conversation, customer, body)
    check(session, sending)
    _check_reachable(sending, message)
    media_id = check_files(session, conversation.business_id, body)
    content = shown(message, _template_of(session, channel, message))
    row = _store(session, conversation, content, body, sent_by=sent_by, reply_to_wamid=quoted)
    row.media_id = media_id
    after_commit(session, lambda: hints.send(SEND_MESSAGES, conversation.id))
    return row


def _store(
    session: Session,
    conversation: Conversation,
    content: MessageContent,
    body: Mapping[str, Any],
    *,
    sent_by: int | None,
    reply_to_wamid: str | None,
) -> Message:
    now = session.scalars(select(func.clock_timestamp())).one()  # by the clock that all workers share
    row = Message(
        business_id=conversation.business_id,
        channel_id=conversation.channel_id,
        conversation_id=conversation.id,
        direction=Direction.OUTBOUND,
        type=content.type,
        content=content.text,
        attributes=content.attributes(),
        payload=dict(body),
        reply_to_wamid=reply_to_wamid,
        status=MessageStatus.QUEUED,
        timestamp=now,
        tracker=uuid4().hex,
        send_due_at=now,
        sent_by=sent_by,
    )
    session.add(row)
    conversation.last_message, conversation.last_updated = content.preview, now
    note_answer(session, conversation, now)
    if sent_by is not None:
        request_reading(conversation, ReadingDelay(), now)  # what we write by ourselves orders nothing
    session.flush()
    announce(session, "conversation", conversation.id, business_id=conversation.business_id)
    logger.info("message.queued", message_id=row.id, conversation_id=conversation.id, type=row.type)
    return row


def queue_again(
    session: Session, hints: Hinting, business_id: int, message_id: int, *, sent_by: int | None = None
) -> Message:
    """Put a message that failed, or whose fate is unknown, into the queue once more: as a new one.

    A person decides so: of an unknown one the customer may get two. The old one notes the new one's id.

    Raises:
        NotFound: The business has no such message.
        NotRetryable: It did not fail, or was put in again already.
        NotConnected, WindowClosed, TemplateNotReady, OptedOut: It may not be sent now.
    """
    old = message_or_404(session, business_id, message_id)
    conversation = session.get_one(
        Conversation, old.conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )
    session.refresh(old, with_for_update=True)
    if old.tracker is None:
        raise NotRetryable(f"message {message_id} was not sent from here")
    if old.status not in RETRYABLE:
        raise NotRetryable(f"message {message_id} is {old.status}: only failed and unknown ones can be sent again")
    if "retried_as" in old.attributes:
        raise NotRetryable(f"message {message_id} was sent again as message {old.attributes['retried_as']}")
    channel = session.get_one(Channel, conversation.channel_id)
    customer = session.get_one(Customer, conversation.customer_id)
    check(session, Sending(channel, conversation, customer, old.payload))
    content = MessageContent.of(old.type, old.content, old.attributes | {"retry_of": old.id})
    row = _store(session, conversation, content, old.payload, sent_by=sent_by, reply_to_wamid=old.reply_to_wamid)
    row.media_id = old.media_id
    old.attributes = old.attributes | {"retried_as": row.id}
    after_commit(session, lambda: hints.send(SEND_MESSAGES, conversation.id))
    return row


def message_or_404(session: Session, business_id: int, message_id: int) -> Message:
    """A message; raise NotFound where the business has none with this id."""
    found = session.scalar(select(Message).where(Message.business_id == business_id, Message.id == message_id))
    if found is None:
        raise NotFound(f"there is no message {message_id}")
    return found


def _quoted(
    session: Session, conversation: Conversation, message: OutgoingMessage, reply_to_id: int | None
) -> str | None:
    """The wamid of what a message quotes or reacts to; raise Unprocessable where that is none of this chat."""
    mine = select(Message.wamid).where(
        Message.conversation_id == conversation.id, Message.business_id == conversation.business_id
    )
    if isinstance(message, ReactionMessage):
        wamid = session.scalar(mine.where(Message.wamid == message.content.message_id))
        if wamid is None:
            raise Unprocessable("the reaction's message_id is no message of this conversation")
        return wamid
    if reply_to_id is None:
        return None
    wamid = session.scalar(mine.where(Message.id == reply_to_id))
    if wamid is None:
        raise Unprocessable(f"message {reply_to_id} cannot be quoted: it is not of this conversation, or not sent yet")
    return wamid


def _check_reachable(sending: Sending, message: OutgoingMessage) -> None:
    address = address_of(sending.conversation, sending.customer)
    if not address:
        raise Unprocessable("neither the customer's phone number nor Meta's id of her is known")
    asks_address = isinstance(message, InteractiveMessage) and message.content.type == "address_message"
    if asks_address and not address.get("to", "").startswith("91"):
        raise Unprocessable("WhatsApp shows the address form to Indian numbers (+91) only")


def _template_of(session: Session, channel: Channel, message: OutgoingMessage) -> KnownTemplate | None:
    """What is known of the template that is to be sent; raise Unprocessable where its variables are not all given."""
    if not isinstance(message, TemplateMessage):
        return None
    template = known_template(session, channel, message.told()["content"])
    if template is not None:
        _check_values(template, message.content)
    return template


def _check_values(template: KnownTemplate, content: TemplateContent) -> None:
    given, wanted = tuple(values_of(content.body_values)), template.variables
    if set(given) != set(wanted):
        raise Unprocessable(
            f"template {template.name} has the variables {', '.join(wanted) or 'none'} in its body; "
            f"given are {', '.join(given) or 'none'}"
        )
    if template.needs_header and not content.has_header:
        raise Unprocessable(
            f"template {template.name} has a heading to fill in ({(template.header_format or '').lower()}): "
            "give a component of the type header"
        )
