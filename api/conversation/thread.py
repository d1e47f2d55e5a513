"""Pages of a conversation's messages: from the newest, from any place on either way, or around one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Message
from api.conversation.repository import messages
from api.conversation.search import says
from api.pagination import PageRequest, fetch_page
from api.problem import NotFound

_PLACE = (Message.timestamp, Message.sequence, Message.id)


class Way(StrEnum):
    """Which way a page goes on from its cursor."""

    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class ThreadRequest:
    """Which messages are asked for: those with `words`, one `way` from the page's cursor, or `around` a message."""

    page: PageRequest
    way: Way = Way.OLDER
    around: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class ThreadRows:
    """Messages, the newest first, and where the older and the newer ones go on."""

    items: Sequence[Message]
    older: str | None = None
    newer: str | None = None


def fetch_thread(session: Session, conversation: Conversation, asked: ThreadRequest) -> ThreadRows:
    """The messages that are asked for; raise NotFound where there is no message to be around."""
    statement = messages(conversation)
    if asked.words and asked.words.strip():
        statement = statement.where(says(asked.words.strip()))
    if asked.around is not None:
        return _around(session, conversation, statement, asked)
    if asked.way is Way.NEWER:
        return _newer(session, statement, asked.page)
    return _older(session, statement, asked.page)


def _older(session: Session, statement: Select[Message], page: PageRequest) -> ThreadRows:
    rows = fetch_page(session, statement, page, by=_PLACE)
    return ThreadRows(rows.items, older=rows.next)


def _newer(session: Session, statement: Select[Message], page: PageRequest) -> ThreadRows:
    rows = fetch_page(session, statement, page, by=_PLACE, descending=False)
    return ThreadRows(rows.items[::-1], newer=rows.next)


def _around(
    session: Session, conversation: Conversation, statement: Select[Message], asked: ThreadRequest
) -> ThreadRows:
    """The message, as many that are older, and as many that are newer."""
    found = session.get(Message, asked.around)
    if found is None or found.conversation_id != conversation.id:
        raise NotFound(f"there is no message {asked.around} in conversation {conversation.id}")
    here = tuple_(found.timestamp, found.sequence, found.id)
    half = PageRequest(max(1, asked.page.limit // 2))
    older = _older(session, statement.where(tuple_(*_PLACE) <= here), half)
    newer = _newer(session, statement.where(tuple_(*_PLACE) > here), half)
    return ThreadRows([*newer.items, *older.items], older.older, newer.newer)
