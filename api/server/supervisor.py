"""Keeps processes running: a dead one is started again, all end together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

import structlog

logger = structlog.get_logger(__name__)

# The first restart waits so long, each further one twice as long as the one before.
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
# A process that has lived for so long is healthy again.
HEALTHY_SECONDS = 60.0
_POLL_SECONDS = 0.1


@dataclass(slots=True)
class Child:
    """A process to keep running. `fds` are open files that it inherits by their numbers."""

    name: str
    command: Sequence[str]
    fds: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    deaths: int = 0
    start_at: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self.process.pid if self.process else None


class Supervisor:
    """Starts children, starts them again when they die, and stops them all within a limit.

    Each child inherits the reading end of a pipe that closes with this process, however it ends: so no
    child outlives a parent that was killed. What children print goes where this process prints, or to `output`.
    """

    def __init__(
        self, children: Sequence[Child], environment: Mapping[str, str], output: IO[str] | None = None
    ) -> None:
        self._children = children
        self._environment = dict(environment)
        self._output = output
        self._life, self._life_writer = os.pipe()

    def run(self, stop: threading.Event, *, shutdown_seconds: float) -> None:
        """Keep the children running until `stop` is set, then end them."""
        try:
            while not stop.wait(_POLL_SECONDS):
                for child in self._children:
                    self._look_after(child)
        finally:
            self._end(shutdown_seconds)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_at:
                self._start(child, now)
            return
        code = child.process.poll()
        if code is None:
            return
        child.process = None
        child.deaths = 1 if now - child.started_at > HEALTHY_SECONDS else child.deaths + 1
        wait = min(FIRST_WAIT * 2 ** (child.deaths - 1), LONGEST_WAIT)
        child.start_at = now + wait
        logger.error("process.died", name=child.name, code=code, restart_in=wait)

    def _start(self, child: Child, now: float) -> None:
        child.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", *child.command, "--life", str(self._life)],
            pass_fds=(*child.fds, self._life),
            env=self._environment,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,  # Ctrl-C reaches the parent alone, which ends the children in order
        )
        child.started_at = now
        logger.info("process.started", name=child.name, pid=child.pid)

    def _end(self, seconds: float) -> None:
        """Ask all to end; kill those that have not after `seconds`."""
        running = [child.process for child in self._children if child.process]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + seconds
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.error("process.killed", pid=process.pid)  # noqa: TRY400 - there is nothing to trace
                process.kill()
                process.wait()
        for end in (self._life, self._life_writer):
            os.close(end)
