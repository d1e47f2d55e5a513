"""Passwords: argon2id at OWASP's minimum cost, few at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.problem import Unavailable

MIN_LENGTH = 10
MAX_LENGTH = 200
# 19 MiB, 2 passes: some 26 ms of one core.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Two at work and eight waiting: a flood of logins takes neither all cores nor all request threads.
_at_work = BoundedSemaphore(2)
_admitted = BoundedSemaphore(10)
# Checked for an email that nobody has: it takes as long as a real one. No password fits it.
_NOBODY = _hasher.hash("\0")


def hash_password(password: str) -> str:
    """The hash to store; raise Unavailable while too many others wait."""
    with _slot():
        return _hasher.hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether `password` is the one that `stored` was made of; the same work where `stored` is None."""
    with _slot():
        try:
            _hasher.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether `stored` was made at another cost than today's."""
    return _hasher.check_needs_rehash(stored)


@contextmanager
def _slot() -> Iterator[None]:
    if not _admitted.acquire(blocking=False):
        raise Unavailable("too many logins at once: try again in a moment")
    try:
        with _at_work:
            yield
    finally:
        _admitted.release()
