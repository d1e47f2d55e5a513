"""What a webhook's items do: messages and statuses become rows of the business whose number they came in by."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.conversation import service as conversations
from api.conversation.service import NewMessage, NewStatus, ReadingDelay, believable
from api.identity.models import Channel, ChannelStatus
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.service import Outcome, describe
from api.whatsapp import lock
from api.whatsapp.json_value import loads
from api.whatsapp.payload import Item, Malformed, OtherEvent, ReceivedMessage, ReceivedStatus, parse

logger = structlog.get_logger(__name__)

# Room for the items of one event in the order of all messages.
ITEMS_PER_EVENT = 1 << 20
_MAX_PROBLEMS = 20


@dataclass(slots=True)
class Handling:
    """One event being handled: who its items belong to, and what they did so far."""

    session: Session
    event: WebhookEvent
    delay: ReadingDelay
    items: list[Item]
    channels: Mapping[str, Channel]
    conversation_ids: set[int] = field(default_factory=set)
    problems: list[dict[str, str]] = field(default_factory=list)
    failures: int = 0


def handle(
    session: Session, event: WebhookEvent, delay: ReadingDelay, *, last_try: bool = False
) -> tuple[Outcome, set[int]]:
    """Do what `event` says; return its outcome and the ids of conversations that have something to read.

    An item that raises takes the whole event with it, to be tried again. The last try handles each item
    by itself: it does what can be done, and the outcome says what cannot.
    """
    try:
        items = parse(loads(event.body))
    except ValueError as error:
        return Outcome(EventState.FAILED, f"the body is not JSON: {error}"), set()
    handling = Handling(session, event, delay, items, _channels(session, items))
    lock.hold(session, _keys(handling))
    for position, item in enumerate(items):
        work = partial(_apply, handling, position, item)
        if last_try:
            _attempt(handling, item, work)
        else:
            work()
    return _outcome(handling), handling.conversation_ids


def _channels(session: Session, items: Iterable[Item]) -> Mapping[str, Channel]:
    """The active channels that the items came in by: by phone_number_id, or by WABA id where they name none."""
    numbers = {item.source.phone_number_id for item in items if item.source.phone_number_id}
    accounts = {item.source.waba_id for item in items if item.source.waba_id and not item.source.phone_number_id}
    if not numbers and not accounts:
        return {}
    wanted = or_(Channel.phone_number_id.in_(numbers), Channel.waba_id.in_(accounts))
    found = session.scalars(select(Channel).where(Channel.status == ChannelStatus.ACTIVE, wanted)).all()
    by_account = {channel.waba_id: channel for channel in found if channel.waba_id}
    return by_account | {channel.phone_number_id: channel for channel in found}


def _channel_of(handling: Handling, item: Item) -> Channel | None:
    return handling.channels.get(item.source.phone_number_id or item.source.waba_id or "")


def _keys(handling: Handling) -> Iterable[str]:
    """What the items touch: messages, and the people who wrote them."""
    for item in handling.items:
        channel = _channel_of(handling, item)
        if channel is None:
            continue
        if isinstance(item, ReceivedMessage | ReceivedStatus):
            yield f"message:{channel.id}:{item.wamid}"
        if isinstance(item, ReceivedMessage):
            for known in item.person.ids:
                yield f"person:{channel.business_id}:{known}"


def _attempt(handling: Handling, item: Item, work: Callable[[], None]) -> None:
    """Do the work of one item; where it raises, undo that item alone and keep the reason."""
    try:
        with handling.session.begin_nested():
            work()
    except Exception as error:  # noqa: BLE001 - whatever it is, the neighbors are handled
        handling.failures += 1
        _note_problem(handling, item, describe(error))
        logger.warning("webhook_event.item_failed", event_id=handling.event.id, error=type(error).__name__)


def _apply(handling: Handling, position: int, item: Item) -> None:
    """Do what one item says."""
    if isinstance(item, Malformed):
        _note_problem(handling, item, item.reason)
        return
    channel = _channel_of(handling, item)
    if channel is None or isinstance(item, OtherEvent):
        return
    if isinstance(item, ReceivedStatus):
        conversations.record_status(handling.session, channel, _new_status(handling.event, item))
        return
    message = conversations.record_message(
        handling.session, channel, _new_message(handling.event, position, item), handling.delay
    )
    if message is not None:
        handling.conversation_ids.add(message.conversation_id)


def _new_message(event: WebhookEvent, position: int, item: ReceivedMessage) -> NewMessage:
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


def _new_status(event: WebhookEvent, item: ReceivedStatus) -> NewStatus:
    return NewStatus(item.wamid, item.status, believable(item.timestamp, event.received_at), item.raw)


def _note_problem(handling: Handling, item: Item, reason: str) -> None:
    if len(handling.problems) < _MAX_PROBLEMS:
        handling.problems.append({"path": item.source.path, "reason": reason})


def _outcome(handling: Handling) -> Outcome:
    unrouted = _unrouted(handling)
    state, error = EventState.HANDLED, None
    if handling.failures:
        state, error = EventState.QUARANTINED, f"{handling.failures} of its items could not be handled: see contents"
    elif unrouted:
        state, error = EventState.UNROUTED, f"no active channel has the phone_number_id {', '.join(unrouted)}"
    elif handling.items and all(isinstance(item, Malformed) for item in handling.items):
        state, error = EventState.FAILED, f"it is no webhook that Meta documents: {handling.problems[0]['reason']}"
    return Outcome(
        state=state,
        error=error,
        business_id=_business_id(handling, unrouted),
        unrouted_phone_number_ids=unrouted,
        contents={"items": dict(Counter(item.name for item in handling.items)), "problems": handling.problems},
    )


def _unrouted(handling: Handling) -> tuple[str, ...]:
    """Numbers that have messages, statuses or other events here and no channel."""
    numbers = {item.source.phone_number_id for item in handling.items if item.source.phone_number_id}
    return tuple(sorted(number for number in numbers if number not in handling.channels))


def _business_id(handling: Handling, unrouted: tuple[str, ...]) -> int | None:
    """Whose event it is: None where it is nobody's, or may be more than one business's."""
    owners = {channel.business_id for channel in handling.channels.values()}
    return owners.pop() if len(owners) == 1 and not unrouted else None
