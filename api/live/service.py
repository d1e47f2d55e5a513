"""Announces changes; pages and terminals listen and read the changed thing anew."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

CHANNEL = "satyasell_events"

# What may change. Whoever adds one tells in docs/live.md what it stands for.
Subject = Literal[
    "conversation",
    "order",
    "customer",
    "tag",
    "saved_reply",
    "user",
    "business",
    "channel",
    "template",
    "product",
    "variant",
    "catalog_import",
    "audit",
    "session",
]
# Heard by the service alone: a login has ended.
INTERNAL: frozenset[str] = frozenset({"session"})
# Heard by admins alone, as what it is about is shown to them alone.
FOR_ADMINS: frozenset[str] = frozenset({"audit"})
# In place of an id: any number of things of this kind, or all of them.
ALL = 0
# More of one kind in one transaction are told as `ALL`.
MANY = 100

# The row is for those who miss the word. `horizon`: all transactions before this one are over, and their word is out.
_ANNOUNCE = text(
    f"""
    WITH told AS (
        INSERT INTO changes (business_id, subject, subject_id)
        SELECT :business_id, :subject, subject_id FROM unnest(:subject_ids) AS subject_id
        RETURNING id, business_id, subject, subject_id
    )
    SELECT pg_notify('{CHANNEL}', json_build_object(
        'id', id, 'business_id', business_id, 'subject', subject, 'subject_id', subject_id,
        'horizon', pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        'at', extract(epoch FROM clock_timestamp())::bigint
    )::text) FROM told
    """  # noqa: S608 - our own constant
).bindparams(bindparam("subject_ids", type_=ARRAY(BigInteger)))


def announce(session: Session, subject: Subject, subject_id: int, *, business_id: int) -> None:
    """Tell all listeners, once the transaction is committed, that this thing changed. Ids only, no contents."""
    announce_all(session, subject, [subject_id], business_id=business_id)


def announce_all(session: Session, subject: Subject, subject_ids: Iterable[int], *, business_id: int) -> None:
    """As `announce`, for several things of one kind; more than `MANY` are told as one change of `ALL`."""
    ids = sorted(set(subject_ids))
    if ids:
        given = ids if len(ids) <= MANY else [ALL]
        session.execute(_ANNOUNCE, {"business_id": business_id, "subject": subject, "subject_ids": given})
