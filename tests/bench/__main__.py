"""`make bench`: runs every module beside this one and prints what it measured.

Each module has `run()`, which gives rows of (what, value, unit) and keeps itself within a minute or two.
`make bench ARGS=reading` runs one of them. Those of `ON_REQUEST` run only when they are named.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

ON_REQUEST = frozenset({"million"})
NO_MEASURES = frozenset({"made_up"})

Row = tuple[str, float, str]


def main(names: Iterable[str]) -> None:
    """Run the modules of these names and print one table."""
    table = Table("what", header_style="bold")
    table.add_column("value", justify="right")
    table.add_column("unit")
    console = Console()
    for name in names:
        with Console(stderr=True).status(f"Measuring {name} ..."):
            rows: list[Row] = list(import_module(f"tests.bench.{name}").run())
        for what, value, unit in rows:
            table.add_row(what, _readable(value), unit)
        table.add_section()
    console.print(table)


def _readable(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _all_names() -> list[str]:
    names = {path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")}
    return sorted(names - ON_REQUEST - NO_MEASURES)


if __name__ == "__main__":
    main(sys.argv[1:] or _all_names())
