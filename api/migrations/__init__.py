"""The database's schema, step by step: `upgrade` brings a database to what the code expects.

There is no way back by migration: restore a backup. `python -m api.migrations` writes the next step.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from api.database import psycopg_url
from api.errors import OperatorError

FOLDER = Path(__file__).parent
# Any number of our own: of processes that start at once, one upgrades and the others wait for it.
LOCK = 5_274_177


def upgrade(url: str, *, folder: Path = FOLDER) -> None:
    """Apply to the database at `url` the migrations that it has not had, in one transaction.

    Raises OperatorError where the database cannot be reached.
    """
    engine = create_engine(psycopg_url(url), poolclass=NullPool)
    try:
        connection = engine.connect()
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        raise OperatorError(f"the database cannot be reached, check DATABASE_URL: {reason}") from error
    with connection, connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(configuration(connection, folder=folder), "head")


def configuration(connection: Connection, *, folder: Path = FOLDER) -> Config:
    """Alembic's configuration for `connection`: the scripts beside this file, in a checkout or a wheel."""
    made = Config()
    made.set_main_option("script_location", str(folder).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made
