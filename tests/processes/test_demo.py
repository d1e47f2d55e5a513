"""`satyasell demo` as a new user starts it: a real process with all that it starts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

COMMAND = [str(Path(sys.executable).with_name("satyasell")), "demo"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        yield Path(folder)


def test_it_plays_prints_the_drafts_and_leaves_nothing_running(folder: Path) -> None:
    for _ in range(2):  # the second run finds what the first one left
        played = run("--exit", "--data-dir", str(folder / "demo"))

        assert played.returncode == 0, played.stderr
        assert "\x1b" not in played.stdout
        for shown in ("KU-ANAR-BLU-M", "Ask: Which size", "Vikram: no order", "Confirmed order", "in stock before"):
            assert shown in played.stdout
        assert processes_of(folder) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_it_has_its_folder_alone_and_stops_with_everything_when_told_to(folder: Path, number: signal.Signals) -> None:
    data = folder / number.name
    with start("--data-dir", str(data)) as process:
        wait_for(data / "log", "process.started")
        second = run("--exit", "--data-dir", str(data))
        process.send_signal(number)
        process.wait(60)

    assert (second.returncode, second.stderr.count("already")) == (1, 1)
    assert process.returncode == 130
    assert processes_of(data) == []


def test_no_folder_with_something_else_in_it_is_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    refused = run("--exit", "--data-dir", str(tmp_path))

    assert refused.returncode == 1
    assert "holds something else than a demo" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def run(*options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, *options], env=environment(), capture_output=True, text=True, check=False)


def start(*options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*COMMAND, *options], env=environment(), stdout=subprocess.DEVNULL)


def environment() -> Mapping[str, str]:
    # A service that a developer has set up is none of the demo's business.
    return os.environ | {"DATABASE_URL": "postgresql://nowhere.invalid/x", "BROKER_URL": "redis://nowhere.invalid"}


def wait_for(log: Path, words: str) -> None:
    deadline = time.monotonic() + 60
    while not (log.exists() and words in log.read_text()):
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def processes_of(folder: Path) -> list[str]:
    """Commands and environments of running processes that name `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            about = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in about:
            found.append(about.replace(b"\0", b" ").decode(errors="replace")[:200])
    return found
