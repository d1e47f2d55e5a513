"""How a process is told to end."""

import signal
import threading


def stop_signal() -> threading.Event:
    """An event that SIGTERM, SIGINT and SIGHUP set: the last comes as a terminal closes, and not under `nohup`."""
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, end)
    return stop
