"""A customer with what she ordered, as the API shows her."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.customer.schemas import CustomerOut, TagOut
from api.order.models import OrderStatus
from api.order.schemas import OrderSummary


class Spent(BaseModel):
    """What a customer's confirmed and fulfilled orders come to, in one currency."""

    order_count: int
    amount_minor: int = Field(description="In minor units.", examples=[249500])
    currency: str = Field(examples=["INR"])


class AddressUsed(BaseModel):
    """Where orders of hers went."""

    name: str | None
    phone: str | None
    address: str = Field(examples=["Flat 4, Rose Society, MG Road"])
    address_parts: dict[str, Any]
    pincode: str | None
    city: str | None
    order_id: int = Field(description="The last order that went there.")
    used_at: datetime


class CustomerConversation(BaseModel):
    """A chat with her; one for each of your numbers that she writes to."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    channel_id: int
    last_message: str | None
    last_updated: datetime
    unread_count: int
    assigned_user_id: int | None


class CustomerInList(CustomerOut):
    """A customer in a list."""

    tags: list[TagOut]
    last_order_at: datetime | None = Field(description="When her last confirmed order was confirmed.")


class CustomerDetail(CustomerInList):
    """A customer with all that a person wants to know of her."""

    spent: list[Spent]
    orders_by_status: dict[OrderStatus, int] = Field(examples=[{"confirmed": 3, "cancelled": 1}])
    first_order_at: datetime | None
    latest_orders: list[OrderSummary] = Field(description="The latest twenty; all are under `/orders?customer_id=`.")
    addresses: list[AddressUsed] = Field(description="Different ones, the last used first.")
    conversations: list[CustomerConversation]
    note_count: int = Field(description="How many notes there are: `GET /customers/{id}/notes`.")
