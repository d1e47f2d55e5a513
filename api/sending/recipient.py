"""Whom a message goes to, and from which number: the conversation that it becomes part of."""

from dataclasses import dataclass

import phonenumbers
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.conversation import repository as conversations
from api.conversation.models import Conversation
from api.customer.lock import hold
from api.customer.models import Customer
from api.customer.people import customers_of
from api.customer.person import Person, lock_keys
from api.identity.models import Business, Channel, ChannelStatus
from api.problem import NotFound, Unprocessable


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is meant, by one of four: a conversation, a customer, a phone number, or Meta's id of a person.

    `channel_id` is the number to write from, where it does not follow from the conversation.
    """

    conversation_id: int | None = None
    customer_id: int | None = None
    phone: str | None = None
    user_id: str | None = None
    channel_id: int | None = None


def conversation_of(session: Session, business_id: int, recipient: Recipient) -> Conversation:
    """The conversation with a recipient, locked until the transaction ends; made where there is none.

    Raises:
        NotFound: The business has no such conversation, customer or channel.
        Unprocessable: The phone number is none, or there are several channels to write from.
    """
    if recipient.conversation_id is not None:
        found = conversations.get(session, business_id, recipient.conversation_id, lock=True)
        if found is None:
            raise NotFound(f"there is no conversation {recipient.conversation_id}")
        return found
    customer = _customer(session, business_id, recipient)
    channel = _channel(session, business_id, recipient.channel_id, customer)
    return _begun(session, channel, customer)


def _customer(session: Session, business_id: int, recipient: Recipient) -> Customer:
    if recipient.customer_id is not None:
        query = select(Customer).where(Customer.business_id == business_id, Customer.id == recipient.customer_id)
        found = session.scalar(query)
        if found is None:
            raise NotFound(f"there is no customer {recipient.customer_id}")
        return found
    if recipient.phone is not None:
        country = session.get_one(Business, business_id).country_code
        person = Person(wa_id=wa_id_of(recipient.phone, country))
    else:
        person = Person(user_id=recipient.user_id)
    hold(session, business_id, lock_keys([person]))
    return customers_of(session, business_id, [person])[person]


def wa_id_of(phone: str, country_code: str) -> str:
    """WhatsApp's form of a phone number; raise Unprocessable where it is none.

    >>> wa_id_of("+91 90000-00001", "IN"), wa_id_of("090000 00001", "IN"), wa_id_of("919000000001", "IN")
    ('919000000001', '919000000001', '919000000001')
    """
    for form in (phone, f"+{phone.strip()}"):
        try:
            parsed = phonenumbers.parse(form, country_code)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+")
    raise Unprocessable("`to` is no phone number: write it with its country's code, like +91 90000 00001")


def _channel(session: Session, business_id: int, channel_id: int | None, customer: Customer) -> Channel:
    active = select(Channel).where(Channel.business_id == business_id, Channel.status == ChannelStatus.ACTIVE)
    if channel_id is not None:
        found = session.scalar(active.where(Channel.id == channel_id))
        if found is None:
            raise NotFound(f"there is no active channel {channel_id}")
        return found
    channels = session.scalars(active.order_by(Channel.id).limit(2)).all()
    if len(channels) == 1:
        return channels[0]
    last = session.scalar(_last_used(active, customer)) if channels else None
    if last is None:
        raise Unprocessable(
            "say which number to write from by `channel_id`: GET /channels lists them"
            if channels
            else "no number is connected: an admin connects one by POST /channels"
        )
    return last


def _last_used(active: Select[Channel], customer: Customer) -> Select[Channel]:
    """The channel by which the customer was last in touch."""
    talks = active.join(Conversation, Conversation.channel_id == Channel.id)
    return talks.where(Conversation.customer_id == customer.id).order_by(Conversation.last_updated.desc()).limit(1)


def _begun(session: Session, channel: Channel, customer: Customer) -> Conversation:
    values = {
        "business_id": channel.business_id,
        "channel_id": channel.id,
        "customer_id": customer.id,
        "customer_phone": customer.phone,
        "customer_user_id": customer.user_id,
    }
    session.execute(insert(Conversation).values(values).on_conflict_do_nothing())
    query = select(Conversation).where(Conversation.channel_id == channel.id, Conversation.customer_id == customer.id)
    return session.scalars(query.with_for_update(key_share=True).execution_options(populate_existing=True)).one()


def address_of(conversation: Conversation, customer: Customer) -> dict[str, str]:
    """How Meta is told whom a message is for: `to` her phone number, else `recipient`, Meta's id of her.

    Empty where neither is known.
    """
    phone = customer.wa_id or (conversation.customer_phone or customer.phone or "").lstrip("+")
    user_id = conversation.customer_user_id or customer.user_id
    if phone:
        return {"recipient_type": "individual", "to": phone}
    return {"recipient_type": "individual", "recipient": user_id} if user_id else {}
