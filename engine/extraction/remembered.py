"""What was made of the latest messages, kept at hand: a chat is read again with each message that it gets."""

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, Protocol, TypeVar

MOST = 120  # messages of all chats; what is kept is looked through whenever garbage is searched for
_LONGEST = 1000  # characters; longer messages are rare, and what is made of them is large


class _Said(Protocol):
    @property
    def size(self) -> int:
        """The characters of its message."""


_Subject = TypeVar("_Subject", bound=_Said)
_Rest = ParamSpec("_Rest")
_Made = TypeVar("_Made")


def remembered(
    make: Callable[Concatenate[_Subject, _Rest], _Made], most: int = MOST
) -> Callable[Concatenate[_Subject, _Rest], _Made]:
    """A function that makes the same of the same; for the latest messages, `most` of them, it does so once."""
    kept = lru_cache(maxsize=most)(make)

    def made(subject: _Subject, /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> _Made:
        if subject.size > _LONGEST:
            return make(subject, *args, **kwargs)
        return kept(subject, *args, **kwargs)  # type: ignore[arg-type] # all that is read of messages can be a key

    return made
