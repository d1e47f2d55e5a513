"""What there is to do for one channel, and the doing of it: items become rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from api.conversation.incoming import NewMessage, NewStatus, ReadingDelay, believable
from api.conversation.models import Conversation
from api.conversation.recorder import record_messages
from api.conversation.status import record_statuses
from api.customer.identity_change import IdentityChange, change_identities
from api.customer.person import lock_keys
from api.customer.phone_book import PhoneBookEntry, note_entries
from api.customer.preference import MarketingChoice, note_choices
from api.identity.models import Channel
from api.media.incoming import expect_files
from api.order.payment import NewPayment, record_payments
from api.webhook_event.models import WebhookEvent
from api.whatsapp.account import AccountNews, record_account_news
from api.whatsapp.item import (
    Item,
    OtherEvent,
    ReceivedChoice,
    ReceivedContact,
    ReceivedIdentity,
    ReceivedMessage,
    ReceivedPayment,
    ReceivedStatus,
)

# Room for the items of one event in the order of all messages.
ITEMS_PER_EVENT = 1 << 20


@dataclass(slots=True)
class Work:
    """What was left to do: conversations to be read, and how many files to be downloaded."""

    due: set[int] = field(default_factory=set)
    files: int = 0

    def __iadd__(self, other: "Work") -> Self:
        """This and the other."""
        self.due |= other.due
        self.files += other.files
        return self


@dataclass(slots=True)
class Load:
    """What is to be done for one channel."""

    channel: Channel
    messages: list[NewMessage] = field(default_factory=list)
    statuses: list[NewStatus] = field(default_factory=list)
    payments: list[NewPayment] = field(default_factory=list)
    identities: list[IdentityChange] = field(default_factory=list)
    choices: list[MarketingChoice] = field(default_factory=list)
    contacts: list[PhoneBookEntry] = field(default_factory=list)
    news: list[AccountNews] = field(default_factory=list)

    def add(self, event: WebhookEvent, position: int, item: Item, account: Sequence[Channel]) -> None:
        """Put an item of `event` to the others of its kind; `account` are all channels of the item's account."""
        match item:
            case ReceivedMessage():
                self.messages.append(_message(event, position, item))
            case ReceivedStatus():
                self.statuses.append(_status(event, item))
            case ReceivedPayment():
                self.payments.append(_payment(event, item))
            case ReceivedIdentity():
                self.identities.append(IdentityChange(item.previous, item.current, _time(event, item)))
            case ReceivedChoice():
                self.choices.append(MarketingChoice(item.person, item.stopped, _time(event, item)))
            case ReceivedContact():
                self.contacts.append(PhoneBookEntry(item.person, item.called, _time(event, item)))
            case OtherEvent():
                self.news.append(AccountNews(item, account or [self.channel], event.id))

    def carry_out(self, session: Session, delay: ReadingDelay) -> Work:
        """Do it; return what is left to others. The locks of `keys_of` are held."""
        self._know_people(session)
        recorded = record_messages(session, self.channel, self.messages, delay)
        record_statuses(session, self.channel, self.statuses)
        record_payments(session, self.channel, self.payments)
        record_account_news(session, self.news)
        return Work(set(recorded.due), expect_files(session, self.channel, recorded.rows))

    def _know_people(self, session: Session) -> None:
        """Identities first: who writes under a new id is known by then."""
        business_id = self.channel.business_id
        for customer in change_identities(session, business_id, self.identities):
            theirs = (Conversation.channel_id == self.channel.id, Conversation.customer_id == customer.id)
            ids = {
                "customer_phone": func.coalesce(customer.phone, Conversation.customer_phone),
                "customer_user_id": func.coalesce(customer.user_id, Conversation.customer_user_id),
            }
            session.execute(update(Conversation).where(*theirs).values(ids))
        note_choices(session, business_id, self.choices)
        note_entries(session, business_id, self.contacts)


def keys_of(channel: Channel, item: Item) -> Iterable[str]:
    """What to hold while an item is handled: its people, its messages, its payment."""
    match item:
        case ReceivedMessage():
            yield from lock_keys([item.person])
            yield f"message:{channel.id}:{item.wamid}"
            if item.content.is_change:
                yield f"message:{channel.id}:{item.reply_to_wamid}"
        case ReceivedStatus():
            yield f"message:{channel.id}:{item.wamid}"
        case ReceivedPayment():
            yield f"payment:{item.reference_id}"
        case ReceivedIdentity():
            yield from lock_keys([item.previous, item.current])
        case ReceivedChoice() | ReceivedContact():
            yield from lock_keys([item.person])
        case _:
            return


def _message(event: WebhookEvent, position: int, item: ReceivedMessage) -> NewMessage:
    return NewMessage(
        wamid=item.wamid,
        direction=item.direction,
        person=item.person,
        content=item.content,
        timestamp=believable(item.timestamp, event.received_at),
        reply_to_wamid=item.reply_to_wamid,
        payload=item.raw,
        webhook_event_id=event.id,
        sequence=event.id * ITEMS_PER_EVENT + position,
        historic=item.historic,
        told_status=item.told_status,
    )


def _status(event: WebhookEvent, item: ReceivedStatus) -> NewStatus:
    told = believable(item.timestamp, event.received_at) if item.timestamp else None
    return NewStatus(item.wamid, item.status, told, item.raw, item.participant, item.tracker)


def _payment(event: WebhookEvent, item: ReceivedPayment) -> NewPayment:
    return NewPayment(
        reference_id=item.reference_id,
        status=item.status.lower(),
        timestamp=believable(item.timestamp, event.received_at) if item.timestamp else None,
        payload=item.raw,
        transaction_id=item.transaction_id,
        transaction_status=item.transaction_status,
        amount_minor=item.amount_minor,
        currency=item.currency,
    )


def _time(event: WebhookEvent, item: ReceivedIdentity | ReceivedChoice | ReceivedContact) -> datetime:
    return believable(item.timestamp, event.received_at)
