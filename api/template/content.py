"""A template's parts, as Meta describes them, and the places in them that wait for values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PLACE = re.compile(r"{{\s*(\w+)\s*}}")
MEDIA_FORMATS = ("IMAGE", "VIDEO", "DOCUMENT")


class Kind(StrEnum):
    """What a variable's value is: words, a file, a place on the map, and what buttons carry."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    URL = "url"
    COUPON_CODE = "coupon_code"
    PAYLOAD = "payload"
    PRODUCT = "product"
    FLOW_TOKEN = "flow_token"  # noqa: S105 - Meta's word
    TIME = "time"


MEDIA_KINDS = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Variable:
    """A place that a value goes to. `key` names it in the values: `body.1`, `header`, `button.0`, `card.1.body.1`.

    `part` is header, body, button or limited_time_offer; `name` its place within the part: a number or a name.
    `example` is what the template was approved with.
    """

    key: str
    part: str
    name: str
    kind: Kind
    required: bool = True
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button below the message; `url` may end in a place for a value."""

    index: int
    type: str
    text: str
    url: str | None = None
    phone_number: str | None = None
    example: str | None = None

    @property
    def kind(self) -> Kind | None:
        """What value it takes, None where it takes none."""
        if self.type == "URL":
            return Kind.URL if self.url and PLACE.search(self.url) else None
        return _BUTTON_KINDS.get(self.type)


_BUTTON_KINDS = {
    "OTP": Kind.URL,  # the code of a login is told once more with the button
    "COPY_CODE": Kind.COUPON_CODE,
    "QUICK_REPLY": Kind.PAYLOAD,
    "CATALOG": Kind.PRODUCT,
    "FLOW": Kind.FLOW_TOKEN,
}
_OPTIONAL = frozenset({Kind.PAYLOAD, Kind.PRODUCT, Kind.FLOW_TOKEN})


@dataclass(frozen=True, slots=True)
class Content:
    """A template, or one card of its carousel, taken apart. `header_format` is TEXT, IMAGE, … or None without one.

    `prefix` begins the keys of a card's variables. `unsupported` names parts that no value can be given for here.
    """

    prefix: str = ""
    header_format: str | None = None
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    cards: tuple["Content", ...] = ()
    offer: str | None = None
    examples: Mapping[str, str] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All places for values, in the order in which they are seen."""
        return tuple(self._variables())

    def _variables(self) -> Iterator[Variable]:
        yield from self._header_variables()
        yield from self._text_variables("body", self.body)
        if self.offer is not None:
            yield Variable(f"{self.prefix}offer", "limited_time_offer", "expires_at", Kind.TIME)
        for button in self.buttons:
            if button.kind is not None:
                key = f"{self.prefix}button.{button.index}"
                required = button.kind not in _OPTIONAL
                yield Variable(key, "button", str(button.index), button.kind, required, button.example)
        for card in self.cards:
            yield from card.variables

    def _header_variables(self) -> Iterator[Variable]:
        if self.header_format == "TEXT":
            yield from self._text_variables("header", self.header)
        elif self.header_format in (*MEDIA_FORMATS, "LOCATION"):
            yield Variable(f"{self.prefix}header", "header", "", Kind(self.header_format.lower()))

    def _text_variables(self, part: str, text: str) -> Iterator[Variable]:
        for name in dict.fromkeys(PLACE.findall(text)):
            key = f"{self.prefix}{part}.{name}"
            yield Variable(key, part, name, Kind.TEXT, example=self.examples.get(f"{part}.{name}"))


def parse(components: Sequence[Any], prefix: str = "") -> Content:
    """Meta's `components`, taken apart; what is not as Meta documents it is left out."""
    found: dict[str, Any] = {"prefix": prefix, "examples": {}}
    unsupported: list[str] = []
    for part in components:
        if not isinstance(part, dict):
            continue
        reader = _READERS.get(_upper(part, "type"))
        if reader is None:
            unsupported.append(_upper(part, "type"))
        else:
            found = reader(part, found)
    buttons: tuple[Button, ...] = found.get("buttons", ())
    unsupported += [button.type for button in buttons if button.type in _WITHOUT_VALUES_HERE]
    return Content(**found, unsupported=tuple(unsupported))


# They need whole lists of products, which differ with each message.
_WITHOUT_VALUES_HERE = frozenset({"MPM", "SPM", "ORDER_DETAILS"})


def _header(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    text, examples = _text(part, "text"), _examples(part, "header", "header_text")
    return found | {
        "header_format": _upper(part, "format") or "TEXT",
        "header": text,
        "examples": found["examples"] | examples,
    }


def _body(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    examples = _examples(part, "body", "body_text")
    return found | {"body": _text(part, "text"), "examples": found["examples"] | examples}


def _footer(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    return found | {"footer": _text(part, "text")}


def _offer(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    told = part.get("limited_time_offer")
    expires = isinstance(told, dict) and told.get("has_expiration") is True
    return found | {"offer": _text(told, "text")} if expires else found


def _buttons(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in _list(part, "buttons") if isinstance(row, dict)]
    return found | {"buttons": tuple(_button(index, row) for index, row in enumerate(rows))}


def _button(index: int, row: Mapping[str, Any]) -> Button:
    example = row.get("example")
    first = example[0] if isinstance(example, list) and example else example
    return Button(
        index=index,
        type=_upper(row, "type"),
        text=_text(row, "text"),
        url=_text(row, "url") or None,
        phone_number=_text(row, "phone_number") or None,
        example=first if isinstance(first, str) else None,
    )


def _carousel(part: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    cards = [card for card in _list(part, "cards") if isinstance(card, dict)]
    parsed = (parse(_list(card, "components"), f"card.{index}.") for index, card in enumerate(cards))
    return found | {"cards": tuple(parsed)}


_READERS = {
    "HEADER": _header,
    "BODY": _body,
    "FOOTER": _footer,
    "BUTTONS": _buttons,
    "CAROUSEL": _carousel,
    "LIMITED_TIME_OFFER": _offer,
}


def _examples(part: Mapping[str, Any], name: str, key: str) -> dict[str, str]:
    """What each variable was approved with: a list for numbered ones, name by name for named ones."""
    told = part.get("example")
    if not isinstance(told, dict):
        return {}
    named = _list(told, f"{key}_named_params")
    if named:
        pairs = ((row.get("param_name"), row.get("example")) for row in named if isinstance(row, dict))
        return {f"{name}.{key_}": value for key_, value in pairs if isinstance(value, str)}
    values = _list(told, key)
    row = values[0] if values and isinstance(values[0], list) else values
    return {f"{name}.{place}": value for place, value in enumerate(row, 1) if isinstance(value, str)}


def _list(part: Mapping[str, Any], key: str) -> list[Any]:
    value = part.get(key)
    return value if isinstance(value, list) else []


def _text(part: object, key: str) -> str:
    value = part.get(key) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def _upper(part: Mapping[str, Any], key: str) -> str:
    return _text(part, key).upper()
