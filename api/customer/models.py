"""Table of customers."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.database import Base, BusinessId, CreatedAt, Id


class Customer(Base):
    """A person who writes to a business.

    `wa_id` and `user_id` are Meta's ids (the second is scoped to the business and may stand alone
    where the phone number is hidden). `profile_name` is what WhatsApp shows; `name` is what the
    customer or an agent gave.
    """

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("business_id", "wa_id"),
        UniqueConstraint("business_id", "user_id"),
        Index(None, "business_id", "id"),
        CheckConstraint("wa_id IS NOT NULL OR user_id IS NOT NULL OR phone IS NOT NULL", name="reachable"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    wa_id: Mapped[str | None]
    user_id: Mapped[str | None]
    phone: Mapped[str | None]
    name: Mapped[str | None]
    profile_name: Mapped[str | None]
    created_at: Mapped[CreatedAt]
