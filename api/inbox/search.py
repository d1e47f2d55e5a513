"""Which conversations a search of the inbox finds."""

import re

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Message
from api.conversation.search import says
from api.customer.models import Customer
from api.order.models import Order

_MIN_DIGITS = 3
# Words that so many of so many messages have are common.
_COMMON, _SAMPLE = 20, 1000
_ORDER_NUMBER = re.compile(r"#?\s*([0-9]{1,18})")


def matches(session: Session, business_id: int, words: str) -> ColumnElement[bool]:
    """Whether the customer's name or number holds `words`, a message words that begin so, or an order its number."""
    people = select(Customer.id).where(Customer.business_id == business_id, _is_called(words))
    found = [Conversation.customer_id.in_(people), _is_said(session, business_id, words)]
    number = _ORDER_NUMBER.fullmatch(words)
    if number:
        orders = select(Order.conversation_id).where(
            Order.business_id == business_id, Order.number == int(number[1]), Order.conversation_id.is_not(None)
        )
        found.append(Conversation.id.in_(orders))
    return or_(*found)


def _is_said(session: Session, business_id: int, words: str) -> ColumnElement[bool]:
    """Whether a message of the conversation says so.

    Of rare words the index knows the messages. What everybody says is looked for in the chats themselves, the last
    active first: a page of those that have it is soon full, and to gather all of them would take long.
    """
    if _are_common(session, business_id, words):
        said = select(Message.id).where(
            Message.business_id == business_id, Message.conversation_id == Conversation.id, says(words)
        )
        return said.offset(0).exists()  # OFFSET keeps PostgreSQL from gathering them after all
    return Conversation.id.in_(select(Message.conversation_id).where(Message.business_id == business_id, says(words)))


def _are_common(session: Session, business_id: int, words: str) -> bool:
    """Whether many of the business's last messages say so."""
    own = select(Message.content).where(Message.business_id == business_id)
    sample = own.order_by(Message.timestamp.desc()).limit(_SAMPLE).subquery()
    said = select(func.count()).select_from(sample).where(says(words, sample.c.content))
    return session.scalars(said).one() >= _COMMON


def _is_called(words: str) -> ColumnElement[bool]:
    digits = "".join(character for character in words if character.isascii() and character.isdigit())
    names = or_(
        Customer.name.icontains(words, autoescape=True), Customer.profile_name.icontains(words, autoescape=True)
    )
    return or_(names, Customer.phone.contains(digits)) if len(digits) >= _MIN_DIGITS else names
