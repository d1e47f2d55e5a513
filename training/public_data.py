"""Other people's data that we measure on: read in place, never copied, never learned from.

It lies beside the project, in `../shared/benchmark/public`; the report has a row that says so where it does not.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.conversation import Message, MessageKind, Sender

PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "benchmark" / "public"
_START = datetime(2026, 3, 2, 10, tzinfo=UTC)

Advance = Callable[[], None]


@dataclass(slots=True)
class Count:
    """How often a yes-or-no reading was right, wrongly yes, wrongly no."""

    right: int = 0
    false: int = 0
    missing: int = 0

    def add(self, gold: bool, predicted: bool) -> None:
        """Count one reading."""
        self.right += gold and predicted
        self.false += predicted and not gold
        self.missing += gold and not predicted

    @property
    def f1(self) -> float:
        """F1; 0 where nothing was there and nothing found."""
        every = 2 * self.right + self.false + self.missing
        return 2 * self.right / every if every else 0.0


def rows_of(path: Path, *, quoted: bool) -> Iterator[Mapping[str, str]]:
    """The rows of a tab-separated file by its header; `quoted` where fields may stand in quotation marks."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)


def said(minute: int, text: str) -> Message:
    """A customer's message, `minute` minutes into its chat."""
    return Message(str(minute), Sender.CUSTOMER, _START + timedelta(minutes=minute), text=text)


def unheard(minute: int) -> Message:
    """A message of the shop whose words are not handed down."""
    return Message(f"shop {minute}", Sender.BUSINESS, _START + timedelta(minutes=minute), MessageKind.AUDIO)
