"""What webhooks do: their items become rows of the business whose number they came in by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy.orm import Session

from api.conversation.incoming import ReadingDelay
from api.customer import lock
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.service import Outcome, describe
from api.whatsapp.item import Item, Malformed, ReceivedMessage, Source
from api.whatsapp.json_value import loads
from api.whatsapp.load import Load, Work, keys_of
from api.whatsapp.payload import parse
from api.whatsapp.routing import Routes

logger = structlog.get_logger(__name__)

_MAX_PROBLEMS = 20


@dataclass(slots=True)
class Opened:
    """One event taken apart: its items, or why it has none, and what could not be done."""

    event: WebhookEvent
    items: list[Item] = field(default_factory=list)
    error: str | None = None
    problems: list[dict[str, str]] = field(default_factory=list)
    failures: int = 0


def handle(session: Session, events: Sequence[WebhookEvent], delay: ReadingDelay) -> tuple[list[Outcome], Work]:
    """Do what the events say; return each one's outcome, and what is left to do by others.

    An item that raises takes all with it: then handle the events one by one, and at last their items.
    """
    opened = [_open(event) for event in events]
    routes = Routes.of(session, (item for each in opened for item in each.items))
    _hold(session, opened, routes)
    loads = _loads([(each, position, item) for each in opened for position, item in enumerate(each.items)], routes)
    work = _carry_out(session, loads, delay)
    return [_outcome(each, routes) for each in opened], work


def handle_items(session: Session, event: WebhookEvent, delay: ReadingDelay) -> tuple[Outcome, Work]:
    """Do of what `event` says what can be done, item by item; the outcome tells what cannot."""
    opened = _open(event)
    routes = Routes.of(session, opened.items)
    _hold(session, [opened], routes)
    work = Work()
    for position, item in enumerate(opened.items):
        try:
            with session.begin_nested():
                work += _carry_out(session, _loads([(opened, position, item)], routes), delay)
        except Exception as error:  # noqa: BLE001 - whatever it is, the neighbors are handled
            opened.failures += 1
            _note_problem(opened, item.source, describe(error))
            logger.warning("webhook_event.item_failed", event_id=event.id, error=type(error).__name__)
    return _outcome(opened, routes), work


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


def _hold(session: Session, opened: Iterable[Opened], routes: Routes) -> None:
    """Hold the locks of all people and messages that are concerned."""
    keys: dict[int, set[str]] = defaultdict(set)
    for item in (item for each in opened for item in each.items):
        channel = routes.channel(item)
        if channel is not None:
            keys[channel.business_id].update(keys_of(channel, item))
    for business_id in sorted(keys):
        lock.hold(session, business_id, keys[business_id])


def _loads(found: Iterable[tuple[Opened, int, Item]], routes: Routes) -> list[Load]:
    """What there is to do, channel by channel; `found` are items with their events and positions in them."""
    by_channel: dict[int, Load] = {}
    for opened, position, item in found:
        channel = routes.channel(item)
        if channel is not None:
            load = by_channel.setdefault(channel.id, Load(channel))
            load.add(opened.event, position, item, routes.account(item.source))
    return [by_channel[channel_id] for channel_id in sorted(by_channel)]


def _carry_out(session: Session, loads: Iterable[Load], delay: ReadingDelay) -> Work:
    work = Work()
    for load in loads:
        work += load.carry_out(session, delay)
    session.flush()
    return work


def _outcome(opened: Opened, routes: Routes) -> Outcome:
    unrouted = _unrouted(opened, routes)
    lost = [item for item in opened.items if isinstance(item, ReceivedMessage) and routes.channel(item) is None]
    state, error = EventState.HANDLED, None
    if opened.failures:
        state, error = EventState.QUARANTINED, f"{opened.failures} of its items could not be handled: see contents"
    elif opened.error:
        state, error = EventState.FAILED, opened.error
    elif unrouted:
        state, error = EventState.UNROUTED, f"no active channel has the phone_number_id {', '.join(unrouted)}"
    elif lost:
        state, error = (
            EventState.FAILED,
            f"it names no number, and no one channel has the account {lost[0].source.waba_id}",
        )
    elif opened.items and all(isinstance(item, Malformed) for item in opened.items):
        state, error = EventState.FAILED, f"it is no webhook that Meta documents: {opened.problems[0]['reason']}"
    return Outcome(
        state=state,
        error=error,
        business_id=_business_id(opened, routes, unrouted),
        unrouted_phone_number_ids=unrouted,
        contents={"items": dict(Counter(item.name for item in opened.items)), "problems": opened.problems},
    )


def _unrouted(opened: Opened, routes: Routes) -> tuple[str, ...]:
    """Numbers that have something here and no channel."""
    numbers = {item.source.phone_number_id for item in opened.items if routes.channel(item) is None}
    return tuple(sorted(number for number in numbers if number is not None))


def _business_id(opened: Opened, routes: Routes, unrouted: Sequence[str]) -> int | None:
    """Whose event it is: None where it is nobody's, or may be more than one business's."""
    found = [routes.channel(item) for item in opened.items]
    owners = {channel.business_id for channel in found if channel is not None}
    return owners.pop() if len(owners) == 1 and not unrouted else None
