"""What is found out once, when it is first asked for."""

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """A mapping that finds the value of a key that it has not yet.

    What finds it must not know who holds the mapping: they would keep each other alive.
    """

    def __init__(self, find: Callable[[_Key], _Value]) -> None:
        """Begin with nothing found."""
        super().__init__()
        self._find = find

    def __missing__(self, key: _Key) -> _Value:
        self[key] = found = self._find(key)
        return found
