"""The commands of docs/simulator.md run as they stand, in their order: a customer writes, the shop answers."""

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.docs.pages import ROOT, blocks
from tests.processes.test_tutorial import ADDRESS, SERVE, Terminal

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not all(map(shutil.which, ("bash", "curl", "jq"))), reason="the page's own tools are missing"),
]

SHELL = [block.code for block in blocks(ROOT / "docs" / "simulator.md") if block.language == "sh"]
SIMULATOR = "http://127.0.0.1:8010"


class Desk(Terminal):
    """A shell beside a simulator; the service listens where the simulator's webhooks go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.service_port = free_port()
        self.simulator = SIMULATOR

    def run(self, commands: str) -> str:
        return super().run(commands.replace(SIMULATOR, self.simulator))

    def environment(self) -> Mapping[str, str]:
        return {**super().environment(), "SATYASELL_PORT": str(self.service_port)}

    @contextmanager
    def simulating(self, command: str) -> Iterator[None]:
        """The simulator of the page, on a port of its own."""
        webhook = f"{ADDRESS.replace('8000', str(self.service_port))}/webhook/whatsapp"
        line = f"exec {command.strip()} --port 0 --webhook-url {webhook}"
        log = self.folder / "simulator.log"
        with (
            log.open("wb") as output,
            subprocess.Popen(
                ["bash", "-c", line],  # noqa: S607 - the reader's own shell
                env=self.environment() | {"PYTHONUNBUFFERED": "1"},
                cwd=self.folder,
                stdout=output,
                stderr=output,
            ) as process,
        ):
            try:
                self.simulator = address_in(log)
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                assert process.wait(30) in {0, -signal.SIGTERM}, log.read_text()


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        shutil.copy(ROOT / "datasets" / "demo" / "catalog.csv", Path(folder) / "products.csv")
        yield Path(folder)


def test_a_customer_on_the_simulator_writes_and_is_answered(folder: Path) -> None:
    simulator, *before, serve, write, log_in, draft, answer, look = SHELL
    assert serve == SERVE
    desk = Desk(folder)
    with desk.simulating(simulator):
        for commands in before:
            desk.run(commands)
        with desk.serving():
            desk.run(write)
            desk.run(log_in)
            assert '"name": "Bina"' in desk.run_until(draft, '"total_amount": 179800')
            desk.run(answer)
            shown = desk.run_until(look, '"status": "read"')

    assert "Namaste Bina!" in shown


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def address_in(log: Path) -> str:
    deadline = time.monotonic() + 60
    while not (found := re.search(r"simulator on (http://[\d.:]+):", log.read_text())):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return found[1]
