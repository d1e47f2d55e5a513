"""Bad files: each fault is named by file, line and column, and the good rows stay."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import Catalog
from engine.catalog_file import CatalogFileError, parse_catalog, read_catalog

HEADER = "id,title,availability,price,inventory\n"


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",Soap,in stock,40 INR,1", "id", "id is empty"),
        ("S2,,in stock,40 INR,1", "title", "title is empty"),
        ("S2,Soap,in stock,cheap,1", "price", "'cheap' is not a price"),
        ("S2,Soap,in stock,40.123 INR,1", "price", "more decimals"),
        ("S2,Soap,maybe,40 INR,1", "availability", "'maybe' is not an availability"),
        ("S2,Soap,in stock,40 INR,-2", "inventory", "below zero"),
        ("S2,Soap,in stock,40 INR,few", "inventory", "'few' is not a whole number"),
        ("S1,Soap,in stock,40 INR,1", "id", "already in line 2"),
        ("S2,Soap, bath,in stock,40 INR,1", "", "6 cells, the header 5"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(row: str, column: str, says: str) -> None:
    file = parse_catalog(f"{HEADER}S1,Oil,in stock,90 INR,5\n{row}\nS9,Ghee,in stock,500 INR,5\n", "shop.csv")

    assert [variant.sku for variant in file.variants] == ["S1", "S9"]
    problems = [problem for problem in file.problems if says in problem.message]
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [("shop.csv", 3, column)]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    file = parse_catalog(f"{HEADER}S1,,maybe,cheap,-1\n", "shop.csv")

    assert {problem.column for problem in file.problems} == {"title", "availability", "price", "inventory"}


def test_lines_are_counted_as_an_editor_does_across_quoted_line_breaks() -> None:
    text = 'id,title,description,price\nS1,Soap,"two\nlines",40 INR\nS2,Oil,"and\r\nthree\nlines",bad\nS3,,x,1 INR\n'

    file = parse_catalog(text, "shop.csv")

    assert [(problem.line, problem.column) for problem in file.problems] == [(4, "price"), (7, "title")]


def test_the_column_is_named_as_the_file_names_it() -> None:
    (problem,) = parse_catalog("Handle,Title,Variant SKU,Variant Price\nsoap,Soap,S1,cheap\n", "s.csv").problems

    assert problem.column == "Variant Price"
    assert problem.value == "cheap"


@pytest.mark.parametrize(
    ("row", "says"),
    [('S2,"Soap,in stock,40 INR,1', "never closes"), ('S2,"Soap" bar,in stock,40 INR,1', "closing quotation mark")],
)
def test_broken_quotation_marks_are_told_at_the_line_where_they_open(row: str, says: str) -> None:
    file = parse_catalog(f"{HEADER}S1,Oil,in stock,90 INR,5\n{row}\n", "shop.csv")

    assert [(problem.line, says in problem.message) for problem in file.problems] == [(3, True)]
    assert [variant.sku for variant in file.variants] == ["S1"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?><rss/>", "XML"),
        (b'{"products": []}', "JSON"),
        (b"\x00\x01\x02\xff\xfe\xfd", "no text file"),
        (b"S1,Soap,40 INR\nS2,Oil,90 INR\n", "the first row must name the columns"),
        (b"title,price\nSoap,40 INR\n", "no column 'id'"),
        (b"id,price\nS1,40 INR\n", "no column 'title'"),
        (b"id,title,price\n", "a header and no rows"),
        (b"id,title,status\nS1,Soap,archived\n", "archived"),
        (b"12/03/26, 9:41 pm - Asha: hi\n", "the first row must name the columns"),
    ],
)
def test_what_is_no_catalogue_says_what_it_is(content: bytes, says: str) -> None:
    file = parse_catalog(content, "shop.csv")

    assert not file.variants
    (problem,) = file.problems
    assert (problem.file, problem.line) == ("shop.csv", 0)
    assert says in problem.message


def test_reading_a_file_with_bad_rows_raises_them_all_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(f"{HEADER}S1,Oil,in stock,cheap,5\nS2,,in stock,40 INR,1\nS3,Ghee,,1 INR,\n", encoding="utf-8")

    with pytest.raises(CatalogFileError) as raised:
        read_catalog(path)

    assert [problem.line for problem in raised.value.problems] == [2, 3]
    assert "shop.csv, line 2, column price: 'cheap' is not a price" in str(raised.value)
    assert "--skip-bad-rows" in str(raised.value)


def test_bad_rows_may_be_skipped_but_not_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(f"{HEADER}S1,Oil,in stock,cheap,5\nS3,Ghee,,1 INR,\n", encoding="utf-8")
    assert len(Catalog.from_csv(path, skip_bad_rows=True)) == 1

    path.write_text(f"{HEADER}S1,Oil,in stock,cheap,5\n", encoding="utf-8")
    with pytest.raises(CatalogFileError):
        Catalog.from_csv(path, skip_bad_rows=True)


def test_a_file_full_of_faults_is_told_in_a_page() -> None:
    file = parse_catalog(HEADER + "".join(f"S{n},,in stock,1 INR,1\n" for n in range(500)), "shop.csv")

    assert len(file.problems) == 500
    assert "... and 480 more" in str(CatalogFileError(file.problems))


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_no_content_makes_the_reader_crash(content: bytes | str) -> None:
    file = parse_catalog(content, "shop.csv")

    assert file.problems or file.variants


@given(st.text(max_size=200))
def test_no_rows_below_a_header_make_the_reader_crash(rows: str) -> None:
    file = parse_catalog(HEADER + rows, "shop.csv")

    assert file.problems or file.variants


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.dictionaries(CELL.filter(lambda sku: not sku.startswith("#")), CELL, min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_comes_back(titles: dict[str, str]) -> None:
    rows = "".join(f"{_quoted(sku)},{_quoted(title)}\r\n" for sku, title in titles.items())

    file = parse_catalog(f"id,title\r\n{rows}", "shop.csv")

    assert {variant.sku: variant.title for variant in file.variants} == titles


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
