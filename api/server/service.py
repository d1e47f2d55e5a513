"""The parent process: a database that is up to date, an open port, and children that are kept running."""

import os
import socket
from dataclasses import dataclass

import structlog

from api import log
from api.broker import prepare_broker
from api.errors import OperatorError
from api.migrations import upgrade
from api.postgres import running_database
from api.server.stop import stop_signal
from api.server.supervisor import Child, Supervisor
from api.settings import Settings

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


def run_service(plan: Plan) -> None:
    """Run until SIGTERM or SIGINT. Raise OperatorError where the settings do not allow it."""
    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    apis = settings.api_processes if plan.api_processes is None else plan.api_processes
    workers = settings.worker_processes if plan.worker_processes is None else plan.worker_processes
    if apis:
        settings.require_webhooks()
    stop = stop_signal()
    with running_database(settings) as url:
        upgrade(url)
        prepare_broker(settings.broker_url.get_secret_value() or url)
        listening = (
            _listen(plan.host or settings.host, settings.port if plan.port is None else plan.port) if apis else None
        )
        children = [*_api_children(listening, apis), *_worker_children(workers)]
        environment = dict(os.environ) | {"DATABASE_URL": url}
        Supervisor(children, environment).run(stop, shutdown_seconds=settings.shutdown_seconds)


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
        listening = socket.create_server((host, port), backlog=_BACKLOG, family=_family(host))
    except OSError as error:
        raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; choose another by --port") from None
    logger.info("server.listening", address=f"http://{host}:{listening.getsockname()[1]}")
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
