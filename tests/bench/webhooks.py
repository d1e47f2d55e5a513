"""How many webhooks a second the running service takes, handles, and how soon a draft is there.

The service runs as an operator starts it: an API process, a worker process and PostgreSQL, which share
the cores with the load. Every 200 is a webhook that is committed to disk.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import psycopg

from tests.payloads import message, messages_of, signed
from tests.processes.service import NUMBER, Service, running_service, wait_until

CONNECTIONS = 64
LOAD_SECONDS = 6.0
MOST_REQUESTS = 40_000
CUSTOMERS = 500
DRAIN_SECONDS = 60.0
QUIET_MESSAGES = 10
SUGAR = {"item_group_id": "S", "title": "Sugar 1 kg", "variants": [{"sku": "S-1", "price_minor": 4800}]}


def run() -> Iterator[tuple[str, float, str]]:
    """Webhooks a second stored and handled, the answer's latency, and the time from webhook to draft."""
    with tempfile.TemporaryDirectory(prefix="satyasell-") as folder, running_service(Path(folder)) as service:
        service.post("/products", SUGAR)
        drafts = [_draft_time(service, f"9190001{number:05}") for number in range(QUIET_MESSAGES)]
        yield "from webhook to draft, of which 0.2 s wait for more, p50", median(drafts) * 1000, "ms"
        times, seconds = asyncio.run(_load(service))
        yield f"webhooks answered, {CONNECTIONS} at a time", len(times) / seconds, "a second"
        yield "a webhook's answer, p50", median(times) * 1000, "ms"
        yield "a webhook's answer, p99", quantiles(times, n=100)[98] * 1000, "ms"
        yield "webhooks handled by one worker process after that", _handled_a_second(service), "a second"


def _draft_time(service: Service, sender: str) -> float:
    """Seconds from sending a webhook until the customer's draft is in the list of orders."""
    before = len(service.get("/orders?limit=200")["items"])
    started = time.perf_counter()
    service.deliver(messages_of(NUMBER, message("2 kg sugar bhej do", sender=sender)))
    wait_until(lambda: len(service.get("/orders?limit=200")["items"]) > before)
    return time.perf_counter() - started


async def _load(service: Service) -> tuple[list[float], float]:
    """Each answer's time, and the seconds that the load lasted."""
    address = urlsplit(str(service.http.base_url))
    requests = _requests(address.netloc)
    times: list[float] = []
    started = time.perf_counter()
    clients = (_client(address.hostname, address.port, requests, times, started) for _ in range(CONNECTIONS))
    await asyncio.gather(*clients)
    return times, time.perf_counter() - started


async def _client(
    host: str | None, port: int | None, requests: Iterator[bytes], times: list[float], started: float
) -> None:
    """Send one request after the other over one connection until the time or the requests are over."""
    reader, writer = await asyncio.open_connection(host, port)
    for request in requests:
        sent = time.perf_counter()
        if sent - started > LOAD_SECONDS:
            break
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        times.append(time.perf_counter() - sent)
    writer.close()
    await writer.wait_closed()


def _requests(host: str) -> Iterator[bytes]:
    """Signed webhooks of many customers, none like another, as bytes on the wire."""
    for number in range(MOST_REQUESTS):
        sender = f"9190002{number % CUSTOMERS:05}"
        body, headers = signed(messages_of(NUMBER, message(f"{number} bhaiya kab aayega", sender=sender)))
        lines = [f"{name}: {value}" for name, value in (headers | {"Content-Length": str(len(body))}).items()]
        head = "\r\n".join(["POST /webhook/whatsapp HTTP/1.1", f"Host: {host}", *lines, "", ""])
        yield head.encode() + body


def _handled_a_second(service: Service) -> float:
    """How many of the waiting webhooks are handled a second, until none waits or the time is over."""
    with psycopg.connect(service.database_url, autocommit=True) as connection:
        waiting = _waiting(connection)
        started = time.perf_counter()
        left, seconds = waiting, 0.0
        while left and seconds < DRAIN_SECONDS:
            time.sleep(0.25)
            left, seconds = _waiting(connection), time.perf_counter() - started
    return (waiting - left) / seconds


def _waiting(connection: psycopg.Connection[tuple[int]]) -> int:
    found = connection.execute("SELECT count(*) FROM webhook_events WHERE state = 'received'").fetchone()
    return found[0] if found else 0
