"""Secrets at rest: AES-256-GCM, each bound to the row that holds it."""

import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.errors import OperatorError

FORMAT = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12


class UndecryptableError(OperatorError):
    """Raised when a secret was encrypted under a key that is gone, or was copied from another row."""


class Vault:
    """Encrypts with the first of `keys` (32 bytes each) and decrypts with any, so that keys can be rotated.

    A sealed secret is a format byte, the key's id, a nonce, and the cipher text with its tag. `context`
    names the row and column, like `channels:7:access_token`: a secret that is copied elsewhere is refused.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._first = _key_id(keys[0])

    def seal(self, secret: str, context: str) -> bytes:
        """`secret`, encrypted for `context`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, secret.encode(), context.encode())
        return FORMAT + self._first + nonce + sealed

    def is_current(self, sealed: bytes) -> bool:
        """Whether `sealed` was encrypted with the first key."""
        return sealed[: 1 + KEY_ID_BYTES] == FORMAT + self._first

    def open(self, sealed: bytes, context: str) -> str:
        """The secret that was sealed for `context`; raise UndecryptableError where no key fits."""
        key_id, rest = sealed[1 : 1 + KEY_ID_BYTES], sealed[1 + KEY_ID_BYTES :]
        cipher = self._ciphers.get(key_id) if sealed[:1] == FORMAT else None
        if cipher is None:
            raise UndecryptableError(f"{context} was encrypted under another SATYASELL_SECRET_KEY: set that one again")
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode()).decode()
        except InvalidTag as error:
            raise UndecryptableError(f"{context} was changed or copied from another row: enter it anew") from error


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"satyasell key id" + key).digest()[:KEY_ID_BYTES]
