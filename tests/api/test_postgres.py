"""The embedded PostgreSQL: several processes share it, and the last one to leave stops it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api.errors import OperatorError
from api.postgres import EmbeddedPostgres, running_database
from api.settings import Settings

FAST = {"fsync": "off"}
pytestmark = pytest.mark.processes

# Starts the server, says so, and leaves when its standard input ends.
USER = """
import sys
from pathlib import Path
from api.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), options={"fsync": "off"})
print(server.start(), flush=True)
sys.stdin.read()
server.stop()
"""


class User:
    """Another process that uses the server."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self._lines = self.process.stdout

    def url(self) -> str:
        return next(line for line in self._lines if line.startswith("postgresql")).strip()

    def leave(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def folder(data_folder: Path) -> Iterator[Path]:
    yield data_folder
    last = EmbeddedPostgres(data_folder, options=FAST)
    last.start()
    last.stop()


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def test_two_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    first, second = User(folder), User(folder)

    assert first.url() == (url := second.url())
    first.leave()
    assert answers(url)
    second.leave()
    assert not answers(url)


def test_killed_process_leaves_a_server_that_the_next_one_uses_and_stops(folder: Path) -> None:
    killed = User(folder)
    url = killed.url()
    killed.kill()
    assert answers(url)

    next_one = User(folder)
    assert next_one.url() == url
    next_one.leave()
    assert not answers(url)


def test_server_comes_back_after_it_was_killed_under_a_pid_that_another_program_has_now(folder: Path) -> None:
    server = EmbeddedPostgres(folder, options=FAST)
    server.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    server.stop()
    (folder / "data" / "postmaster.pid").write_text("1\n")

    assert answers(server.start())
    with psycopg.connect(server.url) as connection:
        connection.execute("SELECT * FROM kept")
    server.stop()


def test_socket_of_a_deep_folder_is_put_where_its_path_is_short(data_folder: Path) -> None:
    deep = data_folder / ("deep" * 25)
    server = EmbeddedPostgres(deep, options=FAST)

    try:
        assert answers(server.start())
    finally:
        server.stop()


def test_data_of_another_postgres_is_refused_in_words(data_folder: Path) -> None:
    (data_folder / "data").mkdir()
    (data_folder / "data" / "PG_VERSION").write_text("16\n")

    with pytest.raises(OperatorError, match="written by PostgreSQL 16"):
        EmbeddedPostgres(data_folder).start()


def test_nobody_else_may_open_the_socket(folder: Path) -> None:
    server = EmbeddedPostgres(folder, options=FAST)
    server.start()

    assert (folder / "socket").stat().st_mode & 0o077 == 0
    server.stop()


def test_database_url_is_used_where_there_is_one() -> None:
    settings = Settings(database_url="postgresql://shop@db.example/shop")  # type: ignore[arg-type]

    with running_database(settings) as url:
        assert url == "postgresql://shop@db.example/shop"


def test_server_keeps_what_it_stores_out_of_its_log(folder: Path) -> None:
    server = EmbeddedPostgres(folder, options=FAST)
    with psycopg.connect(server.start(), autocommit=True) as connection:
        connection.execute("CREATE TABLE customers (phone text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO customers VALUES ('919845012345'), ('919845012345')")
    server.stop()

    log = folder / "log"
    assert "duplicate key" in log.read_text()
    assert "919845012345" not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0
