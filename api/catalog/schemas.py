"""Products and variants as the API shows and takes them."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

# PostgreSQL stores no NUL.
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")]
Name = Annotated[Line, StringConstraints(min_length=1)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000, pattern=r"^[^\x00]*$")]
PriceMinor = Annotated[int, Field(ge=0, le=10**15, description="In minor units: paise, cents.", examples=[49900])]
Options = Annotated[dict[Name, Name], Field(max_length=20, examples=[{"color": "blue", "size": "M"}])]
Aliases = Annotated[list[Name], Field(max_length=100, examples=[["neela suit"]])]


class VariantOut(BaseModel):
    """One thing that can be ordered."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    product_id: int
    sku: str = Field(examples=["KU-ANAR-BLU-M"])
    title: str = Field(examples=["Anarkali kurti"])
    options: dict[str, Any] = Field(description="What tells it from its siblings.", examples=[{"color": "blue"}])
    price_minor: int | None = Field(description="In minor units; null where no price is known.", examples=[49900])
    currency: str = Field(examples=["INR"])
    available: bool = Field(description="Whether the seller offers it, whatever is in stock.")
    fractional: bool = Field(description="Sold by measure: half of one can be ordered.")
    aliases: list[str] = Field(description="Other names that customers use.", examples=[["neela suit"]])
    archived_at: datetime | None
    version: int = Field(description="Send it back as `If-Match` with a change.")
    created_at: datetime


class ProductOut(BaseModel):
    """A product: what its variants share."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    item_group_id: str = Field(examples=["KU-ANAR"])
    title: str = Field(examples=["Anarkali kurti"])
    description: str
    brand: str
    product_type: str = Field(examples=["Women > Kurtis"])
    created_at: datetime


class ProductDetail(ProductOut):
    """A product with all its variants, archived ones too."""

    variants: list[VariantOut]


class NewVariant(BaseModel):
    """A variant to add to a product."""

    model_config = ConfigDict(extra="forbid")

    sku: Annotated[Name, StringConstraints(max_length=200)] = Field(examples=["KU-ANAR-BLU-M"])
    title: Name | None = Field(default=None, description="The product's, where left out.")
    options: Options = Field(default_factory=dict)
    price_minor: PriceMinor | None = None
    available: bool = True
    fractional: bool = False
    aliases: Aliases = Field(default_factory=list)


class NewProduct(BaseModel):
    """A product to add, with its variants."""

    model_config = ConfigDict(extra="forbid")

    item_group_id: Annotated[Name, StringConstraints(max_length=200)] = Field(examples=["KU-ANAR"])
    title: Name = Field(examples=["Anarkali kurti"])
    description: Text = ""
    brand: Line = ""
    product_type: Line = ""
    variants: list[NewVariant] = Field(min_length=1, max_length=500)


class _Change(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"name at least one of {', '.join(type(self).model_fields)}")
        return self

    def given(self) -> dict[str, Any]:
        """What the request names, by field; a null is left out unless it clears a price."""
        return {name: value for name, value in self.model_dump(exclude_unset=True).items() if value is not None}


class ProductChange(_Change):
    """What to change of a product."""

    title: Name | None = None
    description: Text | None = None
    brand: Line | None = None
    product_type: Line | None = None


class VariantChange(_Change):
    """What to change of a variant. A `price_minor` of null clears the price; `archived` takes it off the catalogue."""

    title: Name | None = None
    options: Options | None = None
    price_minor: PriceMinor | None = None
    available: bool | None = None
    fractional: bool | None = None
    aliases: Aliases | None = None
    archived: bool | None = None

    def given(self) -> dict[str, Any]:
        """As of every change, and the cleared price."""
        cleared = {"price_minor": None} if "price_minor" in self.model_fields_set and self.price_minor is None else {}
        return super().given() | cleared


class ImportProblem(BaseModel):
    """What is wrong in a catalogue file, and where."""

    model_config = ConfigDict(from_attributes=True)

    file: str = Field(examples=["products.csv"])
    line: int = Field(description="As editors count; 0 is the file as a whole.", examples=[17])
    column: str = Field(examples=["price"])
    value: str = Field(examples=["four hundred"])
    message: str = Field(examples=["'four hundred' is not a price; write it like '499.00 INR'"])


class ImportResult(BaseModel):
    """What an import did, or, as a preview, would do."""

    preview: bool
    format: Literal["meta", "shopify"] | None
    rows: int = Field(description="Good rows in the file.")
    created: int = Field(description="SKUs that are new.")
    updated: int = Field(description="SKUs that the file changed.")
    unchanged: int
    stocks_set: int = Field(description="SKUs whose stock was set from the file.")
    left_out: int = Field(description="Rows that are well formed and not for sale.")
    problem_count: int
    problems: list[ImportProblem] = Field(description="The first thousand.")
