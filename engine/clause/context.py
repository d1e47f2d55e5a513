"""What a message may refer back to."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.act import NO_VALUES


class Context(NamedTuple):
    """Products that have been talked of, by group.

    `groups` are the latest first; `quoted` are those of the quoted message; `ordered` stand on the draft;
    of the `open` ones one is to be chosen. `said` are the options of what was ordered last.
    """

    groups: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    ordered: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    said: Mapping[str, frozenset[str]] = NO_VALUES

    def nearest(self, inherited: tuple[int, ...], talked_of: int | None = None) -> Iterator[int]:
        """All of them once, the nearest first, behind those `inherited` in the message itself.

        `talked_of` bounds how many that were just talked of count.
        """
        yield from dict.fromkeys((*inherited, *self.quoted, *self.groups[:talked_of], *self.open, *self.ordered))
