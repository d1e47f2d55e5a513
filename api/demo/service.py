"""The service that the demo plays on: in a folder of its own, with a business that is new each time."""

import fcntl
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

import api.tables  # noqa: F401 - foreign keys need every table
from api import log
from api.database import Database
from api.demo.stop import pause
from api.demo.webhook import SHOP
from api.encryption import Vault
from api.errors import OperatorError
from api.first_run.beginning import Beginning, set_up
from api.first_run.simulator import ACCESS_TOKEN
from api.postgres import DATABASE, running_database
from api.server.service import Plan, prepared_service
from api.server.simulated import take_metas_place
from api.server.supervisor import Supervisor
from api.settings import Settings
from api.simulator.network import Network
from api.simulator.options import Options
from api.simulator.simulator import Simulator

EMAIL, PASSWORD = "demo@rangoli.example", "demo-password"
BUSINESS, TIME_ZONE = "Rangoli Boutique", "Asia/Kolkata"
_MARK = "satyasell-demo"


@dataclass(frozen=True, slots=True)
class DemoService:
    """A running service: where it listens, the secret that webhooks are signed with, the customers' phone, its log."""

    address: str
    app_secret: str
    phone: str
    log: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demo runs: its folder, and its port, 0 for any that is free."""

    folder: Path
    port: int


@contextmanager
def demo_service(
    place: Place, stop: threading.Event, *, reading_delay: float, customers: Mapping[str, str]
) -> Iterator[DemoService]:
    """The service with an empty shop, running while the block does. What a former demo left is thrown away.

    A simulator stands for WhatsApp: `customers` (names by number) read on its phone what the shop answers.

    Raises Stopped where `stop` is set before it has started.
    """
    options = Options(
        app_secret=secrets.token_hex(16), verify_token=secrets.token_hex(16), tokens=(ACCESS_TOKEN,), numbers=(SHOP,)
    )
    folder = place.folder
    with _own_folder(folder), (folder / "log").open("w", encoding="utf-8") as output, Simulator(options) as whatsapp:
        settings = _settings(folder, whatsapp, reading_delay)
        log.configure(level=settings.log_level, style="json", stream=output)
        with running_database(settings) as url:
            pause(stop)
            _drop_database(url)
            plan = Plan(host="127.0.0.1", port=place.port, api_processes=1, worker_processes=1)
            with prepared_service(settings, plan, output=output) as service:
                _begin(service.database_url, settings)
                pause(stop)
                with _running(service.supervisor, settings.shutdown_seconds):
                    address = service.address or ""
                    _connect(whatsapp, address, customers)
                    yield DemoService(address, options.app_secret, f"{whatsapp.address}/phone/", folder / "log")


def _connect(whatsapp: Simulator, address: str, customers: Mapping[str, str]) -> None:
    """Lead the simulator's webhooks to the service, and put the day's customers on its phone: they may be answered."""
    whatsapp.connect(f"{address}/webhook/whatsapp")

    def introduce(network: Network) -> None:
        for wa_id, name in customers.items():
            network.chat(SHOP, network.customer(wa_id, name)).wrote_at = network.clock.now()

    whatsapp.do(introduce)


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


def _settings(folder: Path, whatsapp: Simulator, reading_delay: float) -> Settings:
    """The demo's own settings, for this process and, by its environment, for those that it starts."""
    take_metas_place(whatsapp)
    os.environ.update(
        {
            "DATABASE_URL": "",
            "BROKER_URL": "",
            "SATYASELL_DATA_DIR": str(folder),
            "SATYASELL_LOG_FORMAT": "json",
            "SATYASELL_READING_DELAY_SECONDS": str(reading_delay),
        }
    )
    return Settings.load()


def _drop_database(url: str) -> None:
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _begin(url: str, settings: Settings) -> None:
    """Make the business, its admin and its number, as `satyasell init` does."""
    channel = {
        "phone_number_id": SHOP.phone_number_id,
        "display_phone_number": SHOP.display_phone_number,
        "waba_id": SHOP.waba_id,
        "access_token": ACCESS_TOKEN,
    }
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
