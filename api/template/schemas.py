"""What the templates' endpoints take and give."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from api.identity.schemas import Given
from api.template.content import Content, Kind, parse
from api.template.filling import Rendered, as_components, problems_of, render
from api.template.models import Template

_FromAttributes = ConfigDict(from_attributes=True)


class VariableOut(BaseModel):
    """A place in a template that waits for a value."""

    model_config = _FromAttributes

    key: str = Field(description="Its name in `values`.", examples=["body.1"])
    part: str = Field(description="`header`, `body`, `button` or `limited_time_offer`.", examples=["body"])
    name: str = Field(description="Its number or name within the part.", examples=["1"])
    kind: Kind = Field(description="What its value is.")
    required: bool
    example: str | None = Field(description="What it was approved with.", examples=["Asha"])


class TemplateOut(BaseModel):
    """A template in one language, as Meta last told it."""

    id: int = Field(examples=[4])
    waba_id: str = Field(examples=["102290129340398"])
    name: str = Field(examples=["order_shipped"])
    language: str = Field(examples=["en_US"])
    status: str = Field(description="Meta's word; only `APPROVED` ones can be sent.", examples=["APPROVED"])
    category: str = Field(description="`MARKETING`, `UTILITY` or `AUTHENTICATION`.", examples=["UTILITY"])
    quality: str | None = Field(description="`GREEN`, `YELLOW`, `RED` or `UNKNOWN`.", examples=["GREEN"])
    reason: str | None = Field(description="Why it was refused, paused or disabled.", examples=[None])
    parameter_format: str = Field(description="`POSITIONAL` or `NAMED`.", examples=["POSITIONAL"])
    components: list[Any] = Field(description="Its parts, in Meta's form.")
    variables: list[VariableOut]
    unsupported: list[str] = Field(description="Parts that cannot be filled here; then it cannot be sent from here.")
    synced_at: datetime

    @classmethod
    def of(cls, row: Template) -> Self:
        """A row as it is shown."""
        content = parse(row.components)
        return cls(
            id=row.id,
            waba_id=row.waba_id,
            name=row.name,
            language=row.language,
            status=row.status,
            category=row.category,
            quality=row.quality,
            reason=row.reason,
            parameter_format=row.parameter_format,
            components=row.components,
            variables=[VariableOut.model_validate(variable) for variable in content.variables],
            unsupported=list(content.unsupported),
            synced_at=row.synced_at,
        )


class PreviewIn(Given):
    """Values to try."""

    values: dict[str, Annotated[str, Field(max_length=4096)]] = Field(
        default_factory=dict, max_length=200, examples=[{"body.1": "Asha", "body.2": "1042"}]
    )


class ProblemOut(BaseModel):
    """What is wrong with a value."""

    model_config = _FromAttributes

    key: str = Field(examples=["body.2"])
    detail: str = Field(examples=["is missing"])


class ButtonOut(BaseModel):
    """A button as the customer sees it."""

    model_config = _FromAttributes

    type: str = Field(examples=["URL"])
    text: str = Field(examples=["Track it"])
    url: str | None = None
    phone_number: str | None = None


class RenderedOut(BaseModel):
    """A template as the customer sees it."""

    model_config = _FromAttributes

    header: str
    header_format: str | None = Field(description="`TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`, or null.")
    header_file: str | None = Field(description="The value of a file.")
    body: str = Field(examples=["Dear Asha, your order 1042 is on its way."])
    footer: str
    buttons: list[ButtonOut]
    cards: list["RenderedOut"]


class PreviewOut(BaseModel):
    """A template with values, and whether it can be sent so."""

    shown: RenderedOut
    problems: list[ProblemOut]
    components: list[Any] | None = Field(
        description="For `POST /messages/send`: the template's `components`. Null where there are problems."
    )

    @classmethod
    def of(cls, row: Template, values: dict[str, str]) -> Self:
        """A template with these values."""
        content: Content = parse(row.components)
        problems = problems_of(content, values)
        rendered: Rendered = render(content, values)
        named = row.parameter_format == "NAMED"
        return cls(
            shown=RenderedOut.model_validate(rendered),
            problems=[ProblemOut.model_validate(problem) for problem in problems],
            components=None if problems else as_components(content, values, named=named),
        )


class SyncedOut(BaseModel):
    """What a sync brought for one account."""

    model_config = _FromAttributes

    waba_id: str = Field(examples=["102290129340398"])
    templates: int = Field(description="How many there are now.", examples=[12])
    error: str | None = Field(description="Why it could not be done.", examples=[None])
