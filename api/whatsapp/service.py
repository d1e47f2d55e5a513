"""What webhooks do: messages and statuses become rows of the business whose number they came in by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.conversation.incoming import NewMessage, NewStatus, ReadingDelay, believable
from api.conversation.recorder import record_messages
from api.conversation.status import record_statuses
from api.identity.models import Channel, ChannelStatus
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.service import Outcome, describe
from api.customer import lock
from api.whatsapp.json_value import loads
from api.whatsapp.payload import Item, Malformed, ReceivedMessage, ReceivedStatus, Source, parse

logger = structlog.get_logger(__name__)

# Room for the items of one event in the order of all messages.
ITEMS_PER_EVENT = 1 << 20
_MAX_PROBLEMS = 20


@dataclass(slots=True)
class Opened:
    """One event taken apart: its items, or why it has none, and what could not be done."""

    event: WebhookEvent
    items: list[Item] = field(default_factory=list)
    error: str | None = None
    problems: list[dict[str, str]] = field(default_factory=list)
    failures: int = 0


@dataclass(slots=True)
class Load:
    """What is to be done for one channel."""

    channel: Channel
    messages: list[NewMessage] = field(default_factory=list)
    statuses: list[NewStatus] = field(default_factory=list)


def handle(session: Session, events: Sequence[WebhookEvent], delay: ReadingDelay) -> tuple[list[Outcome], set[int]]:
    """Do what the events say; return each one's outcome, and the conversations that have something to read.

    An item that raises takes all with it: then handle the events one by one, and at last their items.
    """
    opened = [_open(event) for event in events]
    channels = _channels(session, opened)
    _hold(session, opened, channels)
    loads = _loads([(each, position, item) for each in opened for position, item in enumerate(each.items)], channels)
    due = _carry_out(session, loads, delay)
    return [_outcome(each, channels) for each in opened], due


def handle_items(session: Session, event: WebhookEvent, delay: ReadingDelay) -> tuple[Outcome, set[int]]:
    """Do of what `event` says what can be done, item by item; the outcome tells what cannot."""
    opened = _open(event)
    channels = _channels(session, [opened])
    _hold(session, [opened], channels)
    due: set[int] = set()
    for position, item in enumerate(opened.items):
        try:
            with session.begin_nested():
                due |= _carry_out(session, _loads([(opened, position, item)], channels), delay)
        except Exception as error:  # noqa: BLE001 - whatever it is, the neighbors are handled
            opened.failures += 1
            _note_problem(opened, item.source, describe(error))
            logger.warning("webhook_event.item_failed", event_id=event.id, error=type(error).__name__)
    return _outcome(opened, channels), due


def _open(event: WebhookEvent) -> Opened:
    try:
        items = parse(loads(event.body))
    except ValueError as error:
        return Opened(event, error=f"the body is not JSON: {error}")
    opened = Opened(event, items)
    for item in items:
        if isinstance(item, Malformed):
            _note_problem(opened, item.source, item.reason)
    return opened


def _note_problem(opened: Opened, source: Source, reason: str) -> None:
    if len(opened.problems) < _MAX_PROBLEMS:
        opened.problems.append({"path": source.path, "reason": reason})


def _channels(session: Session, opened: Iterable[Opened]) -> Mapping[str, Channel]:
    """The active channels that items came in by: by phone_number_id, or by WABA id where they name none."""
    sources = [item.source for each in opened for item in each.items]
    numbers = {source.phone_number_id for source in sources if source.phone_number_id}
    accounts = {source.waba_id for source in sources if source.waba_id and not source.phone_number_id}
    if not numbers and not accounts:
        return {}
    wanted = or_(Channel.phone_number_id.in_(numbers), Channel.waba_id.in_(accounts))
    found = session.scalars(select(Channel).where(Channel.status == ChannelStatus.ACTIVE, wanted)).all()
    by_account = {channel.waba_id: channel for channel in found if channel.waba_id}
    return by_account | {channel.phone_number_id: channel for channel in found}


def _channel_of(channels: Mapping[str, Channel], item: Item) -> Channel | None:
    return channels.get(item.source.phone_number_id or item.source.waba_id or "")


def _hold(session: Session, opened: Iterable[Opened], channels: Mapping[str, Channel]) -> None:
    """Hold the locks of all people who write, and of all messages that statuses may be told of."""
    keys: dict[int, set[str]] = defaultdict(set)
    for item in (item for each in opened for item in each.items):
        channel = _channel_of(channels, item)
        if channel is not None:
            keys[channel.business_id].update(_keys(channel, item))
    for business_id in sorted(keys):
        lock.hold(session, business_id, keys[business_id])


def _keys(channel: Channel, item: Item) -> Iterable[str]:
    if isinstance(item, ReceivedMessage):
        yield from (f"person:{known}" for known in item.person.ids)
    if isinstance(item, ReceivedMessage | ReceivedStatus):
        yield f"message:{channel.id}:{item.wamid}"


def _loads(found: Iterable[tuple[Opened, int, Item]], channels: Mapping[str, Channel]) -> list[Load]:
    """What there is to do, channel by channel; `found` are items with their events and positions in them."""
    by_channel: dict[int, Load] = {}
    for opened, position, item in found:
        channel = _channel_of(channels, item)
        if channel is None:
            continue
        if isinstance(item, ReceivedMessage):
            by_channel.setdefault(channel.id, Load(channel)).messages.append(_message(opened.event, position, item))
        elif isinstance(item, ReceivedStatus):
            by_channel.setdefault(channel.id, Load(channel)).statuses.append(_status(opened.event, item))
    return list(by_channel.values())


def _message(event: WebhookEvent, position: int, item: ReceivedMessage) -> NewMessage:
    return NewMessage(
        wamid=item.wamid,
        direction=item.direction,
        person=item.person,
        content=item.content,
        timestamp=believable(item.timestamp, event.received_at),
        reply_to_wamid=item.reply_to_wamid,
        payload=item.raw,
        webhook_event_id=event.id,
        sequence=event.id * ITEMS_PER_EVENT + position,
    )


def _status(event: WebhookEvent, item: ReceivedStatus) -> NewStatus:
    return NewStatus(item.wamid, item.status, believable(item.timestamp, event.received_at), item.raw)


def _carry_out(session: Session, loads: Iterable[Load], delay: ReadingDelay) -> set[int]:
    due: set[int] = set()
    for load in loads:
        due |= record_messages(session, load.channel, load.messages, delay)
        record_statuses(session, load.channel, load.statuses)
    session.flush()
    return due


def _outcome(opened: Opened, channels: Mapping[str, Channel]) -> Outcome:
    unrouted = _unrouted(opened, channels)
    state, error = EventState.HANDLED, None
    if opened.failures:
        state, error = EventState.QUARANTINED, f"{opened.failures} of its items could not be handled: see contents"
    elif opened.error:
        state, error = EventState.FAILED, opened.error
    elif unrouted:
        state, error = EventState.UNROUTED, f"no active channel has the phone_number_id {', '.join(unrouted)}"
    elif opened.items and all(isinstance(item, Malformed) for item in opened.items):
        state, error = EventState.FAILED, f"it is no webhook that Meta documents: {opened.problems[0]['reason']}"
    return Outcome(
        state=state,
        error=error,
        business_id=_business_id(opened, channels, unrouted),
        unrouted_phone_number_ids=unrouted,
        contents={"items": dict(Counter(item.name for item in opened.items)), "problems": opened.problems},
    )


def _unrouted(opened: Opened, channels: Mapping[str, Channel]) -> tuple[str, ...]:
    """Numbers that have something here and no channel."""
    numbers = {item.source.phone_number_id for item in opened.items if item.source.phone_number_id}
    return tuple(sorted(number for number in numbers if number not in channels))


def _business_id(opened: Opened, channels: Mapping[str, Channel], unrouted: Sequence[str]) -> int | None:
    """Whose event it is: None where it is nobody's, or may be more than one business's."""
    found = [_channel_of(channels, item) for item in opened.items]
    owners = {channel.business_id for channel in found if channel is not None}
    return owners.pop() if len(owners) == 1 and not unrouted else None
