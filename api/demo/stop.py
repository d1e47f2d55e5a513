"""Stopping in the middle."""

import threading


class Stopped(Exception):  # noqa: N818 - it is no error
    """Raised when the person at the terminal has stopped the demo."""


def pause(stop: threading.Event, seconds: float = 0.0) -> None:
    """Wait for so long; raise Stopped as soon as `stop` is set."""
    if stop.wait(seconds):
        raise Stopped
