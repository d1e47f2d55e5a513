"""Meta's limits on how fast a number may send."""

from dataclasses import dataclass

from api.simulator.clock import Clock
from api.simulator.graph_error import GraphError
from api.simulator.options import Limits, Number


@dataclass(slots=True)
class Bucket:
    """Tokens that come back by themselves: at most `size`, `per_second` of them a second."""

    size: float
    per_second: float
    tokens: float
    at: float

    def take(self, now: float) -> bool:
        """Take a token; whether there was one."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Pace:
    """How fast each number sends, in all and to each customer."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._numbers: dict[str, Bucket] = {}
        self._pairs: dict[tuple[str, str], Bucket] = {}

    def take(self, number: Number, wa_id: str) -> None:
        """Count a message; raise GraphError where it is one too many."""
        now = self._clock.now()
        rate = self._limits.per_second(number)
        whole = self._numbers.setdefault(number.phone_number_id, Bucket(rate, rate, rate, now))
        if not whole.take(now):
            raise GraphError(
                130429, "Message failed to send because there were too many messages sent in a short time."
            )
        burst, seconds = self._limits.pair_burst, self._limits.pair_seconds
        pair = self._pairs.setdefault((number.phone_number_id, wa_id), Bucket(burst, 1 / seconds, burst, now))
        if not pair.take(now):
            details = "Message failed to send because there were too many messages sent from this phone number"
            raise GraphError(131056, f"{details} to the same phone number in a short period of time.")
