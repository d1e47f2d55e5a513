"""Real processes: whichever answers, every open page hears what changes; none keeps the service from stopping."""

import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.payloads import message, messages_of
from tests.processes.service import NUMBER, Service, running_service

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]

PAGES = 8


def pages(service: Service, stack: ExitStack) -> list[ClientConnection]:
    """Open pages; the kernel spreads them over the processes."""
    address = str(service.http.base_url).replace("http", "ws", 1).rstrip("/")
    headers = {"Authorization": service.http.headers["Authorization"]}
    return [stack.enter_context(connect(f"{address}/ws", additional_headers=headers)) for _ in range(PAGES)]


def hears(page: ClientConnection, subject: str) -> bool:
    while True:
        if orjson.loads(page.recv(timeout=30)).get("subject") == subject:
            return True


def closed_with(page: ClientConnection) -> int | None:
    """The code with which the service closed a page's WebSocket."""
    try:
        while True:
            page.recv(timeout=1)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_every_page_hears_of_a_message_and_the_service_stops_under_them() -> None:
    with TemporaryDirectory(prefix="satyasell-test-") as folder, ExitStack() as stack:
        with running_service(Path(folder), SATYASELL_API_PROCESSES="2") as service:
            opened = pages(service, stack)
            service.deliver(messages_of(NUMBER, message("2 kg sugar bhej do")))
            assert all(hears(page, "conversation") for page in opened)
            stopping = time.monotonic()
        assert time.monotonic() - stopping < 20
        assert service.events("process.killed") == []
        assert {closed_with(page) for page in opened} == {1012}
