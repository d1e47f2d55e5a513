"""Log in and out."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.database import DatabaseSession
from api.identity import login, repository
from api.identity.cookie import forget_cookie, set_cookie, user_agent_of
from api.identity.current_user import SignedIn, settings_of
from api.identity.schemas import LoginIn, LoginOut, Logins, SessionOut, UserOut
from api.problem import NotFound
from api.settings import Settings

router = APIRouter(prefix="/sessions", tags=["sessions"])


def login_guard_of(request: Request) -> login.LoginGuard:
    """The application's counter of tries to log in."""
    guard: login.LoginGuard = request.app.state.login_guard
    return guard


@router.post("", status_code=201)
def log_in(
    given: LoginIn,
    request: Request,
    response: Response,
    session: DatabaseSession,
    settings: Annotated[Settings, Depends(settings_of)],
    guard: Annotated[login.LoginGuard, Depends(login_guard_of)],
) -> LoginOut:
    """Log in. The answer's token is shown only once; 401 where the email or the password is wrong."""
    guard.admit(given.email, request.client.host if request.client else "")
    password = given.password.get_secret_value()
    begun = login.log_in(session, given.email, password, settings, user_agent_of(request))
    if given.cookie:
        set_cookie(request, response, begun)
    return LoginOut(token=begun.token, expires_at=begun.session.expires_at, user=UserOut.model_validate(begun.user))


@router.delete("/current", status_code=204)
def log_out(user: SignedIn, session: DatabaseSession, request: Request, response: Response) -> None:
    """Log out: the token is worth nothing from now on."""
    login.log_out(session, user.session_id)
    forget_cookie(request, response)


@router.get("")
def list_sessions(
    user: SignedIn, session: DatabaseSession, settings: Annotated[Settings, Depends(settings_of)]
) -> Logins:
    """Where you are logged in, the last used first."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    rows = repository.live_sessions(session, user.id, now=datetime.now(UTC), idle=idle)
    return Logins(items=[SessionOut.of(row, current=row.id == user.session_id) for row in rows])


@router.delete("/{session_id}", status_code=204)
def end_session(session_id: Annotated[int, Path(ge=1, le=2**63 - 1)], user: SignedIn, session: DatabaseSession) -> None:
    """End one of your logins, somewhere else."""
    if not repository.revoke_own_session(session, user.id, session_id):
        raise NotFound(f"you have no session {session_id}")
