"""Who items are about, wherever their ids stand."""

from typing import Any

import pytest

from api.customer.person import Person
from api.whatsapp.item import ReceivedIdentity, ReceivedMessage, ReceivedStatus
from api.whatsapp.payload import parse
from api.whatsapp.sender import Contacts, moved, person_at, person_by


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("+91 (900) 000-0001", Person("919000000001")),
        ("IN.1349", Person(user_id="IN.1349")),
        ("US.ENT.11815", Person(user_id="US.ENT.11815")),
        ("in.1349", Person("in1349")),
        (None, Person()),
    ],
)
def test_an_id_of_either_kind_is_told_by_its_form(value: str | None, person: Person) -> None:
    assert person_by(value) == person


@pytest.mark.parametrize("parent", ["recipient_parent_user_id", "parent_recipient_user_id"])
def test_both_names_of_the_enterprise_s_id_are_understood(parent: str) -> None:
    item = {"recipient_id": "919000000001", "recipient_user_id": "IN.1", parent: "IN.ENT.1"}
    assert person_at(item, "recipient") == Person("919000000001", "IN.1", parent_user_id="IN.ENT.1")


@pytest.mark.parametrize(
    ("contacts", "item", "person"),
    [
        ([{"wa_id": "91", "user_id": "IN.1"}], {"from": "91"}, Person("91", "IN.1")),
        ([{"wa_id": "91", "user_id": "IN.1"}], {"from_user_id": "IN.1"}, Person("91", "IN.1")),
        ([{"wa_id": "91"}], {}, Person("91")),
        ([{"wa_id": "91"}, {"wa_id": "92"}], {}, Person()),
        ([{"wa_id": "91"}, {"wa_id": "92", "profile": {"name": "B"}}], {"from": 92}, Person("92", None, "B")),
        ([None, 3, {"profile": None}], {"from": "91"}, Person("91")),
        ([{"wa_id": "5511987654321", "user_id": "BR.1"}], {"from": "551187654321"}, Person("551187654321", "BR.1")),
    ],
)
def test_a_sender_is_completed_by_the_contact_that_is_hers(
    contacts: list[object], item: dict[str, Any], person: Person
) -> None:
    assert Contacts(contacts).customer_of(item, "from") == person


@pytest.mark.parametrize(
    ("item", "was", "now"),
    [
        (
            {"from": "91", "system": {"body": "User A changed from 91 to 92", "wa_id": "92"}},
            Person("91"),
            Person("92"),
        ),
        (
            {"system": {"body": "User A changed from IN.1 to IN.2.", "user_id": "IN.2"}},
            Person(None, "IN.1"),
            Person(None, "IN.2"),
        ),
        ({"system": {"customer": "91", "new_wa_id": "92"}}, Person("91"), Person("92")),
        ({"system": {"previous_user_id": "IN.1", "user_id": "IN.2"}}, Person(None, "IN.1"), Person(None, "IN.2")),
        (
            {"system": {"previous_parent_user_id": "IN.ENT.1", "parent_user_id": "IN.ENT.2"}},
            Person(parent_user_id="IN.ENT.1"),
            Person(parent_user_id="IN.ENT.2"),
        ),
        ({"system": {"body": "the topic changed from tea to milk"}}, Person(), Person()),
        ({"system": 3}, Person(), Person()),
    ],
)
def test_a_system_message_tells_who_somebody_was_and_is(item: dict[str, Any], was: Person, now: Person) -> None:
    assert moved(item) == (was, now)


def test_a_message_without_an_id_has_the_same_one_each_time() -> None:
    item = {"from": "91", "type": "text", "text": {"body": "hi"}}
    found = [
        each.wamid
        for items in ([item], [dict(reversed(item.items()))], [item | {"text": {"body": "ho"}}])
        for each in parse(_webhook({"messages": items}))
        if isinstance(each, ReceivedMessage)
    ]
    assert found[0] == found[1] != found[2]


def test_an_update_of_ids_names_both() -> None:
    update = {"wa_id": "91", "user_id": {"previous": "IN.1", "current": "IN.2"}}
    items = parse(_webhook({"user_id_update": [update, {"wa_id": "91"}, None, 3]}, field="user_id_update"))
    (change,) = [item for item in items if isinstance(item, ReceivedIdentity)]
    assert (change.previous, change.current) == (Person(None, "IN.1"), Person("91", "IN.2"))
    assert [item.name for item in items].count("malformed") == 3


def test_a_status_of_a_username_s_customer_is_read() -> None:
    told = {"id": "wamid.1", "status": "failed", "timestamp": 1_763_800_000, "recipient_user_id": "IN.1"}
    (item,) = parse(_webhook({"statuses": [told]}))
    assert isinstance(item, ReceivedStatus)
    assert item.timestamp is not None


def _webhook(value: dict[str, Any], field: str = "messages") -> dict[str, Any]:
    value = {"metadata": {"phone_number_id": "77"}} | value
    return {"entry": [{"id": "9", "changes": [{"field": field, "value": value}]}]}
