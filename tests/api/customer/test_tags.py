"""Tags, and the customers who have them."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.identity.models import Business
from tests.factories import make_business, make_customer


def tag(client: TestClient, name: str, color: str = "teal") -> int:
    return int(client.post("/tags", json={"name": name, "color": color}).json()["id"])


def give(client: TestClient, customer_id: int, *tag_ids: int) -> Any:  # noqa: ANN401 - any JSON
    return client.put(f"/customers/{customer_id}/tags", json={"tag_ids": tag_ids})


def test_customers_of_a_tag_are_found_with_it(client: TestClient, session: Session, business: Business) -> None:
    asha, bina = make_customer(session, business).id, make_customer(session, business).id
    vip, late = tag(client, "VIP"), tag(client, "pays late", "red")
    give(client, asha, vip, late)
    give(client, bina, late)

    found = client.get("/customers", params={"tag_id": vip}).json()["items"]

    assert [(each["id"], [each["name"] for each in each["tags"]]) for each in found] == [(asha, ["pays late", "VIP"])]
    counts = {each["name"]: each["customer_count"] for each in client.get("/tags").json()["items"]}
    assert counts == {"pays late": 2, "VIP": 1}


def test_tags_that_are_not_named_are_taken_away(client: TestClient, session: Session, business: Business) -> None:
    asha = make_customer(session, business).id
    one, two = tag(client, "one"), tag(client, "two")
    give(client, asha, one)

    assert [each["name"] for each in give(client, asha, two).json()["items"]] == ["two"]
    assert give(client, asha).json()["items"] == []
    entries = client.get("/audit-entries", params={"action": "customer.tagged"}).json()["items"]
    assert [(entry["data"]["added"], entry["data"]["removed"]) for entry in entries] == [
        ([], [two]),
        ([two], [one]),
        ([one], []),
    ]


def test_tag_is_there_once_whatever_its_case(client: TestClient) -> None:
    first = tag(client, "Wholesale")

    again = client.post("/tags", json={"name": "wholesale"})

    assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:satyasell:tag-taken")
    assert client.patch(f"/tags/{first}", json={"color": "lime"}).json()["color"] == "lime"


def test_tag_that_is_removed_leaves_every_customer(client: TestClient, session: Session, business: Business) -> None:
    asha = make_customer(session, business).id
    vip = tag(client, "VIP")
    give(client, asha, vip)

    assert client.delete(f"/tags/{vip}").status_code == 204

    assert client.get(f"/customers/{asha}").json()["tags"] == []


def test_tag_of_another_business_cannot_be_given(client: TestClient, session: Session, business: Business) -> None:
    from api.customer.models import Tag

    theirs = Tag(business_id=make_business(session).id, name="x", color="red")
    session.add(theirs)
    session.flush()

    assert give(client, make_customer(session, business).id, theirs.id).status_code == 422
