"""Products found while one types."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.catalog import service as catalog
from api.identity.models import Business
from tests.shop import make_product, make_variant


@pytest.fixture(autouse=True)
def shelf(session: Session, business: Business) -> None:
    kurti = make_product(session, business, "KURTI", "Anarkali kurti")
    make_variant(session, kurti, "KURTI-S", options={"size": "S", "color": "blue"}, stock=5)
    make_variant(session, kurti, "KURTI-M", options={"size": "M", "color": "red"})
    saree = make_product(session, business, "SAREE", "Banarasi saree")
    make_variant(session, saree, "SAREE-500", price_minor=None)


def search(client: TestClient, **query: object) -> Any:  # noqa: ANN401 - any JSON
    return client.get("/catalog/search", params=query).json()


def skus(client: TestClient, **query: object) -> list[str]:
    return [hit["sku"] for hit in search(client, **query)["items"]]


def test_beginnings_of_words_find_what_has_all_of_them(client: TestClient) -> None:
    assert skus(client, q="anar blu") == ["KURTI-S"]
    assert skus(client, q="kurti") == ["KURTI-S", "KURTI-M"]
    assert skus(client, q="saree-500") == ["SAREE-500"]


def test_hit_tells_price_stock_and_product(client: TestClient) -> None:
    [hit] = search(client, q="blue")["items"]

    assert (hit["price_minor"], hit["in_stock"], hit["options"]) == (49900, "5", {"size": "S", "color": "blue"})
    assert (hit["item_group_id"], hit["product_title"]) == ("KURTI", "Anarkali kurti")
    assert search(client, q="saree")["items"][0]["in_stock"] is None


def test_siblings_of_a_variant_are_those_of_its_product(client: TestClient) -> None:
    assert sorted(skus(client, item_group_id="KURTI")) == ["KURTI-M", "KURTI-S"]
    assert skus(client, item_group_id="KURTI", q="red") == ["KURTI-M"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("anarkli", "anarkali"), ("benarasi sare", "banarasi sare"), ("kurtii blu", "kurti blu")]
)
def test_mistyped_word_is_forgiven_and_what_was_searched_is_told(client: TestClient, typed: str, meant: str) -> None:
    found = search(client, q=typed)

    assert found["corrected"] == meant
    assert found["items"]


@pytest.mark.parametrize("nothing", ["zzzzzz", "xq", "99999", "'", "\0"])
def test_what_is_like_nothing_finds_nothing(client: TestClient, nothing: str) -> None:
    assert search(client, q=nothing) == {"items": [], "corrected": None}


def test_new_words_are_known_at_once(client: TestClient, session: Session, business: Business) -> None:
    assert skus(client, q="dupata") == []

    make_variant(session, make_product(session, business, "DUP", "Chiffon dupatta"), "DUP-1")

    assert skus(client, q="dupata") == ["DUP-1"]


def test_pages_are_the_same_whether_sorted_or_walked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def pages() -> list[str]:
        first = client.get("/variants", params={"q": "kurti", "limit": 1}).json()
        second = client.get("/variants", params={"q": "kurti", "limit": 1, "cursor": first["next"]}).json()
        return [each["sku"] for each in first["items"] + second["items"]]

    is_sorted = pages()
    monkeypatch.setattr(catalog, "SORTED_AT_MOST", 0)

    assert is_sorted == pages() == ["KURTI-S", "KURTI-M"]
