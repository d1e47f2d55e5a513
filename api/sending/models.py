"""Table of the buckets that keep us below Meta's limits."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, Id


class SendBucket(Base):
    """How much of a limit is used: of a number, or, with a conversation, of a number towards one customer.

    `used_until` moves on by one message's share with each that is sent; the further ahead of now it lies, the
    fuller the bucket.
    """

    __tablename__ = "send_buckets"
    __table_args__ = (UniqueConstraint("channel_id", "conversation_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    conversation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("conversations.id"))
    used_until: Mapped[datetime]
