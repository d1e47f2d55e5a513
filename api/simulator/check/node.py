"""A JSON object of a request, read field by field; what is wrong is raised in Meta's words, with its place."""

from collections.abc import Iterator, Sequence
from typing import Any, Self

from api.simulator.graph_error import GraphError
from api.simulator.json_value import Json


class Node:
    """The object `value` at `path`, as Meta writes places: `interactive['action']['buttons'][0]`."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise GraphError(100, f"Param {path} must be a JSON object.")
        self.value: Json = value
        self.path = path

    def place(self, name: str) -> str:
        """How Meta names a field of this object."""
        return f"{self.path}['{name}']" if self.path else name

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.value.get(name) is not None

    def any(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """A field that must be there."""
        if not self.has(name):
            raise GraphError(131008, f"The parameter {self.place(name)} is required.")
        return self.value[name]

    def text(self, name: str, *, most: int | None = None, may_be_empty: bool = False) -> str:
        """A text that must be there, of at most so many characters."""
        value = self.any(name)
        if not isinstance(value, str):
            raise GraphError(100, f"Param {self.place(name)} must be a string.")
        if not (value.strip() or may_be_empty):
            raise GraphError(131008, f"The parameter {self.place(name)} is required.")
        if most is not None and len(value) > most:
            raise GraphError(100, f"Param {self.place(name)} must be at most {most} characters long.")
        return value

    def optional_text(self, name: str, *, most: int | None = None) -> str | None:
        """A text that may be missing."""
        return self.text(name, most=most, may_be_empty=True) if self.has(name) else None

    def word(self, name: str, choices: Sequence[str]) -> str:
        """One of some words, in small letters; Meta takes them in capitals as well."""
        value = self.text(name)
        if value.lower() not in choices:
            listed = ", ".join(choice.upper() for choice in choices)
            raise GraphError(100, f'Param {self.place(name)} must be one of {{{listed}}} - got "{value}".')
        return value.lower()

    def whole(self, name: str, *, least: int) -> int:
        """A whole number, at least `least`."""
        value = self.any(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise GraphError(131009, f"Param {self.place(name)} must be a whole number of at least {least}.")
        return value

    def node(self, name: str) -> Self:
        """An object that must be there."""
        return type(self)(self.any(name), self.place(name))

    def optional_node(self, name: str) -> Self | None:
        """An object that may be missing."""
        return self.node(name) if self.has(name) else None

    def nodes(self, name: str, *, least: int = 1, most: int | None = None) -> list[Self]:
        """An array of objects, of `least` to `most`."""
        values = self.array(name)
        if len(values) < least or (most is not None and len(values) > most):
            bounds = f"Min length: {least}" + (f", Max length: {most}" if most is not None else "")
            raise GraphError(131009, f"{self.place(name)} has {len(values)} items. {bounds}.")
        return [type(self)(value, f"{self.place(name)}[{index}]") for index, value in enumerate(values)]

    def array(self, name: str) -> list[Any]:
        """An array that must be there."""
        values = self.any(name)
        if not isinstance(values, list):
            raise GraphError(100, f"Param {self.place(name)} must be an array.")
        return values

    def only(self, *names: str) -> None:
        """Refuse any other field than these."""
        for key in self._others(names):
            raise GraphError(100, f'Unexpected key "{key}" on param "{self.path}".')

    def _others(self, names: Sequence[str]) -> Iterator[str]:
        return (key for key in self.value if key not in names)


def must_differ(values: Sequence[str], what: str) -> None:
    """Refuse values that occur twice."""
    for value in values:
        if values.count(value) > 1:
            raise GraphError(131009, f"{what} must be unique; {value!r} occurs twice.")
