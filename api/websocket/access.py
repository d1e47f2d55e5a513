"""Who opens a WebSocket, whether she may from where she does, and whether she still may."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from starlette.datastructures import Headers

from api.database import one_of
from api.identity.cookie import COOKIE
from api.identity.current_user import CurrentUser
from api.identity.models import LoginSession, User
from api.identity.token import token_hash
from api.websocket import ticket


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request to open a WebSocket shows for itself."""

    token: str | None = None
    ticket: str | None = None


def may_open(headers: Headers, allowed: Collection[str]) -> bool:
    """Whether no page of another place asks, or one that is allowed to."""
    origin = headers.get("origin")
    return origin is None or origin in allowed or _is_ours(headers)


def _is_ours(headers: Headers) -> bool:
    """Whether a browser says that a page of this very host asks."""
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host")


def credentials_of(headers: Headers, cookies: Mapping[str, str], ticket: str | None) -> Credentials:
    """What the request shows. A browser sends the cookie by itself: it counts for a page of ours alone."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Credentials(token=token.strip())
    if ticket:
        return Credentials(ticket=ticket)
    return Credentials(token=cookies.get(COOKIE) if _is_ours(headers) else None)


def admitted(session: Session, shown: Credentials, idle: timedelta) -> CurrentUser | None:
    """Whose login it is; None where it is none, or has ended."""
    if shown.ticket:
        session_id = ticket.redeem(session, shown.ticket)
        return still_there(session, [session_id], idle).get(session_id) if session_id is not None else None
    if not shown.token:
        return None
    found = _live(session, idle, LoginSession.token_hash == token_hash(shown.token))
    return next(iter(found.values()), None)


def still_there(session: Session, session_ids: Iterable[int], idle: timedelta) -> dict[int, CurrentUser]:
    """Those of the logins that have not ended, by id, with their users as they are now."""
    return _live(session, idle, one_of(LoginSession.id, session_ids))


def _live(session: Session, idle: timedelta, wanted: ColumnElement[bool]) -> dict[int, CurrentUser]:
    now = datetime.now(UTC)
    rows = session.execute(
        select(LoginSession.id, User.id, User.business_id, User.role, User.name, User.email)
        .join(User, User.id == LoginSession.user_id)
        .where(
            wanted,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.last_used_at > now - idle,
            User.disabled_at.is_(None),
        )
    )
    return {
        session_id: CurrentUser(user_id, business_id, role, name, email, session_id)
        for session_id, user_id, business_id, role, name, email in rows
    }
