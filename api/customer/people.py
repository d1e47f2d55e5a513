"""The customers behind the people who write, many at once."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.customer import service
from api.customer.models import Customer
from api.customer.person import Person


def customers_of(session: Session, business_id: int, people: Iterable[Person]) -> dict[Person, Customer]:
    """Each person's customer: the known are found by one query, the new made by one, the changed mended one by one."""
    wanted = dict.fromkeys(people)
    known = _known(session, business_id, wanted)
    strangers = [person for person in wanted if not any(each in known for each in person.ids)]
    if strangers:
        _insert(session, business_id, strangers)
        known |= _known(session, business_id, strangers)
    return {person: _settled(known, person) or _upsert(session, business_id, person) for person in wanted}


def _insert(session: Session, business_id: int, strangers: Iterable[Person]) -> None:
    values = [
        {
            "business_id": business_id,
            "wa_id": person.wa_id,
            "user_id": person.user_id,
            "phone": person.phone,
            "profile_name": person.profile_name,
        }
        for person in strangers
    ]
    session.execute(insert(Customer).on_conflict_do_nothing(), values)


def _known(session: Session, business_id: int, people: Iterable[Person]) -> dict[str, Customer]:
    """The customers who have one of the people's ids, by each of their own ids."""
    wa_ids = [person.wa_id for person in people if person.wa_id]
    user_ids = [person.user_id for person in people if person.user_id]
    has_one = or_(Customer.wa_id.in_(wa_ids), Customer.user_id.in_(user_ids))
    rows = session.scalars(select(Customer).where(Customer.business_id == business_id, has_one)).all()
    return {known: row for row in rows for known in (row.wa_id, row.user_id) if known}


def _settled(known: dict[str, Customer], person: Person) -> Customer | None:
    """The customer who has all that the person brings; None where there is something to make or to mend."""
    customer = known.get(person.ids[0])
    if customer is None:
        return None
    new = (
        (person.wa_id, customer.wa_id),
        (person.user_id, customer.user_id),
        (person.profile_name, customer.profile_name),
    )
    return customer if all(theirs in {None, ours} for theirs, ours in new) else None


def _upsert(session: Session, business_id: int, person: Person) -> Customer:
    return service.upsert(session, business_id, person.wa_id, person.user_id, person.profile_name)
