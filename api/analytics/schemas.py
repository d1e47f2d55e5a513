"""What is counted, as the API shows it. Days are the business's; each day of the period is there."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, PlainSerializer

from api.stock.quantity import QuantityOut

Seconds = Annotated[
    float, PlainSerializer(lambda seconds: round(seconds, 1), return_type=float), Field(examples=[184.0])
]
Share = Annotated[
    float, PlainSerializer(lambda share: round(share, 4), return_type=float), Field(description="0 to 1.")
]


class Counted(BaseModel):
    """The period that was counted."""

    first: date
    last: date
    time_zone: str = Field(examples=["Asia/Kolkata"])


class MessageDay(BaseModel):
    """Messages of a day."""

    day: date
    received: int
    sent: int


class MessageCounts(Counted):
    """Messages from customers and to them."""

    received: int
    sent: int
    days: list[MessageDay]


class Waits(BaseModel):
    """How long customers waited for a person's answer; null where nobody waited."""

    answered: int
    unanswered: int = Field(description="Not answered within two days, or not yet.")
    median_seconds: Seconds | None
    p90_seconds: Seconds | None


class WaitDay(Waits):
    """The waits that began on a day."""

    day: date


class WaitAgent(BaseModel):
    """How quickly a person answered; null: what was written on the shop's phone."""

    user_id: int | None
    name: str | None
    answered: int
    median_seconds: Seconds | None
    p90_seconds: Seconds | None


class ResponseTimes(Counted, Waits):
    """How long customers waited, in all, by day and by who answered."""

    days: list[WaitDay]
    agents: list[WaitAgent] = Field(description="Those who answered most first.")


class DraftDay(BaseModel):
    """Drafts of a day: `proposed` on it; decided on it: the others."""

    day: date
    proposed: int
    accepted: int = Field(description="Confirmed as they were proposed.")
    edited: int = Field(description="Confirmed after a person changed lines or details.")
    rejected: int
    cancelled: int


class ReasonCount(BaseModel):
    """Why drafts were rejected."""

    code: str = Field(examples=["not_an_order"])
    count: int


class DraftAccuracy(BaseModel):
    """How right the readings were, as far as people's edits show it: of the drafts that were confirmed."""

    drafts: int
    unchanged: int = Field(description="Drafts in which nobody changed anything.")
    unchanged_share: Share | None
    lines_proposed: int
    lines_kept: int
    lines_kept_share: Share | None
    sku_changed: int
    quantity_changed: int
    price_changed: int
    removed: int
    added: int
    details_changed: int = Field(description="Details of the delivery that a person set.")


class DraftCounts(Counted):
    """What became of what the readings proposed."""

    proposed: int
    accepted: int
    edited: int
    rejected: int
    cancelled: int
    days: list[DraftDay]
    reasons: list[ReasonCount] = Field(description="The most frequent first.")
    accuracy: DraftAccuracy


class OrderDay(BaseModel):
    """Orders that were confirmed on a day."""

    day: date
    orders: int
    revenue_minor: int


class CurrencyOrders(BaseModel):
    """Confirmed orders in one currency."""

    currency: str = Field(examples=["INR"])
    orders: int
    revenue_minor: int = Field(description="In minor units.", examples=[249500])
    average_minor: int
    days: list[OrderDay]


class OrderTotals(Counted):
    """Orders and revenue by currency."""

    currencies: list[CurrencyOrders] = Field(description="The one with the most orders first.")


class ProductSales(BaseModel):
    """How much of a variant was sold."""

    variant_id: int
    sku: str = Field(examples=["KU-ANAR-BLU-M"])
    title: str
    currency: str
    quantity: QuantityOut
    revenue_minor: int
    orders: int


class TopProducts(Counted):
    """What sold best."""

    items: list[ProductSales]


class HourCount(BaseModel):
    """Messages of customers in an hour of the week, summed over the period."""

    weekday: int = Field(description="1 is Monday, 7 Sunday.", ge=1, le=7)
    hour: int = Field(ge=0, le=23)
    received: int


class BusiestHours(Counted):
    """When customers write; hours without any message are left out."""

    items: list[HourCount]
