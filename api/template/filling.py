"""A template with values: whether they fit, what the customer will see, and what Meta is told.

    content = parse(template.components)
    values = {"header": "17", "body.1": "Asha", "button.0": "ORDER17"}
    problems_of(content, values) or as_components(content, values, named=False)

A file is the id of one that is stored here, or a public address; a place is JSON, in the form of a location
message; the end of an offer is a time in ISO 8601.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.template.content import MEDIA_KINDS, PLACE, Button, Content, Kind, Variable

Values = Mapping[str, str]

MOST_SPACES = 4
LARGEST = {
    Kind.TEXT: 1024,
    Kind.URL: 2000,
    Kind.COUPON_CODE: 20,
    Kind.PAYLOAD: 256,
    Kind.PRODUCT: 100,
    Kind.FLOW_TOKEN: 512,
}
LARGEST_HEADER, LARGEST_BODY = 60, 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the value of `key`."""

    key: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button as the customer sees it."""

    type: str
    text: str
    url: str | None = None
    phone_number: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template as the customer sees it. `header_file` is the value of a picture, video or document."""

    header: str
    header_format: str | None
    header_file: str | None
    body: str
    footer: str
    buttons: tuple[ShownButton, ...]
    cards: tuple["Rendered", ...]


def problems_of(content: Content, values: Values) -> list[Problem]:
    """What keeps the values from being sent; nothing where they fit."""
    known = {variable.key: variable for variable in content.variables}
    found = [Problem(key, "the template has no such variable") for key in values if key not in known]
    for key, variable in known.items():
        if key in values:
            found += [Problem(key, detail) for detail in _wrong(variable, values[key])]
        elif variable.required:
            found.append(Problem(key, "is missing"))
    return found or list(_too_long(content, values))


def _wrong(variable: Variable, value: str) -> Iterator[str]:
    if not value.strip():
        yield "is empty"
    elif variable.kind in MEDIA_KINDS and not _is_file(value):
        yield "has to be the id of a stored file, or an address that begins with https://"
    elif variable.kind is Kind.LOCATION and _place(value) is None:
        yield 'has to be a place: {"latitude": 18.52, "longitude": 73.86, "name": "…", "address": "…"}'
    elif variable.kind is Kind.TIME and _time(value) is None:
        yield "has to be a time with its zone, like 2026-12-31T18:00:00+05:30"
    yield from _wrong_words(variable, value)


def _wrong_words(variable: Variable, value: str) -> Iterator[str]:
    largest = LARGEST.get(variable.kind)
    if largest is not None and len(value) > largest:
        yield f"has {len(value)} characters: WhatsApp takes {largest}"
    if variable.kind is Kind.TEXT and (any(sign in value for sign in "\n\t\r") or " " * (MOST_SPACES + 1) in value):
        yield f"holds line breaks, tabs or more than {MOST_SPACES} spaces in a row: WhatsApp takes none"


def _too_long(content: Content, values: Values) -> Iterator[Problem]:
    """Texts that are too long only with their values."""
    rendered = render(content, values)
    for part, text, largest in (("header", rendered.header, LARGEST_HEADER), ("body", rendered.body, LARGEST_BODY)):
        if len(text) > largest:
            yield Problem(part, f"with its values it has {len(text)} characters: WhatsApp takes {largest}")


def render(content: Content, values: Values) -> Rendered:
    """What the customer will see; places without a value stay as `{{1}}`."""

    def filled(part: str, text: str) -> str:
        return PLACE.sub(lambda found: values.get(f"{content.prefix}{part}.{found[1]}", found[0]), text)

    return Rendered(
        header=filled("header", content.header),
        header_format=content.header_format,
        header_file=values.get(f"{content.prefix}header"),
        body=filled("body", content.body),
        footer=content.footer,
        buttons=tuple(_shown(content.prefix, button, values) for button in content.buttons),
        cards=tuple(render(card, values) for card in content.cards),
    )


def _shown(prefix: str, button: Button, values: Values) -> ShownButton:
    value = values.get(f"{prefix}button.{button.index}")
    url = PLACE.sub(lambda found: value or found[0], button.url) if button.url else None
    return ShownButton(button.type, button.text, url, button.phone_number)


def as_components(content: Content, values: Values, *, named: bool) -> list[dict[str, Any]]:
    """What Meta is told: the `components` of a template message. Files of ours stand as `{"media_id": 17}`.

    `named` says that the template's variables have names instead of numbers.
    """
    parts: dict[str, list[dict[str, Any]]] = {"header": [], "body": [], "limited_time_offer": []}
    own = [variable for variable in content.variables if variable.key.startswith(content.prefix)]
    for variable in own:
        if variable.part in parts and variable.key in values and _is_own(content, variable):
            parts[variable.part].append(_parameter(variable, values[variable.key], named=named))
    told = [{"type": part, "parameters": parameters} for part, parameters in parts.items() if parameters]
    told += [
        _button(content.prefix, button, values) for button in content.buttons if _has_value(content, button, values)
    ]
    if content.cards:
        cards = [
            {"card_index": index, "components": as_components(card, values, named=named)}
            for index, card in enumerate(content.cards)
        ]
        told.append({"type": "carousel", "cards": cards})
    return told


def _is_own(content: Content, variable: Variable) -> bool:
    """Whether a variable is the content's, not one of its cards'."""
    return "card." not in variable.key.removeprefix(content.prefix)


def _has_value(content: Content, button: Button, values: Values) -> bool:
    return button.kind is not None and f"{content.prefix}button.{button.index}" in values


def _parameter(variable: Variable, value: str, *, named: bool) -> dict[str, Any]:
    if variable.kind in MEDIA_KINDS:
        return {"type": variable.kind.value, variable.kind.value: _file(value)}
    if variable.kind is Kind.LOCATION:
        return {"type": "location", "location": _place(value)}
    if variable.kind is Kind.TIME:
        end = _time(value) or datetime.now(UTC)
        return {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": int(end.timestamp() * 1000)}}
    told = {"type": "text", "text": value}
    return told | {"parameter_name": variable.name} if named else told


def _button(prefix: str, button: Button, values: Values) -> dict[str, Any]:
    value = values[f"{prefix}button.{button.index}"]
    sub_type, parameter = _TAPPED[button.kind or Kind.URL](value)
    return {"type": "button", "sub_type": sub_type, "index": button.index, "parameters": [parameter]}


_TAPPED: Mapping[Kind, Any] = {
    Kind.URL: lambda value: ("url", {"type": "text", "text": value}),
    Kind.COUPON_CODE: lambda value: ("copy_code", {"type": "coupon_code", "coupon_code": value}),
    Kind.PAYLOAD: lambda value: ("quick_reply", {"type": "payload", "payload": value}),
    Kind.PRODUCT: lambda value: (
        "catalog",
        {"type": "action", "action": {"thumbnail_product_retailer_id": value}},
    ),
    Kind.FLOW_TOKEN: lambda value: ("flow", {"type": "action", "action": {"flow_token": value}}),
}


def _is_file(value: str) -> bool:
    return (value.isascii() and value.isdigit() and len(value) <= 18) or value.startswith("https://")


def _file(value: str) -> dict[str, Any]:
    return {"link": value} if value.startswith("https://") else {"media_id": int(value)}


def _place(value: str) -> dict[str, Any] | None:
    try:
        told = json.loads(value)
    except ValueError:
        return None
    if not isinstance(told, dict) or not all(
        isinstance(told.get(name), int | float) for name in ("latitude", "longitude")
    ):
        return None
    return {name: told[name] for name in ("latitude", "longitude", "name", "address") if name in told}


def _time(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
