"""What a child of the supervisor runs: `python -m api.server.process api|worker`."""

import argparse
import contextlib
import os
import signal
import socket
import threading

import uvicorn

from api import log
from api.app import create_app
from api.broker import Hints, make_broker
from api.database import Database
from api.server.stop import stop_signal
from api.settings import Settings
from api.webhook_event.inbox import Inbox
from api.webhook_event.service import HANDLE_EVENTS
from api.worker.process import run_until

# Threads of the synchronous endpoints and connections they may need at once.
_CONNECTIONS = 20


def main() -> None:
    """Run one process until it is told to end, or its parent is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["api", "worker"])
    parser.add_argument("--fd", type=int, default=-1)
    parser.add_argument("--life", type=int, required=True)
    arguments = parser.parse_args()
    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    _end_with_parent(arguments.life)
    if arguments.role == "api":
        serve_api(settings, socket.socket(fileno=arguments.fd))
    else:
        run_until(stop_signal(), settings, settings.database_url.get_secret_value())


def serve_api(settings: Settings, listening: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT."""
    url = settings.database_url.get_secret_value()
    database = Database.connect(url, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS)
    broker = make_broker(settings.broker_url.get_secret_value() or url)
    hints = Hints(broker)
    inbox = Inbox(url, on_stored=lambda: hints.send(HANDLE_EVENTS))
    app = create_app(settings, database, hints=hints, inbox=inbox)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=max(1, int(settings.shutdown_seconds * 0.6)),
        )
    )
    try:
        server.run(sockets=[listening])
    finally:
        hints.stop()
        broker.close()
        database.close()


def _end_with_parent(life: int) -> None:
    """End this process as SIGTERM does, once the parent's end of the pipe `life` is closed."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            os.read(life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="life", daemon=True).start()


if __name__ == "__main__":
    main()
