"""Customers as the API shows and takes them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[\d\s().-]{5,30}$")]


class CustomerOut(BaseModel):
    """A person who buys."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str | None = Field(description="What she or an agent gave.", examples=["Asha Rao"])
    profile_name: str | None = Field(description="What WhatsApp shows.", examples=["Asha"])
    phone: str | None = Field(examples=["+919000012345"])
    wa_id: str | None = Field(description="Meta's id: the number on WhatsApp.", examples=["919000012345"])
    user_id: str | None = Field(
        description="Meta's id of her for your business; messages can be sent to it as `recipient`.",
        examples=["IN.13491208655302741918"],
    )
    username: str | None = Field(description="What she is called on WhatsApp where she hides her number.")
    marketing_stopped_at: datetime | None = Field(
        description="Since when she wants no marketing messages; null where she did not stop them."
    )
    perhaps_same_as: list[int] = Field(
        description="Customers who were said to have an id of hers: look whether they are one person.", examples=[[]]
    )
    created_at: datetime


class NewCustomer(BaseModel):
    """A person who has not written yet: who called, or came by."""

    model_config = ConfigDict(extra="forbid")

    phone: Phone = Field(examples=["90000 12345"])
    name: Name | None = Field(default=None, examples=["Asha Rao"])


class CustomerChange(BaseModel):
    """What to change; null takes a name away."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = Field(examples=["Asha Rao"])
