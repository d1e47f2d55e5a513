"""Table of readings."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class Reading(Base):
    """What one version of the engine made of a conversation up to `last_message_id`.

    Rows are only added; the latest message's reading is the one that is `current`.
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index(None, "business_id", "conversation_id", "id"),
        Index("uq_readings_current", "conversation_id", unique=True, postgresql_where=text("current")),
        CheckConstraint("duration_ms >= 0", name="duration_ms"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    conversation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("conversations.id"))
    last_message_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("messages.id"))
    engine_version: Mapped[str]
    draft: Mapped[dict[str, Any]]
    current: Mapped[bool]
    duration_ms: Mapped[float]
    created_at: Mapped[CreatedAt]
