"""Orders and payments in India: `order_details` asks for a payment, `order_status` tells how the order goes on."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from api.sending.interactive import Header, Interactive
from api.sending.limit import CatalogId, MetaObject, Part, at_most, one_to, wrong

REFERENCE = r"^[A-Za-z0-9_.-]{1,35}$"
ReferenceId = Annotated[
    str,
    Field(pattern=REFERENCE, description="Yours, 1 to 35 of letters, digits, _ - and ., never used before."),
]
ITEM_NAME_LENGTH = 60
Words = Annotated[str, AfterValidator(at_most(120, "a description"))]
MOST_MINOR = 10**12


class Amount(Part):
    """Money: `value` paise, with an `offset` of 100."""

    value: Annotated[int, Field(ge=0, le=MOST_MINOR, examples=[49900])]
    offset: Literal[100] = 100


class DescribedAmount(Amount):
    """Money with a word on it."""

    description: Words | None = None


class Discount(DescribedAmount):
    """What the customer saves."""

    discount_program_name: Words | None = None


class OrderItem(Part):
    """A row of the bill. Meta counts whole units: make a weight one unit, and say it in the name."""

    retailer_id: Annotated[str, AfterValidator(at_most(100, "an item's id"))] | None = None
    name: Annotated[str, AfterValidator(at_most(ITEM_NAME_LENGTH, "an item's name"))] = Field(examples=["Aata 5 kg"])
    amount: Amount = Field(description="The price of one.")
    sale_amount: Amount | None = Field(default=None, description="The price of one, where it is reduced.")
    quantity: Annotated[int, Field(ge=1, le=10**6)]
    country_of_origin: Words | None = None
    importer_name: Words | None = None
    importer_address: MetaObject | None = None

    @property
    def total(self) -> int:
        """What the row costs, in paise."""
        return (self.sale_amount or self.amount).value * self.quantity

    @model_validator(mode="after")
    def _saves_something(self) -> Self:
        if self.sale_amount is not None and self.sale_amount.value >= self.amount.value:
            raise wrong("an item's sale_amount has to be less than its amount")
        return self


class Expiration(Part):
    """Until when it can be paid."""

    timestamp: Annotated[str, Field(pattern=r"^\d{10}$", description="In seconds of UTC.")]
    description: Words


class OrderParameters(Part):
    """The bill."""

    status: Literal["pending"] = "pending"
    catalog_id: CatalogId | None = None
    items: Annotated[list[OrderItem], AfterValidator(one_to(999, "items"))]
    subtotal: Amount
    tax: DescribedAmount
    shipping: DescribedAmount | None = None
    discount: Discount | None = None
    expiration: Expiration | None = None

    @property
    def total(self) -> int:
        """What is to be paid, in paise."""
        shipping, discount = self.shipping, self.discount
        return (
            self.subtotal.value
            + self.tax.value
            + (shipping.value if shipping else 0)
            - (discount.value if discount else 0)
        )

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        items = sum(item.total for item in self.items)
        if items != self.subtotal.value:
            raise wrong(f"the subtotal is {self.subtotal.value}, but its items cost {items}")
        return self


class PaymentParameters(Part):
    """What is to be paid, and how."""

    reference_id: ReferenceId
    type: Literal["digital-goods", "physical-goods"]
    currency: Literal["INR"] = "INR"
    total_amount: Amount
    order: OrderParameters
    payment_type: Annotated[str, AfterValidator(at_most(60, "the payment's type"))] | None = Field(
        default=None, examples=["upi"]
    )
    payment_configuration: Annotated[str, AfterValidator(at_most(60, "the payment configuration's name"))] | None = (
        Field(default=None, description="As it is called in WhatsApp Manager.")
    )
    payment_settings: list[MetaObject] | None = None
    beneficiaries: list[MetaObject] | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.total_amount.value != self.order.total:
            raise wrong(
                f"the total_amount is {self.total_amount.value}, but subtotal, tax and shipping without discount are "
                f"{self.order.total}"
            )
        return self


class PaymentAction(Part):
    """A button that opens the bill."""

    name: Literal["review_and_pay"] = "review_and_pay"
    parameters: PaymentParameters


class OrderDetailsMessage(Interactive):
    """Asks for a payment."""

    type: Literal["order_details"]
    header: Header | None = None
    action: PaymentAction


class OrderState(Part):
    """How an order stands."""

    status: Literal[
        "pending", "processing", "partially-shipped", "partially_shipped", "shipped", "completed", "canceled"
    ]
    description: Words | None = None


class StatusParameters(Part):
    """Which order, by the `reference_id` of its `order_details`, and how it stands."""

    reference_id: ReferenceId
    order: OrderState


class StatusAction(Part):
    """The news of an order."""

    name: Literal["review_order"] = "review_order"
    parameters: StatusParameters


class OrderStatusMessage(Interactive):
    """Tells how an order goes on."""

    type: Literal["order_status"]
    action: StatusAction
