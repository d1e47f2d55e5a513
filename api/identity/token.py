"""Session tokens: random, shown once, kept as a hash."""

import hashlib
import secrets

PREFIX = "satya_"  # lets scanners of leaked secrets know one


def new_token() -> str:
    """A token with 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token. A plain SHA-256 will do: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).digest()
