"""Queries of conversations and messages for the people who read them. Each asks within one business."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from api.conversation.message_kind import EDIT
from api.conversation.models import Conversation, Message, MessageStatusEvent
from api.customer.models import Customer
from api.pagination import PageRequest, Rows, fetch_page

_MIN_DIGITS = 3


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which conversations are asked for. `words` is searched in names, phone numbers and messages."""

    words: str | None = None
    assigned_user_id: int | None = None
    unassigned: bool = False
    unread: bool = False
    channel_id: int | None = None
    customer_id: int | None = None


def find(session: Session, business_id: int, wanted: ConversationFilter, page: PageRequest) -> Rows[Conversation]:
    """The conversations that fit, the last active first."""
    statement = select(Conversation).where(Conversation.business_id == business_id, *_conditions(business_id, wanted))
    return fetch_page(session, statement, page, by=[Conversation.last_updated, Conversation.id])


def _conditions(business_id: int, wanted: ConversationFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words and wanted.words.strip():
        found.append(_says(business_id, wanted.words.strip()))
    if wanted.assigned_user_id is not None:
        found.append(Conversation.assigned_user_id == wanted.assigned_user_id)
    if wanted.unassigned:
        found.append(Conversation.assigned_user_id.is_(None))
    if wanted.unread:
        found.append(Conversation.unread_count > 0)
    if wanted.channel_id is not None:
        found.append(Conversation.channel_id == wanted.channel_id)
    if wanted.customer_id is not None:
        found.append(Conversation.customer_id == wanted.customer_id)
    return found


def _says(business_id: int, words: str) -> ColumnElement[bool]:
    """Whether the customer's name or number holds `words`, or a message has words that begin like them."""
    people = select(Customer.id).where(Customer.business_id == business_id, _is_called(words))
    chats = select(Message.conversation_id).where(
        Message.business_id == business_id,
        func.to_tsvector("simple", Message.content).op("@@")(func.to_tsquery("simple", _prefixes(words))),
    )
    return or_(Conversation.customer_id.in_(people), Conversation.id.in_(chats))


def _is_called(words: str) -> ColumnElement[bool]:
    digits = "".join(character for character in words if character.isascii() and character.isdigit())
    names = or_(
        Customer.name.icontains(words, autoescape=True), Customer.profile_name.icontains(words, autoescape=True)
    )
    return or_(names, Customer.phone.contains(digits)) if len(digits) >= _MIN_DIGITS else names


def _prefixes(words: str) -> str:
    r"""`words` as a text-search query: all of them, each as the beginning of a word.

    >>> _prefixes("lal sa")
    "'lal':* & 'sa':*"
    """
    quoted = (word.replace("\\", " ").replace("'", " ").strip() for word in words.split())
    return " & ".join(f"'{word}':*" for word in quoted if word)


def get(session: Session, business_id: int, conversation_id: int, *, lock: bool = False) -> Conversation | None:
    """One conversation; locked until the transaction ends where it is to be changed."""
    statement = select(Conversation).where(Conversation.business_id == business_id, Conversation.id == conversation_id)
    return session.scalar(statement.with_for_update(key_share=True) if lock else statement)


def customers_of(session: Session, conversations: Iterable[Conversation]) -> dict[int, Customer]:
    """The conversations' customers by id."""
    ids = {conversation.customer_id for conversation in conversations}
    return {customer.id: customer for customer in session.scalars(select(Customer).where(Customer.id.in_(ids)))}


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
