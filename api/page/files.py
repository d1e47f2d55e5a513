"""The built page's files, with the compressed forms that lie beside them."""

import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUILT = Path(__file__).with_name("built")
NOT_BUILT = "The page is not built. Run `make page` in a checkout, or install again (`pip install .`)."
_COMPRESSED = ((".br", "br"), (".gz", "gzip"))
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent: its bytes, and the headers that describe them."""

    path: Path
    media_type: str
    encoding: str | None = None


def page() -> str | None:
    """The page's HTML with `__NONCE__` where each answer's own goes, or None where it is not built."""
    path = BUILT / "index.html"
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


def find(name: str, accepted: str) -> File | None:
    """The file of this name in the form that the browser likes best; None where there is none.

    `accepted` is the request's Accept-Encoding.
    """
    path = (BUILT / name).resolve()
    if not path.is_relative_to(BUILT.resolve()) or not path.is_file() or path.suffix in {".br", ".gz"}:
        return None
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    understood = {word.split(";")[0].strip() for word in accepted.split(",")}
    for suffix, encoding in _COMPRESSED:
        if encoding in understood and (other := path.with_name(path.name + suffix)).is_file():
            return File(other, kind, encoding)
    return File(path, kind)


@cache
def _read(path: Path, changed: int) -> str:  # noqa: ARG001 - a rebuilt page is read anew
    return path.read_text(encoding="utf-8")
