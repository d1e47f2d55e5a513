"""The page and its files. They hold nothing secret: what they show, they ask of the API."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from api.page import files
from api.problem import NotFound

router = APIRouter(include_in_schema=False)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
_YEAR = "public, max-age=31536000, immutable"  # names in assets/ hold a hash of what is in them
_ASK = "no-cache"

AcceptEncoding = Annotated[str, Header()]


@router.get("/")
def show_page() -> Response:
    """The page. Each answer has a nonce of its own, for the styles that the page makes while it runs."""
    html = files.page()
    if html is None:
        return PlainTextResponse(files.NOT_BUILT, status_code=503)
    nonce = secrets.token_urlsafe(16)
    policy = {"Content-Security-Policy": _POLICY.format(nonce=nonce), "Cache-Control": "no-store"}
    return HTMLResponse(html.replace("__NONCE__", nonce), headers=_ALWAYS | policy)


@router.get("/assets/{name}")
def get_asset(name: str, accept_encoding: AcceptEncoding = "") -> Response:
    """A script, a style or a picture of the page; its name changes with its contents."""
    return _send(f"assets/{name}", accept_encoding, _YEAR)


@router.get("/icon.svg")
def get_icon(accept_encoding: AcceptEncoding = "") -> Response:
    """The page's icon."""
    return _send("icon.svg", accept_encoding, _ASK)


@router.get("/manifest.webmanifest")
def get_manifest(accept_encoding: AcceptEncoding = "") -> Response:
    """What a phone needs to keep the page among its apps."""
    return _send("manifest.webmanifest", accept_encoding, _ASK)


@router.get("/color-scheme.js")
def get_color_scheme(accept_encoding: AcceptEncoding = "") -> Response:
    """The script that runs before the first paint."""
    return _send("color-scheme.js", accept_encoding, _ASK)


def _send(name: str, accepted: str, caching: str) -> Response:
    file = files.find(name, accepted)
    if file is None:
        raise NotFound(f"there is no file {name}")
    headers = _ALWAYS | {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if file.encoding:
        headers["Content-Encoding"] = file.encoding
    return FileResponse(file.path, media_type=file.media_type, headers=headers)
