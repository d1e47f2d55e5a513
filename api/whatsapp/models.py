"""Table of what Meta tells of a business's accounts and numbers."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class AccountEvent(Base):
    """Something that Meta told beside messages and statuses: of the account, a number, a template, a group.

    `field` is the webhook field's name, `event` Meta's word for what happened, where it has one. `channel_id` is
    None where it is about the account as a whole. `digest` (SHA-256 of what was told) makes redeliveries one row.
    """

    __tablename__ = "account_events"
    __table_args__ = (
        UniqueConstraint("business_id", "digest"),
        Index(None, "business_id", "id"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("channels.id"))
    waba_id: Mapped[str | None]
    field: Mapped[str]
    event: Mapped[str | None]
    timestamp: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    webhook_event_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("webhook_events.id"))
    created_at: Mapped[CreatedAt]
