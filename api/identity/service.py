"""Businesses and users: what may be done with them, and its trace in the audit log."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import column, or_, select, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity import repository
from api.identity.current_user import CurrentUser
from api.identity.models import Business, Role, User
from api.identity.password import hash_password, password_fits
from api.live.service import announce
from api.problem import Conflict, Forbidden, NotFound


class EmailTaken(Conflict):
    """Raised when a user with this email exists, in whichever business."""

    slug = "email-taken"


class LastAdmin(Conflict):
    """Raised when a change would leave a business without an admin who can log in."""

    slug = "last-admin"


class CurrencyFixed(Conflict):
    """Raised when a business is to change its currency that has prices or orders in it."""

    slug = "currency-fixed"


def change_business(session: Session, actor: CurrentUser, changes: Mapping[str, Any]) -> Business:
    """Set the given fields of the actor's business; raise CurrencyFixed where that is no longer possible."""
    business = repository.business(session, actor.business_id)
    if changes.get("currency", business.currency) != business.currency and _has_prices(session, business):
        raise CurrencyFixed("the catalogue and the orders are in this currency: it cannot be changed any more")
    _set(business, changes)
    _record(session, actor, "business.changed", "business", business.id, fields=sorted(changes))
    return business


def set_preferences(session: Session, actor: CurrentUser, changes: Mapping[str, Any]) -> User:
    """Set the actor's own name, language and theme."""
    user = session.get_one(User, actor.id)
    _set(user, changes)
    _record(session, actor, "user.preferences_set", "user", user.id, fields=sorted(changes))
    return user


def add_user(session: Session, actor: CurrentUser, user: User, password: str) -> User:
    """Add a person to the actor's business; raise EmailTaken where the email has a user."""
    user.business_id = actor.business_id
    user.password_hash = hash_password(password)
    add_unique(session, user, EmailTaken("a user with this email exists already"))
    _record(session, actor, "user.added", "user", user.id, role=user.role)
    return user


def change_user(session: Session, actor: CurrentUser, user_id: int, changes: Mapping[str, Any]) -> User:
    """Set the given ones of a user's `name`, `role`, `disabled_at` and `password`.

    Disabling her and a new password end her sessions. Raises LastAdmin where nobody could administer then.
    """
    admins = repository.lock_admins(session, actor.business_id)
    user = repository.user(session, actor.business_id, user_id)
    if user is None:
        raise NotFound(f"there is no user {user_id}")
    _set(user, {name: value for name, value in changes.items() if name != "password"})
    if admins == {user.id} and (user.role is not Role.ADMIN or user.disabled_at is not None):
        raise LastAdmin("this is the last admin: make another one first")
    if "password" in changes:
        user.password_hash = hash_password(changes["password"])
    if "password" in changes or user.disabled_at is not None:
        repository.revoke_sessions(session, user.id)
    _record(session, actor, "user.changed", "user", user.id, fields=sorted(changes))
    return user


def change_own_password(session: Session, actor: CurrentUser, current: str, new: str) -> None:
    """Set the actor's password and end her other sessions; raise Forbidden where `current` is wrong."""
    user = session.get_one(User, actor.id)
    if not password_fits(current, user.password_hash):
        raise Forbidden("the current password is wrong")
    user.password_hash = hash_password(new)
    repository.revoke_sessions(session, user.id, but=actor.session_id)
    _record(session, actor, "user.password_changed", "user", user.id)


def _has_prices(session: Session, business: Business) -> bool:
    """Whether there is anything in the business's currency; those features' tables are known by name only."""
    rows = (
        select(table(name, column("business_id")).c.business_id).where(column("business_id") == business.id).exists()
        for name in ("variants", "orders")
    )
    return bool(session.scalar(select(or_(*rows))))


def _set(row: object, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)


def add_unique(session: Session, row: object, taken: Conflict) -> None:
    """Add a row; raise `taken` where another has what must be unique."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise taken from error


def _record(
    session: Session,
    actor: CurrentUser,
    action: str,
    subject_type: str,
    subject_id: int,
    **data: Any,  # noqa: ANN401 - any JSON
) -> None:
    audit.record(
        session,
        business_id=actor.business_id,
        user_id=actor.id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        **data,
    )
    if subject_type in {"business", "user"}:
        announce(
            session, "business" if subject_type == "business" else "user", subject_id, business_id=actor.business_id
        )
