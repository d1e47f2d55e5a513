"""Write a migration from the models as they are: `python -m api.migrations 0002 what it does`.

Compares the models with a fresh embedded database that has all migrations so far. Where there is a
migration of that number already, it must be the last one, and is written anew: not after a release.
Read what it writes: it sees no CHECK constraint on a table that exists.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import create_engine

from api.database import psycopg_url
from api.migrations import FOLDER, configuration, upgrade
from api.postgres import EmbeddedPostgres


def main(revision: str, *words: str) -> None:
    """Write `versions/<revision>_<words>.py`."""
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "migrations"
        shutil.copytree(FOLDER, folder)
        for former in (folder / "versions").glob(f"{revision}_*.py"):
            former.unlink()
        _generate(Path(parent) / "postgres", folder, revision, " ".join(words))
        for former in (FOLDER / "versions").glob(f"{revision}_*.py"):
            former.unlink()
        for made in (folder / "versions").glob(f"{revision}_*.py"):
            shutil.move(made, FOLDER / "versions" / made.name)


def _generate(data: Path, folder: Path, revision: str, title: str) -> None:
    server = EmbeddedPostgres(data, options={"fsync": "off"})
    url = server.start()
    try:
        upgrade(url, folder=folder)
        with create_engine(psycopg_url(url)).connect() as connection:
            command.revision(configuration(connection, folder=folder), title, autogenerate=True, rev_id=revision)
    finally:
        server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
