"""Tables of products and variants."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Currency, Id, MinorUnits


class Product(Base):
    """A product: the variants that share an `item_group_id`."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("business_id", "item_group_id"),
        Index(None, "business_id", "id"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    item_group_id: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    brand: Mapped[str] = mapped_column(server_default=text("''"))
    product_type: Mapped[str] = mapped_column(server_default=text("''"))
    created_at: Mapped[CreatedAt]


class Variant(Base):
    """One thing that can be ordered. `price_minor` is None where the seller states no price.

    `aliases` are other names that customers use; `fractional` says that it is sold by measure, so that
    half of one can be ordered; `version` counts up with each edit. `words` are what it is searched by
    (`api.catalog.words`), as the database indexes them.
    """

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("business_id", "sku"),
        Index(None, "business_id", "product_id"),
        Index(None, "business_id", "id"),
        Index(None, "business_id", "title", "id"),
        Index("ix_variants_search", "search", postgresql_using="gin"),
        CheckConstraint("price_minor >= 0", name="price_minor"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    product_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("products.id"))
    sku: Mapped[str]
    title: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    price_minor: Mapped[MinorUnits | None]
    currency: Mapped[Currency]
    available: Mapped[bool] = mapped_column(server_default=text("true"))
    aliases: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    fractional: Mapped[bool] = mapped_column(server_default=text("false"))
    words: Mapped[list[str]]
    search: Mapped[Any] = mapped_column(TSVECTOR, Computed("array_to_tsvector(words)", persisted=True), deferred=True)
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[CreatedAt]
