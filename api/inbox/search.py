"""Which conversations a search of the inbox finds."""

import re

from sqlalchemy import ColumnElement, or_, select

from api.conversation.models import Conversation, Message
from api.conversation.search import says
from api.customer.models import Customer
from api.order.models import Order

_MIN_DIGITS = 3
_ORDER_NUMBER = re.compile(r"#?\s*([0-9]{1,18})")


def matches(business_id: int, words: str) -> ColumnElement[bool]:
    """Whether the customer's name or number holds `words`, a message has words that begin so, or an order that number.

    Each of them is found by an index, or by looking at the business's own customers.
    """
    people = select(Customer.id).where(Customer.business_id == business_id, _is_called(words))
    chats = select(Message.conversation_id).where(Message.business_id == business_id, says(words))
    found = [Conversation.customer_id.in_(people), Conversation.id.in_(chats)]
    number = _ORDER_NUMBER.fullmatch(words)
    if number:
        orders = select(Order.conversation_id).where(
            Order.business_id == business_id, Order.number == int(number[1]), Order.conversation_id.is_not(None)
        )
        found.append(Conversation.id.in_(orders))
    return or_(*found)


def _is_called(words: str) -> ColumnElement[bool]:
    digits = "".join(character for character in words if character.isascii() and character.isdigit())
    names = or_(
        Customer.name.icontains(words, autoescape=True), Customer.profile_name.icontains(words, autoescape=True)
    )
    return or_(names, Customer.phone.contains(digits)) if len(digits) >= _MIN_DIGITS else names
