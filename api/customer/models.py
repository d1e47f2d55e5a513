"""Tables of customers and of the ids by which they are known."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id, MinorUnits, states


class IdKind(StrEnum):
    """What kind of Meta's ids one is.

    A `user_id` is scoped to the portfolio of the business that owns the number; a `parent_user_id` to the
    enterprise over linked portfolios.
    """

    WA_ID = "wa_id"
    USER_ID = "user_id"
    PARENT_USER_ID = "parent_user_id"


class Customer(Base):
    """A person who writes to a business.

    `wa_id` and `user_id` are Meta's ids as they are now (the second may stand alone where the phone number is
    hidden); all that she ever had are in `customer_identities`, and `identity_changed_at` says when they last
    changed. `profile_name` and `username` are what WhatsApp shows; `name` is what the customer or an agent gave,
    or the shop's phone book, which said so at `name_synced_at`. Since `marketing_stopped_at` she wants no
    marketing messages; `marketing_changed_at` is when she last decided on it. `perhaps_same_as` are customers
    who were once said to have one of her ids: whether they are one person is for a person to say.

    `order_count` and `spent_minor` (in the business's currency) count her confirmed and fulfilled orders.
    """

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("business_id", "wa_id"),
        UniqueConstraint("business_id", "user_id"),
        Index(None, "business_id", "id"),
        Index(None, "business_id", "order_count", "id"),
        Index(None, "business_id", "spent_minor", "id"),
        CheckConstraint("wa_id IS NOT NULL OR user_id IS NOT NULL OR phone IS NOT NULL", name="reachable"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    wa_id: Mapped[str | None]
    user_id: Mapped[str | None]
    phone: Mapped[str | None]
    name: Mapped[str | None]
    profile_name: Mapped[str | None]
    username: Mapped[str | None]
    name_synced_at: Mapped[datetime | None]
    identity_changed_at: Mapped[datetime | None]
    marketing_stopped_at: Mapped[datetime | None]
    marketing_changed_at: Mapped[datetime | None]
    perhaps_same_as: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'"))
    order_count: Mapped[int] = mapped_column(server_default=text("0"))
    spent_minor: Mapped[MinorUnits] = mapped_column(server_default=text("0"))
    created_at: Mapped[CreatedAt]


class CustomerIdentity(Base):
    """An id by which a customer is or was known. `value` is in the one form that `Person.keys` gives."""

    __tablename__ = "customer_identities"
    __table_args__ = (
        UniqueConstraint("business_id", "kind", "value"),
        Index(None, "business_id", "customer_id"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    customer_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("customers.id"))
    kind: Mapped[IdKind] = mapped_column(states(IdKind, "kind"))
    value: Mapped[str]
    created_at: Mapped[CreatedAt]


class Tag(Base):
    """A word that a business sorts its customers by. `color` is one of the page's, by its name."""

    __tablename__ = "tags"
    __table_args__ = (Index("uq_tags_name", "business_id", func.lower(text("name")), unique=True),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    name: Mapped[str]
    color: Mapped[str]
    created_at: Mapped[CreatedAt]


class CustomerTag(Base):
    """A customer has a tag."""

    __tablename__ = "customer_tags"
    __table_args__ = (Index(None, "business_id", "tag_id", "customer_id"),)

    customer_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("customers.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[BusinessId]
    created_at: Mapped[CreatedAt]
