"""Attributes that are found out when they are first asked for."""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

_Owner = TypeVar("_Owner")
_Found = TypeVar("_Found")


class lazy(Generic[_Owner, _Found]):  # noqa: N801 - it stands where `property` does
    """Like `functools.cached_property`, which in Python 3.11 takes a lock for each.

    Two threads that ask at once may both find the same out, which does no harm.
    """

    def __init__(self, find: Callable[[_Owner], _Found]) -> None:
        """Find it out so."""
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: _Owner, owner: type) -> _Found: ...

    def __get__(self, instance: _Owner | None, owner: type) -> Self | _Found:
        if instance is None:
            return self
        found = self._find(instance)
        vars(instance)[self._name] = found  # from now on an attribute like any other
        return found
