"""Others' sample webhooks: all that is in them is in the database once, however often and in whatever order."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from api.conversation.models import Message, MessageStatusEvent
from api.database import Database
from api.identity.models import Channel
from api.webhook_event.models import EventState, WebhookEvent
from api.whatsapp.models import AccountEvent
from tests.api.pipeline.conftest import Line, make_line
from tests.api.pipeline.snapshot import snapshot
from tests.committed_shop import Shop
from tests.factories import make_channel

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "benchmark" / "public" / "whatsapp"
PATHS = sorted(SAMPLES.glob("*/webhooks/*.json"))
pytestmark = pytest.mark.skipif(not PATHS, reason="the sample payloads are not here")
Json = dict[str, Any]


def samples() -> list[Json]:
    """All samples; examples of different messages that share an id get each their own."""
    return [own_ids(orjson.loads(path.read_bytes()), number) for number, path in enumerate(PATHS)]


def own_ids(payload: Json, number: int) -> Json:
    for value in values(payload):
        for item in value.get("messages", []):
            item["id"] = f"{item['id']}#{number}"
    return payload


def values(payload: Json) -> Iterator[Json]:
    return (change["value"] for entry in payload["entry"] for change in entry["changes"])


def split(payload: Json) -> Iterator[Json]:
    """A webhook for each message, status and other thing."""
    for entry in payload["entry"]:
        for change in entry["changes"]:
            parts = [(key, item) for key in ("messages", "statuses") for item in change["value"].get(key, [])]
            for key, item in parts:
                value = {name: told for name, told in change["value"].items() if name not in {"messages", "statuses"}}
                yield {**payload, "entry": [{**entry, "changes": [{**change, "value": {**value, key: [item]}}]}]}
            if not parts:
                yield {**payload, "entry": [{**entry, "changes": [change]}]}


def merged(payloads: list[Json]) -> Json:
    return {"object": "whatsapp_business_account", "entry": [entry for each in payloads for entry in each["entry"]]}


def deliveries(name: str) -> list[Json]:
    found = samples()
    ways: dict[str, Any] = {
        "once": lambda: found,
        "twice": lambda: [*found, *deepcopy(found)],
        "again in other bodies": lambda: [*found, *({**each, "again": 1} for each in deepcopy(found))],
        "reversed": lambda: found[::-1],
        "shuffled": lambda: Random(7).sample(found, len(found)),  # noqa: S311 - no secret
        "split": lambda: [part for each in found for part in split(each)],
        "merged": lambda: [merged(found)],
        "merged backwards": lambda: [merged(found[::-1])],
    }
    return ways[name]()


@pytest.fixture
def line(database: Database, shop: Shop) -> Line:
    """A line to a shop that has all the numbers and accounts of the samples."""
    made = make_line(database)
    numbers = {value["metadata"]["phone_number_id"]: entry["id"] for entry, value in routed(samples())}
    with database.transaction() as session:
        for number, account in numbers.items():
            make_channel(session, shop.business, phone_number_id=number, waba_id=account)
        for account in {entry["id"] for each in samples() for entry in each["entry"]} - set(numbers.values()):
            make_channel(session, shop.business, waba_id=account)
    return made


def routed(payloads: list[Json]) -> Iterator[tuple[Json, Json]]:
    for payload in payloads:
        for entry in payload["entry"]:
            for change in entry["changes"]:
                if "metadata" in change["value"]:
                    yield entry, change["value"]


def deliver(line: Line, payloads: list[Json]) -> None:
    """Store and handle webhooks; one whose bytes were stored before is no new one."""
    for payload in {orjson.dumps(payload): payload for payload in payloads}.values():
        line.store(payload)
    line.pipeline.events.run()
    for event in line.all(WebhookEvent):
        assert event.state is EventState.HANDLED, event.error
        assert event.contents["problems"] == []


def test_every_message_status_and_event_of_the_samples_is_stored_once(line: Line) -> None:
    deliver(line, deliveries("once"))
    found = [value for payload in samples() for value in values(payload)]
    messages = sorted(item["id"] for value in found for item in value.get("messages", []))
    statuses = sorted((item["id"], item["status"]) for value in found for item in value.get("statuses", []))
    others = [value for value in found if not {"messages", "statuses"} & value.keys()]
    assert sorted(row.wamid for row in line.all(Message)) == messages
    assert sorted((row.wamid, row.status) for row in line.all(MessageStatusEvent)) == statuses
    assert len(line.all(AccountEvent)) == len(others)


def expected(line: Line) -> dict[str, list[Any]]:
    """What the samples leave when each comes once, in order."""
    with line.database.bind.begin_nested() as nested:  # type: ignore[union-attr]
        deliver(line, deliveries("once"))
        found = snapshot(line.database)
        nested.rollback()
    assert line.all(Message) == []
    return found


@pytest.mark.parametrize(
    "way", ["twice", "again in other bodies", "reversed", "shuffled", "split", "merged", "merged backwards"]
)
def test_however_the_samples_come_the_database_is_the_same(line: Line, way: str) -> None:
    once = expected(line)
    deliver(line, deliveries(way))
    assert snapshot(line.database) == once


def test_samples_with_shared_ids_are_stored_once_an_id(line: Line) -> None:
    payloads = [orjson.loads(path.read_bytes()) for path in PATHS]
    deliver(line, payloads)
    ids = {item["id"] for payload in payloads for value in values(payload) for item in value.get("messages", [])}
    assert sorted(row.wamid for row in line.all(Message)) == sorted(ids)


def test_every_channel_of_the_samples_has_its_own_messages(line: Line) -> None:
    deliver(line, deliveries("once"))
    with line.database.transaction() as session:
        rows = session.execute(
            select(Message.payload, Channel.phone_number_id).join(Channel, Channel.id == Message.channel_id)
        )
        came_by = {payload["id"]: number for payload, number in rows}
    told = {
        item["id"]: value["metadata"]["phone_number_id"]
        for _, value in routed(samples())
        for item in value.get("messages", [])
    }
    assert came_by == told
