"""Cells that a spreadsheet shows and never runs: what looks like a formula begins with an apostrophe."""

import re

# OWASP's list; apostrophes before it are ours from an earlier escape, or the seller's own.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def escape(cell: str) -> str:
    """A cell that is safe to open in a spreadsheet.

    >>> escape("=1+1"), escape("Kurti"), escape("'=1+1")
    ("'=1+1", 'Kurti', "''=1+1")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    """The cell that was escaped.

    >>> unescape("'=1+1"), unescape("Kurti"), unescape("'quoted'")
    ('=1+1', 'Kurti', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
