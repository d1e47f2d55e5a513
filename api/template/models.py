"""Table of message templates."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.database import Base, BusinessId, CreatedAt, Id


class Template(Base):
    """A template of a WhatsApp Business Account, in one language, as Meta last told it.

    `status`, `category` and `quality` are Meta's words, known here or not; only `APPROVED` ones can be sent.
    `components` are Meta's; `parameter_format` is `POSITIONAL` or `NAMED`. `reason` says why it was refused,
    paused or disabled.
    """

    __tablename__ = "templates"
    __table_args__ = (
        UniqueConstraint("business_id", "waba_id", "name", "language"),
        Index(None, "business_id", "id"),
        Index(None, "waba_id", "meta_id"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    waba_id: Mapped[str]
    meta_id: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    category: Mapped[str]
    status: Mapped[str]
    quality: Mapped[str | None]
    reason: Mapped[str | None]
    parameter_format: Mapped[str]
    components: Mapped[list[Any]]
    synced_at: Mapped[datetime]
    created_at: Mapped[CreatedAt]
