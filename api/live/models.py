"""The table of what changed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, Id


class Change(Base):
    """Word that something changed: which thing, not what of it. Kept for about a day.

    `transaction_id` is PostgreSQL's of the transaction that made it, by which those who missed some know what
    they may have missed: ids are given before their transactions are committed, in another order.
    """

    __tablename__ = "changes"
    __table_args__ = (Index(None, "business_id", "transaction_id"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    subject: Mapped[str]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
