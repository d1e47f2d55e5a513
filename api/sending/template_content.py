"""Templates with their variables."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from api.sending.limit import AnyCase, AnyCaseType, MetaObject, Part, at_most, one_to, wrong
from api.sending.plain import DocumentContent, ImageContent, LocationContent, VideoContent

MOST_SPACES = 4


def _as_text(value: object) -> object:
    """Meta takes numbers and truth values where it wants words."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value


def _one_line(text: str) -> str:
    """`text`, where Meta takes it as a variable's value."""
    at_most(32768, "a variable")(text)
    if any(sign in text for sign in "\n\t\r") or " " * (MOST_SPACES + 1) in text:
        raise wrong("a template's variable holds no line breaks, no tabs, and at most 4 spaces in a row")
    return text


Value = Annotated[str, BeforeValidator(_as_text), AfterValidator(_one_line)]
Name = Annotated[str, AfterValidator(at_most(512, "a variable's name"))]


class Parameter(Part):
    """A value of a variable; `parameter_name` where the template's variables have names."""

    parameter_name: Name | None = None


class TextParameter(Parameter):
    """Words."""

    type: Literal["text"]
    text: Value


class Currency(Part):
    """An amount of money, times 1000."""

    fallback_value: Value
    code: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    amount_1000: int


class CurrencyParameter(Parameter):
    """Money."""

    type: Literal["currency"]
    currency: Currency


class DateTime(Part):
    """A day or time; WhatsApp shows the `fallback_value`."""

    fallback_value: Value
    calendar: Literal["GREGORIAN", "SOLAR_HIJRI"] | None = None
    year: int | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day_of_month: Annotated[int, Field(ge=1, le=31)] | None = None
    day_of_week: Annotated[int, Field(ge=1, le=7)] | None = None
    hour: Annotated[int, Field(ge=0, le=23)] | None = None
    minute: Annotated[int, Field(ge=0, le=59)] | None = None


class DateTimeParameter(Parameter):
    """A day or time."""

    type: Literal["date_time"]
    date_time: DateTime


class ImageParameter(Parameter):
    """A picture."""

    type: Literal["image"]
    image: ImageContent


class VideoParameter(Parameter):
    """A video."""

    type: Literal["video"]
    video: VideoContent


class DocumentParameter(Parameter):
    """A document."""

    type: Literal["document"]
    document: DocumentContent


class LocationParameter(Parameter):
    """A pin on the map."""

    type: Literal["location"]
    location: LocationContent


class PayloadParameter(Parameter):
    """What a tap on a quick reply answers."""

    type: Literal["payload"]
    payload: Annotated[str, AfterValidator(at_most(256, "a button's payload"))]


class CouponParameter(Parameter):
    """A code to copy."""

    type: Literal["coupon_code"]
    coupon_code: Annotated[str, AfterValidator(at_most(20, "a coupon's code"))]


class ActionParameter(Parameter):
    """What a catalogue's, a flow's or a payment's button opens, in Meta's form."""

    type: Literal["action"]
    action: MetaObject


AnyParameter = Annotated[
    TextParameter
    | CurrencyParameter
    | DateTimeParameter
    | ImageParameter
    | VideoParameter
    | DocumentParameter
    | LocationParameter
    | PayloadParameter
    | CouponParameter
    | ActionParameter,
    Field(discriminator="type"),
    AnyCaseType,
]


class HeaderComponent(Part):
    """The heading's variables."""

    type: Literal["header"]
    parameters: Annotated[list[AnyParameter], AfterValidator(one_to(1, "variables of the header"))]


class BodyComponent(Part):
    """The body's variables, in their order or by name."""

    type: Literal["body"]
    parameters: Annotated[list[AnyParameter], AfterValidator(one_to(100, "variables of the body"))]


class ButtonComponent(Part):
    """A button's variable; `index` counts the template's buttons from 0."""

    type: Literal["button"]
    sub_type: Annotated[
        Literal["quick_reply", "url", "copy_code", "catalog", "mpm", "spm", "flow", "order_details", "voice_call"],
        AnyCase,
    ]
    index: Annotated[int, Field(ge=0, le=9)]
    parameters: list[AnyParameter] | None = None


class OtherComponent(Part):
    """The parts of carousels and limited offers, in Meta's form."""

    type: Literal["carousel", "limited_time_offer", "order_status"]
    cards: list[MetaObject] | None = None
    parameters: list[MetaObject] | None = None


Component = Annotated[
    HeaderComponent | BodyComponent | ButtonComponent | OtherComponent, Field(discriminator="type"), AnyCaseType
]


class Language(Part):
    """Which of a template's languages."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z_]{2,10}$", examples=["en_US"])]
    policy: Literal["deterministic"] | None = None


class TemplateContent(Part):
    """A template that Meta approved, with the values of its variables."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,512}$", examples=["order_confirmed"])]
    language: Language
    components: list[Component] | None = None

    @property
    def body_values(self) -> tuple[AnyParameter, ...]:
        """The values of the body's variables."""
        bodies = [part for part in self.components or () if isinstance(part, BodyComponent)]
        return tuple(bodies[0].parameters) if bodies else ()

    @property
    def has_header(self) -> bool:
        """Whether the heading is filled in."""
        return any(isinstance(part, HeaderComponent) for part in self.components or ())
