"""Python in the documentation runs, and prints what is said to be its output."""

import contextlib
import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import PAGES, ROOT, blocks, name

CODE = {page: found for page in PAGES if (found := [block for block in blocks(page) if block.language == "python"])}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that the pages speak of."""
    (tmp_path / "datasets").symlink_to(ROOT / "datasets")
    for file in ("products.csv", "shopify.csv"):
        shutil.copy(ROOT / "datasets" / "demo" / "catalog.csv", tmp_path / file)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("page", CODE, ids=name)
@pytest.mark.usefixtures("files")
def test_python_on_a_page_runs_from_its_top_to_its_end(page: Path) -> None:
    names: dict[str, Any] = {}
    for block in CODE[page]:
        printed = io.StringIO()
        # Blank lines before it give errors the page's own line numbers.
        code = compile("\n" * block.line + block.code, str(page), "exec")
        with contextlib.redirect_stdout(printed):
            exec(code, names)  # noqa: S102 - our own pages
        assert block.output is None or printed.getvalue() == block.output


def test_the_readme_shows_the_engine_with_its_output() -> None:
    assert any(block.output for block in CODE[ROOT / "README.md"])
