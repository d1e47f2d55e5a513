"""Deliveries at the same time: one customer, one conversation, each message once, one draft."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.conversation.models import Conversation, Message, MessageStatus
from api.customer.models import Customer
from api.database import Database
from api.order.models import Order
from api.reading.models import Reading
from api.reading.service import READ_CONVERSATION
from api.webhook_event.models import EventState, WebhookEvent
from tests.api.pipeline.conftest import Line, make_line
from tests.committed_shop import Shop, open_shop
from tests.payloads import ASHA, BINA, echo, echoes_of, merged, message, messages_of, status, statuses_of

DELIVERIES = 20


@pytest.fixture
def shop(fresh_database: Database) -> Shop:
    """A shop whose rows all threads see."""
    return open_shop(fresh_database)


@pytest.fixture
def line(fresh_database: Database, shop: Shop) -> Line:
    return make_line(fresh_database)


def at_the_same_time(work: Callable[[], None], times: int = 8) -> None:
    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(work) for _ in range(times)]:
            done.result()


def test_twenty_deliveries_of_one_message_make_one_of_everything(line: Line, shop: Shop) -> None:
    one = message("2 kg aata bhej do")
    for number in range(DELIVERIES):  # of different bodies, as a batch may be cut anew with each delivery
        line.store(messages_of(shop.number, one, name=f"Asha {number}"))
    at_the_same_time(lambda: drain_events(line))
    at_the_same_time(lambda: read_all(line))
    assert (len(line.all(Customer)), len(line.all(Conversation)), len(line.all(Message))) == (1, 1, 1)
    assert len(line.all(Order)) == 1
    assert line.all(Conversation)[0].unread_count == 1


def test_twenty_messages_of_one_new_customer_make_one_conversation_and_one_draft(line: Line, shop: Shop) -> None:
    sent = [message("2 kg aata bhej do"), *(message(f"jaldi please {number}") for number in range(1, DELIVERIES))]
    for item in sent:
        line.store(messages_of(shop.number, item))
    at_the_same_time(lambda: drain_events(line))
    at_the_same_time(lambda: read_all(line))
    (conversation,) = line.all(Conversation)
    assert len(line.all(Customer)) == 1
    assert conversation.unread_count == DELIVERIES
    in_order = sorted(line.all(Message), key=lambda row: (row.timestamp, row.sequence))
    assert [row.content for row in in_order] == [item["text"]["body"] for item in sent]
    assert len(line.all(Order)) == 1
    assert [reading.last_message_id for reading in line.all(Reading) if reading.current] == [in_order[-1].id]


def test_batches_that_cross_each_other_do_not_block_each_other(line: Line, shop: Shop) -> None:
    sent = echo("ok")
    for _ in range(10):
        there = merged(messages_of(shop.number, message(sender=ASHA)), messages_of(shop.number, message(sender=BINA)))
        back = merged(messages_of(shop.number, message(sender=BINA)), messages_of(shop.number, message(sender=ASHA)))
        line.store(there)
        line.store(back)
    line.store(echoes_of(shop.number, sent))
    line.store(statuses_of(shop.number, status(sent["id"], "read")))
    at_the_same_time(lambda: drain_events(line))
    assert {event.state for event in line.all(WebhookEvent)} == {EventState.HANDLED}
    assert {event.attempts for event in line.all(WebhookEvent)} == {1}
    assert sorted(row.unread_count for row in line.all(Conversation)) == [20, 20]
    assert [row.status for row in line.all(Message) if row.wamid == sent["id"]] == [MessageStatus.READ]


def test_edits_deletions_and_statuses_that_come_at_once_all_find_their_messages(line: Line, shop: Shop) -> None:
    hers, ours = [message(f"{number} kg aata") for number in range(10)], [echo(f"ok {number}") for number in range(10)]
    for number, (item, answer) in enumerate(zip(hers, ours, strict=True)):
        inner = {"type": "text", "text": {"body": f"{number} kg sugar"}}
        edit = message(type="edit", edit={"original_message_id": item["id"], "message": inner})
        revoke = message(type="revoke", revoke={"original_message_id": item["id"]})
        for payload in (
            messages_of(shop.number, revoke if number % 2 else edit),
            statuses_of(shop.number, status(answer["id"], "read")),
            messages_of(shop.number, item),
            echoes_of(shop.number, answer),
        ):
            line.store(payload)
    at_the_same_time(lambda: drain_events(line))
    assert {event.state for event in line.all(WebhookEvent)} == {EventState.HANDLED}
    said = {row.wamid: row.content for row in line.all(Message)}
    assert [said[item["id"]] for item in hers] == ["" if number % 2 else f"{number} kg sugar" for number in range(10)]
    assert {row.status for row in line.all(Message) if row.wamid in {each["id"] for each in ours}} == {
        MessageStatus.READ
    }


def drain_events(line: Line) -> None:
    while any(event.state is EventState.RECEIVED for event in line.all(WebhookEvent)):
        line.pipeline.events.run()


def read_all(line: Line) -> None:
    for conversation in line.all(Conversation):
        line.pipeline.tasks[READ_CONVERSATION](conversation.id)
