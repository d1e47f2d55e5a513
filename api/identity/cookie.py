"""The cookie of a page that the service itself serves: no script reads it, no other page sends it."""

from urllib.parse import urlsplit

from fastapi import Request, Response

from api.identity.login import Login
from api.problem import Forbidden

COOKIE = "satyasell_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})  # none: typed into the address bar
_AGENT_LETTERS = 300


def set_cookie(request: Request, response: Response, begun: Login) -> None:
    """Give the browser a new session; raise Forbidden where another site's page asks for it."""
    refuse_other_sites(request)
    response.set_cookie(
        COOKIE,
        begun.token,
        expires=begun.session.expires_at,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def forget_cookie(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, secure=request.url.scheme == "https", httponly=True, samesite="strict")


def refuse_other_sites(request: Request) -> None:
    """Raise Forbidden where a browser says that a change comes from another page (SameSite's second lock)."""
    if request.method in SAFE_METHODS:
        return
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    if site not in _OWN_SITES or (origin is not None and urlsplit(origin).netloc != request.url.netloc):
        raise Forbidden("this page may not use the session of another one")


def user_agent_of(request: Request) -> str:
    """What the browser calls itself, in part."""
    return request.headers.get("user-agent", "").replace("\0", "")[:_AGENT_LETTERS]
