"""Businesses, channels and users: what may be done with them, and its trace in the audit log."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.encryption import Vault
from api.identity import repository
from api.identity.current_user import CurrentUser
from api.identity.models import Business, Channel, Role, User
from api.identity.password import hash_password, password_fits
from api.problem import Conflict, Forbidden, NotFound


class EmailTaken(Conflict):
    """Raised when a user with this email exists, in whichever business."""

    slug = "email-taken"


class NumberTaken(Conflict):
    """Raised when the WhatsApp number is connected already."""

    slug = "number-taken"


class LastAdmin(Conflict):
    """Raised when a change would leave a business without an admin who can log in."""

    slug = "last-admin"


def change_business(session: Session, actor: CurrentUser, changes: Mapping[str, Any]) -> Business:
    """Set the given fields of the actor's business."""
    business = repository.business(session, actor.business_id)
    _set(business, changes)
    _record(session, actor, "business.changed", "business", business.id, fields=sorted(changes))
    return business


def connect_channel(session: Session, actor: CurrentUser, channel: Channel, token: str | None, vault: Vault) -> Channel:
    """Add a WhatsApp number to the actor's business; raise NumberTaken where it is connected."""
    channel.business_id = actor.business_id
    _add_unique(session, channel, NumberTaken("this phone_number_id is connected already"))
    if token is not None:
        set_access_token(channel, token, vault)
    _record(session, actor, "channel.connected", "channel", channel.id, phone_number_id=channel.phone_number_id)
    return channel


def change_channel(
    session: Session, actor: CurrentUser, channel_id: int, changes: Mapping[str, Any], vault: Vault
) -> Channel:
    """Set the given fields of a channel, `access_token` (a string, or None to forget it) among them."""
    channel = repository.channel(session, actor.business_id, channel_id)
    if channel is None:
        raise NotFound(f"there is no channel {channel_id}")
    _set(channel, {name: value for name, value in changes.items() if name != "access_token"})
    if "access_token" in changes:
        set_access_token(channel, changes["access_token"], vault)
    _record(session, actor, "channel.changed", "channel", channel.id, fields=sorted(changes))
    return channel


def set_access_token(channel: Channel, token: str | None, vault: Vault) -> None:
    """Keep a channel's token, encrypted for this very row, or forget it."""
    channel.access_token_encrypted = vault.seal(token, _token_context(channel)) if token is not None else None


def access_token(channel: Channel, vault: Vault) -> str | None:
    """The token with which a channel sends, None where none was given."""
    sealed = channel.access_token_encrypted
    return vault.open(sealed, _token_context(channel)) if sealed is not None else None


def add_user(session: Session, actor: CurrentUser, user: User, password: str) -> User:
    """Add a person to the actor's business; raise EmailTaken where the email has a user."""
    user.business_id = actor.business_id
    user.password_hash = hash_password(password)
    _add_unique(session, user, EmailTaken("a user with this email exists already"))
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


def _set(row: object, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)


def _token_context(channel: Channel) -> str:
    return f"channels:{channel.id}:access_token"


def _add_unique(session: Session, row: object, taken: Conflict) -> None:
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
