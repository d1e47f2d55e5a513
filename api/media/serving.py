"""Answers that carry a file's bytes: whole, in part, or not at all where the browser has them."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from api.media.file_store import FileStore

# What a browser shows without running anything; everything else is saved, also PDF: it may hold programs, and
# browsers' viewers do not work in a sandbox.
SHOWN = frozenset(
    {
        *("image/jpeg", "image/png", "image/webp", "image/gif"),
        *("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
        *("video/mp4", "video/3gpp"),
    }
)
_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-site",
    # Kept by the browser, and asked about each time: whoever may not see it any more is refused.
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class Served:
    """A file to be sent: where it is in the store, and how it presents itself. `tag` names exactly these bytes."""

    path: str
    tag: str
    size: int
    mime_type: str
    filename: str


def default_name(kind: str, media_id: int, mime_type: str) -> str:
    """What a file without a name is saved as."""
    return f"{kind}-{media_id}{_SUFFIXES.get(mime_type, '')}"


def serve(request: Request, store: FileStore, served: Served) -> Response:
    """The answer to `request`; raise FileMissing or StoreError where the store does not have the file."""
    headers = _headers(served)
    if _has_it(request, served):
        return Response(status_code=304, headers=headers)
    found = _range(request, served)
    if found == "none":
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{served.size}"})
    start, end = found or (0, served.size)
    if found:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{served.size}"
    pieces = store.read(served.path, start, end) if found else store.read(served.path)
    return StreamingResponse(
        pieces,
        status_code=206 if found else 200,
        headers=headers | {"Content-Length": str(end - start)},
        media_type=_content_type(served.mime_type),
    )


def serve_whole(request: Request, served: Served, body: bytes) -> Response:
    """The answer to `request` with bytes that are at hand."""
    if _has_it(request, served):
        return Response(status_code=304, headers=_headers(served))
    return Response(body, headers=_headers(served) | {"Accept-Ranges": "none"}, media_type=served.mime_type)


def _content_type(mime_type: str) -> str:
    return "text/plain; charset=utf-8" if mime_type == "text/plain" else mime_type


def _headers(served: Served) -> dict[str, str]:
    way = "inline" if served.mime_type in SHOWN else "attachment"
    plain = served.filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    name = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(served.filename, safe='')}"
    return {**_GUARDS, "ETag": f'"{served.tag}"', "Content-Disposition": name}


def _has_it(request: Request, served: Served) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    return bool(tags & {f'"{served.tag}"', "*"})


def _range(request: Request, served: Served) -> tuple[int, int] | Literal["none"] | None:
    """The part that is asked for, from its first byte to before its end; None for all, also of several parts."""
    condition = request.headers.get("if-range")
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked is None or asked[0] == "bytes=-" or (condition is not None and condition != f'"{served.tag}"'):
        return None
    first, last = asked.groups()
    if not first:
        start, end = max(0, served.size - int(last)), served.size
    else:
        start, end = int(first), min(int(last) + 1, served.size) if last else served.size
    return (start, end) if start < end else "none"
