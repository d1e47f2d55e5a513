"""How long the inbox's answers take with 10,000 conversations, and how soon open pages hear of a change.

The service runs as an operator starts it, and is asked over HTTP, one request after the other. Its database holds
200,000 messages of four shops, most of them of the one that is asked about.
"""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any, LiteralString

import orjson
import psycopg
from rich.console import Console
from rich.progress import Progress, TaskID
from websockets.sync.client import connect

from api.database import Database
from api.live.service import announce
from tests.processes.service import Service, running_service

CONVERSATIONS = 10_000
OTHERS = 3  # shops, each with a tenth as many conversations
MESSAGES = 200_000
DRAFTS = 0.15
ASKED = 60
CHANGES = 200
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_NAMES = "asha bina chitra deepa esha farah gauri heena isha jaya kiran lata meena neha ojas pooja rani sita".split()
_SURNAMES = "rao iyer khan singh patel das nair bose jain mehta reddy gupta shah roy pillai kaur sen dutta".split()
_WORDS = """hai ka ki ko bhej do dena chahiye aur kitna price bhaiya ji ek 2 3 kg packet aata sugar chawal dal namak
tel mirch haldi sabun surf chai patti biscuit red blue size M L kurti saree dupatta order cancel mat karna kal aaj
delivery address wahi purana same please send photo rate available stock hello ok thanks theek pura total payment
upi cod done confirm number flat gali road sector colony near mandir school pin code""".split()
_RARE = [f"{word}{number}" for word in _WORDS[:40] for number in range(100)]

Row = tuple[str, float, str]


def run() -> Iterator[Row]:
    """p50 and p95 of every list, filter, count and search, and of the time from a change to its frame."""
    with (
        tempfile.TemporaryDirectory(prefix="satyasell-") as folder,
        running_service(Path(folder), SATYASELL_WORKER_PROCESSES="1") as service,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        _fill(service.database_url, progress)
        asked = _questions(service)
        task = progress.add_task("asking", total=len(asked) * ASKED)
        for what, paths in asked.items():
            times = []
            for number in range(ASKED):
                started = time.perf_counter()
                service.get(paths[number % len(paths)])
                times.append(time.perf_counter() - started)
                progress.advance(task)
            yield from _both(what, times)
        yield from _both("from a change's commit to its frame", _latencies(service))


def _both(what: str, times: Sequence[float]) -> Iterator[Row]:
    yield f"{what}, p50", median(times) * 1000, "ms"
    yield f"{what}, p95", quantiles(times, n=20)[18] * 1000, "ms"


def _questions(service: Service) -> dict[str, list[str]]:
    """What is asked, by what it is: each with several paths, so that no answer is the last one again."""
    first = service.get("/conversations?limit=50")
    cursors = _deep(service, first["next"])
    chat, message = _long_chat(service.database_url)
    searches = {
        "a search for a word that nearly all chats have": ["hai", "bhej", "kg do"],
        "a search for a rare word": _RARE[5:60:5],
        "a search for two letters": ["ka", "as", "su"],
        "a search for a name": ["asha", "meena r", "Kiran Sh", "iyer"],
        "a search for a number": ["+91 90000 01", "900000123", "0777"],
        "a search for an order": ["#17", "1042", "#900"],
        "a search in vain": ["zzzz", "xyzzy plugh"],
    }
    return {
        "the inbox": ["/conversations?limit=50"],
        "the inbox, further down": [f"/conversations?limit=50&cursor={cursor}" for cursor in cursors],
        "mine": ["/conversations?assigned_to=me"],
        "unassigned": ["/conversations?assigned_to=nobody"],
        "unread": ["/conversations?unread=true"],
        "with a draft": ["/conversations?has_draft=true"],
        "that need an answer": ["/conversations?needs_answer=true"],
        "longest unanswered first": ["/conversations?sort=oldest_unanswered"],
        "mine, unread, with a draft": ["/conversations?assigned_to=me&unread=true&has_draft=true"],
        "the counts": ["/conversations/counts"],
        **{
            what: [f"/conversations?q={word.replace('#', '%23')}" for word in words] for what, words in searches.items()
        },
        "a search among the unread": ["/conversations?unread=true&q=sugar", "/conversations?unread=true&q=hai"],
        "one conversation": [f"/conversations/{chat}"],
        "messages of a chat": [f"/conversations/{chat}/messages"],
        "messages around one": [f"/conversations/{chat}/messages?around={message}"],
        "a search in one chat": [f"/conversations/{chat}/messages?q=sugar"],
    }


def _deep(service: Service, cursor: str) -> list[str]:
    """Cursors from all over the inbox."""
    found = []
    while cursor:
        found.append(cursor)
        cursor = service.get(f"/conversations?limit=200&cursor={cursor}")["next"]
    return found[::5]


def _long_chat(database_url: str) -> tuple[int, int]:
    """The longest chat of the first shop, and a message in the middle of it."""
    with psycopg.connect(database_url) as connection:
        chat = _one(
            connection,
            "SELECT conversation_id FROM messages WHERE business_id = 1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        )
        middle = "SELECT id FROM messages WHERE conversation_id = %s ORDER BY timestamp OFFSET 200 LIMIT 1"
        return chat, _one(connection, middle, chat)


def _one(connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> int:
    found = connection.execute(query, values).fetchone()
    assert found is not None
    return int(found[0])


def _latencies(service: Service) -> list[float]:
    """Seconds from before a change is committed until an open page has heard of it."""
    database = Database.connect(service.database_url)
    address = str(service.http.base_url).replace("http", "ws", 1)
    headers = {"Authorization": service.http.headers["Authorization"]}
    times = []
    with connect(f"{address.rstrip('/')}/ws", additional_headers=headers) as page:
        page.recv()
        for number in range(1, CHANGES + 1):
            with database.transaction() as session:
                announce(session, "order", number, business_id=1)
                session.flush()
                started = time.perf_counter()
            while orjson.loads(page.recv(timeout=10)).get("subject_id") != number:
                pass
            times.append(time.perf_counter() - started)
    database.close()
    return times


@dataclass(frozen=True)
class _Shop:
    """Whose rows are filled in, and what random they are of."""

    business_id: int
    channel_id: int
    user_id: int
    random: random.Random


def _fill(database_url: str, progress: Progress) -> None:
    """Fill the database of a service that has one business, its admin and its number."""
    task = progress.add_task("filling", total=MESSAGES)
    with psycopg.connect(database_url) as connection:
        shops = [_Shop(1, 1, 1, random.Random(7)), *(_open(connection, number) for number in range(OTHERS))]  # noqa: S311
        most = MESSAGES * 10 // (10 + OTHERS)
        for shop in shops:
            conversations, messages = (
                (CONVERSATIONS, most) if shop.business_id == 1 else (CONVERSATIONS // 10, most // 10)
            )
            _fill_shop(connection, shop, conversations, messages, progress, task)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _open(connection: psycopg.Connection[Any], number: int) -> _Shop:
    business = _one(
        connection,
        "INSERT INTO businesses (name, currency, country_code, time_zone) "
        "VALUES ('Other', 'INR', 'IN', 'Asia/Kolkata') RETURNING id",
    )
    channel = _one(
        connection,
        "INSERT INTO channels (business_id, phone_number_id, display_phone_number) VALUES (%s, %s, '+91') RETURNING id",
        business,
        f"77{number}",
    )
    user = _one(
        connection,
        "INSERT INTO users (business_id, email, name, role, password_hash) "
        "VALUES (%s, %s, 'U', 'admin', '') RETURNING id",
        business,
        f"u{number}@other.example",
    )
    return _Shop(business, channel, user, random.Random(number))  # noqa: S311 - the same each time


def _fill_shop(
    connection: psycopg.Connection[Any],
    shop: _Shop,
    conversations: int,
    messages: int,
    progress: Progress,
    task: TaskID,
) -> None:
    first = _one(connection, "SELECT coalesce(max(id), 0) + 1 FROM conversations")
    _copy(
        connection,
        "customers (id, business_id, wa_id, phone, name, profile_name)",
        _customers(shop, first, conversations),
    )
    rows = _conversations(shop, first, conversations)
    columns = (
        "id, business_id, channel_id, customer_id, customer_phone, last_message, last_updated, unread_count, "
        "assigned_user_id, answered_at, unanswered_since, last_customer_message_at"
    )
    _copy(connection, f"conversations ({columns})", rows)
    columns = "business_id, channel_id, conversation_id, wamid, direction, type, content, payload, status, timestamp"
    _copy(connection, f"messages ({columns})", _messages(shop, first, conversations, messages), progress, task)
    columns = "id, business_id, conversation_id, customer_id, number, status, total_amount, currency, stage, confidence"
    orders = list(_orders(shop, first, conversations))
    _copy(connection, f"orders ({columns})", orders)
    lines = ((shop.business_id, row[0], place, "Sugar", 2, "INR", "engine") for row in orders for place in range(3))
    _copy(connection, "order_lines (business_id, order_id, position, title, quantity, currency, origin)", lines)


def _copy(
    connection: psycopg.Connection[Any],
    into: str,
    rows: Any,  # noqa: ANN401 - tuples of any values
    progress: Progress | None = None,
    task: TaskID = TaskID(0),  # noqa: B008 - a number
) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
        for number, row in enumerate(rows):
            copy.write_row(row)
            if progress is not None and number % 1000 == 0:
                progress.advance(task, 1000)


def _customers(shop: _Shop, first: int, count: int) -> Iterator[tuple[Any, ...]]:
    choose = shop.random.choice
    for row in range(first, first + count):
        number = f"919{shop.business_id}{row:08}"
        name = f"{choose(_NAMES).title()} {choose(_SURNAMES).title()}"
        yield row, shop.business_id, number, f"+{number}", name if row % 3 == 0 else None, name


def _conversations(shop: _Shop, first: int, count: int) -> Iterator[tuple[Any, ...]]:
    for row in range(first, first + count):
        at = NOW - timedelta(minutes=shop.random.randrange(60 * 24 * 90))
        waits = shop.random.random() < 0.2
        yield (
            *(row, shop.business_id, shop.channel_id, row, None, "2 kg sugar bhej do", at),
            shop.random.randrange(1, 5) if shop.random.random() < 0.1 else 0,
            shop.user_id if shop.random.random() < 0.3 else None,
            *(at - timedelta(hours=1), at if waits else None, at),
        )


def _messages(shop: _Shop, first: int, conversations: int, count: int) -> Iterator[tuple[Any, ...]]:
    """Messages of all chats; few have many, most have some."""
    for number in range(count):
        in_order = number < conversations
        place = number if in_order else int(conversations * shop.random.random() ** 2)
        at = NOW - timedelta(seconds=shop.random.randrange(3600 * 24 * 90))
        outbound = shop.random.random() < 0.4
        yield (
            *(shop.business_id, shop.channel_id, first + place, f"wamid.{shop.business_id}.{number}"),
            *("outbound" if outbound else "inbound", "text", _says(shop.random), _PAYLOAD),
            *("delivered" if outbound else "received", at),
        )


_PAYLOAD = orjson.dumps(
    {"from": "919000000000", "id": "wamid." + "x" * 60, "type": "text", "text": {"body": "x" * 80}}
).decode()


def _says(chance: random.Random) -> str:
    words = [_WORDS[int(len(_WORDS) * chance.random() ** 2)] for _ in range(chance.randrange(2, 14))]
    if chance.random() < 0.2:
        words.append(chance.choice(_RARE))
    return " ".join(words)


def _orders(shop: _Shop, first: int, conversations: int) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(range(first, first + conversations), 1):
        status = "draft" if shop.random.random() < DRAFTS else "confirmed"
        yield row, shop.business_id, row, row, number, status, 9900, "INR", "order", shop.random.random()
