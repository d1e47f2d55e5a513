"""The messages of conversations, for agents. The inbox (`api.inbox`) has the conversations themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy.orm import Session

from api.conversation import repository
from api.conversation.change import FIRST_TEXT
from api.conversation.models import Conversation, Message
from api.conversation.schemas import MessageHistory, MessageOut, MessagePage, StatusOut, VersionOut
from api.conversation.thread import ThreadRequest, Way, fetch_thread
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.media import repository as media
from api.pagination import PageQuery
from api.problem import NotFound

router = APIRouter(prefix="/conversations", tags=["conversations"])

ConversationId = Annotated[int, Path(ge=1, le=2**63 - 1)]
MessageId = Annotated[int, Path(ge=1, le=2**63 - 1)]


def conversation_or_404(
    session: Session, business_id: int, conversation_id: int, *, lock: bool = False
) -> Conversation:
    """The conversation; raise NotFound where the business has none with this id."""
    conversation = repository.get(session, business_id, conversation_id, lock=lock)
    if conversation is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    return conversation


def thread_request(
    page: PageQuery,
    around: Annotated[
        int | None, Query(ge=1, le=2**63 - 1, description="A message: the page holds it, older ones and newer ones.")
    ] = None,
    direction: Annotated[Way, Query(description="Which way to go on from `cursor`.")] = Way.OLDER,
    q: Annotated[
        str | None, Query(max_length=100, description="Only messages with these words, or such as begin like them.")
    ] = None,
) -> ThreadRequest:
    """The messages that a request's query asks for."""
    return ThreadRequest(page, direction, around, q)


@router.get("/{conversation_id}/messages")
def list_messages(
    conversation_id: ConversationId,
    user: SignedIn,
    session: DatabaseSession,
    asked: Annotated[ThreadRequest, Depends(thread_request)],
) -> MessagePage:
    """A conversation's messages, the newest first.

    `next` goes on with older ones. Where there are newer ones than the page holds, `newer` goes on with those,
    with `direction=newer`.
    """
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    rows = fetch_thread(session, conversation, asked)
    quoted = [row.reply_to_wamid for row in rows.items if row.reply_to_wamid]
    ids = repository.ids_of_wamids(session, conversation.channel_id, quoted)
    files = media.by_ids(session, user.business_id, (row.media_id for row in rows.items))
    return MessagePage(items=[MessageOut.of(row, ids, files) for row in rows.items], next=rows.older, newer=rows.newer)


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
