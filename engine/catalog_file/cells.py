"""One row's cells, read by column into values; what is wrong is kept, not raised."""

import html
import re
from datetime import datetime

from engine.catalog_file.problem import Problem
from engine.catalog_file.table import Row, Table
from engine.money import Money

# Signs that mean one currency only. "$" and "Rs" mean many: they take the file's default.
_SIGNS = {"₹": "INR", "€": "EUR", "£": "GBP", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND", "₺": "TRY"}
_SIGNS |= {"R$": "BRL", "Rp": "IDR", "RM": "MYR", "KSh": "KES", "৳": "BDT"}
_LEADING = re.compile(r"^\s*(?P<sign>[^\d\s.,+-]+(?:\.(?=\s*\d))?)\s*(?P<rest>[\d.].*)$")
_CODE = re.compile(r"[A-Za-z]{3}")
_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?")
_TAG = re.compile(r"<[^>]*>")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")


def plain_text(markup: str) -> str:
    """HTML as one line of words.

    >>> plain_text("<p>Soft &amp; <b>light</b></p><p>Cotton</p>")
    'Soft & light Cotton'
    """
    if "<" not in markup and "&" not in markup:
        return markup
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def names(text: str) -> tuple[str, ...]:
    """Names divided by `|`.

    >>> names("laal dress | red frock|")
    ('laal dress', 'red frock')
    """
    return tuple(name.strip() for name in text.split("|") if name.strip())


class Cells:
    """A row of a table. Each reader gives the value of a column, or None and adds to `problems`."""

    def __init__(self, row: Row, table: Table, source: str) -> None:
        self.line = row.line
        self.problems: list[Problem] = []
        self._cells = row.cells
        self._table = table
        self._source = source
        extra = [cell for cell in row.cells[len(table.names) :] if cell]
        if extra:
            self.blame(
                "",
                f"this row has {len(row.cells)} cells, the header {len(table.names)}; "
                "put a cell that holds the delimiter into quotation marks",
                value=extra[0],
            )

    def text(self, *columns: str) -> str:
        """The first of these columns that the file has and that is filled, else ""."""
        for column in columns:
            index = self._table.columns.get(column)
            if index is not None and index < len(self._cells) and self._cells[index]:
                return self._cells[index]
        return ""

    def required(self, *columns: str) -> str:
        """As `text`; nothing there is a problem."""
        value = self.text(*columns)
        if not value:
            present = next((column for column in columns if column in self._table.columns), columns[0])
            self.blame(present, f"{self._table.name(present)} is empty; every row needs one")
        return value

    def price(self, column: str, default_currency: str) -> Money | None:
        """A price with or without its currency; None where empty."""
        value = self.text(column)
        if not value:
            return None
        try:
            return Money.parse(_amount_first(value), default_currency)
        except ValueError as error:
            message = str(error).replace(repr(_amount_first(value)), repr(value))
            self.blame(column, message, value=value)
            return None

    def count(self, *columns: str) -> int | None:
        """A whole number, zero or more; None where empty."""
        value = self.text(*columns)
        if not value:
            return None
        column = next(column for column in columns if self.text(column))
        if not _WHOLE.fullmatch(value.replace(",", "")):
            self.blame(column, f"{value!r} is not a whole number", value=value)
            return None
        count = int(float(value.replace(",", "")))
        if count < 0:
            self.blame(column, f"the stock {value} is below zero; write 0, or leave it empty if you do not count it")
            return None
        return count

    def period_covers(self, column: str, at: datetime) -> bool:
        """Whether `at` lies in a period as Meta writes it (`2026-03-01T00:00+05:30/2026-03-07T23:59+05:30`).

        An empty cell is no limit; an unreadable one is a problem.
        """
        value = self.text(column)
        bounds = _TIME.findall(value)
        if not value:
            return True
        if len(bounds) != 2:
            self.blame(column, f"{value!r} is not a period; write it like 2026-03-01T00:00Z/2026-03-07T23:59Z")
            return False
        begin, end = (_moment(bound, at) for bound in bounds)
        return begin <= at <= end

    def blame(self, column: str, message: str, *, value: str | None = None) -> None:
        """Note that the cell in `column` is wrong."""
        found = self.text(column) if value is None else value
        self.problems.append(Problem(self._source, self.line, self._table.name(column), found, message))


def _moment(text: str, like: datetime) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=like.tzinfo)


def _amount_first(text: str) -> str:
    """`₹ 499`, `INR 499` and `Rs. 499` as `499 INR`; a sign of many currencies is left out."""
    match = _LEADING.match(text)
    if not match:
        return text
    sign = match["sign"]
    code = _SIGNS.get(sign) or (sign if _CODE.fullmatch(sign) else "")
    known = code or sign.rstrip(".").casefold() in {"rs", "$"}
    return f"{match['rest']} {code}".strip() if known else text
