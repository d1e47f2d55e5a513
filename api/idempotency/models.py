"""Table of idempotency keys."""

from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id


class IdempotencyKey(Base):
    """A request that was made under a key, and its answer once there is one.

    `request_hash` (SHA-256 of the body) tells a repetition from a different request under the same key.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint("business_id", "key"),
        Index(None, "created_at"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    key: Mapped[str]
    endpoint: Mapped[str]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    response_status: Mapped[int | None]
    response_body: Mapped[dict[str, Any] | None]
    created_at: Mapped[CreatedAt]
