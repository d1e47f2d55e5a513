"""Whether a webhook is Meta's: its signature over the raw bytes."""

import hashlib
import hmac
from collections.abc import Iterable

HEADER = "x-hub-signature-256"
_PREFIX = "sha256="


def sign(body: bytes, secret: bytes) -> str:
    """The value of the header `X-Hub-Signature-256` for `body`, as Meta makes it."""
    return _PREFIX + hmac.new(secret, body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, signature: str | None, secrets: Iterable[bytes]) -> bool:
    """Whether `signature` was made over exactly these bytes with one of `secrets`.

    All secrets are tried in the same time whether or not one fits.

    >>> is_signed(b"{}", sign(b"{}", b"new"), [b"new", b"old"])
    True
    """
    given = (signature or "").encode("latin-1", "replace")
    fits = [hmac.compare_digest(sign(body, secret).encode(), given) for secret in secrets]
    return any(fits)
