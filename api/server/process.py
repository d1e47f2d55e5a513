"""What a child of the supervisor runs: `python -m api.server.process api|worker`."""

import argparse
import contextlib
import os
import signal
import socket
import threading

from api import log
from api.server.stop import stop_signal
from api.settings import Settings


def main() -> None:
    """Run one process until it is told to end, or its parent is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["api", "worker"])
    parser.add_argument("--fd", type=int, help="The open port.")
    parser.add_argument("--life", type=int, required=True, help="A pipe that closes with the parent.")
    arguments = parser.parse_args()
    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    _end_with_parent(arguments.life)
    if arguments.role == "api":
        from api.server.api_process import serve_until_told  # noqa: PLC0415 - a worker needs no web server

        serve_until_told(settings, socket.socket(fileno=arguments.fd))
    else:
        from api.worker.process import run_until  # noqa: PLC0415 - the API needs no engine

        run_until(stop_signal(), settings, settings.database_url.get_secret_value())


def _end_with_parent(life: int) -> None:
    """End this process as SIGTERM does, once the parent's end of the pipe `life` is closed."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            os.read(life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="life", daemon=True).start()


if __name__ == "__main__":
    main()
