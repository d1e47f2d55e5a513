"""Table of notes."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class Note(Base):
    """A note about a customer; with a `conversation_id`, at its moment of that conversation."""

    __tablename__ = "notes"
    __table_args__ = (
        Index(None, "business_id", "customer_id", "id"),
        Index(None, "business_id", "conversation_id", "id"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    customer_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("customers.id"))
    conversation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("conversations.id"))
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    text: Mapped[str]
    edited_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
