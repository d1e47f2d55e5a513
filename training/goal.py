"""What the engine is wanted to reach, and what it reaches: the table at the head of the report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.table import Table

from training.cause import causes
from training.reading import ShopReading
from training.score import Figures, figures

BENCHMARK_KINDS = frozenset({"hard", "everyday"})
HEADINGS = ("on", "figure", "wanted", "reached", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with what is wanted of it. `reached` is None where it was not measured, and `note` says why.

    `at_most` is set for what should be small. `errors` is what keeps it from being better, by kind.
    """

    on: str
    figure: str
    wanted: float
    reached: float | None = None
    at_most: bool = False
    note: str = ""
    errors: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool:
        """Whether the figure was measured and is as wanted."""
        if self.reached is None:
            return False
        return self.reached <= self.wanted if self.at_most else self.reached >= self.wanted

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table, without marks."""
        verdict = "" if self.reached is None else "yes" if self.is_reached else "no"
        reached = self.note if self.reached is None else _number(self.reached) + (self.note and f" ({self.note})")
        return self.on, self.figure, f"{'≤' if self.at_most else '≥'} {_number(self.wanted)}", reached, verdict


def _number(value: float) -> str:
    return f"{value:.4f}" if 0 < value < 0.01 else f"{value:.3f}"


@dataclass(frozen=True, slots=True)
class _Wanted:
    on: str
    shops: Callable[[ShopReading], bool]
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]


def _wanted_of_shop(name: str, at_least: Mapping[str, float]) -> _Wanted:
    return _Wanted(name, lambda reading: reading.shop.name == name, at_least, {})


_HARD = {"order_exact_of_orders": 0.50, "line_f1": 0.78}
_WANTED = (
    _wanted_of_shop("plants", {"order_exact": 0.90, "line_f1": 0.95, "full_exact": 0.75}),
    *(_wanted_of_shop(name, _HARD) for name in ("grocery", "kurti", "bakery", "mobile")),
    _Wanted(
        "all five",
        lambda reading: reading.shop.kind in BENCHMARK_KINDS,
        {"field_f1": 0.90, "intent_accuracy": 0.88, "buying_f1": 0.92, "coverage_at_0.98": 0.40},
        {"wrong_sku_rate": 0.03, "false_order_rate": 0.05, "line_confidence_ece": 0.05},
    ),
)


def goals_of_shops(readings: Sequence[ShopReading]) -> list[Goal]:
    """The goals for the benchmark's shops."""
    return [goal for wanted in _WANTED for goal in _goals(wanted, [r for r in readings if wanted.shops(r)])]


def _goals(wanted: _Wanted, readings: Sequence[ShopReading]) -> Iterable[Goal]:
    reached: Figures = figures([reading.score for reading in readings]) if readings else {}
    note = "" if readings else "no such chats here"
    for at_most, limits in ((False, wanted.at_least), (True, wanted.at_most)):
        for name, value in limits.items():
            yield Goal(wanted.on, name, value, reached.get(name), at_most, note, causes(name, readings))


def as_table(goals: Sequence[Goal]) -> Table:
    """The goals for a terminal."""
    table = Table(*HEADINGS[:2], header_style="bold")
    for heading in HEADINGS[2:]:
        table.add_column(heading, justify="right")
    for goal in goals:
        color = "dim" if goal.reached is None else "green" if goal.is_reached else "red"
        on, figure, wanted, reached, verdict = goal.cells
        table.add_row(on, figure, wanted, f"[{color}]{reached}", f"[{color}]{verdict}")
    return table


def as_markdown(goals: Sequence[Goal]) -> str:
    """The goals as a Markdown table."""
    lines = [f"| {' | '.join(HEADINGS)} |", "|---|---|---:|---:|---|"]
    lines += [f"| {' | '.join(goal.cells)} |" for goal in goals]
    return "\n".join(lines) + "\n"
