"""Queries of businesses, users and sessions. Each asks within one business, but for the login's own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from api.identity.models import Business, LoginSession, Role, User
from api.live.service import announce_all


def business(session: Session, business_id: int) -> Business:
    """The business with this id."""
    return session.get_one(Business, business_id)


def users(business_id: int) -> Select[User]:
    """The users of a business."""
    return select(User).where(User.business_id == business_id)


def user(session: Session, business_id: int, user_id: int) -> User | None:
    """One user of a business."""
    return session.scalar(users(business_id).where(User.id == user_id))


def names(session: Session, business_id: int, user_ids: Iterable[int | None]) -> dict[int, str]:
    """What those of the users are called who are the business's, by id."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    query = select(User.id, User.name).where(User.business_id == business_id, User.id.in_(wanted))
    return dict(session.execute(query).all())


def user_by_email(session: Session, email: str) -> User | None:
    """The user with this email, of whichever business, who may log in."""
    return session.scalar(select(User).where(User.email == email, User.disabled_at.is_(None)))


def lock_admins(session: Session, business_id: int) -> set[int]:
    """The ids of a business's admins who may log in, locked: of two who leave at once, one is the last."""
    admins = users(business_id).where(User.role == Role.ADMIN, User.disabled_at.is_(None))
    return {admin.id for admin in session.scalars(admins.order_by(User.id).with_for_update())}


def live_session(
    session: Session, token_hash: bytes, *, now: datetime, idle: timedelta
) -> tuple[LoginSession, User] | None:
    """The session with this token and its user, unless either is ended, or the session expired or idle."""
    statement = (
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(
            LoginSession.token_hash == token_hash,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.last_used_at > now - idle,
            User.disabled_at.is_(None),
        )
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def touch_session(session: Session, session_id: int, now: datetime) -> None:
    """Note that a session was used; where another request is noting it, leave it to that one."""
    free = select(LoginSession.id).where(LoginSession.id == session_id).with_for_update(skip_locked=True)
    session.execute(
        update(LoginSession).where(LoginSession.id.in_(free.scalar_subquery())).values(last_used_at=now),
        execution_options={"synchronize_session": False},
    )


def revoke_sessions(session: Session, user_id: int, *, but: int | None = None) -> None:
    """End all of a user's sessions, except the one with id `but`."""
    others = (LoginSession.id != but,) if but is not None else ()
    _revoke(session, LoginSession.user_id == user_id, LoginSession.revoked_at.is_(None), *others)


def revoke_session(session: Session, session_id: int) -> None:
    """End one session."""
    _revoke(session, LoginSession.id == session_id)


def _revoke(session: Session, *which: ColumnElement[bool]) -> int:
    """End these sessions of one user, and have their WebSockets closed; how many there are."""
    ended = func.coalesce(LoginSession.revoked_at, func.now())
    statement = update(LoginSession).where(*which).values(revoked_at=ended)
    rows = session.execute(statement.returning(LoginSession.business_id, LoginSession.id)).all()
    if rows:
        announce_all(session, "session", (row.id for row in rows), business_id=rows[0].business_id)
    return len(rows)


def live_sessions(session: Session, user_id: int, *, now: datetime, idle: timedelta) -> list[LoginSession]:
    """A user's sessions that are good, the last used first."""
    query = select(LoginSession).where(
        LoginSession.user_id == user_id,
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > now,
        LoginSession.last_used_at > now - idle,
    )
    return list(session.scalars(query.order_by(LoginSession.last_used_at.desc(), LoginSession.id.desc())))


def revoke_own_session(session: Session, user_id: int, session_id: int) -> bool:
    """End one of a user's sessions; whether she has it."""
    return _revoke(session, LoginSession.id == session_id, LoginSession.user_id == user_id) > 0


def has_user(session: Session, email: str) -> bool:
    """Whether anybody has this email, in whichever business, disabled or not."""
    return session.scalar(select(User.id).where(User.email == email)) is not None


def has_business(session: Session) -> bool:
    """Whether there is any business yet."""
    return session.scalar(select(Business.id).limit(1)) is not None
