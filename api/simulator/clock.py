"""The simulator's time, which tests may set forward: a day's window closes without waiting a day."""

import time


class Clock:
    """Seconds since 1970, and how far they were set forward."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """The simulator's time, in seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Set the time forward. Timers that already run are not shortened."""
        self._ahead += seconds
