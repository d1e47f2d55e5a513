"""Real processes: `satyasell serve`, signed webhooks over HTTP, drafts, stock, and sudden deaths."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.payloads import message, messages_of
from tests.processes.service import NUMBER, PATIENCE, Service, running_service, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]

SUGAR = {
    "item_group_id": "SUGAR",
    "title": "Sugar 1 kg",
    "variants": [{"sku": "SUGAR-1KG", "price_minor": 4800}],
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        variant = running.post("/products", SUGAR)["variants"][0]
        running.post(f"/stocks/{variant['id']}/movements", {"kind": "set", "quantity": "10"})
        yield running


def test_a_signed_webhook_becomes_a_draft_and_confirming_it_takes_stock(service: Service) -> None:
    assert service.deliver(messages_of(NUMBER, message("2 kg sugar bhej do please", sender="919000000100"))) == 200
    draft = wait_for_order(service, "919000000100")
    assert draft["status"] == "draft"
    (line,) = draft["lines"]
    assert (line["sku"], float(line["quantity"]), draft["total_amount"]) == ("SUGAR-1KG", 2, 9600)
    (conversation,) = service.get("/conversations?q=919000000100")["items"]
    (said,) = service.get(f"/conversations/{conversation['id']}/messages")["items"]
    reading = service.get(f"/conversations/{conversation['id']}/reading")["draft"]
    assert {span["message_id"] for line in reading["lines"] for span in line["evidence"]} == {said["id"]}
    before = stock(service)
    once = {"If-Match": f'"{draft["version"]}"', "Idempotency-Key": "confirm-1"}
    for _ in range(2):  # confirming twice is confirming once
        confirmed = service.post(f"/orders/{draft['id']}/confirm", **once)
        assert confirmed["status"] == "confirmed"
    assert stock(service) == before - 2


def test_a_worker_that_is_killed_loses_nothing_and_comes_back(service: Service) -> None:
    senders = [f"9190000002{number:02}" for number in range(20)]
    for sender in senders:
        assert service.deliver(messages_of(NUMBER, message("2 kg sugar", sender=sender))) == 200
    killed = service.pid_of("worker-1")
    os.kill(killed, signal.SIGKILL)
    for sender in senders:
        wait_for_order(service, sender)
    assert service.pid_of("worker-1") != killed
    events = service.get("/webhook-events?limit=200")["items"]
    assert {event["state"] for event in events} == {"handled"}
    for sender in senders:
        (conversation,) = service.get(f"/conversations?q={sender}")["items"]
        assert conversation["unread_count"] == 1


def test_an_api_process_that_is_killed_comes_back_on_the_same_port(service: Service) -> None:
    killed = service.pid_of("api-1")
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: service.pid_of("api-1") != killed)
    assert service.deliver(messages_of(NUMBER, message("1 kg sugar", sender="919000000300"))) == 200
    wait_for_order(service, "919000000300")


def test_the_service_ends_cleanly_when_told_to(tmp_path: Path) -> None:
    with running_service(tmp_path) as running:
        children = [running.pid_of("api-1"), running.pid_of("worker-1")]
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
        assert running.events("process.killed") == []
        assert not any(is_alive(pid) for pid in children)


def test_no_process_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    with running_service(tmp_path) as running:
        children = [running.pid_of("api-1"), running.pid_of("worker-1")]
        running.process.kill()
        wait_until(lambda: not any(is_alive(pid) for pid in children))


def wait_for_order(service: Service, sender: str) -> Any:  # noqa: ANN401 - any JSON
    """The order of the customer with this number, as soon as there is one."""
    found: list[Any] = []

    def look() -> bool:
        (conversation,) = service.get(f"/conversations?q={sender}")["items"] or [None]
        if conversation is not None:
            found.extend(service.get(f"/orders?conversation_id={conversation['id']}")["items"])
        return bool(found)

    wait_until(look)
    return service.get(f"/orders/{found[0]['id']}")


def stock(service: Service) -> float:
    (counted,) = service.get("/stocks?q=sugar")["items"]
    return float(counted["quantity"])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
