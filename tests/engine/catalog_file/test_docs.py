"""docs/catalog-files.md says what the readers do."""

import re
from pathlib import Path

from engine.catalog_file import meta, parse_catalog, shopify
from engine.catalog_file.table import normal_name

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "catalog-files.md").read_text(encoding="utf-8")


def test_every_column_that_is_known_is_documented() -> None:
    # "`Option1 Name`, `Option1 Value` … 3" stands for all three numbers.
    documented = {normal_name(name) for name in re.findall(r"`([^`\n]+)`", PAGE)}

    assert (meta.COLUMNS | shopify.COLUMNS) - documented == set()


def test_the_example_is_read_as_the_page_says() -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)

    file = parse_catalog(example, "products.csv")

    assert not file.problems
    assert [variant.aliases for variant in file.variants] == [
        ("laal gulab", "red rose", "gulab", "phool"),
        ("safed gulab", "gulab", "phool"),
    ]


def test_the_messages_on_the_page_are_those_that_are_given() -> None:
    rows = "id,title,price\nROSE-R,Gulab,1 INR\n"
    rows += "".join(f"A{n},x,1 INR\n" for n in range(4)) + "B,x,ask me\n"
    rows += "".join(f"C{n},x,1 INR\n" for n in range(4)) + "ROSE-R,x,1 INR\n"

    messages = [str(problem) for problem in parse_catalog(rows, "products.csv").problems]

    assert len(messages) == 2
    assert all(message in PAGE for message in messages)
