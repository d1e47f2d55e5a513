"""Who people are: known by number or by Meta's ids, through every change, one customer and one conversation each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.conversation.models import Conversation, Message
from api.customer.models import Customer, CustomerIdentity
from api.database import Database
from api.webhook_event.models import EventState, WebhookEvent
from tests.api.pipeline.conftest import Line, make_line
from tests.committed_shop import Shop, open_shop
from tests.payloads import ASHA, BINA, echo, message, messages_of, webhook

NEW_NUMBER = "919000000099"


def hidden(text: str, user_id: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A message of somebody who shows her user name and no number."""
    item = message(text, from_user_id=user_id, **changes)
    del item["from"]
    return item


def moved(old: str, new: str, **system: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Meta's notice that somebody has another number."""
    told = {"body": f"User Asha changed from {old} to {new}", "type": "user_changed_number", "wa_id": new}
    return message(sender=old, type="system", text=None, system=told | system)


def id_update(number: str, previous: str, current: str, **ids: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    update = {"wa_id": number, "user_id": {"previous": previous, "current": current}, "timestamp": "1763800000"}
    return {"user_id_update": [update | ids], "contacts": [{"wa_id": number, "profile": {"name": "Asha"}}]}


def conversations(line: Line) -> list[int]:
    return sorted(row.unread_count for row in line.all(Conversation))


def test_who_hides_her_number_later_is_the_same_customer(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one", from_user_id="IN.1")))
    line.deliver(messages_of(shop.number, hidden("two", "IN.1")))
    (customer,), (conversation,) = line.all(Customer), line.all(Conversation)
    assert (customer.wa_id, customer.user_id) == (ASHA, "IN.1")
    assert (conversation.unread_count, conversation.customer_user_id) == (2, "IN.1")


def test_who_shows_her_number_later_is_the_same_customer(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, hidden("one", "IN.1")))
    line.deliver(messages_of(shop.number, message("two", from_user_id="IN.1")))
    (customer,) = line.all(Customer)
    assert (customer.wa_id, customer.phone, customer.user_id) == (ASHA, f"+{ASHA}", "IN.1")
    assert conversations(line) == [2]


def test_an_id_of_the_enterprise_leads_to_the_customer(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one", from_parent_user_id="US.ENT.7")))
    line.deliver(messages_of(shop.number, hidden("two", "IN.2", from_parent_user_id="US.ENT.7")))
    assert len(line.all(Customer)) == 1


def test_a_user_id_in_the_place_of_a_number_is_understood(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one", sender="IN.1349")))
    (customer,) = line.all(Customer)
    assert (customer.wa_id, customer.user_id, customer.phone) == (None, "IN.1349", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [("5511987654321", "551187654321"), ("5215512345678", "525512345678"), ("5491112345678", "541112345678")],
)
def test_both_forms_of_a_number_are_one_person(line: Line, shop: Shop, one: str, other: str) -> None:
    line.deliver(messages_of(shop.number, message("one", sender=one)))
    line.deliver(messages_of(shop.number, message("two", sender=other)))
    assert conversations(line) == [2]


def test_who_changes_her_number_is_the_same_customer_and_reached_by_the_new_one(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one")))
    event = line.deliver(messages_of(shop.number, moved(ASHA, NEW_NUMBER)))
    line.deliver(messages_of(shop.number, message("two", sender=NEW_NUMBER)))
    assert event.contents["items"] == {"message.system": 1, "identity_change": 1}
    (customer,), (conversation,) = line.all(Customer), line.all(Conversation)
    assert (customer.wa_id, customer.phone) == (NEW_NUMBER, f"+{NEW_NUMBER}")
    assert (conversation.customer_phone, conversation.unread_count) == (f"+{NEW_NUMBER}", 2)
    assert [row.type for row in line.all(Message)] == ["text", "system", "text"]


@pytest.mark.parametrize(
    "item",
    [
        {"system": {"type": "customer_changed_number", "new_wa_id": NEW_NUMBER, "customer": ASHA, "body": "moved"}},
        {
            "system": {
                "type": "user_changed_number",
                "wa_id": NEW_NUMBER,
                "body": f"A changed from {ASHA} to {NEW_NUMBER}",
            }
        },
    ],
)
def test_a_notice_that_names_no_sender_finds_the_customer(line: Line, shop: Shop, item: dict[str, Any]) -> None:
    notice = message(type="system", text=None, **item)
    del notice["from"]
    line.deliver(messages_of(shop.number, message("one")), webhook(shop.number, {"messages": [notice]}))
    assert [row.wa_id for row in line.all(Customer)] == [NEW_NUMBER]
    assert len(line.all(Conversation)) == 1


def test_a_user_id_that_meta_made_anew_leads_to_the_same_customer(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one", from_user_id="IN.1")))
    line.deliver(webhook(shop.number, id_update(NEW_NUMBER, "IN.1", "IN.2"), field="user_id_update"))
    line.deliver(messages_of(shop.number, hidden("two", "IN.2")))
    (customer,), (conversation,) = line.all(Customer), line.all(Conversation)
    assert (customer.wa_id, customer.user_id) == (NEW_NUMBER, "IN.2")
    assert (conversation.customer_user_id, conversation.unread_count) == ("IN.2", 2)


def test_an_update_that_comes_before_the_first_message_is_remembered(line: Line, shop: Shop) -> None:
    line.deliver(webhook(shop.number, id_update(ASHA, "IN.1", "IN.2"), field="user_id_update"))
    line.deliver(messages_of(shop.number, hidden("one", "IN.1")), messages_of(shop.number, hidden("two", "IN.2")))
    assert len(line.all(Customer)) == 1


def test_new_ids_of_somebody_unknown_whose_old_ones_are_not_told_are_remembered(line: Line, shop: Shop) -> None:
    update = {"wa_id": ASHA, "user_id": "IN.2", "timestamp": "1763800000"}
    event = line.deliver(webhook(shop.number, {"user_id_update": [update]}, field="user_id_update"))
    line.deliver(messages_of(shop.number, hidden("one", "IN.2")), messages_of(shop.number, message("two")))
    assert event.state is EventState.HANDLED, event.error
    assert [(row.wa_id, row.user_id) for row in line.all(Customer)] == [(ASHA, "IN.2")]


def test_a_notice_that_begins_a_conversation_leaves_the_new_id_in_it_however_often_it_comes(
    line: Line, shop: Shop
) -> None:
    system = {"type": "user_changed_user_id", "previous_user_id": "IN.1", "user_id": "IN.2"}
    notice = message(type="system", text=None, system=system)
    del notice["from"]
    for again in range(2):
        line.deliver(webhook(shop.number, {"messages": [notice]}) | {"again": again})
        assert [row.customer_user_id for row in line.all(Conversation)] == ["IN.2"]


def test_an_older_update_that_comes_late_is_not_shown(line: Line, shop: Shop) -> None:
    later = id_update(ASHA, "IN.2", "IN.3", timestamp="1763800100")
    line.deliver(messages_of(shop.number, message("one", from_user_id="IN.1")))
    line.deliver(webhook(shop.number, later, field="user_id_update"))
    line.deliver(webhook(shop.number, id_update(ASHA, "IN.1", "IN.2"), field="user_id_update"))
    (customer,) = line.all(Customer)
    assert customer.user_id == "IN.3"
    assert {row.value for row in line.all(CustomerIdentity)} == {ASHA, "IN.1", "IN.2", "IN.3"}


def test_a_number_that_is_somebody_else_s_merges_nobody_and_is_noted(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one"), message("two", sender=BINA)))
    line.deliver(messages_of(shop.number, moved(ASHA, BINA)))
    asha, bina = line.all(Customer)
    assert (asha.wa_id, bina.wa_id) == (ASHA, BINA)
    assert (asha.perhaps_same_as, bina.perhaps_same_as) == ([bina.id], [asha.id])
    assert conversations(line) == [1, 1]


def test_a_message_with_the_ids_of_two_customers_is_the_number_s(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("one")), messages_of(shop.number, hidden("two", "IN.2")))
    line.deliver(messages_of(shop.number, message("three", from_user_id="IN.2")))
    by_number, by_id = line.all(Customer)
    assert (by_number.user_id, by_id.user_id) == (None, "IN.2")
    assert by_number.perhaps_same_as == [by_id.id]
    assert conversations(line) == [1, 2]


def test_whom_an_agent_added_by_her_number_is_known_when_she_writes(line: Line, shop: Shop) -> None:
    with line.database.transaction() as session:
        session.add(Customer(business_id=shop.business.id, phone=f"+{ASHA}", name="Asha Rao"))
    line.deliver(messages_of(shop.number, message("one")))
    (customer,) = line.all(Customer)
    assert (customer.name, customer.wa_id, customer.profile_name) == ("Asha Rao", ASHA, "Asha")


def test_a_profile_name_is_that_of_the_latest_message(line: Line, shop: Shop) -> None:
    old = message("old", timestamp="1763000000")
    line.deliver(messages_of(shop.number, message("new"), name="Asha Rao"), messages_of(shop.number, old, name="Asha"))
    assert line.all(Customer)[0].profile_name == "Asha Rao"


def test_the_shop_writes_to_a_customer_who_hides_her_number(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, hidden("one", "IN.1")))
    ours = echo("haan") | {"to_user_id": "IN.1"}
    del ours["to"]
    line.deliver(webhook(shop.number, {"message_echoes": [ours]}, field="smb_message_echoes"))
    assert [row.content for row in line.all(Message)] == ["one", "haan"]
    assert len(line.all(Conversation)) == 1


def test_whatever_comes_at_the_same_time_makes_one_customer_and_one_conversation(fresh_database: Database) -> None:
    shop = open_shop(fresh_database)
    line = make_line(fresh_database)
    for number in range(8):
        line.store(messages_of(shop.number, message(f"by number {number}", from_user_id="IN.1")))
        line.store(messages_of(shop.number, hidden(f"hidden {number}", "IN.1", from_parent_user_id="US.ENT.1")))
        line.store(webhook(shop.number, id_update(ASHA, "IN.0", "IN.1", detail=number), field="user_id_update"))

    def drain() -> None:
        while any(event.state is EventState.RECEIVED for event in line.all(WebhookEvent)):
            line.pipeline.events.run()

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(drain) for _ in range(6)]:
            done.result()
    assert {event.state for event in line.all(WebhookEvent)} == {EventState.HANDLED}
    assert (len(line.all(Customer)), len(line.all(Conversation))) == (1, 1)
    assert line.all(Conversation)[0].unread_count == 16
