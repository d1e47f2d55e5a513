"""Keeps transactions that touch the same person or message from running at the same time."""

from collections.abc import Iterable
from zlib import crc32

from sqlalchemy import Integer, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

# Many keys share few locks: a history of thousands of messages must not fill PostgreSQL's lock table.
STRIPES = 512
# The first half of the advisory lock's key; no other use of advisory locks has it.
_NAMESPACE = 0x5A7A
_LOCK = text("SELECT pg_advisory_xact_lock(:namespace, stripe) FROM unnest(:stripes) AS stripe").bindparams(
    bindparam("namespace", type_=Integer), bindparam("stripes", type_=ARRAY(Integer))
)


def hold(session: Session, keys: Iterable[str]) -> None:
    """Wait until no other transaction holds one of `keys`, and hold them until this one ends.

    All at once and in one order for everybody, so that nobody can wait in a circle.
    """
    stripes = sorted({crc32(key.encode()) % STRIPES for key in keys})
    if stripes:
        session.execute(_LOCK, {"namespace": _NAMESPACE, "stripes": stripes})
