"""Announces changes; pages and terminals listen and read the changed thing anew."""

from collections.abc import Iterable
from typing import Literal

import orjson
from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

CHANNEL = "satyasell_events"
_NOTIFY = text(
    f"SELECT pg_notify('{CHANNEL}', change) FROM unnest(:changes) AS change"  # noqa: S608 - our own constant
).bindparams(bindparam("changes", type_=ARRAY(Text)))

Subject = Literal[
    "conversation",
    "order",
    "customer",
    "tag",
    "saved_reply",
    "user",
    "business",
    "channel",
    "variant",
    "catalog_import",
]


def announce(session: Session, subject: Subject, subject_id: int, *, business_id: int) -> None:
    """Tell all listeners, once the transaction is committed, that this thing changed. Ids only, no contents."""
    announce_all(session, subject, [subject_id], business_id=business_id)


def announce_all(session: Session, subject: Subject, subject_ids: Iterable[int], *, business_id: int) -> None:
    """As `announce`, for many things of one kind."""
    changes = [
        orjson.dumps({"subject": subject, "id": subject_id, "business_id": business_id}).decode()
        for subject_id in sorted(set(subject_ids))
    ]
    if changes:
        session.execute(_NOTIFY, {"changes": changes})
