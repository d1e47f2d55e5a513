"""Whatever webhooks hold: nothing raises, nothing is lost, and the order of their coming leaves no trace."""

import json
import random
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.conversation.models import Conversation, Message
from api.webhook_event.models import EventState, WebhookEvent
from tests.api.pipeline.conftest import Line
from tests.api.pipeline.generated import batches, damaged, webhook
from tests.api.pipeline.snapshot import snapshot
from tests.committed_shop import Shop

Json = dict[str, Any]
ONE_SHOP = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def store(line: Line, shop: Shop, payloads: list[Json]) -> None:
    """Put webhooks of the shop's number into the inbox; the same bytes once."""
    for body in dict.fromkeys(
        json.dumps(payload).replace('"NUMBER"', f'"{shop.number}"').encode() for payload in payloads
    ):
        line.store(body)


def left_by(line: Line, shop: Shop, payloads: list[Json]) -> dict[str, list[Any]]:
    """What webhooks leave in an empty database."""
    with line.database.bind.begin_nested() as nested:  # type: ignore[union-attr]
        store(line, shop, payloads)
        line.pipeline.events.run()
        assert {event.state for event in line.all(WebhookEvent)} == {EventState.HANDLED}
        assert {event.attempts for event in line.all(WebhookEvent)} == {1}
        found = snapshot(line.database)
        nested.rollback()
    return found


@ONE_SHOP
@given(changes=batches(), seed=st.integers(0, 2**32))
def test_the_order_and_the_cut_of_webhooks_leave_no_trace(
    line: Line, shop: Shop, changes: list[Json], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    once = left_by(line, shop, [webhook(change) for change in changes])
    again = [*deepcopy(changes), *dice.choices(changes, k=3)]
    dice.shuffle(again)
    cuts = sorted(dice.sample(range(len(again) + 1), 2))
    parts = [part for part in (again[: cuts[0]], again[cuts[0] : cuts[1]], again[cuts[1] :]) if part]
    assert left_by(line, shop, [webhook(*part) for part in parts]) == once


@ONE_SHOP
@given(changes=batches())
def test_every_message_is_stored_once_and_shown_with_something(line: Line, shop: Shop, changes: list[Json]) -> None:
    told = [item["id"] for change in changes for item in change["value"].get("messages", [])]
    with line.database.bind.begin_nested() as nested:  # type: ignore[union-attr]
        store(line, shop, [webhook(*changes), webhook(*changes[::-1])])
        line.pipeline.events.run()
        rows = [row for row in line.all(Message) if "echo" not in row.wamid]
        nested.rollback()
    assert sorted(row.wamid for row in rows) == sorted(told)


@ONE_SHOP
@given(payload=damaged())
def test_damaged_webhooks_are_settled_at_the_first_attempt(line: Line, shop: Shop, payload: Json) -> None:
    with line.database.bind.begin_nested() as nested:  # type: ignore[union-attr]
        store(line, shop, [payload])
        line.pipeline.events.run()
        (event,) = line.all(WebhookEvent)
        nested.rollback()
    assert event.attempts == 1
    assert event.state in {EventState.HANDLED, EventState.FAILED, EventState.UNROUTED}


@ONE_SHOP
@given(changes=batches())
def test_whatever_a_chat_holds_it_can_be_read(line: Line, shop: Shop, changes: list[Json]) -> None:
    with line.database.bind.begin_nested() as nested:  # type: ignore[union-attr]
        store(line, shop, [webhook(*changes)])
        line.hints.send("handle_events")
        line.hints.listen()
        conversations = line.all(Conversation)
        nested.rollback()
    assert {row.reading_error for row in conversations} <= {None}
    assert {row.reading_due_at for row in conversations} <= {None}
