"""Tables of stocks and stock movements."""

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id, Quantity, states


class MovementKind(StrEnum):
    """Why a stock changed: a person counted it, goods came, a correction; an order took or returned it."""

    SET = "set"
    RECEIVE = "receive"
    ADJUST = "adjust"
    TAKE = "take"
    PUT_BACK = "put_back"


class Stock(Base):
    """How much of a variant can still be sold; not counted where `tracked` is false."""

    __tablename__ = "stocks"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        Index(None, "business_id", "variant_id"),
    )

    variant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("variants.id"), primary_key=True)
    business_id: Mapped[BusinessId]
    quantity: Mapped[Quantity] = mapped_column(server_default=text("0"))
    tracked: Mapped[bool] = mapped_column(server_default=text("true"))


class StockMovement(Base):
    """One change of a stock; a stock's movements sum up to its quantity. Rows are only added.

    `reason` is a person's own word on it.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        Index(None, "business_id", "variant_id", "id"),
        Index(None, "business_id", "order_id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    variant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("variants.id"))
    order_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("orders.id"))
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    delta: Mapped[Quantity]
    kind: Mapped[MovementKind] = mapped_column(states(MovementKind, "kind"))
    reason: Mapped[str | None]
    created_at: Mapped[CreatedAt]
