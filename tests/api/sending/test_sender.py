"""What becomes of a queued message."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from api.conversation.incoming import NewStatus
from api.conversation.models import Conversation, Message, MessageStatus
from api.conversation.status import record_statuses
from api.identity.models import Channel
from api.sending import outbox
from api.sending.service import SEND_MESSAGES
from tests.graph_server import Asked, Reply, refusal
from tests.post_office import TOKEN, PostOffice

LATE = 2  # seconds that a busy machine may take to look


def status_of(message: Message, name: str, wamid: str, **changes: object) -> NewStatus:
    return NewStatus(
        wamid=wamid, status=name, timestamp=datetime.now(UTC), payload=dict(changes), tracker=message.tracker
    )


def tell(office: PostOffice, *statuses: NewStatus) -> None:
    """Let Meta tell statuses."""
    with office.database.transaction() as session:
        record_statuses(session, session.get_one(Channel, office.channel.id), statuses)


def test_a_message_is_sent_with_the_token_and_our_own_id_of_it(office: PostOffice) -> None:
    message_id = office.put("It is in stock.")
    before = office.message(message_id)

    office.send()

    asked = office.server.asked[0]
    assert (asked.path, asked.token) == (f"/v25.0/{office.channel.phone_number_id}/messages", TOKEN)
    assert asked.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": office.customer().wa_id,
        "type": "text",
        "text": {"body": "It is in stock."},
        "biz_opaque_callback_data": before.tracker,
    }
    after = office.message(message_id)
    assert (before.status, after.status, after.wamid) == (MessageStatus.QUEUED, MessageStatus.SENT, "wamid.SENT000001")
    assert after.send_due_at is None


def test_a_message_is_visible_before_it_is_sent(office: PostOffice) -> None:
    office.put("It is in stock.")

    with office.database.transaction() as session:
        conversation = session.get_one(Conversation, office.conversation.id, populate_existing=True)
        assert conversation.last_message == "It is in stock."
    assert office.hints.sent == [(SEND_MESSAGES, (office.conversation.id,), 0.0)]
    assert office.server.asked == []


def test_messages_of_a_conversation_are_sent_in_their_order(office: PostOffice) -> None:
    for number in range(5):
        office.put(f"{number}")

    office.send()

    assert office.texts() == ["0", "1", "2", "3", "4"]


def test_a_hint_that_comes_twice_sends_nothing_twice(office: PostOffice) -> None:
    office.put()

    office.send()
    office.send()

    assert len(office.texts()) == 1


def test_a_customer_who_hides_her_number_is_reached_by_metas_id(office: PostOffice) -> None:
    with office.database.transaction() as session:
        conversation = session.get_one(Conversation, office.conversation.id)
        conversation.customer_phone, conversation.customer_user_id = None, "IN.4711"
        customer = session.get_one(type(office.customer()), conversation.customer_id)
        customer.wa_id, customer.phone, customer.user_id = None, None, "IN.4711"
    office.put()

    office.send()

    body = office.server.messages[0]
    assert body["recipient"] == "IN.4711"
    assert "to" not in body


@pytest.mark.parametrize(("code", "waits"), [(131056, [1, 4, 16, 64]), (131016, [2, 4, 8, 16])])
def test_what_may_pass_is_tried_again_later_and_later(office: PostOffice, code: int, waits: list[int]) -> None:
    office.server.answer = lambda _asked: refusal(code)
    message_id = office.put("first")
    office.put("second")

    for wait in waits:
        office.send()
        assert wait * 0.9 - LATE < office.seconds_until(message_id) <= wait * 1.1
        assert office.message(message_id).status is MessageStatus.QUEUED
        office.pass_time(message_id)
    office.server.answer = office.server.take
    office.send()

    assert office.texts() == ["first"] * 5 + ["second"]
    assert office.message(message_id).error is None


def test_what_is_tried_too_often_fails(office: PostOffice) -> None:
    office.server.answer = lambda _asked: refusal(131016, "down")
    message_id = office.put()

    for _ in range(8):
        office.send()
        office.pass_time(message_id)

    failed = office.message(message_id)
    assert (failed.status, failed.send_attempts) == (MessageStatus.FAILED, 8)
    assert failed.error is not None
    assert failed.error["details"] == "down"


def test_meta_says_how_long_to_wait(office: PostOffice) -> None:
    office.server.answer = lambda _asked: Reply({"error": {"code": 131016}}, 503, {"Retry-After": "77"})
    message_id = office.put()

    office.send()

    assert 76 < office.seconds_until(message_id) < 86


def test_a_refused_message_says_what_to_do_and_lets_the_next_pass(office: PostOffice) -> None:
    answers = iter([refusal(131026, "no WhatsApp")])
    office.server.answer = lambda asked: next(answers, None) or office.server.take(asked)
    bad, good = office.put("bad"), office.put("good")

    office.send()

    refused = office.message(bad)
    assert refused.status is MessageStatus.FAILED
    assert refused.error is not None
    assert (refused.error["code"], refused.error["action"]) == (131026, "stop")
    assert office.message(good).status is MessageStatus.SENT


def test_a_customer_who_stopped_marketing_is_remembered(office: PostOffice) -> None:
    office.server.answer = lambda _asked: refusal(131050)
    office.put_any("template", {"name": "sale", "language": {"code": "en"}})

    office.send()

    assert office.customer().marketing_stopped_at is not None


def test_an_expired_token_is_shown_at_the_channel(office: PostOffice) -> None:
    office.server.answer = lambda _asked: refusal(190, "expired", status=401)
    office.put()

    office.send()

    with office.database.transaction() as session:
        trouble = session.get_one(Channel, office.channel.id, populate_existing=True).trouble
    assert trouble is not None
    assert (trouble["code"], trouble["action"]) == (190, "permission")


def test_where_meta_is_not_reached_the_message_waits(office: PostOffice) -> None:
    office.server.server_close()
    message_id = office.put()

    office.send()

    waiting = office.message(message_id)
    assert waiting.status is MessageStatus.QUEUED
    assert waiting.error is not None
    assert waiting.error["title"] == "unreachable"


@pytest.mark.parametrize("reply", [Reply(hang_up=True), Reply(b"bad gateway", 502), Reply({"messages": []})])
def test_without_an_answer_nothing_is_sent_again(office: PostOffice, reply: Reply) -> None:
    office.server.answer = lambda _asked: reply
    message_id = office.put("first")
    office.put("second")

    office.send()
    open_one = office.message(message_id)
    office.server.answer = office.server.take
    office.send()
    office.pass_time(message_id)
    office.send()

    assert open_one.status is MessageStatus.SENDING
    assert office.message(message_id).status is MessageStatus.UNKNOWN
    assert office.texts() == ["first", "second"]


@pytest.mark.parametrize("waited", [False, True], ids=["in time", "late"])
def test_a_status_settles_a_message_without_an_answer(office: PostOffice, waited: bool) -> None:
    office.server.answer = lambda _asked: Reply(hang_up=True)
    message_id = office.put()
    office.send()
    if waited:
        office.pass_time(message_id)
        office.send()

    tell(office, status_of(office.message(message_id), "delivered", "wamid.late"))
    office.send()

    settled = office.message(message_id)
    assert (settled.status, settled.wamid) == (MessageStatus.DELIVERED, "wamid.late")
    assert settled.send_due_at is None
    assert settled.error is None
    assert len(office.texts()) == 1


def test_a_failed_status_settles_a_message_without_an_answer(office: PostOffice) -> None:
    office.server.answer = lambda _asked: Reply(hang_up=True)
    message_id = office.put()
    office.send()

    tell(office, status_of(office.message(message_id), "failed", "wamid.late", errors=[{"code": 131026}]))

    settled = office.message(message_id)
    assert settled.status is MessageStatus.FAILED
    assert settled.error is not None
    assert settled.error["code"] == 131026


def test_a_message_whose_worker_died_is_not_sent_again(office: PostOffice) -> None:
    message_id = office.put("first")
    with office.database.transaction() as session:
        row = session.get_one(Message, message_id)
        row.status, row.send_attempts = MessageStatus.SENDING, 1
    office.pass_time(message_id)
    office.put("second")

    office.send()

    assert office.texts() == ["second"]
    assert office.message(message_id).status is MessageStatus.UNKNOWN


def test_a_message_that_another_worker_is_sending_is_left_to_it(office: PostOffice) -> None:
    message_id = office.put("first")
    office.put("second")
    with office.database.transaction() as session:
        row = session.get_one(Message, message_id)
        row.status = MessageStatus.SENDING
        outbox.put_off(row, 60)

    office.send()

    assert office.texts() == []


def test_a_message_that_cannot_even_be_looked_at_does_not_block_the_next(office: PostOffice) -> None:
    broken = office.put_any("template", {"name": "sale", "language": {"code": "en"}})
    with office.database.transaction() as session:
        session.get_one(Channel, office.channel.id).waba_id = "1"
        session.get_one(Message, broken).payload = {"type": "template", "template": {"name": "sale"}}
    office.put("next")

    office.send()
    office.send()

    failed = office.message(broken)
    assert (failed.status, failed.error and failed.error["title"]) == (MessageStatus.FAILED, "fault")
    assert office.texts() == ["next"]


def test_a_window_that_closed_meanwhile_is_seen_before_meta_is_asked(office: PostOffice) -> None:
    message_id = office.put()
    office.hear(datetime.now(UTC) - timedelta(hours=24, seconds=1))

    office.send()

    failed = office.message(message_id)
    assert failed.status is MessageStatus.FAILED
    assert failed.error is not None
    assert (failed.error["code"], failed.error["action"]) == (131047, "template_needed")
    assert office.server.asked == []


def test_a_status_that_is_quicker_than_the_answer_counts(busy_office: PostOffice) -> None:
    """Meta's webhook comes in while the answer to the request is still on its way."""
    office = busy_office
    message_id = office.put()
    tracked = office.message(message_id)

    def answer(asked: Asked) -> Reply:
        tell(office, status_of(tracked, "sent", "wamid.quick"), status_of(tracked, "read", "wamid.quick"))
        return Reply({"messages": [{"id": "wamid.quick"}]})

    office.server.answer = answer
    office.send()

    settled = office.message(message_id)
    assert (settled.status, settled.wamid, settled.send_due_at) == (MessageStatus.READ, "wamid.quick", None)


def test_a_status_that_was_parked_is_applied_when_the_wamid_is_known(office: PostOffice) -> None:
    message_id = office.put()
    parked = NewStatus(wamid="wamid.SENT000001", status="delivered", timestamp=datetime.now(UTC), payload={})
    tell(office, parked)

    office.send()

    assert office.message(message_id).status is MessageStatus.DELIVERED


def test_many_workers_send_each_message_once_and_in_order(busy_office: PostOffice) -> None:
    office = busy_office
    conversations = [office.conversation, *(office.another_conversation() for _ in range(4))]
    for number in range(6):
        for conversation in conversations:
            office.put(f"{conversation.id}:{number}", conversation)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda turn: office.send(conversations[turn % 5]), range(30)))

    told = office.texts()
    assert len(told) == len(set(told)) == 30
    for conversation in conversations:
        mine = [text for text in told if text.startswith(f"{conversation.id}:")]
        assert mine == [f"{conversation.id}:{number}" for number in range(6)]
    with office.database.transaction() as session:
        assert set(session.scalars(select(Message.status))) == {MessageStatus.SENT}


def test_the_sweeper_finds_what_no_hint_led_to(office: PostOffice) -> None:
    message_id = office.put()
    office.pass_time(message_id)

    with office.database.transaction() as session:
        assert outbox.due_conversations(session, timedelta(0), 10) == [office.conversation.id]
        assert outbox.due_conversations(session, timedelta(minutes=1), 10) == []
        assert session.scalar(select(func.count()).select_from(Message)) == 1
