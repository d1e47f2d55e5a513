"""Rows that tests start from. Each function adds one row, flushes it and returns it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.identity.models import Business, Channel, LoginSession, Role, User
from api.identity.token import new_token, token_hash

Row = TypeVar("Row")
_numbers = count(1)


def make_business(session: Session, **changes: object) -> Business:
    """A business in India."""
    values = {"name": "Kiran Sarees", "currency": "INR", "country_code": "IN", "time_zone": "Asia/Kolkata"}
    return _add(session, Business(**values | changes))


def make_channel(session: Session, business: Business, **changes: object) -> Channel:
    """A number of `business`."""
    number = next(_numbers)
    values = {"phone_number_id": f"1000{number}", "display_phone_number": f"+91 98000 {number:05}"}
    return _add(session, Channel(business_id=business.id, **values | changes))


def make_user(session: Session, business: Business, **changes: object) -> User:
    """An admin of `business` who cannot log in: the password's hash is of none."""
    number = next(_numbers)
    values: dict[str, object] = {"email": f"user{number}@shop.example", "name": f"User {number}", "role": Role.ADMIN}
    return _add(session, User(business_id=business.id, **values | {"password_hash": "none"} | changes))


def make_token(session: Session, user: User) -> str:
    """A token with which `user` is logged in."""
    token = new_token()
    expires = datetime.now(UTC) + timedelta(days=1)
    _add(
        session,
        LoginSession(business_id=user.business_id, user_id=user.id, token_hash=token_hash(token), expires_at=expires),
    )
    return token


def make_customer(session: Session, business: Business, **changes: object) -> Customer:
    """A customer of `business`."""
    number = next(_numbers)
    values = {"wa_id": f"9199000{number:05}", "phone": f"+9199000{number:05}", "profile_name": f"Customer {number}"}
    return _add(session, Customer(business_id=business.id, **values | changes))


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
