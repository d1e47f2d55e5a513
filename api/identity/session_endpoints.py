"""Log in and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.database import DatabaseSession
from api.identity import login
from api.identity.current_user import COOKIE, SignedIn, settings_of
from api.identity.schemas import LoginIn, LoginOut, UserOut
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
    begun = login.log_in(session, given.email, given.password.get_secret_value(), settings)
    if given.cookie:
        _set_cookie(request, response, begun)
    return LoginOut(token=begun.token, expires_at=begun.session.expires_at, user=UserOut.model_validate(begun.user))


@router.delete("/current", status_code=204)
def log_out(user: SignedIn, session: DatabaseSession, response: Response) -> None:
    """Log out: the token is worth nothing from now on."""
    login.log_out(session, user.session_id)
    response.delete_cookie(COOKIE)


def _set_cookie(request: Request, response: Response, begun: login.Login) -> None:
    response.set_cookie(
        COOKIE,
        begun.token,
        expires=begun.session.expires_at,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
