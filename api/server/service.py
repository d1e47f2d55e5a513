"""The parent process: a database that is up to date, an open port, and children that are kept running."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO

import structlog

from api import log
from api.broker import prepare_broker
from api.database import Database
from api.errors import OperatorError
from api.migrations import upgrade
from api.postgres import running_database
from api.server.simulated import refuse_real_numbers, simulated_whatsapp
from api.server.stop import stop_signal
from api.server.supervisor import Child, Supervisor
from api.server.welcome import ensure_setup_code, greet
from api.settings import Settings
from api.simulator.simulator import Simulator

logger = structlog.get_logger(__name__)

_PROCESS = "api.server.process"
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run; None where the settings say it."""

    host: str | None = None
    port: int | None = None
    api_processes: int | None = None
    worker_processes: int | None = None
    simulator: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose database is ready and whose port is open; its processes run while `supervisor` does."""

    supervisor: Supervisor
    database_url: str
    address: str | None


def run_service(plan: Plan) -> None:
    """Run until SIGTERM or SIGINT. Raise OperatorError where the settings do not allow it."""
    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    stop = stop_signal()
    with ExitStack() as simulated:
        whatsapp = simulated.enter_context(simulated_whatsapp(settings)) if plan.simulator else None
        settings = ensure_setup_code(Settings.load())
        with prepared_service(settings, plan) as service:
            _begin(settings, service, whatsapp)
            service.supervisor.run(stop, shutdown_seconds=settings.shutdown_seconds)


def _begin(settings: Settings, service: Service, whatsapp: Simulator | None) -> None:
    """Lead the simulator's webhooks here, where there is one, and tell the person at the terminal what to do."""
    if service.address is None:
        return
    database = Database.connect(service.database_url)
    try:
        if whatsapp is not None:
            refuse_real_numbers(database)
            whatsapp.connect(f"{service.address}/webhook/whatsapp")
        greet(settings, service.address, database)
    finally:
        database.close()


@contextmanager
def prepared_service(settings: Settings, plan: Plan, *, output: IO[str] | None = None) -> Iterator[Service]:
    """All that the processes need, in place while the block runs. What they print goes to `output`.

    The processes load their settings from the environment, as this one has.
    """
    apis = settings.api_processes if plan.api_processes is None else plan.api_processes
    workers = settings.worker_processes if plan.worker_processes is None else plan.worker_processes
    if apis and (missing := settings.missing_for_webhooks):
        logger.warning("server.no_webhooks", missing=missing)
    with running_database(settings) as url, ExitStack() as open_port:
        upgrade(url)
        prepare_broker(settings.broker_url.get_secret_value() or url)
        listening = address = None
        if apis:
            host, port = plan.host or settings.host, settings.port if plan.port is None else plan.port
            listening = open_port.enter_context(_listen(host, port))
            address = f"http://{_reached_at(host)}:{listening.getsockname()[1]}"
            logger.info("server.listening", address=address)
        children = [*_api_children(listening, apis), *_worker_children(workers)]
        yield Service(Supervisor(children, dict(os.environ) | {"DATABASE_URL": url}, output), url, address)


def _api_children(listening: socket.socket | None, count: int) -> list[Child]:
    if listening is None:
        return []
    fd = listening.fileno()
    return [Child(f"api-{number}", (_PROCESS, "api", "--fd", str(fd)), fds=(fd,)) for number in range(1, count + 1)]


def _worker_children(count: int) -> list[Child]:
    return [Child(f"worker-{number}", (_PROCESS, "worker")) for number in range(1, count + 1)]


def _listen(host: str, port: int) -> socket.socket:
    """An open port that all API processes share; requests wait in it while one of them is started anew."""
    try:
        return socket.create_server((host, port), backlog=_BACKLOG, family=_family(host))
    except OSError as error:
        raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; choose another by --port") from None


def _reached_at(host: str) -> str:
    """A host as this computer reaches it, in the form of a URL.

    >>> _reached_at("0.0.0.0"), _reached_at("::1"), _reached_at("10.0.0.7")
    ('127.0.0.1', '[::1]', '10.0.0.7')
    """
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what an operator may choose
    return f"[{reached}]" if ":" in reached else reached


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
