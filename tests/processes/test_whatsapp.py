"""Real processes: a thousand customers of the simulator write to the service, and it writes back.

Webhooks come twice, together and out of order; files do not come at first; sends fail, and their answers get lost.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from api.simulator.options import Delays, Faults, Number, Options, Retries
from api.simulator.simulator import Simulator
from tests.processes.service import NUMBER, Service, running_service, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

CUSTOMERS = [f"91900{number:07}" for number in range(1000)]
WITH_PICTURE = CUSTOMERS[::20]
ANSWERED = CUSTOMERS[::2]
PATIENCE = 120.0
FAULTS = Faults(
    seed=4,
    duplicate=0.1,
    hold=0.2,
    hold_seconds=1.0,
    batch=20,
    fail_send=0.02,
    lose_answer=0.02,
    fail_status=0.03,
    fail_media=0.1,
    media_failures=1,
)
OPTIONS = Options(
    numbers=(Number(phone_number_id=NUMBER, throughput="HIGH"),),
    delays=Delays(sent=0.2, delivered=0.4, read=0.4),
    faults=FAULTS,
    retries=Retries(first_seconds=0.2, longest_seconds=2),
)
OPEN_EVENTS = "SELECT count(*) FROM webhook_events WHERE state <> 'handled'"
OPEN_FILES = "SELECT count(*) FROM media WHERE state <> 'stored'"
OPEN_ANSWERS = """
    SELECT count(*) FROM messages WHERE direction = 'outbound' AND status NOT IN ('read', 'failed', 'unknown')
"""
STATUSES = {"read": {"sent", "delivered", "read"}, "failed": {"failed"}}


@dataclass
class Ledger:
    """What was said on one side, to be found on the other: wamids, and the hashes of pictures."""

    said: Counter[str]
    pictures: set[str]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Simulator, Service]]:
    with Simulator(OPTIONS) as whatsapp:
        settings = {"WHATSAPP_GRAPH_URL": whatsapp.address, "WHATSAPP_ACCESS_TOKEN": OPTIONS.tokens[0]}
        with running_service(tmp_path_factory.mktemp("whatsapp"), **settings) as service:
            whatsapp.connect(f"{service.http.base_url}/webhook/whatsapp")
            yield whatsapp, service


def test_a_thousand_conversations_lose_nothing_and_double_nothing(both: tuple[Simulator, Service]) -> None:
    whatsapp, service = both
    ledger = everybody_writes(whatsapp)
    with psycopg.connect(service.database_url, autocommit=True) as database:
        whatsapp.wait_until_delivered(PATIENCE)
        wait_until(lambda: count(database, OPEN_EVENTS) == 0, PATIENCE)
        everything_was_written_down(database, ledger)

        queued = many_are_answered(service)
        wait_until(lambda: count(database, OPEN_ANSWERS) == 0, PATIENCE)
        whatsapp.wait_until_delivered(PATIENCE)
        wait_until(lambda: count(database, OPEN_EVENTS) == 0, PATIENCE)
        every_answer_went_out_once(database, whatsapp, queued)

        wait_until(lambda: count(database, OPEN_FILES) == 0, PATIENCE)
        assert {sha256 for (sha256,) in database.execute("SELECT sha256 FROM media")} == ledger.pictures
    assert whatsapp.counts["duplicated"] > 0
    assert whatsapp.counts["held"] > 0


def everybody_writes(whatsapp: Simulator) -> Ledger:
    """Each customer writes twice, some send a picture as well."""
    ledger = Ledger(Counter(), set())
    for wa_id in CUSTOMERS:
        phone = whatsapp.phone(wa_id, f"Customer {wa_id[-4:]}")
        ledger.said[phone.say("namaste")] += 1
        ledger.said[phone.say(f"2 kg sugar bhej do, {wa_id}")] += 1
    for wa_id in WITH_PICTURE:
        picture = png(wa_id)
        ledger.said[whatsapp.phone(wa_id).send_file("image", picture, "image/png", caption="yeh wala")] += 1
        ledger.pictures.add(hashlib.sha256(picture).hexdigest())
    return ledger


def everything_was_written_down(database: psycopg.Connection[Any], ledger: Ledger) -> None:
    """Every message is there once, in one conversation for each customer."""
    inbound = database.execute("SELECT wamid FROM messages WHERE direction = 'inbound'")
    assert Counter(wamid for (wamid,) in inbound) == ledger.said
    assert count(database, "SELECT count(*) FROM conversations") == len(CUSTOMERS)
    assert count(database, "SELECT count(DISTINCT customer_phone) FROM conversations") == len(CUSTOMERS)
    assert count(database, "SELECT count(*) FROM media") == len(WITH_PICTURE)


def many_are_answered(service: Service) -> set[int]:
    """Queue an answer to every second customer; return the rows' ids."""

    def answer(wa_id: str) -> int:
        message = {"to": f"+{wa_id}", "type": "text", "content": {"body": f"Namaste {wa_id}, which brand?"}}
        row: int = service.post("/messages/send", message)["id"]
        return row

    with ThreadPoolExecutor(4) as pool:
        return set(pool.map(answer, ANSWERED))


def every_answer_went_out_once(database: psycopg.Connection[Any], whatsapp: Simulator, queued: set[int]) -> None:
    """Meta has each answer once, also those whose own answer was lost, and every status of it came back.

    Where a connection broke before Meta took the answer, it is `unknown`: that is for a person to decide.
    """
    rows = database.execute("SELECT id, tracker, wamid, status FROM messages WHERE direction = 'outbound'").fetchall()
    assert {row for row, *_ in rows} == queued
    assert {wamid: tracker for _, tracker, wamid, _ in rows if wamid} == whatsapp.accepted
    never_taken = [tracker for _, tracker, wamid, status in rows if status == "unknown" or not wamid]
    assert not set(never_taken) & set(whatsapp.accepted.values())
    assert len(never_taken) < len(rows) / 100
    entries = whatsapp.do(
        lambda network: {
            entry.id: entry.status
            for chat in network.chats.values()
            for entry in chat.entries.values()
            if not entry.is_customers
        }
    )
    assert {wamid: status for _, _, wamid, status in rows if wamid} == entries
    told = Counter(database.execute("SELECT wamid, status FROM message_statuses").fetchall())
    assert told == Counter((wamid, name) for wamid, last in entries.items() for name in STATUSES[last])
    assert set(entries.values()) == {"read", "failed"}


def count(database: psycopg.Connection[Any], query: str) -> int:
    """The number that a query tells."""
    (found,) = database.execute(query).fetchone() or (0,)  # type: ignore[call-overload]
    return int(found)


def png(text: str) -> bytes:
    """A picture unlike any other."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (8, 8), tuple(hashlib.sha256(text.encode()).digest()[:3])).save(out, "PNG")
    return out.getvalue()
