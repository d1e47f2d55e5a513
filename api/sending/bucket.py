"""Meta's limits of speed as buckets in the database, shared by all workers.

A bucket holds one time: until when its limit is used up if messages went out evenly. Each message moves it on
by its share; how far it may lie ahead of now is the burst that is allowed. One statement does it all, so that
any number of workers agree.
"""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.identity.models import Channel


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` messages at once, and one more every `seconds`."""

    seconds: float
    burst: int

    @property
    def ahead(self) -> float:
        """How many seconds the bucket may lie ahead of now."""
        return self.seconds * self.burst


# Meta: one message every 6 seconds to one customer, 45 of them at once, borrowed from the time to come.
PAIR_RATE = Rate(seconds=6.0, burst=45)
# Messages a second that Meta lets a number send and receive, by its level.
THROUGHPUT = {"STANDARD": 80, "HIGH": 1000}
# A number that the shop also uses in the WhatsApp Business app.
COEXISTENCE_THROUGHPUT = 20

_TAKE = text("""
    INSERT INTO send_buckets AS bucket (business_id, channel_id, conversation_id, used_until)
    VALUES (:business_id, :channel_id, :conversation_id, clock_timestamp() + make_interval(secs => :seconds))
    ON CONFLICT (channel_id, conversation_id) DO UPDATE
    SET used_until = greatest(bucket.used_until, clock_timestamp()) + make_interval(secs => :seconds)
    WHERE greatest(bucket.used_until, clock_timestamp()) <= clock_timestamp() + make_interval(secs => :room)
    RETURNING extract(epoch FROM bucket.used_until - clock_timestamp())
""")
_WAIT = text("""
    SELECT extract(epoch FROM used_until - clock_timestamp()) FROM send_buckets
    WHERE channel_id = :channel_id AND conversation_id = :conversation_id
""")
_PUT_OFF = text("""
    UPDATE send_buckets
    SET used_until = greatest(used_until, clock_timestamp()) + make_interval(secs => :seconds)
    WHERE channel_id = :channel_id AND conversation_id IS NULL
""")
_FORGET_EMPTY = text("""
    DELETE FROM send_buckets WHERE id IN (
        SELECT id FROM send_buckets WHERE used_until < clock_timestamp() - interval '1 hour'
        LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
""")
_NO_BOUND = 1e8


def throughput_of(channel: Channel) -> int:
    """Messages a second that Meta lets the number send and receive."""
    if channel.messages_per_second is not None:
        return channel.messages_per_second
    return THROUGHPUT.get((channel.throughput or "").upper(), THROUGHPUT["STANDARD"])


def channel_rate(channel: Channel) -> Rate:
    """How fast a number sends: nine tenths of what Meta allows, the rest is for bursts and what comes in.

    In no second does it send more than Meta allows.
    """
    allowed = throughput_of(channel)
    return Rate(seconds=1 / (0.9 * allowed), burst=max(1, allowed // 10))


def reserve(session: Session, channel: Channel) -> float:
    """Reserve the number's next place; return in how many seconds it is."""
    rate = channel_rate(channel)
    ahead = _take(session, channel, None, rate, room=_NO_BOUND)
    return max(0.0, (ahead or 0.0) - rate.ahead)


def take_pair(session: Session, channel: Channel, conversation: Conversation, rate: Rate = PAIR_RATE) -> float:
    """Take one of the messages that the customer may get now; where there is none, return in how many seconds."""
    room = rate.ahead - rate.seconds
    if _take(session, channel, conversation.id, rate, room=room) is not None:
        return 0.0
    left = session.scalar(_WAIT, {"channel_id": channel.id, "conversation_id": conversation.id})
    return max(0.01, float(left or 0.0) - room)


def put_off(session: Session, channel: Channel, seconds: float) -> None:
    """Let the number rest: Meta says that it is too fast."""
    session.execute(_PUT_OFF, {"channel_id": channel.id, "seconds": seconds})


def forget_empty(session: Session) -> None:
    """Delete buckets that have been empty for an hour: a missing one is an empty one."""
    session.execute(_FORGET_EMPTY)


def _take(session: Session, channel: Channel, conversation_id: int | None, rate: Rate, *, room: float) -> float | None:
    """Take a share; return how many seconds the bucket then lies ahead of now, None where it is full."""
    ahead = session.scalar(
        _TAKE,
        {
            "business_id": channel.business_id,
            "channel_id": channel.id,
            "conversation_id": conversation_id,
            "seconds": rate.seconds,
            "room": room,
        },
    )
    return None if ahead is None else float(ahead)
