"""The table of `make evaluate`: a row a shop and a row a group, on the terminal or as Markdown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from rich.table import Table

from training.reading import ShopReading
from training.score import Figures, figures

COLUMNS = {
    "chats": "chats",
    "order_exact": "order exact",
    "order_exact_of_orders": "of orders",
    "full_exact": "full exact",
    "line_f1": "line F1",
    "wrong_sku_rate": "wrong SKU",
    "false_order_rate": "false order",
    "field_f1": "field F1",
    "intent_accuracy": "intent",
    "buying_f1": "buying F1",
    "coverage_at_0.98": "cover .98",
    "line_confidence_ece": "line ECE",
    "milliseconds": "ms/chat",
}
LOWER_IS_BETTER = frozenset(("wrong_sku_rate", "false_order_rate", "line_confidence_ece", "milliseconds"))
WHOLE = frozenset(("chats",))
UNCOMPARED = frozenset(("chats", "milliseconds"))  # a clock's noise is no change
NOTABLE = 0.0005

_GROUPS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("hard", lambda kind: kind == "hard"),
    ("everyday", lambda kind: kind == "everyday"),
    ("benchmark", lambda kind: kind in {"hard", "everyday"}),
    ("own", lambda kind: kind == "own"),
    ("unseen", lambda kind: kind == "unseen"),
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The figures of one shop, or of one group of shops."""

    name: str
    is_group: bool
    figures: Figures


def report_rows(readings: Sequence[ShopReading]) -> list[ReportRow]:
    """A row for each shop, then, where there are several, one for each group that has a chat."""
    shops = dict.fromkeys(reading.shop.name for reading in readings)
    rows = [_row(name, False, (r for r in readings if r.shop.name == name)) for name in shops]
    groups = [_row(name, True, (r for r in readings if belongs(r.shop.kind))) for name, belongs in _GROUPS]
    return rows + [row for row in groups if row.figures["chats"] and len(shops) > 1]


def _row(name: str, is_group: bool, readings: Iterable[ShopReading]) -> ReportRow:
    taken = list(readings)
    milliseconds = mean(reading.milliseconds for reading in taken) if taken else 0.0
    return ReportRow(name, is_group, {**figures([r.score for r in taken]), "milliseconds": milliseconds})


def as_table(rows: Sequence[ReportRow], before: Mapping[str, Figures]) -> Table:
    """The report for a terminal; where `before` has a row of that name, with what has changed since."""
    table = Table(header_style="bold", row_styles=["", "on grey7"])
    table.add_column("shop")
    for title in COLUMNS.values():
        table.add_column(title, justify="right")
    for previous, row in zip([None, *rows], rows, strict=False):
        if previous and row.is_group and not previous.is_group:
            table.add_section()
        cells = (_cell(column, row.figures, before.get(row.name)) for column in COLUMNS)
        table.add_row(f"[bold]{row.name}" if row.is_group else row.name, *cells)
    return table


def _cell(column: str, now: Figures, before: Figures | None) -> str:
    text = _number(column, now[column])
    change = now[column] - before[column] if before and column in before else 0.0
    if abs(change) < NOTABLE or column in UNCOMPARED:
        return text
    better = (change < 0) == (column in LOWER_IS_BETTER)
    return f"{text}\n[{'green' if better else 'red'}]{_number(column, change, sign='+')}"


def _number(column: str, value: float, *, sign: str = "") -> str:
    if column in WHOLE:
        return f"{value:.0f}"
    return f"{value:{sign}.1f}" if column == "milliseconds" else f"{value:{sign}.3f}"


def as_markdown(rows: Sequence[ReportRow]) -> str:
    """The report as a Markdown table."""
    lines = [
        f"| shop | {' | '.join(COLUMNS.values())} |",
        f"|---|{'---:|' * len(COLUMNS)}",
    ]
    for row in rows:
        name = f"**{row.name}**" if row.is_group else row.name
        lines.append(f"| {name} | {' | '.join(_number(column, row.figures[column]) for column in COLUMNS)} |")
    return "\n".join(lines) + "\n"
