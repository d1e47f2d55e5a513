"""The catalogue over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.models import AuditEntry
from api.identity.models import Business

KURTI = {
    "item_group_id": "KU",
    "title": "Anarkali kurti",
    "brand": "Kiran",
    "variants": [
        {"sku": "KU-BLU-S", "options": {"color": "blue", "size": "S"}, "price_minor": 49900},
        {"sku": "KU-BLU-M", "options": {"color": "blue", "size": "M"}, "price_minor": 49900, "aliases": ["neela suit"]},
    ],
}


@pytest.fixture
def product(client: TestClient) -> dict[str, Any]:
    answer = client.post("/products", json=KURTI)
    assert answer.status_code == 201
    made: dict[str, Any] = answer.json()
    return made


def found(client: TestClient, **query: str) -> list[str]:
    return [each["sku"] for each in client.get("/variants", params=query).json()["items"]]


def test_product_is_shown_with_its_variants(client: TestClient, product: dict[str, Any]) -> None:
    shown = client.get(f"/products/{product['id']}").json()
    assert shown == product
    assert [(each["sku"], each["title"], each["currency"]) for each in shown["variants"]] == [
        ("KU-BLU-S", "Anarkali kurti", "INR"),
        ("KU-BLU-M", "Anarkali kurti", "INR"),
    ]
    assert [each["id"] for each in client.get("/products").json()["items"]] == [product["id"]]


@pytest.mark.parametrize("search", ["anar", "KURTI blu", "ku-blu", "kiran", "blue anarkali"])
def test_search_finds_by_the_beginnings_of_words(client: TestClient, product: dict[str, Any], search: str) -> None:
    assert set(found(client, q=search)) == {"KU-BLU-S", "KU-BLU-M"}


@pytest.mark.parametrize(("search", "sku"), [("KU-BLU-M", "KU-BLU-M"), ("ku-blu-s", "KU-BLU-S"), ("neela", "KU-BLU-M")])
def test_sku_or_alias_that_was_meant_comes_first(
    client: TestClient, product: dict[str, Any], search: str, sku: str
) -> None:
    assert found(client, q=search)[0] == sku


@pytest.mark.parametrize("search", ["saree", "anarkali saree", "---", "'); DROP", "& | !"])
def test_search_for_what_is_not_there_finds_nothing(client: TestClient, product: dict[str, Any], search: str) -> None:
    assert found(client, q=search) == []


def test_search_goes_on_from_page_to_page(client: TestClient) -> None:
    variants = [{"sku": f"TEA-{number}", "options": {"pack": str(number)}} for number in range(7)]
    client.post("/products", json={"item_group_id": "TEA", "title": "Rose tea", "variants": variants})
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get("/variants", params={"q": "tea", "limit": "3", **cursor}).json()
        seen += [each["sku"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == [f"TEA-{number}" for number in range(7)]


def test_edited_variant_is_found_by_its_new_words(client: TestClient, product: dict[str, Any]) -> None:
    variant = product["variants"][0]
    answer = client.patch(
        f"/variants/{variant['id']}",
        json={"title": "Festive gown", "aliases": ["lal suit"], "price_minor": None},
        headers={"If-Match": '"1"'},
    )
    assert (answer.status_code, answer.headers["ETag"], answer.json()["price_minor"]) == (200, '"2"', None)
    assert found(client, q="lal gown") == ["KU-BLU-S"]
    stale = client.patch(f"/variants/{variant['id']}", json={"title": "x"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_changed_product_changes_what_its_variants_are_found_by(client: TestClient, product: dict[str, Any]) -> None:
    client.patch(f"/products/{product['id']}", json={"brand": "Meera"})
    assert set(found(client, q="meera")) == {"KU-BLU-S", "KU-BLU-M"}
    assert found(client, q="kiran") == []


def test_archived_variant_leaves_the_lists_and_comes_back(client: TestClient, product: dict[str, Any]) -> None:
    path = f"/variants/{product['variants'][0]['id']}"
    client.patch(path, json={"archived": True}, headers={"If-Match": '"1"'})
    assert found(client) == ["KU-BLU-M"]
    assert found(client, archived="true") == ["KU-BLU-S"]
    client.patch(path, json={"archived": False}, headers={"If-Match": '"2"'})
    assert set(found(client)) == {"KU-BLU-S", "KU-BLU-M"}


def test_sku_is_unique_in_a_business_and_free_in_another(
    client: TestClient, product: dict[str, Any], session: Session
) -> None:
    again = client.post(f"/products/{product['id']}/variants", json={"sku": "KU-BLU-S"})
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "there is a SKU 'KU-BLU-S' already; a SKU must be unique",
    )
    assert client.post("/products", json=KURTI).status_code == 409


@pytest.mark.parametrize(
    "change",
    [{}, {"price_minor": 4.5}, {"price_minor": -1}, {"sku": "NEW"}, {"title": ""}, {"options": {"": "x"}}],
)
def test_change_that_makes_no_sense_is_refused(
    client: TestClient, product: dict[str, Any], change: dict[str, object]
) -> None:
    path = f"/variants/{product['variants'][0]['id']}"
    assert client.patch(path, json=change, headers={"If-Match": '"1"'}).status_code == 422


def test_each_change_is_audited_and_told_to_workers(
    client: TestClient, product: dict[str, Any], session: Session, business: Business
) -> None:
    session.refresh(business)
    before = business.catalog_version
    path = f"/variants/{product['variants'][0]['id']}"
    client.patch(path, json={"available": False}, headers={"If-Match": '"1"'})
    session.refresh(business)
    assert business.catalog_version == before + 1
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert list(actions)[-4:] == ["product.added", "variant.added", "variant.added", "variant.changed"]
