"""What comes in for conversations, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.conversation.content import MessageContent
from api.conversation.models import Direction
from api.customer.person import Person

# How far a timestamp may lie ahead of our clock before ours is believed.
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that came in, or that the shop sent from its phone. `payload` is Meta's item.

    A `historic` one was written before the number was connected; `told_status` is how far Meta says that an
    outbound one of these has come.
    """

    wamid: str
    direction: Direction
    person: Person
    content: MessageContent
    timestamp: datetime
    reply_to_wamid: str | None
    payload: Mapping[str, object]
    webhook_event_id: int | None = None
    sequence: int = 0
    historic: bool = False
    told_status: str | None = None


@dataclass(frozen=True, slots=True)
class NewStatus:
    """A status that Meta told of a message, or of it for one `participant` of a group.

    `timestamp` is None where Meta told none; `tracker` is our own id of the message, where it was sent with one.
    """

    wamid: str
    status: str
    timestamp: datetime | None
    payload: Mapping[str, object]
    participant: str | None = None
    tracker: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingDelay:
    """How long a reading waits for a customer who is still typing, in seconds."""

    after_last_message: float = 1.0
    at_most: float = 5.0

    def due_at(self, first: datetime, now: datetime) -> datetime:
        """When to read a conversation whose oldest unread message came at `first`, and whose latest comes `now`."""
        latest = first + timedelta(seconds=self.at_most)
        return min(now + timedelta(seconds=self.after_last_message), latest)


def believable(timestamp: datetime | None, received_at: datetime) -> datetime:
    """Meta's timestamp, or when we received it where that is missing or lies in the future."""
    if timestamp is None or timestamp > received_at + CLOCK_SKEW:
        return received_at
    return timestamp
