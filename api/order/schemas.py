"""Orders as the API shows and takes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.order.models import LineOrigin, OrderStatus, RejectionCode
from api.stock.quantity import QuantityIn, QuantityOut

Payment = Literal["cod", "upi", "bank", "card"]
# PostgreSQL stores no NUL.
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")]
Sku = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
MinorAmount = Annotated[int, Field(ge=0, le=10**15, description="In minor units: paise, cents.", examples=[49900])]


class OrderCustomer(BaseModel):
    """Whose order it is."""

    id: int
    name: str | None = Field(examples=["Asha Rao"])
    phone: str | None = Field(examples=["+919000012345"])


class EvidenceOut(BaseModel):
    """Where it was said: the code points `start` to `end` of a message's text, all of it where both are 0."""

    message_id: int
    start: int
    end: int
    text: str = Field(examples=["2 blue kurtis"])


class CandidateOut(BaseModel):
    """Something else that a line may mean; `sku` is null where only the product is known."""

    item_group_id: str
    sku: str | None
    title: str
    score: float


class WarningOut(BaseModel):
    """What a person should look at before she confirms."""

    code: Literal["short_of_stock", "not_available", "not_in_catalog", "price_changed", "no_price", "only_whole"]
    message: str = Field(examples=["only 1 in stock"])


class ChatSays(BaseModel):
    """What the chat now says of a line that a person decided on; all null where it is not asked for any more."""

    sku: str | None = None
    item_group_id: str | None = None
    text: str | None = None
    quantity: QuantityOut | None = None


class LineOut(BaseModel):
    """One line. Without a `sku` it is not decided yet: choose one of `candidates`, or ask for `missing`."""

    id: int
    sku: str | None = Field(examples=["KU-ANAR-BLU-M"])
    variant_id: int | None
    item_group_id: str | None = Field(examples=["KU-ANAR"])
    title: str = Field(examples=["Anarkali kurti"])
    options: dict[str, Any] = Field(examples=[{"color": "blue", "size": "M"}])
    missing: list[str] = Field(description="What has to be asked to know the variant.", examples=[["size"]])
    text: str = Field(description="The customer's words, where no product was found.")
    quantity: QuantityOut
    unit_price_minor: int | None = Field(examples=[49900])
    amount_minor: int | None = Field(description="Quantity times price.", examples=[99800])
    currency: str = Field(examples=["INR"])
    confidence: float | None = Field(description="How sure the reading is, 0 to 1; null where a person added it.")
    origin: LineOrigin
    touched: bool = Field(description="A person decided on it: readings leave it as it is.")
    removed: bool = Field(description="A person removed it: it does not count, and no reading adds it again.")
    chat_says: ChatSays | None = Field(description="Set where the chat has news about a line that a person touched.")
    evidence: list[EvidenceOut]
    candidates: list[CandidateOut]
    reasons: list[str]
    in_stock: QuantityOut | None = Field(description="How much is left; null where it is not counted or no SKU.")
    warnings: list[WarningOut]


class QuestionOut(BaseModel):
    """Something to ask the customer next; `line_id` is null where it is about the whole order."""

    kind: str = Field(examples=["variant"])
    text: str = Field(examples=["Which size for the blue anarkali?"])
    line_id: int | None
    option: str | None = Field(examples=["size"])
    choices: list[str] = Field(examples=[["S", "M", "L"]])


class Details(BaseModel):
    """Where an order goes, and how it is paid."""

    name: str | None = Field(examples=["Asha Rao"])
    phone: str | None = Field(examples=["9000012345"])
    address: str | None = Field(examples=["Flat 4, Rose Society, MG Road, Pune"])
    address_parts: dict[str, Any] = Field(examples=[{"house": "Flat 4", "city": "Pune"}])
    pincode: str | None = Field(examples=["411001"])
    city: str | None = Field(examples=["Pune"])
    payment: str | None = Field(examples=["cod"])
    deliver_on: date | None
    note: str | None = Field(examples=["ring the bell twice"])


class LinePreview(BaseModel):
    """A line in a list of orders."""

    title: str = Field(examples=["Anarkali kurti"])
    sku: str | None = Field(examples=["KU-ANAR-BLU-M"])
    options: dict[str, Any] = Field(examples=[{"color": "blue", "size": "M"}])
    quantity: QuantityOut
    confidence: float | None


class OrderSummary(BaseModel):
    """An order in a list."""

    id: int
    number: int = Field(description="Counts within the business.", examples=[1042])
    status: OrderStatus
    conversation_id: int | None
    customer: OrderCustomer
    line_count: int
    total_amount: int = Field(description="In minor units, of the lines that have a price.", examples=[99800])
    currency: str = Field(examples=["INR"])
    confidence: float | None = Field(description="The probability that nothing in the lines needs a change.")
    stage: str | None = Field(
        description="What the latest reading makes of the chat: none, order, cancelled; null where a person made it.",
        examples=["order"],
    )
    reading_disagrees: bool = Field(description="The chat now says something else than what a person decided.")
    reason: str | None = Field(description="Why it was rejected, cancelled or withdrawn.")
    reason_code: RejectionCode | None = Field(description="The same, as it is counted; only of rejected ones.")
    first_lines: list[LinePreview] = Field(description="The first three lines.")
    open_line_count: int = Field(description="Lines without a SKU or a price: it cannot be confirmed yet.")
    question_count: int = Field(description="What the reading would ask the customer.")
    touched: bool = Field(description="A person changed something of it.")
    payment_status: str | None = Field(
        description="How its payment in the chat stands: pending, captured, failed; null where none was asked for.",
        examples=["captured"],
    )
    paid_at: datetime | None
    version: int = Field(description="Send it back as `If-Match` with a change.")
    created_at: datetime
    updated_at: datetime
    confirmed_at: datetime | None


class PaymentOut(BaseModel):
    """Something that Meta told of an order's payment."""

    model_config = ConfigDict(from_attributes=True)

    status: str = Field(examples=["captured"])
    transaction_id: str | None
    transaction_status: str | None = Field(examples=["success"])
    amount_minor: int | None = Field(examples=[99800])
    currency: str | None = Field(examples=["INR"])
    timestamp: datetime | None


class OrderDetail(OrderSummary):
    """An order with all that a person needs to decide on it."""

    details: Details
    touched_fields: list[str] = Field(description="Details that a person set: readings leave them as they are.")
    details_evidence: dict[str, list[EvidenceOut]]
    lines: list[LineOut]
    removed_lines: list[LineOut]
    payment_reference: str | None = Field(description="The `reference_id` of the payment request.")
    payments: list[PaymentOut] = Field(description="All that was told of its payment, oldest first.")
    questions: list[QuestionOut]


class NewLine(BaseModel):
    """A line to add; the price is the catalogue's where none is given."""

    model_config = ConfigDict(extra="forbid")

    sku: Sku = Field(examples=["KU-ANAR-BLU-M"])
    quantity: QuantityIn = Decimal(1)
    unit_price_minor: MinorAmount | None = None


class LineChange(BaseModel):
    """What to change of a line; another SKU comes at the catalogue's price, unless one is given."""

    model_config = ConfigDict(extra="forbid")

    sku: Sku | None = None
    quantity: QuantityIn | None = None
    unit_price_minor: MinorAmount | None = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.sku is None and self.quantity is None and self.unit_price_minor is None:
            raise ValueError("name a sku, a quantity or a unit_price_minor")
        return self


class DetailsChange(BaseModel):
    """The details to set; null clears one, what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    address_parts: dict[Text, Text] = Field(default_factory=dict)
    pincode: Text | None = None
    city: Text | None = None
    payment: Payment | None = None
    deliver_on: date | None = None
    note: Text | None = None

    def given(self) -> dict[str, Any]:
        """What the request names, by field."""
        return self.model_dump(exclude_unset=True)


class NewOrder(BaseModel):
    """An order made by hand, of a conversation or of a customer."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: int | None = None
    customer_id: int | None = None
    lines: list[NewLine] = Field(default_factory=list, max_length=200)
    details: DetailsChange = Field(default_factory=DetailsChange)

    @model_validator(mode="after")
    def _names_whose(self) -> Self:
        if (self.conversation_id is None) == (self.customer_id is None):
            raise ValueError("name either a conversation_id or a customer_id")
        return self


class Rejection(BaseModel):
    """Why a draft is no order: by a code that can be counted, in words, or both."""

    model_config = ConfigDict(extra="forbid")

    code: RejectionCode = RejectionCode.OTHER
    reason: Annotated[Text, StringConstraints(min_length=1)] | None = Field(default=None, examples=["wrong number"])

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.code is RejectionCode.OTHER and self.reason is None:
            raise ValueError("give a code, or a reason in words")
        return self

    @property
    def words(self) -> str:
        """The reason in words; the code's own where none are given."""
        return self.reason or self.code.replace("_", " ")


class Cancellation(BaseModel):
    """Why an order is called off, where that is known."""

    model_config = ConfigDict(extra="forbid")

    reason: Text | None = Field(default=None, examples=["customer changed her mind"])
