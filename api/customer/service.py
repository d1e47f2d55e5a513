"""Customers as the service knows them: found or made by their WhatsApp ids, named and searched."""

import phonenumbers
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from api.customer import lock
from api.customer.models import Customer
from api.customer.people import customers_of
from api.customer.person import Person, lock_keys
from api.identity.models import Business
from api.live.service import announce
from api.problem import Conflict, NotFound, Unprocessable


def customers(business_id: int, *, search: str = "") -> Select[Customer]:
    """A business's customers; of a `search`, those whose name or number holds it."""
    query = select(Customer).where(Customer.business_id == business_id)
    wanted = search.strip()
    if not wanted:
        return query
    digits = "".join(char for char in wanted if char.isdecimal())
    if digits and not any(char.isalpha() for char in wanted):
        return query.where(Customer.phone.contains(digits))
    names = func.concat_ws(" ", Customer.name, Customer.profile_name)
    return query.where(names.icontains(wanted.replace("\0", ""), autoescape=True))


def customer(session: Session, business_id: int, customer_id: int) -> Customer:
    """One customer of a business; raise NotFound where it has none with this id."""
    found = session.scalar(select(Customer).where(Customer.business_id == business_id, Customer.id == customer_id))
    if found is None:
        raise NotFound(f"there is no customer {customer_id}")
    return found


def add(session: Session, business_id: int, phone: str, name: str | None) -> Customer:
    """A new customer by her phone number, written as people of the business's country write it.

    Raises:
        Unprocessable: It is no phone number.
        Conflict: A customer has it already.
    """
    number = _international(phone, session.get_one(Business, business_id).country_code)
    known = session.scalar(select(Customer.id).where(Customer.business_id == business_id, Customer.phone == number))
    if known is not None:
        raise Conflict(f"customer {known} has this number already", customer_id=known)
    made = Customer(business_id=business_id, phone=number, name=name)
    session.add(made)
    session.flush()
    announce(session, "customer", made.id, business_id=business_id)
    return made


def _international(phone: str, country_code: str) -> str:
    try:
        number = phonenumbers.parse(phone, country_code)
    except phonenumbers.NumberParseException as error:
        raise Unprocessable("this is no phone number; write it with its country code, like +91 90000 12345") from error
    if not phonenumbers.is_possible_number(number):
        raise Unprocessable("this phone number is too long or too short; write it like +91 90000 12345")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def upsert(
    session: Session, business_id: int, wa_id: str | None, user_id: str | None, profile_name: str | None
) -> Customer:
    """The customer with one of these WhatsApp ids, made where there is none yet.

    Parallel calls with the same ids get the same row. What was unknown of a known customer is filled in;
    ids that belong to two customers are left as they are, and the one with the `wa_id` is returned.

    Raises:
        ValueError: Neither `wa_id` nor `user_id` is given.
    """
    if not (wa_id or user_id):
        raise ValueError("a customer needs a wa_id or a user_id; the payload's contact has neither")
    person = Person(wa_id or None, user_id or None, profile_name or None)
    lock.hold(session, business_id, lock_keys([person]))
    customer = customers_of(session, business_id, [person])[person]
    if person.profile_name is not None:
        customer.profile_name = person.profile_name
    return customer
