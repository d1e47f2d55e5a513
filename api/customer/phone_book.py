"""The names that the shop's own phone has for people (coexistence)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.customer.people import Book
from api.customer.person import Person


@dataclass(frozen=True, slots=True)
class PhoneBookEntry:
    """What the phone calls a person since `timestamp`; None where it has no entry of her any more."""

    person: Person
    name: str | None
    timestamp: datetime


def note_entries(session: Session, business_id: int, entries: Iterable[PhoneBookEntry]) -> None:
    """Name the customers as the phone does, where no person named them; who is in it is a customer from now on.

    The caller holds the people's locks.
    """
    ordered = sorted(entries, key=lambda entry: entry.timestamp)
    book = Book.of(session, business_id, [entry.person for entry in ordered])
    book.add(entry.person for entry in ordered if entry.name is not None and book.owner(entry.person) is None)
    for entry in ordered:
        if book.owner(entry.person) is not None:
            _note(book.settle(entry.person), entry)
    book.keep()


def _note(customer: Customer, entry: PhoneBookEntry) -> None:
    by_hand = customer.name is not None and customer.name_synced_at is None
    is_older = customer.name_synced_at is not None and customer.name_synced_at > entry.timestamp
    if not by_hand and not is_older:
        customer.name, customer.name_synced_at = entry.name, entry.timestamp
