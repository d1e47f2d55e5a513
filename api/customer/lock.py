"""Keeps transactions that touch the same person or message from running at the same time."""

from collections.abc import Iterable
from zlib import crc32

from sqlalchemy import Integer, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

# A transaction that touches more than this takes the business as a whole: PostgreSQL's lock table has room
# for some thousands, and a history of thousands of messages must not fill it.
MOST_KEYS = 1000
# The first halves of the advisory locks' keys; no other use of advisory locks has them.
_BUSINESS, _KEY = 0x5A7A, 0x5A7B
_HOLD_KEYS = text(
    "SELECT pg_advisory_xact_lock_shared(:business_space, :business_id),"
    " (SELECT count(pg_advisory_xact_lock(:key_space, key)) FROM unnest(:keys) AS key)"
).bindparams(
    bindparam("business_space", _BUSINESS),
    bindparam("key_space", _KEY),
    bindparam("keys", type_=ARRAY(Integer)),
)
_HOLD_BUSINESS = text("SELECT pg_advisory_xact_lock(:business_space, :business_id)").bindparams(
    bindparam("business_space", _BUSINESS)
)


def hold(session: Session, business_id: int, keys: Iterable[str]) -> None:
    """Wait until no other transaction holds one of a business's `keys`, and hold them until this one ends.

    All at once and in one order for everybody, so that nobody can wait in a circle; of several businesses,
    begin with the one with the lowest id.
    """
    numbers = sorted({crc32(f"{business_id}:{key}".encode()) - 2**31 for key in keys})
    business = business_id % 2**31
    if len(numbers) > MOST_KEYS:
        session.execute(_HOLD_BUSINESS, {"business_id": business})
    elif numbers:
        session.execute(_HOLD_KEYS, {"business_id": business, "keys": numbers})
