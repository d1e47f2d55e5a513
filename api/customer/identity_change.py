"""People who get another number or another of Meta's ids: the same customer as before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.customer.people import Book, fill_in, note_perhaps_same
from api.customer.person import Person


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A person was `previous`, and is `current` since `timestamp`. Ids that did not change may be in either."""

    previous: Person
    current: Person
    timestamp: datetime


def change_identities(session: Session, business_id: int, changes: Iterable[IdentityChange]) -> list[Customer]:
    """Let the customers be known by their new ids too, and return them.

    Whoever is known by a previous id is the one; nobody is merged: where the new id is somebody else's, both
    are noted as perhaps the same. The caller holds the people's locks.
    """
    ordered = sorted(changes, key=lambda change: change.timestamp)
    book = Book.of(session, business_id, [person for each in ordered for person in (each.previous, each.current)])
    changed = [customer for each in ordered if (customer := _change(book, each))]
    book.keep()
    return changed


def _change(book: Book, change: IdentityChange) -> Customer | None:
    before, now = book.owner(change.previous), book.owner(change.current)
    if before is not None and now is not None and before.id != now.id:
        note_perhaps_same(before, now)
        return None
    is_known_now = before is None and now is not None
    person = change.current if is_known_now or not change.previous.keys else change.previous
    if before is None and now is None:
        book.add([person])
    customer = book.settle(person)
    book.give(customer, change.previous)
    _bring_up_to_date(customer, book.give(customer, change.current), change)
    return customer


def _bring_up_to_date(customer: Customer, current: Person, change: IdentityChange) -> None:
    """Show the new ids, unless newer ones came before."""
    fill_in(customer, current)
    if customer.identity_changed_at is not None and customer.identity_changed_at > change.timestamp:
        return
    customer.identity_changed_at = change.timestamp
    if current.wa_id is not None:
        customer.wa_id, customer.phone = current.wa_id, current.phone
    if current.user_id is not None:
        customer.user_id = current.user_id
