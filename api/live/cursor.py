"""How far somebody has heard what changed."""

from dataclasses import dataclass
from typing import Self

_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """All that transactions before `horizon` changed was heard, by the database's clock at `at` (Unix seconds).

    What later transactions changed may have been heard too: hearing it twice does no harm. An id of a change
    would not do: ids are given before the transactions are committed, and an earlier id may come later.
    """

    horizon: int
    at: int

    def __str__(self) -> str:
        return f"{self.horizon}-{self.at}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor that was written so; None where it is none of ours.

        >>> Cursor.parse(str(Cursor(812, 1795424400)))
        Cursor(horizon=812, at=1795424400)
        >>> Cursor.parse("yesterday")
        """
        horizon, dash, at = text.partition("-")
        parts = (horizon, at)
        if not dash or not all(part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS for part in parts):
            return None
        return cls(int(horizon), int(at))
