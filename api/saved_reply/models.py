"""Table of saved replies."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class SavedReply(Base):
    """A reply to pick by its `shortcut`. Its words may hold placeholders like `{name}`, which the page fills in."""

    __tablename__ = "saved_replies"
    __table_args__ = (UniqueConstraint("business_id", "shortcut"), Index(None, "business_id", "id"))

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    shortcut: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    used_count: Mapped[int] = mapped_column(server_default=sql_text("0"))
    last_used_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
