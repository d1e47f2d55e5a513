"""Announces changes; pages and terminals listen and read the changed thing anew."""

from typing import Literal

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

CHANNEL = "satyasell_events"
_NOTIFY = text("SELECT pg_notify(:channel, :change)")

Subject = Literal["conversation", "order"]


def announce(session: Session, subject: Subject, subject_id: int, *, business_id: int) -> None:
    """Tell all listeners, once the transaction is committed, that this thing changed. Ids only, no contents."""
    change = orjson.dumps({"subject": subject, "id": subject_id, "business_id": business_id})
    session.execute(_NOTIFY, {"channel": CHANNEL, "change": change.decode()})
