"""Reads what sellers already have: Meta's commerce catalogue feed and Shopify's product export, as CSV."""

from datetime import UTC, datetime
from pathlib import Path

from engine.catalog import Variant
from engine.catalog_file import meta, shopify
from engine.catalog_file.builder import CatalogBuilder, CatalogFile, CatalogFormat
from engine.catalog_file.cells import Cells
from engine.catalog_file.problem import CatalogFileError, Problem
from engine.catalog_file.table import MalformedRowError, NotATableError, Table, open_table

__all__ = ["CatalogFile", "CatalogFileError", "CatalogFormat", "Problem", "parse_catalog", "read_catalog"]

DEFAULT_CURRENCY = "INR"


def parse_catalog(
    content: str | bytes,
    source: str,
    default_currency: str = DEFAULT_CURRENCY,
    *,
    at: datetime | None = None,
) -> CatalogFile:
    """Read the text or bytes of a catalogue file; never raises, every fault is in `problems`.

    Args:
        content: the file's content. Bytes are decoded: UTF-8, UTF-16 with its mark, or Windows-1252.
        source: the file's name, for messages.
        default_currency: the currency of prices that name none (all of Shopify's).
        at: when sale prices with a period are looked at; now, if left out.
    """
    try:
        table = open_table(content, meta.COLUMNS | shopify.COLUMNS)
        layout = _layout(table)
    except NotATableError as error:
        return CatalogFile((), (Problem(source, 0, "", "", str(error)),))
    return _read(table, layout, source, default_currency, at or datetime.now(UTC))


def read_catalog(
    path: Path,
    *,
    skip_bad_rows: bool = False,
    default_currency: str = DEFAULT_CURRENCY,
) -> tuple[Variant, ...]:
    """The variants of a catalogue file.

    Raises CatalogFileError where a row is bad (unless `skip_bad_rows`) or the file holds no variant.
    """
    file = parse_catalog(path.read_bytes(), path.name, default_currency)
    if file.problems and not (skip_bad_rows and file.variants):
        raise CatalogFileError(file.problems)
    return file.variants


def _layout(table: Table) -> CatalogFormat:
    has = table.columns.keys()
    if has & set(shopify.HANDLE) and "title" in has:
        return CatalogFormat.SHOPIFY
    if not has & set(meta.SKU):
        raise NotATableError("there is no column 'id' (the SKU), nor Shopify's 'Handle'; " + _found(table))
    if not has & set(meta.TITLE):
        raise NotATableError("there is no column 'title'; " + _found(table))
    return CatalogFormat.META


def _found(table: Table) -> str:
    return f"found: {', '.join(filter(None, table.names))[:200]}"


def _read(table: Table, layout: CatalogFormat, source: str, currency: str, at: datetime) -> CatalogFile:
    builder = CatalogBuilder(layout)
    shop = shopify.ShopifyRows(builder, currency, table.columns)
    for row in table.body:
        if isinstance(row, MalformedRowError):
            builder.reject(Problem(source, row.line, "", "", str(row)))
        elif layout is CatalogFormat.SHOPIFY:
            shop.add(Cells(row, table, source))
        else:
            meta.add_row(Cells(row, table, source), builder, currency, at)
    return _not_empty(builder.build(), source)


def _not_empty(file: CatalogFile, source: str) -> CatalogFile:
    if file.variants or file.problems:
        return file
    why = "all its products are archived or drafts" if file.left_out else "it has a header and no rows"
    nothing = Problem(source, 0, "", "", f"the catalogue holds no product: {why}")
    return CatalogFile((), (nothing,), file.format, file.left_out)
