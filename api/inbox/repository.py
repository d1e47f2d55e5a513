"""Queries of the inbox: which conversations, and how many. Each asks within one business."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, literal_column, select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.inbox.schemas import ConversationCounts
from api.inbox.search import matches
from api.order.models import Order
from api.pagination import PageRequest, Rows, Sortable, fetch_page


class InboxSort(StrEnum):
    """What the inbox begins with."""

    LAST_ACTIVE = "last_active"
    OLDEST_UNANSWERED = "oldest_unanswered"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which conversations are asked for: all that has been set has to be so."""

    words: str | None = None
    assigned_user_id: int | None = None
    unassigned: bool = False
    unread: bool = False
    has_draft: bool = False
    needs_answer: bool = False
    channel_id: int | None = None
    customer_id: int | None = None


# Spelled out in the statement, so that PostgreSQL sees that the index of drafts will do.
IS_DRAFT = Order.status == literal_column("'draft'")
HAS_DRAFT = exists().where(Order.conversation_id == Conversation.id, IS_DRAFT)
IS_UNASSIGNED = Conversation.assigned_user_id.is_(None)
IS_UNREAD = Conversation.unread_count > 0
NEEDS_ANSWER = Conversation.unanswered_since.is_not(None)

SORTS: dict[InboxSort, tuple[list[Sortable], bool]] = {
    InboxSort.LAST_ACTIVE: ([Conversation.last_updated, Conversation.id], True),
    InboxSort.OLDEST_UNANSWERED: ([Conversation.unanswered_since, Conversation.id], False),
}


def find(
    session: Session, business_id: int, wanted: InboxFilter, page: PageRequest, sort: InboxSort
) -> Rows[Conversation]:
    """The conversations that fit; sorted by how long they wait, only those that do."""
    statement = _all(business_id).where(*_conditions(session, business_id, wanted))
    if sort is InboxSort.OLDEST_UNANSWERED:
        statement = statement.where(NEEDS_ANSWER)
    by, descending = SORTS[sort]
    return fetch_page(session, statement, page, by=by, descending=descending)


def count(session: Session, business_id: int, user_id: int) -> ConversationCounts:
    """How many conversations each filter would show to the user."""
    counted = {
        "all": func.count(),
        "mine": func.count().filter(Conversation.assigned_user_id == user_id),
        "unassigned": func.count().filter(IS_UNASSIGNED),
        "unread": func.count().filter(IS_UNREAD),
        "has_draft": func.count().filter(HAS_DRAFT),
        "needs_answer": func.count().filter(NEEDS_ANSWER),
    }
    row = session.execute(select(*counted.values()).where(Conversation.business_id == business_id)).one()
    return ConversationCounts(**dict(zip(counted, row, strict=True)))


def _all(business_id: int) -> Select[Conversation]:
    return select(Conversation).where(Conversation.business_id == business_id)


def _conditions(session: Session, business_id: int, wanted: InboxFilter) -> list[ColumnElement[bool]]:
    words = (wanted.words or "").strip()
    asked: tuple[tuple[bool, Callable[[], ColumnElement[bool]]], ...] = (
        (bool(words), lambda: matches(session, business_id, words)),
        (wanted.assigned_user_id is not None, lambda: Conversation.assigned_user_id == wanted.assigned_user_id),
        (wanted.unassigned, lambda: IS_UNASSIGNED),
        (wanted.unread, lambda: IS_UNREAD),
        (wanted.has_draft, lambda: HAS_DRAFT),
        (wanted.needs_answer, lambda: NEEDS_ANSWER),
        (wanted.channel_id is not None, lambda: Conversation.channel_id == wanted.channel_id),
        (wanted.customer_id is not None, lambda: Conversation.customer_id == wanted.customer_id),
    )
    return [condition() for is_asked, condition in asked if is_asked]
