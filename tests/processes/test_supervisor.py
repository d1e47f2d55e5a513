"""Processes under a supervisor."""

import os
import threading
import time

import pytest
from structlog.testing import capture_logs

from api.server.supervisor import Child, Supervisor

pytestmark = [pytest.mark.processes, pytest.mark.timeout(60)]

MODULE = "tests.processes.short_lived"


def supervise(child: Child, seconds: float, *, shutdown_seconds: float = 5.0) -> None:
    """Run a supervisor for so long."""
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    Supervisor([child], os.environ).run(stop, shutdown_seconds=shutdown_seconds)


def test_a_process_that_dies_is_started_again_after_longer_and_longer_waits() -> None:
    with capture_logs() as logs:
        supervise(Child("brief", (MODULE,)), 4.5)
    deaths = [line for line in logs if line["event"] == "process.died"]
    assert {line["code"] for line in deaths} == {3}
    assert [line["restart_in"] for line in deaths][:2] == [0.5, 1.0]


def test_a_process_that_does_not_end_is_killed_when_the_time_is_over() -> None:
    child = Child("stubborn", (MODULE, "stubborn"))
    started = time.monotonic()
    with capture_logs() as logs:
        supervise(child, 2.0, shutdown_seconds=0.5)
    assert time.monotonic() - started < 10
    assert "process.killed" in [line["event"] for line in logs]
    assert child.process is not None
    assert child.process.returncode == -9
