"""What is wrong in a catalogue file, said so that the seller can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a file. `line` counts from 1, as editors do; 0 is the file as a whole.

    `column` is the column's name as the file writes it, "" where the fault is not in one cell.
    """

    file: str
    line: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.message}"


class CatalogFileError(ValueError):
    """Raised when a catalogue file has bad rows, or cannot be read at all; `problems` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_advice(self.problems))


def _advice(problems: tuple[Problem, ...]) -> str:
    lines = [str(problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"... and {len(problems) - SHOWN} more")
    if all(problem.line for problem in problems):
        lines.append("Mend these rows and read the file again, or skip them (--skip-bad-rows, skip_bad_rows=True).")
    return "\n".join(lines)
