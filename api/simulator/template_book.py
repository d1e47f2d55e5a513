"""The templates of WhatsApp Business Accounts, as Graph lists them."""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping

from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError
from api.simulator.json_value import Json

NAME_LENGTH = 512
BODY_LENGTH = 1024
_CATEGORIES = ("authentication", "marketing", "utility")
_COMPONENTS = ("header", "body", "footer", "buttons", "carousel", "limited_time_offer", "call_permission_request")
_NAME = re.compile(r"[a-z0-9_]+")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
HELLO_WORLD: Json = {
    "name": "hello_world",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
        {"type": "BODY", "text": "Welcome and congratulations!! This message demonstrates your ability to send one."},
        {"type": "FOOTER", "text": "WhatsApp Business Platform sample message"},
    ],
}


def variables(text: str) -> list[str]:
    """The names of a text's variables, each once, in their order.

    >>> variables("Dear {{1}}, {{2}} is ready, {{1}}")
    ['1', '2']
    """
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced.

    >>> filled("Dear {{1}}", {"1": "Asha"})
    'Dear Asha'
    """
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


class TemplateBook:
    """Templates by WABA; each has an id, a status and a quality."""

    def __init__(self, templates: Mapping[str, Iterable[Json]]) -> None:
        self._templates: dict[str, list[Json]] = {}
        for waba_id, rows in templates.items():
            for row in rows:
                self.put(waba_id, row)

    def put(self, waba_id: str, template: Json) -> Json:
        """Add a template, or replace the one of the same name and language."""
        kept = {"status": "APPROVED", "category": "UTILITY", "components": [], "parameter_format": "POSITIONAL"}
        row = kept | {"id": _new_id(), "quality_score": {"score": "UNKNOWN"}} | template
        rows = self._templates.setdefault(waba_id, [])
        rows[:] = [each for each in rows if _key(each) != _key(row)] + [row]
        return row

    def rows(self, waba_id: str) -> list[Json]:
        """All templates of a WABA."""
        return list(self._templates.get(waba_id, ()))

    def find(self, waba_id: str, name: str, language: str) -> Json:
        """The template to send; raise GraphError where it is unknown, paused or disabled."""
        for row in self.rows(waba_id):
            if _key(row) == (name, language):
                return _usable(row)
        raise GraphError(132001, f"template name ({name}) does not exist in {language}", status=404)

    def by_id(self, template_id: str) -> Json | None:
        """The template with this id."""
        return next((row for rows in self._templates.values() for row in rows if row["id"] == template_id), None)

    def create(self, waba_id: str, request: Json) -> Json:
        """Add what a business asks for; raise GraphError where Meta would not take it."""
        node = Node(request)
        name = node.text("name", most=NAME_LENGTH)
        if not _NAME.fullmatch(name):
            raise GraphError(100, "Param name can only have lowercase letters, digits and underscores.")
        language = node.text("language")
        category = node.word("category", _CATEGORIES)
        if any(_key(row) == (name, language) for row in self.rows(waba_id)):
            raise GraphError(100, f"There is already {language} content for this template: {name}.")
        _check_components(node.nodes("components"))
        row = {"name": name, "language": language, "category": category.upper(), "components": request["components"]}
        return self.put(waba_id, row | {"status": "PENDING"})

    def delete(self, waba_id: str, name: str) -> bool:
        """Forget a template in all languages; whether there was one."""
        rows = self._templates.get(waba_id, [])
        left = [row for row in rows if row["name"] != name]
        self._templates[waba_id] = left
        return len(left) < len(rows)


def _check_components(components: list[Node]) -> None:
    kinds = [component.word("type", _COMPONENTS) for component in components]
    if kinds.count("body") != 1:
        raise GraphError(100, "A template must have one component of type BODY.")
    for component, kind in zip(components, kinds, strict=True):
        if kind == "body":
            _check_body(component)
        elif kind == "buttons":
            for button in component.nodes("buttons", most=10):
                button.text("text", most=25)


def _check_body(body: Node) -> None:
    text = body.text("text", most=BODY_LENGTH)
    if names := variables(text):
        if names[0].isdigit() and names != [str(number + 1) for number in range(len(names))]:
            raise GraphError(100, f"The variables of {body.place('text')} must be numbered from 1 without a gap.")
        if not body.has("example"):
            raise GraphError(100, f"Message templates with variables need {body.place('example')}.")


def _usable(row: Json) -> Json:
    name = row["name"]
    if row["status"] == "PAUSED":
        raise GraphError(132015, f"template ({name}) is paused due to low quality")
    if row["status"] == "DISABLED":
        raise GraphError(132016, f"template ({name}) is disabled due to low quality")
    if row["status"] != "APPROVED":
        raise GraphError(132001, f"template name ({name}) is {row['status']} in {row['language']}", status=404)
    return row


def _key(row: Json) -> tuple[str, str]:
    return row["name"], row["language"]


def _new_id() -> str:
    return str(secrets.randbelow(9 * 10**14) + 10**14)


def pages_of(rows: Iterable[Json], wanted: Mapping[str, str]) -> Iterator[Json]:
    """The rows whose fields have the values that a list is asked for, such as `status=APPROVED`."""
    asked = {key: value.upper() for key, value in wanted.items() if key in {"name", "language", "status", "category"}}
    return (row for row in rows if all(str(row[key]).upper() == value for key, value in asked.items()))
