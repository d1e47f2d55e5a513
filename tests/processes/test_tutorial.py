"""The tutorial's commands for the service run as they stand, in their order."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.docs.pages import ROOT, blocks
from tests.processes.service import address_of, is_ready, wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not all(map(shutil.which, ("bash", "curl", "jq", "openssl"))), reason="the tutorial's own tools are missing"
    ),
]

SHELL = [block.code for block in blocks(ROOT / "docs" / "tutorial.md") if block.language == "sh"]
SERVE = "satyasell serve\n"
ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        shutil.copy(ROOT / "datasets" / "demo" / "catalog.csv", Path(folder) / "products.csv")
        yield Path(folder)


def test_the_tutorial_leads_to_a_draft_order(folder: Path) -> None:
    serve = SHELL.index(SERVE)
    terminal = Terminal(folder)
    for commands in SHELL[:serve]:
        terminal.run(commands)
    with terminal.serving():
        for commands in SHELL[serve + 1 : -1]:
            terminal.run(commands)
        shown = terminal.run_until(SHELL[-1], '"status": "draft"')

    assert '"name": "Bina"' in shown
    assert '"total_amount": 179800' in shown


class Terminal:
    """A shell in `folder` in which what was exported stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exported = folder / "exported"
        self.exported.touch()
        self.address = ADDRESS

    def run(self, commands: str) -> str:
        script = f"source {self.exported}\n{commands.replace(ADDRESS, self.address)}\nexport -p > {self.exported}"
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607 - the reader's own shell
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{commands}\n{result.stderr}"
        return result.stdout

    def run_until(self, commands: str, expected: str) -> str:
        deadline = time.monotonic() + 60
        while expected not in (shown := self.run(commands)):
            assert time.monotonic() < deadline, shown
            time.sleep(0.2)
        return shown

    @contextmanager
    def serving(self) -> Iterator[None]:
        log = self.folder / "log"
        command = ["bash", "-c", f"source {self.exported}; exec {SERVE}"]
        with (
            log.open("wb") as output,
            subprocess.Popen(command, env=self.environment(), cwd=self.folder, stderr=output) as process,
        ):
            try:
                self.address = address_of(process, log)
                with httpx.Client(base_url=self.address) as http:
                    wait_until(lambda: is_ready(http))
                yield
            finally:
                process.send_signal(signal.SIGTERM)

    def environment(self) -> Mapping[str, str]:
        return os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SATYASELL_DATA_DIR": str(self.folder / "data"),
            "SATYASELL_PORT": "0",
        }
