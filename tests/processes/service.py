"""`satyasell serve` in processes of its own, as an operator starts it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.postgres import EmbeddedPostgres
from tests.payloads import signed

COMMAND = [str(Path(sys.executable).with_name("satyasell"))]
PATIENCE = 60.0
EMAIL, PASSWORD = "asha@shop.example", "correct horse battery"
NUMBER = "106540352242922"


@dataclass
class Service:
    """A running service and a client that is logged in as its admin."""

    process: "subprocess.Popen[bytes]"
    log: Path
    http: httpx.Client
    database_url: str

    def deliver(self, payload: object) -> int:
        """Send a signed webhook; return the status of the answer."""
        body, headers = signed(payload)
        return self.http.post("/webhook/whatsapp", content=body, headers=headers).status_code

    def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        answer = self.http.get(path)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, json: object = None, **headers: str) -> Any:  # noqa: ANN401 - any JSON
        answer = self.http.post(path, json=json, headers=headers)
        answer.raise_for_status()
        return answer.json()

    def events(self, name: str) -> list[dict[str, Any]]:
        """The log's lines with this event."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line.get("event") == name]

    def pid_of(self, child: str) -> int:
        """The process id of the child that was last started under this name."""
        pid: int = [line["pid"] for line in self.events("process.started") if line["name"] == child][-1]
        return pid


@contextmanager
def running_service(folder: Path, **settings: str) -> Iterator[Service]:
    """A service with its own embedded PostgreSQL in `folder`, set up, ready, and stopped at the end."""
    environment = os.environ | {
        "SATYASELL_DATA_DIR": str(folder / "data"),
        "SATYASELL_PORT": "0",
        "SATYASELL_LOG_FORMAT": "json",
        "SATYASELL_READING_DELAY_SECONDS": "0.2",
        "WHATSAPP_APP_SECRET": "app-secret",
        "WHATSAPP_VERIFY_TOKEN": "verify-token",
        **settings,
    }
    begin = ["init", "--business", "Kirana", "--email", EMAIL, "--password", PASSWORD]
    number = ["--phone-number-id", NUMBER, "--phone-number", "+91 98000 00000"]
    begun = subprocess.run(
        [*COMMAND, *begin, *number], env=environment, check=False, capture_output=True, text=True, cwd=folder
    )
    assert begun.returncode == 0, begun.stderr
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen([*COMMAND, "serve"], env=environment, stderr=output, cwd=folder) as process,
    ):
        try:
            with httpx.Client(base_url=address_of(process, log), timeout=30) as http:
                service = Service(process, log, http, EmbeddedPostgres(folder / "data" / "postgres").url)
                wait_until(lambda: is_ready(http))
                token = service.post("/sessions", {"email": EMAIL, "password": PASSWORD})["token"]
                http.headers["Authorization"] = f"Bearer {token}"
                yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def address_of(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Where the service listens, once it says so; fail with its log when it ends before."""
    found: list[str] = []

    def look() -> bool:
        assert process.poll() is None, log.read_text()
        found.extend(re.findall(r"http://127\.0\.0\.1:\d+", log.read_text()))
        return bool(found)

    wait_until(look)
    return found[0]


def is_ready(http: httpx.Client) -> bool:
    """Whether it answers with its database."""
    try:
        return http.get("/ready").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def wait_until(done: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Return once `done` says so; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
