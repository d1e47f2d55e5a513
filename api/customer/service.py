"""Customers as the service knows them: found or made by their WhatsApp ids, named and searched."""

import phonenumbers
import structlog
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.identity.models import Business
from api.problem import Conflict, NotFound, Unprocessable

logger = structlog.get_logger(__name__)


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
    customer = _find(session, business_id, wa_id, user_id)
    if customer is None:
        customer = _insert(session, business_id, wa_id, user_id, profile_name)
    if customer is None:  # another transaction was quicker: its row is visible now
        customer = _find(session, business_id, wa_id, user_id)
    if customer is None:  # pragma: no cover - customers are never deleted
        raise RuntimeError("a customer was there and is gone; retry")
    _learn(session, customer, wa_id, user_id, profile_name)
    return customer


def _find(session: Session, business_id: int, wa_id: str | None, user_id: str | None) -> Customer | None:
    """The customer known by either id; the one with the `wa_id` where they are two."""
    ids: list[ColumnElement[bool]] = []
    if wa_id:
        ids.append(Customer.wa_id == wa_id)
    if user_id:
        ids.append(Customer.user_id == user_id)
    if wa_id:  # whom an agent added by her number, and who now writes
        ids.append(and_(Customer.phone == f"+{wa_id}", Customer.wa_id.is_(None)))
    query = select(Customer).where(Customer.business_id == business_id, or_(*ids)).order_by(Customer.id)
    found = session.scalars(query).all()
    if len(found) > 1:
        logger.warning("customer.ids_of_two", customer_ids=sorted(customer.id for customer in found))
    return min(found, key=lambda customer: customer.wa_id != wa_id, default=None)


def _insert(
    session: Session, business_id: int, wa_id: str | None, user_id: str | None, profile_name: str | None
) -> Customer | None:
    """The new customer, or None where a parallel transaction made her first (it is waited for)."""
    values = {
        "business_id": business_id,
        "wa_id": wa_id or None,
        "user_id": user_id or None,
        "phone": f"+{wa_id}" if wa_id else None,
        "profile_name": profile_name or None,
    }
    return session.scalar(insert(Customer).values(values).on_conflict_do_nothing().returning(Customer))


def _learn(
    session: Session, customer: Customer, wa_id: str | None, user_id: str | None, profile_name: str | None
) -> None:
    """Fill in what a known customer's row lacks, and follow her profile name."""
    if profile_name and customer.profile_name != profile_name:
        customer.profile_name = profile_name
    session.flush()
    new = {
        name: value
        for name, value in (("wa_id", wa_id), ("user_id", user_id))
        if value and getattr(customer, name) is None
    }
    if not new:
        return
    if "wa_id" in new and customer.phone is None:
        new["phone"] = f"+{wa_id}"
    try:
        with session.begin_nested():
            for name, value in new.items():
                setattr(customer, name, value)
    except IntegrityError:  # the id is another customer's; merging two people is a person's decision
        session.refresh(customer)
        logger.warning("customer.id_taken", customer_id=customer.id, ids=sorted(new))
