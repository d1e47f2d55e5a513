"""A template that is sent: its parameters must be those of the template."""

import re
from collections.abc import Callable, Iterable, Mapping

from api.simulator.check.media_object import check_media
from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError
from api.simulator.json_value import Json
from api.simulator.media import MediaStore
from api.simulator.template_book import BODY_LENGTH, TemplateBook, filled, variables

_COMPONENTS = ("header", "body", "footer", "button", "carousel", "limited_time_offer", "order_status")
_MEDIA = ("image", "video", "document")
_PARAMETERS = (
    *("text", "currency", "date_time", "payload", "action", "coupon_code", "location", "product", "gif"),
    *("limited_time_offer", "order_status", "tap_target_configuration", "ttl_minutes"),
    *_MEDIA,
)
_NOT_IN_TEXT = re.compile(r"[\n\t]| {5,}")
_BUTTONS: Mapping[str, str] = {  # a button's sub_type to its type in the template
    "quick_reply": "QUICK_REPLY",
    "url": "URL",
    "copy_code": "COPY_CODE",
    "flow": "FLOW",
    "catalog": "CATALOG",
    "mpm": "MPM",
    "spm": "SPM",
    "voice_call": "VOICE_CALL",
    "order_details": "ORDER_DETAILS",
}


class TemplateCheck:
    """Checks messages of one WABA against its templates."""

    def __init__(self, book: TemplateBook, waba_id: str, store: MediaStore) -> None:
        self._book = book
        self._waba_id = waba_id
        self._store = store

    def check(self, message: Node) -> Json:
        """The template that the message names, whose parameters fit."""
        language = message.node("language")
        template = self._book.find(self._waba_id, message.text("name"), language.text("code"))
        components = message.nodes("components", least=0) if message.has("components") else []
        parts = [(component.word("type", _COMPONENTS), component) for component in components]
        self._check_header(template, [part for kind, part in parts if kind == "header"])
        self._check_text(template, "BODY", [part for kind, part in parts if kind == "body"])
        self._check_buttons(template, [part for kind, part in parts if kind == "button"])
        return template

    def _check_header(self, template: Json, given: list[Node]) -> None:
        form = _part(template, "HEADER").get("format", "TEXT").lower()
        if form == "text":
            self._check_text(template, "HEADER", given)
            return
        parameters = _parameters(given)
        got = self._kind(parameters[0]) if parameters else "unknown"
        if got != form:
            raise GraphError(132012, f"header: Format mismatch, expected {form.upper()}, received {got.upper()}")

    def _check_text(self, template: Json, part: str, given: list[Node]) -> None:
        """The texts of a header or a body: as many as there are variables, and not too long."""
        text = _part(template, part).get("text", "")
        wanted = variables(text)
        parameters = _parameters(given)
        for parameter in parameters:
            self._kind(parameter)
        if len(parameters) != len(wanted):
            details = f"number of localizable_params ({len(parameters)}) does not match"
            raise GraphError(132000, f"{part.lower()}: {details} the expected number of params ({len(wanted)})")
        names = wanted if template["parameter_format"] != "NAMED" else _names(parameters, wanted)
        values = dict(zip(names, map(_said, parameters), strict=True))
        if len(filled(text, values)) > BODY_LENGTH:
            raise GraphError(132005, f"{part.lower()}: the translated text has more than {BODY_LENGTH} characters")

    def _check_buttons(self, template: Json, given: list[Node]) -> None:
        buttons = _part(template, "BUTTONS").get("buttons", [])
        answered = {self._check_button(component, buttons) for component in given}
        for index, button in enumerate(buttons):
            needs = (button["type"] == "URL" and variables(button["url"])) or button["type"] == "COPY_CODE"
            if needs and index not in answered:
                kind = button["type"].capitalize()
                raise GraphError(131008, f"buttons: Button at index {index} of type {kind} requires a parameter")

    def _check_button(self, component: Node, buttons: list[Json]) -> int:
        """The index of the button that the component is for."""
        kind = component.word("sub_type", tuple(_BUTTONS))
        index = component.any("index")
        if not str(index).isdigit() or int(index) >= len(buttons):
            raise GraphError(131009, f"buttons: the template has no button at index {index}")
        if buttons[int(index)]["type"] != _BUTTONS[kind]:
            expected = buttons[int(index)]["type"]
            details = f"buttons: Format mismatch at index {index}, expected {expected}, received {_BUTTONS[kind]}"
            raise GraphError(132012, details)
        for parameter in component.nodes("parameters", least=0) if component.has("parameters") else []:
            self._kind(parameter)
        return int(index)

    def _kind(self, parameter: Node) -> str:
        """The parameter's type; its content is checked."""
        kind = parameter.word("type", _PARAMETERS)
        if kind in _MEDIA:
            check_media(parameter.node(kind), kind, self._store)
        elif check := _CHECKS.get(kind):
            check(parameter)
        return kind


def _part(template: Json, kind: str) -> Json:
    return next((part for part in template["components"] if part["type"].upper() == kind), {})


def _parameters(components: Iterable[Node]) -> list[Node]:
    found = (part.nodes("parameters", least=0) for part in components if part.has("parameters"))
    return [parameter for parameters in found for parameter in parameters]


def _names(parameters: list[Node], wanted: list[str]) -> list[str]:
    names = [parameter.value.get("parameter_name") for parameter in parameters]
    if sorted(map(str, names)) != sorted(wanted):
        raise GraphError(100, f"Parameter name is missing or empty, or none of {', '.join(wanted)}")
    return [str(name) for name in names]


def _check_text(parameter: Node) -> None:
    if not parameter.has("text") or parameter.value["text"] == "":
        raise GraphError(100, "Parameter 'text' is mandatory for component parameter type 'text'")
    if _NOT_IN_TEXT.search(str(parameter.value["text"])):
        raise GraphError(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")


def _check_currency(parameter: Node) -> None:
    currency = parameter.node("currency")
    currency.text("fallback_value")
    currency.text("code", most=3)
    currency.whole("amount_1000", least=0)


def _check_date_time(parameter: Node) -> None:
    parameter.node("date_time").text("fallback_value")


def _check_payload(parameter: Node) -> None:
    parameter.text("payload", most=256)


def _check_coupon(parameter: Node) -> None:
    parameter.text("coupon_code", most=15)


def _said(parameter: Node) -> str:
    """What stands in the text for the parameter."""
    value = parameter.value
    inner = value.get(value["type"].lower(), "")
    return str(inner["fallback_value"] if isinstance(inner, dict) and "fallback_value" in inner else inner)


_CHECKS: Mapping[str, Callable[[Node], None]] = {
    "text": _check_text,
    "currency": _check_currency,
    "date_time": _check_date_time,
    "payload": _check_payload,
    "coupon_code": _check_coupon,
}
