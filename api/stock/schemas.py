"""Stock as the API shows and takes it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.stock.models import MovementKind
from api.stock.quantity import CountIn, DeltaIn, QuantityIn, QuantityOut

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class StockOut(BaseModel):
    """How much of a variant can still be sold. What is not counted has no quantity and never runs out."""

    variant_id: int
    product_id: int
    sku: str = Field(examples=["KU-ANAR-BLU-M"])
    title: str = Field(examples=["Anarkali kurti"])
    options: dict[str, str] = Field(examples=[{"color": "blue", "size": "M"}])
    price_minor: int | None = Field(examples=[49900])
    currency: str = Field(examples=["INR"])
    available: bool = Field(description="Whether the seller offers it, whatever is in stock.")
    tracked: bool = Field(description="Whether it is counted.")
    quantity: QuantityOut | None = Field(description="What is left; null where it is not counted.")


class MovementOut(BaseModel):
    """One change of a stock; all of them sum up to its quantity."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: MovementKind
    delta: QuantityOut = Field(examples=["-2"])
    reason: str | None
    order_id: int | None
    user_id: int | None
    created_at: datetime


class _Movement(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason | None = Field(default=None, examples=["counted on Sunday"])


class SetTo(_Movement):
    """Somebody counted: there is exactly this much. Starts counting what was not counted so far."""

    kind: Literal["set"]
    quantity: CountIn


class Receive(_Movement):
    """Goods came in."""

    kind: Literal["receive"]
    quantity: QuantityIn


class Adjust(_Movement):
    """A correction up or down, with its reason."""

    kind: Literal["adjust"]
    delta: DeltaIn
    reason: Reason = Field(examples=["2 torn"])


Movement = Annotated[SetTo | Receive | Adjust, Field(discriminator="kind")]


class StockChange(BaseModel):
    """Whether to count a variant."""

    model_config = ConfigDict(extra="forbid")

    tracked: bool
