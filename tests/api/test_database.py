"""Transactions: one place commits, before the answer leaves, and hints go out after."""

from contextlib import suppress
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from api.app import create_app
from api.database import Database, DatabaseSession, after_commit, psycopg_url
from api.errors import OperatorError
from api.identity.models import Business
from api.settings import Settings
from tests.factories import make_business


def count(database: Database) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Business)) or 0


def test_work_stands_after_the_block_and_not_where_it_raised(fresh_database: Database) -> None:
    with fresh_database.transaction() as session:
        make_business(session)
    with suppress(RuntimeError), fresh_database.transaction() as session:
        make_business(session)
        raise RuntimeError

    assert count(fresh_database) == 1


def test_hint_goes_out_when_the_row_can_be_seen(fresh_database: Database) -> None:
    seen: list[int] = []
    with fresh_database.transaction() as session:
        make_business(session)
        after_commit(session, lambda: seen.append(count(fresh_database)))
        assert seen == []

    assert seen == [1]


def test_no_hint_goes_out_where_the_work_was_undone(fresh_database: Database) -> None:
    hints: list[str] = []
    with suppress(RuntimeError), fresh_database.transaction() as session:
        after_commit(session, lambda: hints.append("hint"))
        raise RuntimeError

    assert hints == []


def test_hint_that_fails_undoes_nothing_and_stops_no_other(fresh_database: Database) -> None:
    hints: list[str] = []
    with fresh_database.transaction() as session:
        make_business(session)
        after_commit(session, lambda: hints.remove("absent"))
        after_commit(session, lambda: hints.append("hint"))

    assert (count(fresh_database), hints) == (1, ["hint"])


def test_commit_that_fails_is_never_answered_as_a_success(fresh_database: Database, settings: Settings) -> None:
    app = create_app(settings, fresh_database)

    @app.post("/broken")
    def broken(session: DatabaseSession) -> dict[str, Any]:
        session.execute(text("CREATE TEMP TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
        session.execute(text("INSERT INTO late VALUES (1), (1)"))  # told only at the commit
        return {"stored": True}

    assert TestClient(app).post("/broken").status_code == 500


def test_tests_transaction_is_shared_by_all_that_use_it(database: Database, session: Session) -> None:
    make_business(session)

    assert count(database) == 1


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql+psycopg2://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql://a@/shop?host=/run/pg", "postgresql+psycopg://a@/shop?host=%2Frun%2Fpg"),
    ],
)
def test_any_postgresql_url_is_used_with_psycopg(given: str, used: str) -> None:
    assert psycopg_url(given) == used


def test_other_database_is_refused() -> None:
    with pytest.raises(OperatorError, match="sqlite database is not supported"):
        psycopg_url("sqlite:///shop.db")
