"""The service that the demo plays on: in a folder of its own, with a business that is new each time."""

import fcntl
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from api import log
from api.database import Database
from api.demo.stop import pause
from api.encryption import Vault
from api.errors import OperatorError
from api.first_run.beginning import Beginning, set_up
from api.postgres import DATABASE, running_database
from api.server.service import Plan, prepared_service
from api.server.supervisor import Supervisor
from api.settings import Settings

EMAIL, PASSWORD = "demo@rangoli.example", "demo-password"
BUSINESS, TIME_ZONE = "Rangoli Boutique", "Asia/Kolkata"
_MARK = "satyasell-demo"


@dataclass(frozen=True, slots=True)
class DemoService:
    """A running service: where it listens, the secret that webhooks are signed with, and its log."""

    address: str
    app_secret: str
    log: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demo runs: its folder, and its port, 0 for any that is free."""

    folder: Path
    port: int


@contextmanager
def demo_service(
    place: Place, stop: threading.Event, *, reading_delay: float, channel: dict[str, str]
) -> Iterator[DemoService]:
    """The service with an empty shop, running while the block does. What a former demo left is thrown away.

    Raises Stopped where `stop` is set before it has started.
    """
    app_secret = secrets.token_hex(16)
    folder = place.folder
    with _own_folder(folder), (folder / "log").open("w", encoding="utf-8") as output:
        settings = _settings(folder, app_secret, reading_delay)
        log.configure(level=settings.log_level, style="json", stream=output)
        with running_database(settings) as url:
            pause(stop)
            _drop_database(url)
            plan = Plan(host="127.0.0.1", port=place.port, api_processes=1, worker_processes=1)
            with prepared_service(settings, plan, output=output) as service:
                _begin(service.database_url, settings, channel)
                pause(stop)
                with _running(service.supervisor, settings.shutdown_seconds):
                    yield DemoService(service.address or "", app_secret, folder / "log")


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """A folder that holds a demo or nothing, for this process alone; raise OperatorError about any other."""
    mark = folder / _MARK
    if not mark.exists() and folder.exists() and any(folder.iterdir()):
        raise OperatorError(f"{folder} holds something else than a demo, which would be lost: choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    with mark.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(f"a demo runs in {folder} already: stop it, or choose another by --data-dir") from None
        yield


def _settings(folder: Path, app_secret: str, reading_delay: float) -> Settings:
    """The demo's own settings, for this process and, by its environment, for those that it starts."""
    os.environ.update(
        {
            "DATABASE_URL": "",
            "BROKER_URL": "",
            "SATYASELL_DATA_DIR": str(folder),
            "SATYASELL_LOG_FORMAT": "json",
            "SATYASELL_READING_DELAY_SECONDS": str(reading_delay),
            "WHATSAPP_APP_SECRET": app_secret,
            "WHATSAPP_VERIFY_TOKEN": "demo",
        }
    )
    return Settings.load()


def _drop_database(url: str) -> None:
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _begin(url: str, settings: Settings, channel: dict[str, str]) -> None:
    """Make the business, its admin and its number, as `satyasell init` does."""
    admin = {"email": EMAIL, "name": "Demo", "password": PASSWORD, "role": "admin"}
    business = {"name": BUSINESS, "currency": "INR", "country_code": "IN", "time_zone": TIME_ZONE}
    beginning = Beginning.parse({"business": business, "admin": admin, "channel": channel})
    database = Database.connect(url)
    try:
        with database.transaction() as session:
            set_up(session, beginning, Vault(settings.secret_keys))
    finally:
        database.close()


@contextmanager
def _running(supervisor: Supervisor, shutdown_seconds: float) -> Iterator[None]:
    """Keep the processes running while the block does, in a thread, and end them all after it."""
    ended = threading.Event()
    arguments = {"shutdown_seconds": shutdown_seconds}
    thread = threading.Thread(target=supervisor.run, args=(ended,), kwargs=arguments, name="supervisor")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
