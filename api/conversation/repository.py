"""Queries of conversations and messages for the people who read them. Each asks within one business."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.conversation.message_kind import EDIT
from api.conversation.models import Conversation, Message, MessageStatusEvent


def get(session: Session, business_id: int, conversation_id: int, *, lock: bool = False) -> Conversation | None:
    """One conversation; locked until the transaction ends where it is to be changed."""
    statement = select(Conversation).where(Conversation.business_id == business_id, Conversation.id == conversation_id)
    return session.scalar(statement.with_for_update(key_share=True) if lock else statement)


def messages(conversation: Conversation) -> Select[Message]:
    """The messages of a conversation; edits and deletions only where what they change is not there."""
    return select(Message).where(
        Message.business_id == conversation.business_id,
        Message.conversation_id == conversation.id,
        Message.changes_message_id.is_(None),
    )


def statuses_of(session: Session, message: Message) -> list[MessageStatusEvent]:
    """All that Meta told of how far a message has come."""
    told = select(MessageStatusEvent).where(
        MessageStatusEvent.channel_id == message.channel_id, MessageStatusEvent.wamid == message.wamid
    )
    return list(session.scalars(told.order_by(MessageStatusEvent.timestamp, MessageStatusEvent.id)))


def edits_of(session: Session, message: Message) -> list[Message]:
    """A message's edits, oldest first."""
    edits = select(Message).where(
        Message.channel_id == message.channel_id,
        Message.type == EDIT,
        Message.reply_to_wamid == message.wamid,
        Message.changes_message_id == message.id,
    )
    return list(session.scalars(edits.order_by(Message.timestamp, Message.wamid)))


def ids_of_wamids(session: Session, channel_id: int, wamids: Iterable[str]) -> dict[str, int]:
    """The ids of a channel's messages by wamid; unknown ones are left out."""
    known = select(Message.wamid, Message.id).where(Message.channel_id == channel_id, Message.wamid.in_(set(wamids)))
    return {wamid: message_id for wamid, message_id in session.execute(known) if wamid is not None}
