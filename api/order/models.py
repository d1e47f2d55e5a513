"""Tables of orders and order lines."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Currency, Id, MinorUnits, Quantity, states


class OrderStatus(StrEnum):
    """Where an order stands: a draft is the engine's proposal, confirming it takes stock."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    FULFILLED = "fulfilled"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class RejectionCode(StrEnum):
    """Why a draft is no order, as far as it can be counted."""

    NOT_AN_ORDER = "not_an_order"
    DUPLICATE = "duplicate"
    CHANGED_MIND = "changed_mind"
    OUT_OF_STOCK = "out_of_stock"
    UNREACHABLE = "unreachable"
    TEST = "test"
    OTHER = "other"


class LineOrigin(StrEnum):
    """Who put a line on the order."""

    ENGINE = "engine"
    AGENT = "agent"


class Order(Base):
    """An order. `number` counts within its business; `version` counts up with each change.

    A conversation has at most one draft. `stage`, `confidence`, `questions` and `reading_id` tell what the
    latest reading said, `read_up_to_message_id` how far it read; `details_evidence` maps a detail's name to
    where it was said, `details_touched` names those that a person set. A draft is `withdrawn` (and
    cancelled) where the chat took it back before a person touched it; it opens again if the chat does.
    `payment_reference` is the `reference_id` of the payment request that was sent for it, unique in the business;
    `payment_status` is how that payment stands, `paid_at` when it was captured (`OrderPayment` has the history).
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("business_id", "number"),
        UniqueConstraint("business_id", "payment_reference"),
        Index("uq_orders_draft", "conversation_id", unique=True, postgresql_where=sql_text("status = 'draft'")),
        Index(None, "business_id", "status", "id"),
        Index(None, "business_id", "status", "confidence", "id"),
        Index(None, "business_id", "updated_at", "id"),
        Index(None, "business_id", "created_at"),
        Index(None, "business_id", "confirmed_at"),
        Index(None, "business_id", "customer_id", "id"),
        Index(None, "business_id", "conversation_id", "id"),
        CheckConstraint("total_amount >= 0", name="total_amount"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    conversation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("conversations.id"))
    customer_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("customers.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[OrderStatus] = mapped_column(states(OrderStatus, "status"), server_default=OrderStatus.DRAFT.value)
    total_amount: Mapped[MinorUnits] = mapped_column(server_default=sql_text("0"))
    currency: Mapped[Currency]
    version: Mapped[int] = mapped_column(server_default=sql_text("1"))
    name: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    address_parts: Mapped[dict[str, Any]] = mapped_column(server_default=sql_text("'{}'"))
    pincode: Mapped[str | None]
    city: Mapped[str | None]
    payment: Mapped[str | None]
    deliver_on: Mapped[date | None]
    note: Mapped[str | None]
    details_evidence: Mapped[dict[str, Any]] = mapped_column(server_default=sql_text("'{}'"))
    details_touched: Mapped[list[str]] = mapped_column(server_default=sql_text("'{}'"))
    stage: Mapped[str | None]
    confidence: Mapped[float | None]
    questions: Mapped[list[Any]] = mapped_column(server_default=sql_text("'[]'"))
    reading_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("readings.id"))
    read_up_to_message_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("messages.id"))
    withdrawn: Mapped[bool] = mapped_column(server_default=sql_text("false"))
    reason: Mapped[str | None]
    reason_code: Mapped[RejectionCode | None] = mapped_column(states(RejectionCode, "reason_code"))
    payment_reference: Mapped[str | None]
    payment_status: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]


class OrderLine(Base):
    """A line of an order: a variant, a product with open options, candidates, or only words.

    A line with `touched_by` was changed by that user and is never overwritten by a reading. A person's
    removal sets `removed_at`: the row stays, so that a later reading does not add the line again.
    `proposed` is what the latest reading takes the line for, None where it does not see it; `answered` is
    what it was taken for when a person touched it: where the two differ, the chat has news for her.
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        Index(None, "business_id", "order_id", "position"),
        Index(None, "business_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price_minor >= 0", name="unit_price_minor"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    order_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("orders.id"))
    position: Mapped[int]
    variant_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("variants.id"))
    sku: Mapped[str | None]
    title: Mapped[str]
    item_group_id: Mapped[str | None]
    options: Mapped[dict[str, Any]] = mapped_column(server_default=sql_text("'{}'"))
    missing: Mapped[list[str]] = mapped_column(server_default=sql_text("'{}'"))
    text: Mapped[str] = mapped_column(server_default=sql_text("''"))
    candidates: Mapped[list[Any]] = mapped_column(server_default=sql_text("'[]'"))
    evidence: Mapped[list[Any]] = mapped_column(server_default=sql_text("'[]'"))
    reasons: Mapped[list[str]] = mapped_column(server_default=sql_text("'{}'"))
    quantity: Mapped[Quantity]
    unit_price_minor: Mapped[MinorUnits | None]
    currency: Mapped[Currency]
    confidence: Mapped[float | None]
    origin: Mapped[LineOrigin] = mapped_column(states(LineOrigin, "origin"))
    touched_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    proposed: Mapped[dict[str, Any] | None]
    answered: Mapped[dict[str, Any] | None]
    removed_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]


class OrderReview(Base):
    """What a person made of a draft that a reading proposed, counted when she decided on it.

    `edited`: lines or details were not as the reading had them. Of the `lines_proposed`, `lines_kept` were left as
    they were; the others got another SKU, quantity or price (a line may count in each), or were removed.
    `lines_added` are hers alone; `details_changed` counts the delivery details that she set, but for the note.
    """

    __tablename__ = "order_reviews"
    __table_args__ = (Index(None, "business_id", "decided_at"),)

    order_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("orders.id"), primary_key=True)
    business_id: Mapped[BusinessId]
    decision: Mapped[OrderStatus] = mapped_column(states(OrderStatus, "decision"))
    decided_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    decided_at: Mapped[CreatedAt]
    edited: Mapped[bool]
    lines_proposed: Mapped[int]
    lines_kept: Mapped[int]
    lines_sku: Mapped[int]
    lines_quantity: Mapped[int]
    lines_price: Mapped[int]
    lines_removed: Mapped[int]
    lines_added: Mapped[int]
    details_changed: Mapped[int]


class OrderPayment(Base):
    """What Meta told of a payment: its status at a time, by the `reference_id` of the request.

    `status` is Meta's word: pending, captured, failed or one that is not known here. `amount_minor` is None where
    Meta told none.
    """

    __tablename__ = "order_payments"
    __table_args__ = (
        UniqueConstraint(
            "business_id",
            "reference_id",
            "status",
            "transaction_id",
            "transaction_status",
            "timestamp",
            name="uq_order_payments_told",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    reference_id: Mapped[str]
    status: Mapped[str]
    transaction_id: Mapped[str | None]
    transaction_status: Mapped[str | None]
    amount_minor: Mapped[MinorUnits | None]
    currency: Mapped[str | None]
    timestamp: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[CreatedAt]
