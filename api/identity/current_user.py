"""Who makes a request: the dependency of every endpoint that is not public."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from api.database import DatabaseSession
from api.identity import repository
from api.identity.cookie import COOKIE, SAFE_METHODS, refuse_other_sites
from api.identity.models import LoginSession, Role, User
from api.identity.token import token_hash
from api.problem import Forbidden, Unauthorized
from api.settings import Settings

# How exactly a session's last use is known; a write with each request would cost more than it tells.
TOUCH_EVERY = timedelta(minutes=1)

# What a viewer may change: her sessions, her password, her own settings.
VIEWERS_OWN = ("/sessions/", "/users/current")

bearer = HTTPBearer(auto_error=False, description="The token of `POST /sessions`.")


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """The person who makes a request. All that she reaches is in `business_id`."""

    id: int
    business_id: int
    role: Role
    name: str
    email: str
    session_id: int


def settings_of(request: Request) -> Settings:
    """The settings that the application was made with."""
    settings: Settings = request.app.state.settings
    return settings


def current_user(
    request: Request,
    session: DatabaseSession,
    settings: Annotated[Settings, Depends(settings_of)],
    _scheme: Annotated[object, Depends(bearer)],
) -> CurrentUser:
    """Who makes the request, by its bearer token or cookie; raise Unauthorized where that is no longer good."""
    now = datetime.now(UTC)
    idle = timedelta(minutes=settings.session_idle_minutes)
    found = repository.live_session(session, token_hash(_token(request)), now=now, idle=idle)
    if found is None:
        raise Unauthorized("the session has ended: log in again by POST /sessions")
    login, user = found
    if now - login.last_used_at > TOUCH_EVERY:
        repository.touch_session(session, login.id, now)
    _refuse_viewer(request, user)
    return _as_current(login, user)


SignedIn = Annotated[CurrentUser, Depends(current_user)]


def require_admin(user: SignedIn) -> CurrentUser:
    """The user who makes the request; raise Forbidden where it is no admin."""
    if user.role is not Role.ADMIN:
        raise Forbidden("only an admin may do this")
    return user


Admin = Annotated[CurrentUser, Depends(require_admin)]


def _refuse_viewer(request: Request, user: User) -> None:
    """Raise Forbidden where a viewer would change more than what is her own."""
    own = request.url.path.startswith(VIEWERS_OWN)
    if user.role is Role.VIEWER and request.method not in SAFE_METHODS and not own:
        raise Forbidden("a viewer only looks: ask an admin to make you an agent")


def _as_current(login: LoginSession, user: User) -> CurrentUser:
    return CurrentUser(
        id=user.id,
        business_id=user.business_id,
        role=user.role,
        name=user.name,
        email=user.email,
        session_id=login.id,
    )


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    cookie = request.cookies.get(COOKIE)
    if cookie is None:
        raise Unauthorized("a token is needed: send `Authorization: Bearer …` with what POST /sessions gave")
    refuse_other_sites(request)
    return cookie
