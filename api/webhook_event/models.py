"""Table of raw webhook events."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, CreatedAt, Id, states


class EventState(StrEnum):
    """How far an event has come.

    `unrouted` waits for its number to be connected; `failed` cannot be understood; `quarantined` broke
    off its handling three times. The last two wait for a person to replay them.
    """

    RECEIVED = "received"
    HANDLED = "handled"
    UNROUTED = "unrouted"
    FAILED = "failed"
    QUARANTINED = "quarantined"


class WebhookEvent(Base):
    """A webhook as it came in: its bytes and headers. `body_hash` (SHA-256) makes redeliveries one row.

    `business_id` is None until the event is routed, and stays so where no channel fits, or channels of
    several businesses do. `unrouted_phone_number_ids` are the numbers that no channel has. `contents`
    counts what was found inside by name, and lists what could not be understood.
    """

    __tablename__ = "webhook_events"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_webhook_events_pending", "id", postgresql_where=text("state = 'received'")),
        Index("ix_webhook_events_unrouted", "id", postgresql_where=text("state = 'unrouted'")),
        Index(None, "business_id", "id"),
    )

    id: Mapped[Id]
    business_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("businesses.id"))
    body_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[dict[str, Any]]
    received_at: Mapped[CreatedAt]
    state: Mapped[EventState] = mapped_column(states(EventState, "state"), server_default=EventState.RECEIVED.value)
    contents: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    unrouted_phone_number_ids: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    error: Mapped[str | None]
    handled_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
