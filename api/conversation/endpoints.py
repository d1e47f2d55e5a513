"""Conversations and their messages, for agents."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from sqlalchemy.orm import Session

from api.conversation import repository, service
from api.conversation.change import FIRST_TEXT
from api.conversation.models import Conversation, Message
from api.conversation.repository import ConversationFilter
from api.conversation.schemas import (
    ConversationChange,
    ConversationOut,
    MessageHistory,
    MessageOut,
    StatusOut,
    VersionOut,
)
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.media import repository as media
from api.pagination import Page, PageQuery, fetch_page
from api.problem import NotFound

router = APIRouter(prefix="/conversations", tags=["conversations"])

ConversationId = Annotated[int, Path(ge=1, le=2**63 - 1)]
MessageId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Filter = Annotated[int | None, Query(ge=1, le=2**63 - 1)]


def conversation_or_404(
    session: Session, business_id: int, conversation_id: int, *, lock: bool = False
) -> Conversation:
    """The conversation; raise NotFound where the business has none with this id."""
    conversation = repository.get(session, business_id, conversation_id, lock=lock)
    if conversation is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    return conversation


def conversation_filter(
    user: SignedIn,
    q: Annotated[
        str | None,
        Query(max_length=100, description="Words of a customer's name, digits of her number, or words of a message."),
    ] = None,
    assigned_to: Annotated[
        Literal["me", "nobody"] | Annotated[int, Field(ge=1, le=2**63 - 1)] | None,
        Query(description="`me`, `nobody`, or a user's id."),
    ] = None,
    unread: Annotated[bool, Query(description="Only those with unread messages.")] = False,
    channel_id: Filter = None,
    customer_id: Filter = None,
) -> ConversationFilter:
    """The conversations that a request's query asks for."""
    return ConversationFilter(
        words=q,
        assigned_user_id=user.id if assigned_to == "me" else assigned_to if isinstance(assigned_to, int) else None,
        unassigned=assigned_to == "nobody",
        unread=unread,
        channel_id=channel_id,
        customer_id=customer_id,
    )


@router.get("")
def list_conversations(
    user: SignedIn,
    session: DatabaseSession,
    page: PageQuery,
    wanted: Annotated[ConversationFilter, Depends(conversation_filter)],
) -> Page[ConversationOut]:
    """Your business's conversations, the last active first."""
    rows = repository.find(session, user.business_id, wanted, page)
    customers = repository.customers_of(session, rows.items)
    return Page(items=[ConversationOut.of(row, customers[row.customer_id]) for row in rows.items], next=rows.next)


@router.get("/{conversation_id}")
def get_conversation(conversation_id: ConversationId, user: SignedIn, session: DatabaseSession) -> ConversationOut:
    """One conversation."""
    return _shown(session, conversation_or_404(session, user.business_id, conversation_id))


@router.get("/{conversation_id}/messages")
def list_messages(
    conversation_id: ConversationId, user: SignedIn, session: DatabaseSession, page: PageQuery
) -> Page[MessageOut]:
    """A conversation's messages, the newest first."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    order = [Message.timestamp, Message.sequence, Message.id]
    rows = fetch_page(session, repository.messages(conversation), page, by=order)
    quoted = [row.reply_to_wamid for row in rows.items if row.reply_to_wamid]
    ids = repository.ids_of_wamids(session, conversation.channel_id, quoted)
    files = media.by_ids(session, user.business_id, (row.media_id for row in rows.items))
    return Page(items=[MessageOut.of(row, ids, files) for row in rows.items], next=rows.next)


@router.get("/{conversation_id}/messages/{message_id}/history")
def get_message_history(
    conversation_id: ConversationId, message_id: MessageId, user: SignedIn, session: DatabaseSession
) -> MessageHistory:
    """How far a message has come, and what it said before it was edited."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    message = session.scalar(repository.messages(conversation).where(Message.id == message_id))
    if message is None:
        raise NotFound(f"there is no message {message_id} in conversation {conversation_id}")
    return MessageHistory(
        statuses=[StatusOut.model_validate(each) for each in repository.statuses_of(session, message)],
        versions=[_version(each) for each in (message, *repository.edits_of(session, message))],
    )


def _version(row: Message) -> VersionOut:
    """What a message or its edit said when it came; nothing of a deleted one."""
    return VersionOut(content=row.attributes.get(FIRST_TEXT, row.content), timestamp=row.timestamp)


@router.post("/{conversation_id}/read")
def mark_conversation_read(
    conversation_id: ConversationId, user: SignedIn, session: DatabaseSession
) -> ConversationOut:
    """Say that you have seen all of its messages: its `unread_count` becomes 0."""
    conversation = conversation_or_404(session, user.business_id, conversation_id, lock=True)
    service.mark_read(session, conversation)
    return _shown(session, conversation)


@router.patch("/{conversation_id}")
def change_conversation(
    conversation_id: ConversationId, given: ConversationChange, user: SignedIn, session: DatabaseSession
) -> ConversationOut:
    """Give a conversation to an agent, or to nobody."""
    conversation = conversation_or_404(session, user.business_id, conversation_id, lock=True)
    service.assign(session, conversation, given.assigned_user_id, by_user_id=user.id)
    return _shown(session, conversation)


def _shown(session: Session, conversation: Conversation) -> ConversationOut:
    customers = repository.customers_of(session, [conversation])
    return ConversationOut.of(conversation, customers[conversation.customer_id])
