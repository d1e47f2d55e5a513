"""The customers behind the people who write, many at once."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from api.customer.models import Customer, CustomerIdentity, IdKind
from api.customer.person import Key, Person
from api.database import one_of
from api.live.service import announce_all

logger = structlog.get_logger(__name__)


def customers_of(session: Session, business_id: int, people: Iterable[Person]) -> dict[Person, Customer]:
    """Each person's customer, made where there is none yet; what was unknown of a known one is filled in.

    Ids that belong to two customers stay where they are: the person is the one with the `wa_id`, and both are
    noted as perhaps the same. The caller holds the people's locks (`lock_keys`).
    """
    wanted = list(dict.fromkeys(people))
    book = Book.of(session, business_id, wanted)
    book.add(person for person in wanted if book.owner(person) is None)
    found = {person: book.settle(person) for person in wanted}
    book.keep()
    return found


class Book:
    """Whose the ids of some people are, as far as the database knows; what is learned is kept at the end."""

    def __init__(self, session: Session, business_id: int) -> None:
        self._session = session
        self._business_id = business_id
        self._owners: dict[Key, Customer] = {}
        self._learned: dict[Key, Customer] = {}

    @classmethod
    def of(cls, session: Session, business_id: int, people: Collection[Person]) -> "Book":
        """The book with all that is known of these people."""
        book = cls(session, business_id)
        if not people:
            return book
        book._look_up({key for person in people for key in person.keys})
        strangers = [person for person in people if book.owner(person) is None]
        if strangers:
            book._look_up_unlisted(strangers)
        return book

    def owner(self, person: Person) -> Customer | None:
        """The customer with one of the person's ids, by the surest of them."""
        return next((self._owners[key] for key in person.keys if key in self._owners), None)

    def add(self, strangers: Iterable[Person]) -> None:
        """Make customers of people whom nobody knows; those who share an id become one."""
        new: list[Person] = []
        places: dict[Key, int] = {}
        for person in sorted(strangers, key=lambda person: -len(person.keys)):
            place = next((places[key] for key in person.keys if key in places), len(new))
            if place == len(new):
                new.append(person)
            else:
                new[place] = _joined(new[place], person)
            places.update(dict.fromkeys(person.keys, place))
        if new:
            self._insert(new)

    def settle(self, person: Person) -> Customer:
        """The person's customer, who from now on has all of the ids that nobody else has."""
        customer = self.owner(person)
        if customer is None:  # pragma: no cover - `add` was called with all whom nobody knew
            raise RuntimeError("a person was looked for who was never added")
        fill_in(customer, self.give(customer, person))
        return customer

    def give(self, customer: Customer, person: Person) -> Person:
        """Let the customer have those of the person's ids that are nobody else's, and return these.

        Whose the others are is noted as perhaps the same.
        """
        theirs: set[IdKind] = set()
        for key in person.keys:
            owner = self._owners.get(key)
            if owner is None:
                self.learn(customer, key)
            elif owner.id != customer.id:
                note_perhaps_same(customer, owner)
                theirs.add(key[0])
        return replace(person, **{kind.value: None for kind in theirs})

    def learn(self, customer: Customer, key: Key) -> None:
        """From now on, `key` leads to `customer`."""
        self._owners[key] = self._learned[key] = customer

    def keep(self) -> None:
        """Write down what was learned."""
        changed = {owner.id for owner in self._owners.values() if self._session.is_modified(owner)}
        changed.update(customer.id for customer in self._learned.values())
        self._session.flush()
        rows = [
            {"business_id": self._business_id, "customer_id": customer.id, "kind": kind, "value": value}
            for (kind, value), customer in self._learned.items()
        ]
        if rows:
            self._session.execute(insert(CustomerIdentity), rows)
        self._learned.clear()
        announce_all(self._session, "customer", changed, business_id=self._business_id)

    def _look_up(self, keys: set[Key]) -> None:
        identity = CustomerIdentity
        query = (
            select(identity.kind, identity.value, Customer)
            .join(Customer, Customer.id == identity.customer_id)
            .where(identity.business_id == self._business_id, one_of(identity.value, {value for _, value in keys}))
        )
        for kind, value, customer in self._session.execute(query):
            if (kind, value) in keys:
                self._owners[kind, value] = customer

    def _look_up_unlisted(self, people: Iterable[Person]) -> None:
        """Whom an agent added by her number, before she ever wrote."""
        people = list(people)
        wa_ids = [person.wa_id for person in people if person.wa_id]
        user_ids = [person.user_id for person in people if person.user_id]
        phones = [person.phone for person in people if person.phone]
        hers = or_(Customer.wa_id.in_(wa_ids), Customer.user_id.in_(user_ids), Customer.phone.in_(phones))
        query = select(Customer).where(Customer.business_id == self._business_id, hers).order_by(Customer.id.desc())
        for customer in self._session.scalars(query):
            number = customer.wa_id or (customer.phone or "").removeprefix("+") or None
            for key in Person(number, customer.user_id).keys:
                self.learn(customer, key)

    def _insert(self, people: Collection[Person]) -> None:
        rows = [_values(self._business_id, person) for person in people]
        made = self._session.scalars(insert(Customer).returning(Customer, sort_by_parameter_order=True), rows)
        for person, customer in zip(people, made, strict=True):
            for key in person.keys:
                self.learn(customer, key)


def _joined(one: Person, other: Person) -> Person:
    """Both of what is known of one person."""
    return replace(
        one,
        wa_id=one.wa_id or other.wa_id,
        user_id=one.user_id or other.user_id,
        parent_user_id=one.parent_user_id or other.parent_user_id,
        profile_name=one.profile_name or other.profile_name,
        username=one.username or other.username,
    )


def _values(business_id: int, person: Person) -> dict[str, Any]:
    return {
        "business_id": business_id,
        "wa_id": person.wa_id,
        # A parent id alone stands in for the id that later messages will bring.
        "user_id": person.user_id or (None if person.wa_id else person.parent_user_id),
        "phone": person.phone,
        "profile_name": person.profile_name,
        "username": person.username,
    }


def fill_in(customer: Customer, person: Person) -> None:
    """Give the customer's row those ids of the person that it lacks."""
    if customer.wa_id is None and person.wa_id is not None:
        customer.wa_id = person.wa_id
        customer.phone = customer.phone or person.phone
    if customer.user_id is None and person.user_id is not None:
        customer.user_id = person.user_id


def note_perhaps_same(one: Customer, other: Customer) -> None:
    """Note, for a person to decide on, that two customers may be one; nothing where they are."""
    if one.id == other.id or other.id in one.perhaps_same_as:
        return
    one.perhaps_same_as = sorted({*one.perhaps_same_as, other.id})
    other.perhaps_same_as = sorted({*other.perhaps_same_as, one.id})
    logger.warning("customer.perhaps_same", customer_ids=sorted((one.id, other.id)))
