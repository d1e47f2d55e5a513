"""Statuses and payments: forward only, kept whole, and applied whenever their message or order comes."""

from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, Message, MessageStatus, MessageStatusEvent
from api.customer.models import Customer
from api.order.models import Order, OrderPayment
from api.order.payment import settle_payments
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.payloads import ASHA, echo, echoes_of, message, messages_of, status, statuses_of

REFUSED = {"code": 131047, "title": "Re-engagement message", "error_data": {"details": "more than 24 hours"}}


def ours(line: Line) -> Message:
    (found,) = [row for row in line.all(Message) if row.direction is Direction.OUTBOUND]
    return found


@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "read", "failed"])))
def test_in_whatever_order_statuses_come_the_furthest_stands(line: Line, shop: Shop, order: tuple[str, ...]) -> None:
    sent = echo("haan ji")
    told = [status(sent["id"], name, errors=[REFUSED] if name == "failed" else []) for name in order]
    line.deliver(statuses_of(shop.number, *told[:2]), echoes_of(shop.number, sent), statuses_of(shop.number, *told[2:]))
    row = ours(line)
    assert (row.status, row.error) == (MessageStatus.READ, None)
    assert len(line.all(MessageStatusEvent)) == 4


def test_a_failed_message_says_what_to_do(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    failed = status(sent["id"], "failed", errors=[REFUSED])
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, failed, status(sent["id"], "sent")))
    error = ours(line).error
    assert (error["code"], error["details"], error["action"]) == (131047, "more than 24 hours", "template_needed")
    assert error["remedy"] == "Send a template, or wait until the customer writes."


@pytest.mark.parametrize("errors", [None, [], [None], "x", [{"code": "131047"}], [{}]])
def test_a_failure_without_a_proper_reason_is_a_failure(line: Line, shop: Shop, errors: object) -> None:
    sent = echo("haan ji")
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, status(sent["id"], "failed", errors=errors)))
    assert ours(line).status is MessageStatus.FAILED


def test_a_customer_whose_refusal_comes_with_a_status_gets_no_more_marketing(line: Line, shop: Shop) -> None:
    sent = echo("sale!")
    stopped = status(sent["id"], "failed", errors=[{"code": 131050, "title": "stopped"}])
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, stopped))
    assert line.all(Customer)[0].marketing_stopped_at is not None


def test_a_voice_message_that_was_played_was_read(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, status(sent["id"], "played")))
    assert ours(line).status is MessageStatus.READ


@pytest.mark.parametrize("name", ["in_orbit", "deleted", "warning", "SENT"])
def test_any_status_is_kept(line: Line, shop: Shop, name: str) -> None:
    sent = echo("haan ji")
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, status(sent["id"], name)))
    assert [event.status for event in line.all(MessageStatusEvent)] == [name]
    assert ours(line).status is MessageStatus.SENT


def test_what_a_message_costs_is_kept(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    pricing = {"billable": True, "pricing_model": "PMP", "category": "utility", "type": "regular"}
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, status(sent["id"], "sent", pricing=pricing)))
    assert ours(line).pricing == pricing


def test_each_member_of_a_group_has_statuses_of_her_own(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    members = [status(sent["id"], "read", recipient_type="group", recipient_participant_id=each) for each in "12"]
    line.deliver(
        echoes_of(shop.number, sent), statuses_of(shop.number, *members), statuses_of(shop.number, *members[::-1])
    )
    assert sorted(event.participant for event in line.all(MessageStatusEvent)) == ["1", "2"]


def test_a_status_without_a_time_is_kept_once(line: Line, shop: Shop) -> None:
    told = status("wamid.X", "sent", timestamp=None)
    line.deliver(statuses_of(shop.number, told), statuses_of(shop.number, told, status("wamid.Y", "sent")))
    assert sorted(event.wamid for event in line.all(MessageStatusEvent)) == ["wamid.X", "wamid.Y"]


def test_a_message_that_got_no_answer_is_found_by_its_tracker(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("aata hai?")))
    with line.database.transaction() as session:
        waiting = add_outbound(session, shop, tracker="t-7", status=MessageStatus.UNKNOWN)
    told = status("wamid.late", "delivered", biz_opaque_callback_data="t-7")
    line.deliver(statuses_of(shop.number, told))
    row = ours(line)
    assert (row.id, row.wamid, row.status) == (waiting, "wamid.late", MessageStatus.DELIVERED)


def add_outbound(session: Session, shop: Shop, **changes: Any) -> int:  # noqa: ANN401 - any column
    """A message that we sent in the shop's only conversation."""
    conversation = session.scalars(select(Conversation)).one()
    values: dict[str, Any] = {"type": "text", "status": MessageStatus.SENDING, "timestamp": conversation.last_updated}
    row = Message(
        business_id=shop.business.id,
        channel_id=shop.channel.id,
        conversation_id=conversation.id,
        direction=Direction.OUTBOUND,
        **values | changes,
    )
    session.add(row)
    session.flush()
    return row.id


def payment(name: str, at: int = 1, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """How the payment of order 1042 stands."""
    told = {
        "reference_id": "order-1042",
        "amount": {"value": 99800, "offset": 100},
        "currency": "INR",
        "transaction": {"id": "T1", "type": "razorpay", "status": "success", "method": {"type": "upi"}},
    }
    timestamp = str(1_763_800_000 + at)
    return {"id": "wamid.P", "type": "payment", "status": name, "timestamp": timestamp, "payment": told} | changes


def the_order(line: Line) -> Order:
    return line.all(Order)[0]


def give_reference(line: Line) -> None:
    with line.database.transaction() as session:
        order = session.scalars(select(Order).with_for_update()).one()
        order.payment_reference = "order-1042"
        settle_payments(session, order)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_payments_are_told_a_captured_one_stands(
    line: Line, shop: Shop, order: tuple[int, ...]
) -> None:
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    told = [payment("failed", 1), payment("captured", 2), payment("pending", 3)]
    sent = [statuses_of(shop.number, told[index]) for index in order]
    line.deliver(*sent[:1])
    give_reference(line)
    line.deliver(*sent[1:], *(each | {"again": 1} for each in sent))
    row = the_order(line)
    assert (row.payment_status, int(row.paid_at.timestamp())) == ("captured", 1_763_800_002)
    assert len(line.all(OrderPayment)) == 3
    assert {each.amount_minor for each in line.all(OrderPayment)} == {99800}


def test_a_payment_that_failed_is_not_paid(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    give_reference(line)
    line.deliver(statuses_of(shop.number, payment("pending", 1), payment("failed", 2)))
    assert (the_order(line).payment_status, the_order(line).paid_at) == ("failed", None)


def test_a_payment_finds_the_order_of_the_chat_in_which_it_was_asked_for(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    asked = {"type": "interactive", "interactive": {"action": {"parameters": {"reference_id": "order-1042"}}}}
    with line.database.transaction() as session:
        add_outbound(session, shop, type="interactive", payload=asked)
    line.deliver(statuses_of(shop.number, payment("captured")))
    assert (the_order(line).payment_reference, the_order(line).payment_status) == ("order-1042", "captured")


def test_a_payment_of_nobody_s_order_is_kept(line: Line, shop: Shop) -> None:
    event = line.deliver(statuses_of(shop.number, payment("captured")))
    assert event.contents["items"] == {"payment.captured": 1}
    assert [each.reference_id for each in line.all(OrderPayment)] == ["order-1042"]


@pytest.mark.parametrize("told", [None, {}, [], {"reference_id": None}, {"reference_id": {}}])
def test_a_payment_that_names_no_reference_is_a_problem_and_no_more(line: Line, shop: Shop, told: object) -> None:
    good = status("wamid.Z", "sent")
    event = line.deliver(statuses_of(shop.number, payment("captured", payment=told), good))
    assert len(event.contents["problems"]) == 1
    assert len(line.all(MessageStatusEvent)) == 1


def test_a_status_is_not_another_number_s(line: Line, shop: Shop) -> None:
    sent = echo("haan ji", to=ASHA)
    line.deliver(echoes_of(shop.number, sent))
    line.deliver(statuses_of("555", status(sent["id"], "read")))
    assert ours(line).status is MessageStatus.SENT
