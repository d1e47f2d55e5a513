"""The migrations make exactly the database that the models describe."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from api.database import Database, psycopg_url
from api.migrations import FOLDER, configuration, upgrade
from api.tables import metadata
from tests.postgres_server import Server

CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""


def facts(url: str, query: str) -> set[tuple[object, ...]]:
    engine = create_engine(psycopg_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(text(query))}


def test_alembic_sees_no_difference_to_the_models(fresh_database: Database) -> None:
    with fresh_database.bind.connect() as connection:  # type: ignore[union-attr]
        command.check(configuration(connection))


@pytest.mark.parametrize("query", [COLUMNS, CONSTRAINTS, INDEXES], ids=["columns", "constraints", "indexes"])
def test_migrated_database_is_what_the_models_would_create(
    postgres: Server, fresh_database_url: str, query: str
) -> None:
    postgres.execute("DROP DATABASE IF EXISTS by_models WITH (FORCE)")
    postgres.execute("CREATE DATABASE by_models")
    metadata.create_all(create_engine(psycopg_url(postgres.address("by_models")), poolclass=NullPool))

    assert facts(fresh_database_url, query) == facts(postgres.address("by_models"), query)


def test_upgrading_twice_changes_nothing(fresh_database_url: str) -> None:
    before = facts(fresh_database_url, COLUMNS)

    upgrade(fresh_database_url)

    assert facts(fresh_database_url, COLUMNS) == before


def test_processes_that_start_at_once_upgrade_one_after_the_other(postgres: Server) -> None:
    postgres.execute("CREATE DATABASE started_at_once")
    url = postgres.address("started_at_once")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(upgrade, [url] * 3))

    newest = max(script.name.partition("_")[0] for script in (FOLDER / "versions").glob("*.py"))
    assert facts(url, "SELECT version_num FROM alembic_version") == {(newest,)}


def test_every_table_belongs_to_a_business(fresh_database_url: str) -> None:
    columns = {(table, column): nullable for table, column, _, nullable, *_ in facts(fresh_database_url, COLUMNS)}
    tenants = {table for table, column in columns if column == "business_id"}

    assert {table for table, _ in columns} - tenants == {"businesses"}
    assert {table for table in tenants if columns[table, "business_id"] == "YES"} == {"webhook_events"}
