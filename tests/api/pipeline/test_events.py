"""What becomes of webhooks in the inbox: rows, once each, whatever happens on the way."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from api.conversation.incoming import NewMessage, ReadingDelay
from api.conversation.models import Conversation, Direction, Message, MessageStatus, MessageStatusEvent
from api.conversation.recorder import Recorded
from api.customer.models import Customer
from api.database import Database
from api.identity.models import Channel, ChannelStatus
from api.order.models import Order
from api.webhook_event import repository
from api.webhook_event.models import EventState, WebhookEvent
from api.webhook_event.repository import Claim
from api.whatsapp import load as whatsapp
from api.worker.sweeper import Sweeper
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.factories import make_channel
from tests.payloads import ASHA, BINA, echo, echoes_of, merged, message, messages_of, status, statuses_of, webhook


def test_a_message_becomes_customer_conversation_and_message(line: Line, shop: Shop) -> None:
    event = line.deliver(messages_of(shop.number, message("  2 kg aata\nbhej dena ", id="wamid.A")))
    assert event.state is EventState.HANDLED
    assert event.business_id == shop.business.id
    assert event.contents == {"items": {"message.text": 1}, "problems": []}
    (customer,), (conversation,), (row,) = line.all(Customer), line.all(Conversation), line.all(Message)
    assert (customer.wa_id, customer.phone, customer.profile_name) == (ASHA, f"+{ASHA}", "Asha")
    assert (conversation.last_message, conversation.unread_count) == ("2 kg aata bhej dena", 1)
    assert conversation.last_updated == conversation.last_customer_message_at == row.timestamp
    assert (row.wamid, row.direction, row.content) == ("wamid.A", Direction.INBOUND, "  2 kg aata\nbhej dena ")
    assert row.webhook_event_id == event.id
    assert row.status is MessageStatus.RECEIVED


def test_a_message_that_comes_again_in_another_webhook_changes_nothing(line: Line, shop: Shop) -> None:
    again = message("hello")
    line.deliver(messages_of(shop.number, again))
    line.deliver(messages_of(shop.number, again, message("and more")))
    (conversation,) = line.all(Conversation)
    assert [row.content for row in line.all(Message)] == ["hello", "and more"]
    assert conversation.unread_count == 2


def test_two_customers_in_one_webhook_have_two_conversations(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("a"), message("b", sender=BINA), message("c")))
    assert sorted(row.unread_count for row in line.all(Conversation)) == [1, 2]


def test_what_the_shop_writes_on_its_phone_is_in_the_conversation_and_not_unread(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("aata hai?")), echoes_of(shop.number, echo("haan ji")))
    (conversation,) = line.all(Conversation)
    assert [row.direction for row in line.all(Message)] == [Direction.INBOUND, Direction.OUTBOUND]
    assert (conversation.unread_count, conversation.last_message) == (1, "haan ji")


def test_an_older_message_that_comes_late_is_no_preview(line: Line, shop: Shop) -> None:
    late = message("first", timestamp="1763000000")
    line.deliver(messages_of(shop.number, message("second")), messages_of(shop.number, late))
    (conversation,) = line.all(Conversation)
    assert conversation.last_message == "second"
    assert conversation.last_updated > datetime.fromtimestamp(1763000000, UTC)


def test_an_unknown_type_is_stored_by_its_name(line: Line, shop: Shop) -> None:
    event = line.deliver(messages_of(shop.number, message(type="hologram", hologram={"id": "7"})))
    (row,) = line.all(Message)
    assert event.contents["items"] == {"message.hologram": 1}
    assert (row.type, row.content, row.payload["hologram"]) == ("hologram", "", {"id": "7"})
    assert line.all(Conversation)[0].last_message == "[hologram]"


def test_another_field_is_kept_by_its_name(line: Line, shop: Shop) -> None:
    event = line.deliver(webhook(shop.number, {"event": "FLAGGED"}, field="phone_number_quality_update"))
    assert event.state is EventState.HANDLED
    assert event.contents["items"] == {"phone_number_quality_update": 1}


def test_a_bad_item_does_not_stop_its_neighbors(line: Line, shop: Shop) -> None:
    event = line.deliver(messages_of(shop.number, message("one"), {"type": "text"}, message("two")))
    assert [row.content for row in line.all(Message)] == ["one", "two"]
    assert event.state is EventState.HANDLED
    (problem,) = event.contents["problems"]
    assert problem["path"] == "$.entry[0].changes[0].value.messages[1]"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 5000])
def test_a_body_that_is_no_json_is_kept_and_failed_with_the_reason(line: Line, body: bytes) -> None:
    event = line.deliver(body)
    assert (event.state, event.body) == (EventState.FAILED, body)
    assert event.error is not None
    assert event.error.startswith("the body is not JSON")


@pytest.mark.parametrize("payload", [7, [], {}, {"entry": 3}, {"entry": [{"changes": None}]}])
def test_json_that_is_no_webhook_is_kept_and_failed_with_the_reason(line: Line, payload: object) -> None:
    event = line.deliver(payload)
    assert event.state is EventState.FAILED
    assert event.error is not None


def test_what_postgresql_cannot_store_is_replaced(line: Line, shop: Shop) -> None:
    torn = messages_of(shop.number, message("a\x00b", extra={"\x00": [1e400, "\x00"]}))
    line.deliver(torn)
    (row,) = line.all(Message)
    assert row.content == "a\ufffdb"


def test_a_timestamp_in_the_future_is_not_believed(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message(timestamp="4000000000"), message(timestamp="soon")))
    for row in line.all(Message):
        assert abs(row.timestamp - datetime.now(UTC)) < timedelta(minutes=5)


def test_an_event_of_an_unknown_number_waits_until_that_number_is_connected(line: Line, shop: Shop) -> None:
    event = line.deliver(messages_of("555", message("hello")))
    assert event.state is EventState.UNROUTED
    assert event.business_id is None
    assert event.error == "no active channel has the phone_number_id 555"
    with line.database.transaction() as session:
        make_channel(session, shop.business, phone_number_id="555")
    Sweeper(line.database, line.hints, line.pipeline).sweep()
    line.hints.listen()
    assert line.event(event.id).state is EventState.HANDLED
    assert [row.content for row in line.all(Message)] == ["hello"]


def test_of_several_numbers_the_known_one_is_served_and_the_others_wait(line: Line, shop: Shop) -> None:
    event = line.deliver(merged(messages_of("555", message("a")), messages_of(shop.number, message("b"))))
    assert [row.content for row in line.all(Message)] == ["b"]
    assert (event.state, event.unrouted_phone_number_ids) == (EventState.UNROUTED, ["555"])


def test_events_of_a_disabled_number_wait(line: Line, shop: Shop) -> None:
    with line.database.transaction() as session:
        session.execute(update(Channel).values(status=ChannelStatus.DISABLED))
    event = line.deliver(messages_of(shop.number, message("hello")))
    assert event.state is EventState.UNROUTED
    assert line.all(Message) == []


def test_statuses_go_forward_only_and_are_all_kept(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    line.deliver(echoes_of(shop.number, sent))
    for name in ("read", "delivered", "sent", "in_orbit"):
        line.deliver(statuses_of(shop.number, status(sent["id"], name)))
    (row,) = line.all(Message)
    assert row.status is MessageStatus.READ
    assert {event.status for event in line.all(MessageStatusEvent)} == {"read", "delivered", "sent", "in_orbit"}


def test_a_status_that_comes_before_its_message_is_applied_to_it(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    line.deliver(statuses_of(shop.number, status(sent["id"], "delivered")))
    line.deliver(echoes_of(shop.number, sent))
    assert line.all(Message)[0].status is MessageStatus.DELIVERED


def test_a_failed_message_says_why(line: Line, shop: Shop) -> None:
    sent = echo("haan ji")
    failed = status(sent["id"], "failed", errors=[{"code": 131047, "title": "Re-engagement message"}])
    line.deliver(echoes_of(shop.number, sent), statuses_of(shop.number, failed))
    (row,) = line.all(Message)
    assert (row.status, row.error["code"]) == (MessageStatus.FAILED, 131047)


def test_an_event_that_breaks_the_process_three_times_is_quarantined_alone(line: Line, shop: Shop) -> None:
    poison, others = line.store({"poison": 1}), [line.store(messages_of(shop.number, message())) for _ in range(3)]
    for _ in range(3):  # three workers claim and die
        with line.database.transaction() as session:
            repository.claim(session, limit=1)
        lapse_claims(line.database)
    line.pipeline.events.run()
    line.hints.send("handle_events")
    line.hints.listen()
    assert line.event(poison).state is EventState.QUARANTINED
    assert [line.event(event).state for event in others] == [EventState.HANDLED] * 3
    assert [line.event(event).attempts for event in others] == [1, 1, 1]


def test_an_event_that_was_tried_before_is_claimed_alone(line: Line, shop: Shop) -> None:
    ids = [line.store(messages_of(shop.number, message())) for _ in range(3)]
    with line.database.transaction() as session:
        assert [claim.event_id for claim in repository.claim(session, 2)] == ids[:2]
    lapse_claims(line.database)
    with line.database.transaction() as session:
        assert repository.claim(session, 20) == [Claim(ids[0], 2)]


def test_a_claim_that_lapsed_is_no_longer_good(line: Line, shop: Shop) -> None:
    line.store(messages_of(shop.number, message()))
    with line.database.transaction() as session:
        (slow,) = repository.claim(session, 1)
    lapse_claims(line.database)
    with line.database.transaction() as session:
        (quick,) = repository.claim(session, 1)
    line.pipeline.events.handle([slow])
    assert line.all(Message) == []
    line.pipeline.events.handle([quick])
    assert len(line.all(Message)) == 1


def test_an_item_that_always_fails_costs_only_itself(line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    real = whatsapp.record_messages

    def brittle(session: Session, channel: Channel, new: Sequence[NewMessage], delay: ReadingDelay) -> Recorded:
        if any(each.content.text == "bad" for each in new):
            session.execute(text("SELECT 1 / 0"))
        return real(session, channel, new, delay)

    monkeypatch.setattr(whatsapp, "record_messages", brittle)
    event_id = line.store(messages_of(shop.number, message("one"), message("bad"), message("two")))
    for attempt in (1, 2):
        line.pipeline.events.run()
        assert line.event(event_id).attempts == attempt
        assert line.all(Message) == []
        lapse_claims(line.database)
    line.pipeline.events.run()
    event = line.event(event_id)
    assert event.state is EventState.QUARANTINED
    assert [row.content for row in line.all(Message)] == ["one", "two"]
    assert event.contents["problems"][0]["reason"].startswith("DivisionByZero: division by zero")


def test_an_event_that_fails_does_not_take_its_batch_with_it(
    line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = whatsapp.record_messages

    def brittle(session: Session, channel: Channel, new: Sequence[NewMessage], delay: ReadingDelay) -> Recorded:
        if any(each.content.text == "bad" for each in new):
            raise ZeroDivisionError
        return real(session, channel, new, delay)

    monkeypatch.setattr(whatsapp, "record_messages", brittle)
    ids = [line.store(messages_of(shop.number, message(words))) for words in ("one", "bad", "two")]
    line.pipeline.events.run()
    assert [line.event(event).state for event in ids] == [
        EventState.HANDLED,
        EventState.RECEIVED,
        EventState.HANDLED,
    ]
    assert [row.content for row in line.all(Message)] == ["one", "two"]


def test_a_history_of_thousands_of_messages_is_stored_whole(line: Line, shop: Shop) -> None:
    said = [message(f"message {number}", sender=f"91900{number % 1500:07}") for number in range(3000)]
    event_id = line.store(messages_of(shop.number, *said))
    line.pipeline.events.run()
    assert line.event(event_id).state is EventState.HANDLED
    assert len(line.all(Message)) == 3000
    assert len(line.all(Conversation)) == 1500


def test_a_replayed_event_is_handled_again_and_doubles_nothing(line: Line, shop: Shop) -> None:
    event = line.deliver(messages_of(shop.number, message()))
    with line.database.transaction() as session:
        session.execute(update(WebhookEvent).values(**repository.ANEW))
    line.hints.send("handle_events")
    line.hints.listen()
    assert line.event(event.id).state is EventState.HANDLED
    assert len(line.all(Message)) == 1


def test_work_that_no_hint_led_to_is_found(line: Line, shop: Shop) -> None:
    line.store(messages_of(shop.number, message("2 aata")))
    with line.database.transaction() as session:
        session.execute(update(WebhookEvent).values(received_at=datetime.now(UTC) - timedelta(seconds=6)))
    sweeper = Sweeper(line.database, line.hints, line.pipeline)
    sweeper.sweep()
    assert [task for task, _ in line.hints.waiting] == ["handle_events"]
    line.pipeline.events.run()
    line.hints.waiting.clear()  # the hint for the reading is lost
    with line.database.transaction() as session:
        session.execute(update(Conversation).values(reading_due_at=datetime.now(UTC) - timedelta(seconds=3)))
    sweeper.sweep()
    line.hints.listen()
    assert len(line.all(Order)) == 1


def test_work_that_is_forsaken_is_done_by_the_sweeper_itself(line: Line, shop: Shop) -> None:
    line.store(messages_of(shop.number, message("2 aata")))
    long_ago = datetime.now(UTC) - timedelta(seconds=60)
    with line.database.transaction() as session:
        session.execute(update(WebhookEvent).values(received_at=long_ago))
    sweeper = Sweeper(line.database, line.hints, line.pipeline)
    sweeper.sweep()
    with line.database.transaction() as session:
        session.execute(update(Conversation).values(reading_due_at=long_ago))
    sweeper.sweep()
    assert len(line.all(Order)) == 1


def lapse_claims(database: Database) -> None:
    """Let the time pass after which a dead worker's claims are given to others."""
    with database.transaction() as session:
        session.execute(update(WebhookEvent).values(locked_until=datetime.now(UTC) - timedelta(seconds=1)))
        assert session.scalar(select(WebhookEvent.id).limit(1))
