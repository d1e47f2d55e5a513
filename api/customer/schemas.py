"""Customers as the API shows and takes them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

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
    order_count: int = Field(description="Her confirmed and fulfilled orders.", examples=[3])
    spent_minor: int = Field(
        description="What they come to, in minor units of the business's currency.", examples=[249500]
    )
    created_at: datetime


class NewCustomer(BaseModel):
    """A person who has not written yet: who called, or came by."""

    model_config = ConfigDict(extra="forbid")

    phone: Phone = Field(examples=["90000 12345"])
    name: Name | None = Field(default=None, examples=["Asha Rao"])


class CustomerChange(BaseModel):
    """What to change; what is left out stays, null takes a name away."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = Field(default=None, examples=["Asha Rao"])
    marketing_stopped: bool = Field(
        default=False, description="She told you that she wants no marketing messages; false: that she does."
    )

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give a name or marketing_stopped")
        return self


class TagColor(StrEnum):
    """A tag's color, by the page's name of it."""

    GRAY = "gray"
    RED = "red"
    PINK = "pink"
    GRAPE = "grape"
    VIOLET = "violet"
    INDIGO = "indigo"
    BLUE = "blue"
    CYAN = "cyan"
    TEAL = "teal"
    GREEN = "green"
    LIME = "lime"
    YELLOW = "yellow"
    ORANGE = "orange"


TagName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50, pattern=r"^[^\x00]*$")]


class TagIn(BaseModel):
    """A tag to add."""

    model_config = ConfigDict(extra="forbid")

    name: TagName = Field(examples=["wholesale"])
    color: TagColor = TagColor.GRAY


class TagChange(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: TagName | None = None
    color: TagColor | None = None


class TagOut(BaseModel):
    """A word that the business sorts its customers by."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str = Field(examples=["wholesale"])
    color: TagColor


class TagInList(TagOut):
    """A tag of the business's list."""

    customer_count: int = Field(description="How many customers have it.", examples=[12])


class CustomerTags(BaseModel):
    """The tags that a customer is to have: all others are taken from her."""

    model_config = ConfigDict(extra="forbid")

    tag_ids: list[Annotated[int, Field(ge=1, le=2**63 - 1)]] = Field(max_length=50, examples=[[1, 4]])
