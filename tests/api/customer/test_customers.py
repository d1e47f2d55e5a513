"""Customers: known by their ids, found by name or number."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.customer.models import Customer
from api.customer.service import upsert
from api.identity.models import Business


def count(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(Customer))


def test_same_ids_are_the_same_customer(session: Session, business: Business) -> None:
    first = upsert(session, business.id, "919000000001", "IN.1", "Asha")
    assert first.phone == "+919000000001"
    for ids in (("919000000001", "IN.1"), ("919000000001", None), (None, "IN.1")):
        assert upsert(session, business.id, *ids, None).id == first.id
    assert count(session) == 1


def test_what_was_unknown_is_filled_in_and_the_profile_name_followed(session: Session, business: Business) -> None:
    hidden = upsert(session, business.id, None, "IN.1", "asha_r")
    known = upsert(session, business.id, "919000000001", "IN.1", "Asha")
    assert (known.id, known.wa_id, known.phone, known.profile_name) == (
        hidden.id,
        "919000000001",
        "+919000000001",
        "Asha",
    )


def test_two_people_are_never_merged_by_themselves(session: Session, business: Business) -> None:
    one = upsert(session, business.id, "919000000001", None, "Asha")
    other = upsert(session, business.id, None, "IN.2", "Meera")
    assert upsert(session, business.id, "919000000001", "IN.2", "Asha").id == one.id
    assert (one.user_id, other.user_id) == (None, "IN.2")


def test_person_whom_an_agent_added_by_her_number_is_known_when_she_writes(
    client: TestClient, session: Session, business: Business
) -> None:
    added = client.post("/customers", json={"phone": "90000 00001", "name": "Asha"}).json()
    assert upsert(session, business.id, "919000000001", "IN.1", "asha_r").id == added["id"]


def test_customer_needs_an_id(session: Session, business: Business) -> None:
    with pytest.raises(ValueError, match="wa_id or a user_id"):
        upsert(session, business.id, None, "", "Asha")


def test_same_number_in_two_businesses_is_two_customers(session: Session, business: Business) -> None:
    from tests.factories import make_business

    other = make_business(session)
    mine = upsert(session, business.id, "919000000001", None, None)
    theirs = upsert(session, other.id, "919000000001", None, None)
    assert mine.id != theirs.id


def test_search_is_by_part_of_a_name_or_number(client: TestClient, session: Session, business: Business) -> None:
    upsert(session, business.id, "919000012345", None, "Asha R")
    client.post("/customers", json={"phone": "+91 90000 77777", "name": "100% Meera"})

    def found(query: str) -> list[str]:
        answer = client.get("/customers", params={"q": query}).json()["items"]
        return [each["name"] or each["profile_name"] for each in answer]

    assert found("asha") == ["Asha R"]
    assert found("12345") == ["Asha R"]
    assert found("+91 90000 77777") == ["100% Meera"]
    assert found("100% me") == ["100% Meera"]
    assert found("_") == []
    assert len(found("\x00")) == 2
    assert len(found("")) == 2


def test_agent_names_a_customer(client: TestClient, session: Session, business: Business) -> None:
    customer = upsert(session, business.id, "919000012345", None, "rose ❤")
    answer = client.patch(f"/customers/{customer.id}", json={"name": "Asha Rao"})
    assert (answer.json()["name"], answer.json()["profile_name"]) == ("Asha Rao", "rose ❤")


@pytest.mark.parametrize("phone", ["12345", "+91 9", "abc", "+999 12345678901234"])
def test_what_is_no_phone_number_is_refused(client: TestClient, phone: str) -> None:
    assert client.post("/customers", json={"phone": phone}).status_code == 422


def test_number_that_is_known_names_whose_it_is(client: TestClient) -> None:
    first = client.post("/customers", json={"phone": "90000 12345"}).json()
    again = client.post("/customers", json={"phone": "+919000012345"})
    assert (again.status_code, again.json()["customer_id"]) == (409, first["id"])
