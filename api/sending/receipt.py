"""Tells customers that their messages were read, and that somebody is writing."""

from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channel.token import access_token
from api.conversation.models import Conversation, Direction, Message
from api.database import Database
from api.encryption import UndecryptableError, Vault
from api.graph.client import GraphClient
from api.graph.error import GraphError
from api.identity.models import Channel
from api.problem import NotFound, Unprocessable

logger = structlog.get_logger(__name__)

# The tasks. Blue ticks and "typing …" are fleeting: they are told once, or not at all.
MARK_READ = "graph.mark_read"
SHOW_TYPING = "graph.show_typing"


class Receipts:
    """Tells Meta of what an agent has read and begins to write."""

    def __init__(self, database: Database, graph: GraphClient, vault: Vault) -> None:
        self._database = database
        self._graph = graph
        self._vault = vault

    def mark_read(self, message_id: int) -> None:
        """Show the customer that her message, and all before it, were read. The task behind a hint."""
        self._tell(message_id, {})

    def show_typing(self, message_id: int) -> None:
        """As `mark_read`, and for 25 seconds or until the next message, that somebody writes."""
        self._tell(message_id, {"typing_indicator": {"type": "text"}})

    def _tell(self, message_id: int, more: dict[str, Any]) -> None:
        with self._database.transaction() as session:
            message = session.get(Message, message_id)
            channel = session.get_one(Channel, message.channel_id) if message else None
        if message is None or channel is None:
            return
        try:
            token = access_token(channel, self._vault)
            if token is None:
                return
            body = {"messaging_product": "whatsapp", "status": "read", "message_id": message.wamid} | more
            self._graph.post(f"{channel.phone_number_id}/messages", body, token=token)
        except (GraphError, UndecryptableError) as error:
            logger.warning("receipt.failed", message_id=message_id, error=type(error).__name__)


def inbound_message(session: Session, business_id: int, message_id: int) -> Message:
    """A message that a customer wrote; raise NotFound where the business has none with this id."""
    mine = select(Message).where(Message.business_id == business_id, Message.id == message_id)
    found = session.scalar(mine.where(Message.direction == Direction.INBOUND, Message.wamid.is_not(None)))
    if found is None:
        raise NotFound(f"there is no message {message_id} of a customer")
    return found


def last_inbound(session: Session, conversation: Conversation) -> Message:
    """What the customer wrote last; raise Unprocessable where she never did."""
    said = select(Message).where(
        Message.business_id == conversation.business_id,
        Message.conversation_id == conversation.id,
        Message.direction == Direction.INBOUND,
        Message.wamid.is_not(None),
    )
    newest = said.order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc())
    found = session.scalar(newest.limit(1))
    if found is None:
        raise Unprocessable("the customer has not written yet: WhatsApp shows typing only below a message of hers")
    return found
