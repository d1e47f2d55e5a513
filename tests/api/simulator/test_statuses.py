"""What becomes of a message that was accepted: its statuses, and what Meta finds out later."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.simulator.options import Delays, Faults, Limits
from tests.api.simulator.conftest import ASHA, Graph, until
from tests.api.simulator.receiver import Receiver

Start = Callable[..., Graph]
Json = dict[str, Any]
HELLO = {"type": "text", "text": {"body": "hello"}}


def statuses(receiver: Receiver, wamid: str) -> Iterator[Json]:
    return (status for status in receiver.items("statuses") if status["id"] == wamid)


def test_a_message_is_sent_delivered_and_read(receiver: Receiver, start: Start) -> None:
    graph = start()
    graph.simulator.phone(ASHA).say("hello")
    wamid = graph.sent(**HELLO, biz_opaque_callback_data="row-17")
    until(lambda: len(receiver.items("statuses")) == 3)

    found = sorted(statuses(receiver, wamid), key=lambda status: status["status"])
    assert [status["status"] for status in found] == ["delivered", "read", "sent"]
    for status in found:
        assert status["recipient_id"] == ASHA
        assert status["biz_opaque_callback_data"] == "row-17"
        assert status["pricing"] == {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        }
    assert graph.simulator.accepted == {wamid: "row-17"}


def test_statuses_can_be_left_out(receiver: Receiver, start: Start) -> None:
    graph = start(delays=Delays(sent=None, delivered=None, read=0.01))
    graph.simulator.phone(ASHA).say("hello")
    wamid = graph.sent(**HELLO)
    until(lambda: len(receiver.items("statuses")) == 1)

    assert [status["status"] for status in statuses(receiver, wamid)] == ["read"]


def failure(receiver: Receiver, wamid: str) -> int:
    """The code with which a message failed."""
    until(lambda: any(statuses(receiver, wamid)))
    (status,) = statuses(receiver, wamid)
    assert status["status"] == "failed"
    (error,) = status["errors"]
    assert set(error) == {"code", "title", "message", "error_data", "href"}
    code: int = error["code"]
    return code


def test_outside_the_window_a_message_is_accepted_and_fails(receiver: Receiver, start: Start) -> None:
    graph = start()
    never = graph.sent(**HELLO)
    graph.simulator.phone(ASHA).say("hello")
    graph.simulator.advance(24 * 3600 - 60)
    within = graph.sent(**HELLO)
    graph.simulator.advance(120)
    after = graph.sent(**HELLO)
    template = graph.sent(type="template", template={"name": "hello_world", "language": {"code": "en_US"}})
    until(lambda: len(receiver.items("statuses")) == 8)

    assert failure(receiver, never) == failure(receiver, after) == 131047
    assert {status["status"] for status in statuses(receiver, within)} == {"sent", "delivered", "read"}
    (sent, *_) = statuses(receiver, template)
    assert sent["pricing"]["billable"]


def test_a_customer_without_whatsapp_is_not_reached(receiver: Receiver, start: Start) -> None:
    graph = start()
    graph.simulator.phone(ASHA).say("hello")
    graph.simulator.do(lambda network: setattr(network.customer(ASHA), "is_reachable", False))

    assert failure(receiver, graph.sent(**HELLO)) == 131026


def test_a_file_of_another_kind_fails_late(receiver: Receiver, start: Start) -> None:
    graph = start()
    graph.simulator.phone(ASHA).say("hello")
    media_id = graph.simulator.do(lambda network: network.media.upload(b"%PDF", "application/pdf").id)

    assert failure(receiver, graph.sent(type="image", image={"id": media_id})) == 131053


def test_a_reaction_to_what_is_not_there_fails_late(receiver: Receiver, start: Start) -> None:
    graph = start()
    wamid = graph.simulator.phone(ASHA).say("hello")
    graph.sent(type="reaction", reaction={"message_id": wamid, "emoji": "👍"})
    lost = graph.sent(type="reaction", reaction={"message_id": "wamid.unknown", "emoji": "👍"})

    assert failure(receiver, lost) == 131009
    assert graph.simulator.entries(ASHA)[0].reactions == {"shop": "👍"}


def test_chosen_shares_of_sends_fail_and_of_answers_are_lost(receiver: Receiver, start: Start) -> None:
    faults = Faults(seed=3, fail_send=0.2, lose_answer=0.2, fail_status=0.2)
    graph = start(faults=faults, limits=Limits(pair_burst=1000))
    graph.simulator.phone(ASHA).say("hello")
    outcomes: list[int | None] = []
    for _ in range(60):
        try:
            outcomes.append(graph.message(**HELLO).status_code)
        except httpx.RemoteProtocolError:
            outcomes.append(None)
    accepted = graph.simulator.accepted
    until(lambda: {status["id"] for status in receiver.items("statuses")} == set(accepted))

    assert len(accepted) == 60 - outcomes.count(500)
    assert 3 < outcomes.count(500) < 25
    assert 3 < outcomes.count(None) < 25
    until(lambda: 2 < [status["status"] for status in receiver.items("statuses")].count("failed") < 25)


def test_45_messages_at_once_to_a_customer_and_no_more(start: Start) -> None:
    graph = start()

    codes = [graph.code(**HELLO) for _ in range(46)]

    assert codes == [None] * 45 + [131056]
    graph.simulator.advance(6)
    assert graph.code(**HELLO) is None
    assert graph.code(**HELLO) == 131056
    other = {"messaging_product": "whatsapp", "to": "919000000002", **HELLO}
    assert graph.send(other).status_code == 200


@pytest.mark.parametrize(("per_second", "code"), [(5, 130429), (10**6, None)])
def test_a_number_sends_only_so_many_messages_a_second(start: Start, per_second: int, code: int | None) -> None:
    graph = start(limits=Limits(standard_per_second=per_second))
    began = time.monotonic()
    codes = []
    for number in range(20):
        message = {"messaging_product": "whatsapp", "to": f"9190000001{number:02}", **HELLO}
        codes.append(graph.send(message).json().get("error", {}).get("code"))

    assert time.monotonic() - began < 2, "too slow to tell"
    assert code in codes
    assert set(codes) <= {None, 130429}
