"""Meta's limits, as types of fields: what is too long or too many is refused with the limit and what was given."""

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

Many = TypeVar("Many", bound=list[Any])

TRACKER_LENGTH = 512
MOST_JSON = 20_000  # what Meta takes in forms of its own is small
MOST_BUTTONS, MOST_ROWS, MOST_SECTIONS, MOST_PRODUCTS = 3, 10, 10, 30


class Part(BaseModel):
    """A part of a message, with Meta's own field names. A field that Meta does not know is an error."""

    model_config = ConfigDict(extra="forbid")

    def told(self) -> dict[str, Any]:
        """The part as Meta is told it: without what was not given."""
        return self.model_dump(mode="json", exclude_none=True)


def at_most(limit: int, what: str) -> Callable[[str], str]:
    """A check that a text has at most `limit` characters, some of them visible."""

    def check(text: str) -> str:
        if len(text) > limit:
            raise PydanticCustomError(
                "too_long",
                "{what} has {length} characters; WhatsApp allows {limit}",
                {"what": what, "length": len(text), "limit": limit},
            )
        if not text.strip():
            raise PydanticCustomError(
                "blank",
                "{what} is empty; WhatsApp wants 1 to {limit} characters",
                {
                    "what": what,
                    "limit": limit,
                },
            )
        if "\x00" in text:
            raise PydanticCustomError("nul", "{what} holds the NUL character", {"what": what})
        return text

    return check


def one_to(limit: int, what: str) -> Callable[[Many], Many]:
    """A check that there are at least one and at most `limit` of something."""

    def check(items: Many) -> Many:
        if not 1 <= len(items) <= limit:
            raise PydanticCustomError(
                "too_many",
                "there are {count} {what}; WhatsApp allows 1 to {limit}",
                {"count": len(items), "what": what, "limit": limit},
            )
        return items

    return check


def storable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """`value`, where it is JSON that a database keeps: no NUL, no half characters, only finite numbers."""
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise wrong("it holds half of a character, a number that is none, or is nested too deep") from error
    if "\\u0000" in text:
        raise wrong("it holds the NUL character")
    if len(text) > MOST_JSON:
        raise PydanticCustomError(
            "too_long",
            "it has {length} characters; {limit} are allowed",
            {"length": len(text), "limit": MOST_JSON},
        )
    return value


def wrong(reason: str) -> PydanticCustomError:
    """The error to raise where something that Meta refuses is no matter of length."""
    return PydanticCustomError("refused_by_meta", "{reason}", {"reason": reason})


def check_unique(values: list[str], what: str) -> None:
    """Raise where two of `values` are the same."""
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise wrong(f"two {what} are the same: {', '.join(twice)[:100]}; WhatsApp wants each of its own")


def _with_lower_type(value: object) -> object:
    """Meta reads the word that says what kind of thing it is in any case."""
    if isinstance(value, dict) and isinstance(kind := value.get("type"), str):
        return value | {"type": kind.lower()}
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


AnyCaseType = BeforeValidator(_with_lower_type)
AnyCase = BeforeValidator(_lower)

# What is Meta's own form, and not looked into here.
MetaObject = Annotated[dict[str, Any], AfterValidator(storable)]
BodyText = Annotated[str, AfterValidator(at_most(1024, "the body")), Field(examples=["Which size for the kurti?"])]
ListBodyText = Annotated[str, AfterValidator(at_most(4096, "the body")), Field(examples=["Which size for the kurti?"])]
FooterText = Annotated[str, AfterValidator(at_most(60, "the footer"))]
HeaderText = Annotated[str, AfterValidator(at_most(60, "the header"))]
Caption = Annotated[str, AfterValidator(at_most(1024, "the caption"))]
SectionTitle = Annotated[str, AfterValidator(at_most(24, "a section's title"))]
RetailerId = Annotated[str, AfterValidator(at_most(100, "a product's id"))]
CatalogId = Annotated[str, AfterValidator(at_most(64, "the catalogue's id"))]
MediaId = Annotated[str, AfterValidator(at_most(256, "a media id")), Field(examples=["1013859600285441"])]
Wamid = Annotated[
    str, AfterValidator(at_most(512, "a message's id")), Field(examples=["wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQz"])
]


def _web_address(text: str) -> str:
    at_most(2000, "an address")(text)
    scheme, separator, rest = text.partition("://")
    if scheme.lower() not in {"http", "https"} or not separator or not rest or any(map(str.isspace, text)):
        raise wrong("an address has to begin with https:// or http:// and hold no spaces")
    return text


Link = Annotated[str, AfterValidator(_web_address), Field(examples=["https://kiransarees.example/blue.jpg"])]
