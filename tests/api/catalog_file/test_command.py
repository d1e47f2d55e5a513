"""`satyasell import-catalog` from the terminal."""

from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from api.catalog.models import Variant
from api.cli import app
from api.database import Database
from api.errors import OperatorError
from tests.factories import make_business

GOOD = "id,title,price\nTEA,Rose tea,250.00 INR\n"
BAD = "SALT,Salt,much\n"


@pytest.fixture
def database(fresh_database: Database, fresh_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DATABASE_URL", fresh_database_url)
    return fresh_database


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["import-catalog", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def skus(database: Database) -> list[str]:
    with database.transaction() as session:
        return list(session.scalars(select(Variant.sku)))


def test_file_is_imported_for_the_only_business(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        make_business(session)
    file = tmp_path / "tea.csv"
    file.write_text(GOOD)
    assert "SKUs: 1 would be added" in run(file, "--preview")
    assert skus(database) == []
    assert "SKUs: 1 added, 0 changed, 0 as before" in run(file)
    assert skus(database) == ["TEA"]


def test_bad_rows_are_named_and_stop_the_import_unless_skipped(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        make_business(session)
    file = tmp_path / "tea.csv"
    file.write_text(GOOD + BAD)
    with pytest.raises(OperatorError, match=r"tea.csv, line 3, column price: 'much' is not a price"):
        run(file)
    assert "Problems: 1." in run(file, "--skip-bad-rows")
    assert skus(database) == ["TEA"]


def test_business_has_to_be_named_where_there_are_several(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "tea.csv"
    file.write_text(GOOD)
    with pytest.raises(OperatorError, match="satyasell init"):
        run(file)
    with database.transaction() as session:
        first, second = make_business(session), make_business(session, name="Other")
    with pytest.raises(OperatorError, match=f"{second.id} \\(Other\\)"):
        run(file)
    run(file, "--business", first.id)
    assert skus(database) == ["TEA"]
