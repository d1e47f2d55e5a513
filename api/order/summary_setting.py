"""Whether and how a customer is told that her order is confirmed: a setting of the business."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.identity.models import Business
from api.sending.limit import Part

KEY = "order_summary"


class SummaryMode(StrEnum):
    """What the customer gets while she may be written to freely."""

    OFF = "off"
    TEXT = "text"
    ORDER_DETAILS = "order_details"


class SummaryTemplate(Part):
    """The template for customers whose window is closed.

    Its body's variables are filled in this order, as many as it has: the customer's name, the order's number,
    the total, and what was ordered; or by the names `customer_name`, `order_number`, `total` and `items`.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,512}$", examples=["order_confirmed"])]
    language: Annotated[str, Field(pattern=r"^[A-Za-z_]{2,10}$", examples=["en"])]
    variables: Annotated[int, Field(ge=0, le=4)] = Field(
        default=3, description="How many variables its body has; what is known of the template counts more."
    )


class SummarySetting(Part):
    """What a customer gets when her order is confirmed."""

    mode: SummaryMode = SummaryMode.OFF
    template: SummaryTemplate | None = Field(
        default=None, description="For customers who have not written for 24 hours. Null: they get nothing."
    )
    goods: Literal["physical-goods", "digital-goods"] = Field(
        default="physical-goods", description="With `order_details`: what is sold."
    )
    payment_type: Annotated[str, Field(max_length=60, examples=["upi"])] | None = Field(
        default=None, description="With `order_details`: how it is paid."
    )
    payment_configuration: Annotated[str, Field(max_length=60)] | None = Field(
        default=None, description="With `order_details`: the payment configuration's name in WhatsApp Manager."
    )

    @model_validator(mode="after")
    def _says_how_to_pay(self) -> Self:
        if self.mode is SummaryMode.ORDER_DETAILS and not (self.payment_type and self.payment_configuration):
            raise ValueError("order_details needs a payment_type and a payment_configuration")
        return self


def summary_setting(business: Business) -> SummarySetting:
    """The business's setting; off where it has none."""
    return SummarySetting.model_validate(business.settings.get(KEY) or {})


def keep_summary_setting(business: Business, setting: SummarySetting) -> None:
    """Set the business's setting."""
    business.settings = business.settings | {KEY: setting.told()}
