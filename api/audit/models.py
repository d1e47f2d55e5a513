"""Table of audit entries."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class AuditEntry(Base):
    """Who did what to which thing. A trigger refuses to change or delete a row.

    `user_id` is None where the service itself acted. `action` is a dotted name like `order.confirmed`.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "business_id", "id"),
        Index(None, "business_id", "user_id", "id"),
        Index(None, "business_id", "created_at"),
        Index(None, "business_id", "subject_type", "subject_id", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    created_at: Mapped[CreatedAt]
