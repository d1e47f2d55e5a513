"""The inbox: conversations listed, counted, seen and given to agents."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from sqlalchemy.orm import Session

from api.conversation import service
from api.conversation.endpoints import ConversationId, conversation_or_404
from api.conversation.models import Conversation
from api.database import DatabaseSession
from api.identity.current_user import CurrentUser, SignedIn
from api.inbox import repository, view
from api.inbox.repository import InboxFilter, InboxSort
from api.inbox.schemas import ConversationChange, ConversationCounts, ConversationOut
from api.pagination import Page, PageQuery

router = APIRouter(prefix="/conversations", tags=["conversations"])

Filter = Annotated[int | None, Query(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """What a request's query asks for."""

    q: Annotated[
        str | None,
        Query(
            max_length=100,
            description="A part of a customer's name, digits of her number, beginnings of words of a message, or an "
            "order's number (`1042` or `#1042`).",
        ),
    ] = None
    assigned_to: Annotated[
        Literal["me", "nobody"] | Annotated[int, Field(ge=1, le=2**63 - 1)] | None,
        Query(description="`me`, `nobody`, or a user's id."),
    ] = None
    unread: Annotated[bool, Query(description="Only those with unread messages.")] = False
    has_draft: Annotated[bool, Query(description="Only those with a draft order.")] = False
    needs_answer: Annotated[bool, Query(description="Only those whose last word is the customer's.")] = False
    channel_id: Filter = None
    customer_id: Filter = None

    def wanted(self, user: CurrentUser) -> InboxFilter:
        """The conversations that `user` asks for."""
        who = self.assigned_to
        return InboxFilter(
            words=self.q,
            assigned_user_id=user.id if who == "me" else who if isinstance(who, int) else None,
            unassigned=who == "nobody",
            unread=self.unread,
            has_draft=self.has_draft,
            needs_answer=self.needs_answer,
            channel_id=self.channel_id,
            customer_id=self.customer_id,
        )


@router.get("")
def list_conversations(
    user: SignedIn,
    session: DatabaseSession,
    page: PageQuery,
    query: Annotated[InboxQuery, Depends()],
    sort: Annotated[
        InboxSort, Query(description="`oldest_unanswered` lists only those that wait for an answer, longest first.")
    ] = InboxSort.LAST_ACTIVE,
) -> Page[ConversationOut]:
    """Your business's conversations, the last active first unless `sort` says otherwise."""
    rows = repository.find(session, user.business_id, query.wanted(user), page, sort)
    return Page(items=view.shown(session, rows.items), next=rows.next)


@router.get("/counts")
def count_conversations(user: SignedIn, session: DatabaseSession) -> ConversationCounts:
    """How many conversations each filter of the list has."""
    return repository.count(session, user.business_id, user.id)


@router.get("/{conversation_id}")
def get_conversation(conversation_id: ConversationId, user: SignedIn, session: DatabaseSession) -> ConversationOut:
    """One conversation."""
    return _shown(session, conversation_or_404(session, user.business_id, conversation_id))


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
    """Give a conversation to an agent or to nobody, or say whether it needs an answer."""
    conversation = conversation_or_404(session, user.business_id, conversation_id, lock=True)
    if "assigned_user_id" in given.model_fields_set:
        service.assign(session, conversation, given.assigned_user_id, by_user_id=user.id)
    if given.needs_answer is not None:
        service.set_needs_answer(session, conversation, needed=given.needs_answer)
    return _shown(session, conversation)


def _shown(session: Session, conversation: Conversation) -> ConversationOut:
    (shown,) = view.shown(session, [conversation])
    return shown
