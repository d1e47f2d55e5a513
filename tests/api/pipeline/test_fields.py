"""What comes beside messages: wishes of customers, the phone's chats and contacts, news of accounts and numbers."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.customer.models import Customer
from api.identity.models import Channel
from api.order.models import Order
from api.reading.models import Reading
from api.webhook_event.models import EventState
from api.whatsapp.models import AccountEvent
from api.whatsapp.payload import FIELDS
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.factories import make_business, make_channel
from tests.payloads import ASHA, BINA, message, messages_of, webhook

OWN_NUMBER = "919800000001"


def account(field: str, value: dict[str, Any], *, waba: str = "77", time: int = 1_763_800_000) -> dict[str, Any]:
    """A webhook of an account, which names no number."""
    return {"object": "x", "entry": [{"id": waba, "time": time, "changes": [{"field": field, "value": value}]}]}


def channel(line: Line) -> Channel:
    return line.all(Channel)[0]


@pytest.fixture
def in_account(line: Line, shop: Shop) -> None:
    """The shop's number is of the account 77."""
    with line.database.transaction() as session:
        session.execute(update(Channel).values(waba_id="77", display_phone_number="+91 98000-00001"))


def wish(value: str, at: int, **ids: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    told = {"wa_id": ASHA, "detail": "…", "category": "marketing_messages", "value": value, "timestamp": at}
    return {"user_preferences": [told | ids], "contacts": [{"wa_id": ASHA, "profile": {"name": "Asha"}}]}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_last_wish_about_marketing_counts(line: Line, shop: Shop, order: tuple[int, ...]) -> None:
    wishes = [wish("stop", 1_763_800_001), wish("resume", 1_763_800_002), wish("stop", 1_763_800_003)]
    for index in order:
        line.deliver(webhook(shop.number, wishes[index], field="user_preferences"))
    (customer,) = line.all(Customer)
    assert int(customer.marketing_stopped_at.timestamp()) == 1_763_800_003


def test_who_allows_marketing_again_is_written_to(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("hi", from_user_id="IN.1")))
    line.deliver(webhook(shop.number, wish("STOP", 1_763_800_001), field="user_preferences"))
    by_id = wish("resume", 1_763_800_002, wa_id=None, user_id="IN.1")
    line.deliver(webhook(shop.number, by_id, field="user_preferences"))
    (customer,) = line.all(Customer)
    assert customer.marketing_stopped_at is None


def test_a_wish_about_something_else_stops_no_marketing(line: Line, shop: Shop) -> None:
    other = wish("stop", 1_763_800_001, category="utility_messages")
    event = line.deliver(messages_of(shop.number, message("hi")), webhook(shop.number, other, field="user_preferences"))
    assert event.state is EventState.HANDLED
    assert line.all(Customer)[0].marketing_stopped_at is None


def entry(name: str | None, at: int, action: str = "add", number: str = ASHA) -> dict[str, Any]:
    contact = {"full_name": name, "first_name": name, "phone_number": number}
    return {"type": "contact", "contact": contact, "action": action, "metadata": {"timestamp": str(at)}}


def sync(shop: Shop, *entries: dict[str, Any]) -> dict[str, Any]:
    return webhook(shop.number, {"state_sync": list(entries)}, field="smb_app_state_sync")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_customers_are_called_as_in_the_shop_s_phone(line: Line, shop: Shop, order: tuple[int, ...]) -> None:
    entries = [entry("Asha", 1_763_800_001), entry("Asha Rao", 1_763_800_002), entry("Asha R.", 1_763_800_000)]
    for index in order:
        line.deliver(sync(shop, entries[index]))
    line.deliver(messages_of(shop.number, message("hi")))
    assert [row.name for row in line.all(Customer)] == ["Asha Rao"]


def test_an_agent_s_name_for_a_customer_stays(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("hi")))
    with line.database.transaction() as session:
        session.execute(update(Customer).values(name="Asha Rao (VIP)"))
    line.deliver(sync(shop, entry("Asha", 1_763_800_001)))
    assert line.all(Customer)[0].name == "Asha Rao (VIP)"


def test_a_contact_that_is_removed_from_the_phone_stays_a_customer(line: Line, shop: Shop) -> None:
    line.deliver(sync(shop, entry("Asha", 1_763_800_001), entry("Bina", 1_763_800_001, number=BINA)))
    line.deliver(sync(shop, entry(None, 1_763_800_002, action="remove"), {"type": "contact"}, {}))
    assert [row.name for row in line.all(Customer)] == [None, "Bina"]


def chat_of(*messages: dict[str, Any], with_: str = ASHA, **chunk: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A chunk of history with one chat."""
    metadata = {"phase": 1, "chunk_order": 1, "progress": 50} | chunk
    return {"metadata": metadata, "threads": [{"id": with_, "messages": list(messages)}]}


def history_of(shop: Shop, *chunks: dict[str, Any]) -> dict[str, Any]:
    return webhook(shop.number, {"history": list(chunks)}, field="history")


def past(text: str, *, own: bool = False, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    item = message(text, sender=OWN_NUMBER if own else ASHA, **changes)
    return item | {"history_context": {"status": "READ"}} | ({"to": ASHA} if own else {})


def test_old_chats_are_shown_and_neither_unread_nor_read_by_the_engine(line: Line, shop: Shop) -> None:
    hers, ours = past("2 kg aata bhej do"), past("bhej diya", own=True)
    event = line.deliver(history_of(shop, chat_of(hers, ours)))
    assert event.state is EventState.HANDLED
    rows = line.all(Message)
    assert [(row.direction, row.status) for row in rows] == [
        (Direction.INBOUND, MessageStatus.RECEIVED),
        (Direction.OUTBOUND, MessageStatus.READ),
    ]
    (conversation,) = line.all(Conversation)
    assert (conversation.unread_count, conversation.last_message) == (0, "bhej diya")
    assert (conversation.reading_due_at, line.all(Reading)) == (None, [])


def test_what_the_shop_wrote_long_ago_is_its_own_in_whatever_form_its_number_stands_there(
    line: Line, shop: Shop
) -> None:
    line.deliver(history_of(shop, chat_of(past("aata hai?") | {"to": "1"}, past("haan", own=True) | {"from": "1"})))
    assert [row.direction for row in line.all(Message)] == [Direction.INBOUND, Direction.OUTBOUND]


def test_what_was_ordered_long_ago_is_no_draft_when_the_customer_writes_again(line: Line, shop: Shop) -> None:
    line.deliver(history_of(shop, chat_of(past("2 kg aata bhej do"))))
    line.deliver(messages_of(shop.number, message("namaste")))
    assert line.all(Order) == []
    assert line.all(Conversation)[0].unread_count == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_chunks_of_a_history_may_come_in_any_order(line: Line, shop: Shop, order: tuple[int, ...]) -> None:
    chunks = [
        chat_of(past(f"message {number}"), chunk_order=number, progress=progress)
        for number, progress in enumerate((30, 60, 100))
    ]
    for index in order:
        line.deliver(history_of(shop, chunks[index]))
    assert channel(line).history_sync == {"progress": 100, "phase": 1}
    assert len(line.all(Message)) == 3
    assert line.all(Conversation)[0].last_message == "message 2"


@pytest.mark.parametrize("file_first", [True, False])
def test_a_file_takes_its_place_in_the_history(line: Line, shop: Shop, file_first: bool) -> None:
    place = past("", id="wamid.F", type="media_placeholder", timestamp="1763800000")
    photo = {"from": ASHA, "id": "wamid.F", "timestamp": "1763800000", "type": "image", "image": {"id": "55"}}
    later = webhook(shop.number, {"messages": [photo]}, field="history")
    both = [history_of(shop, chat_of(place)), later]
    for payload in reversed(both) if file_first else both:
        line.deliver(payload)
    (row,) = line.all(Message)
    assert (row.type, row.attributes["media_id"], row.historic) == ("image", "55", True)
    assert line.all(Conversation)[0].unread_count == 0


def test_a_history_that_is_not_shared_says_why(line: Line, shop: Shop) -> None:
    declined = {"errors": [{"code": 2593109, "title": "History sharing is turned off"}]}
    line.deliver(history_of(shop, declined))
    assert channel(line).history_sync["errors"][0]["code"] == 2593109


def test_a_history_of_thousands_of_messages_is_taken_in_one_go(line: Line, shop: Shop) -> None:
    chats = [chat_of(*(past(f"{n}") for n in range(20)), with_=f"9190001{chat:05}") for chat in range(150)]
    event = line.deliver(history_of(shop, *chats))
    assert (event.state, event.attempts) == (EventState.HANDLED, 1)
    assert (len(line.all(Message)), len(line.all(Conversation))) == (3000, 150)


def test_every_field_is_kept_by_its_name_and_what_happened(line: Line, shop: Shop, in_account: None) -> None:
    known = [name for name in FIELDS if name not in {"messages", "smb_message_echoes"}]
    for number, name in enumerate([*known, "something_new"]):
        event = line.deliver(account(name, {"event": "HAPPENED", "number": number}))
        assert event.state is EventState.HANDLED, event.error
    assert {(row.field, row.event) for row in line.all(AccountEvent)} == {
        (name, "HAPPENED") for name in [*known, "something_new"]
    }


def test_an_account_event_that_comes_again_is_kept_once(line: Line, shop: Shop, in_account: None) -> None:
    told = account("account_update", {"event": "VERIFIED_ACCOUNT"})
    line.deliver(
        told, told | {"again": 1}, account("account_update", {"event": "VERIFIED_ACCOUNT"}, time=1_763_900_000)
    )
    assert len(line.all(AccountEvent)) == 2


def test_an_account_s_event_is_its_business_s_alone(line: Line, shop: Shop, in_account: None) -> None:
    line.deliver(account("account_update", {"event": "A"}), account("account_update", {"event": "B"}, waba="nobody"))
    with line.database.transaction() as session:
        make_channel(session, make_business(session), waba_id="77")
    line.deliver(account("account_update", {"event": "C"}))  # of whom of the two?
    assert [row.event for row in line.all(AccountEvent)] == ["A"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_s_quality_and_throughput_are_shown_at_once_and_asked_for_again(
    line: Line, shop: Shop, in_account: None, order: int
) -> None:
    told = [
        account("phone_number_quality_update", quality("ONBOARDING", "TIER_2K"), time=1_763_800_001),
        account("phone_number_quality_update", quality("THROUGHPUT_UPGRADE", "TIER_UNLIMITED"), time=1_763_800_002),
    ]
    line.deliver(*told[::order])
    row = channel(line)
    assert (row.messaging_limit, row.throughput) == ("TIER_UNLIMITED", "HIGH")
    assert row.check_due_at <= datetime.now(UTC)


def quality(event: str, limit: str) -> dict[str, Any]:
    return {"display_phone_number": "919800000001", "event": event, "current_limit": limit}


@pytest.mark.parametrize("field", [name for name in FIELDS if "template" in name])
def test_news_of_templates_have_them_fetched_again(line: Line, shop: Shop, in_account: None, field: str) -> None:
    line.deliver(account(field, {"event": "APPROVED", "message_template_id": 5, "message_template_name": "hello"}))
    assert channel(line).templates_due_at is not None


@pytest.mark.parametrize("order", [1, -1])
def test_a_payment_configuration_is_kept_as_it_is_now(line: Line, shop: Shop, in_account: None, order: int) -> None:
    states = [
        {"configuration_name": "upi", "status": "Needs_Testing", "updated_timestamp": 1},
        {"configuration_name": "upi", "status": "Active", "updated_timestamp": "2"},
    ]
    line.deliver(*(account("payment_configuration_update", state) for state in states[::order]))
    assert channel(line).payment_configurations["upi"]["status"] == "Active"


def test_messages_without_a_number_find_the_only_one_of_their_account(line: Line, shop: Shop, in_account: None) -> None:
    event = line.deliver(account("messages", {"messages": [message("hi")]}))
    lost = line.deliver(account("messages", {"messages": [message("hi")]}, waba="nobody"))
    assert (event.state, len(line.all(Message))) == (EventState.HANDLED, 1)
    assert (lost.state, lost.error) == (
        EventState.FAILED,
        "it names no number, and no one channel has the account nobody",
    )


def test_admins_see_what_meta_told_of_their_account(client: TestClient, session: Session, channel: Channel) -> None:
    for business_id in (channel.business_id, make_business(session).id):
        session.add(
            AccountEvent(business_id=business_id, field="account_update", payload={}, digest=b"x", event="DISABLED")
        )
    session.flush()
    assert session.scalar(select(func.count()).select_from(AccountEvent)) == 2
    (event,) = client.get("/account-events?field=account_update").json()["items"]
    assert event["event"] == "DISABLED"
    assert client.get(f"/account-events?channel_id={channel.id}").json()["items"] == []
