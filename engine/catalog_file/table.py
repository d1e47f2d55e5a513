"""The file as a table: bytes to text, text to rows that know their line and their column names."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DELIMITERS = ",;\t|"
HEADER_WITHIN = 10  # rows; exports put a title or instructions above the header, never a page
_SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive; open it and save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); open it and save the sheet as CSV (UTF-8)"),
    (b"%PDF", "a PDF; export the catalogue as CSV"),
    (b"\x89PNG", "a picture; export the catalogue as CSV"),
    (b"\xff\xd8\xff", "a picture; export the catalogue as CSV"),
    (b"GIF8", "a picture; export the catalogue as CSV"),
    (b"RIFF", "a picture or a recording; export the catalogue as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
)
_MARKUP = (
    ("<", "XML or HTML; export the catalogue as CSV"),
    ("{", "JSON; export the catalogue as CSV"),
    ("[", "JSON; export the catalogue as CSV"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE = re.compile(r"\Asep=(?P<delimiter>.)\r?\n", re.IGNORECASE)

csv.field_size_limit(10_000_000)  # a description may hold a whole page of HTML; the default is 128 KB


class NotATableError(ValueError):
    """Raised when a file is no CSV text at all; the message says what it is and what to do."""


class MalformedRowError(ValueError):
    """Raised for a row that is no CSV; `line` is where the row begins."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record, stripped, and the line on which it begins (counted from 1)."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)

    @property
    def is_comment(self) -> bool:
        """Whether it explains the columns, as the row of `# Required | ...` in Meta's template."""
        return not self.is_blank and all(cell.startswith("#") for cell in self.cells if cell)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with its mark, else what old Excel writes (Windows-1252)."""
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise NotATableError(f"this is {what}")
    try:
        return content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise NotATableError("this is no text file; export the catalogue as CSV (UTF-8)") from None
        return content.decode("cp1252", errors="replace")


def normal_name(name: str) -> str:
    """A column's name as the readers know it.

    >>> normal_name(" Variant Inventory Qty "), normal_name("g:item group id"), normal_name("Colour")
    ('variant_inventory_qty', 'item_group_id', 'color')
    """
    plain = re.sub(r"[\s_-]+", "_", name.strip().casefold().removeprefix("g:"))
    return plain.replace("colour", "color")


def rows(text: str, delimiter: str) -> Iterator[Row | MalformedRowError]:
    """The records of `text`, each with its first line; a malformed one as the error that says so."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield MalformedRowError(line, _malformed(str(error)))
        else:
            yield Row(line, tuple(map(str.strip, record)))


def _malformed(reason: str) -> str:
    if "unexpected end of data" in reason:
        return 'a quotation mark (") opens in this row and never closes'
    if "expected after" in reason:
        return 'text follows a closing quotation mark ("); write a " inside a quoted cell as ""'
    return f"this row is no CSV ({reason})"


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file whose header was found: the columns by their normal name, and the rows below it."""

    columns: Mapping[str, int]
    names: tuple[str, ...]
    header_line: int
    text: str
    delimiter: str

    @property
    def body(self) -> Iterator[Row | MalformedRowError]:
        """The rows below the header without blank rows and comments."""
        for row in rows(self.text, self.delimiter):
            if row.line <= self.header_line:
                continue
            if isinstance(row, Row) and (row.is_blank or row.is_comment):
                continue
            yield row

    def name(self, column: str) -> str:
        """How the file itself writes the name of `column`."""
        return self.names[self.columns[column]] if column in self.columns else column


def open_table(content: str | bytes, known: frozenset[str]) -> Table:
    """Find delimiter and header: the first row that names most of the `known` columns.

    Raises NotATableError where there is no such row.
    """
    text = decode(content) if isinstance(content, bytes) else content.removeprefix("\ufeff")
    if not text.strip():
        raise NotATableError("the file is empty; export the catalogue again")
    for start, what in _MARKUP:
        if text.lstrip().startswith(start):
            raise NotATableError(f"this is {what}")
    tables = [_header(text, delimiter) for delimiter in _delimiters(text)]
    best = max(tables, key=lambda table: len(known & table.columns.keys()))
    if not known & best.columns.keys():
        raise NotATableError(_no_header(best))
    return best


def _delimiters(text: str) -> str:
    """Excel's first line `sep=;` settles the delimiter; else all are tried."""
    settled = _SEPARATOR_LINE.match(text)
    return settled["delimiter"] if settled else DELIMITERS


def _header(text: str, delimiter: str) -> Table:
    """The table under its first row that is neither blank, nor comment, nor `sep=`."""
    for row, _ in zip(rows(text, delimiter), range(HEADER_WITHIN), strict=False):
        if isinstance(row, Row) and not row.is_blank and not row.is_comment and not _is_separator(row, delimiter):
            columns: dict[str, int] = {}
            for index, name in enumerate(row.cells):
                columns.setdefault(normal_name(name), index)
            columns.pop("", None)
            return Table(columns, row.cells, row.line, text, delimiter)
    return Table({}, (), 0, text, delimiter)


def _is_separator(row: Row, delimiter: str) -> bool:
    return row.line == 1 and row.cells[0].casefold() in {"sep=", f"sep={delimiter}"}


def _no_header(table: Table) -> str:
    found = ", ".join(name for name in table.names if name)[:200] or "nothing"
    return (
        "the first row must name the columns, as in Meta's catalogue feed (id, title, price, ...) or in Shopify's "
        f"product export (Handle, Title, Variant SKU, ...); found: {found}"
    )
