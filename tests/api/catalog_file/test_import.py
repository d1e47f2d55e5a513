"""Catalogue files in and out."""

import csv
import io
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.catalog_file.exporting import export_catalog
from api.identity.models import Business
from api.stock.models import Stock, StockMovement

HEADER = "id,item_group_id,title,availability,price,color,size,quantity_to_sell_on_facebook,aliases\n"
GOOD = "KU-S,KU,Kurti,in stock,499.00 INR,blue,S,4,neela suit\nKU-M,KU,Kurti,out of stock,499.00 INR,blue,M,0,\n"
BAD = "KU-L,KU,Kurti,in stock,four hundred,blue,L,1,\n"
SHOPIFY = (
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty\n"
    "rose-tea,Rose tea,Pack,100 g,TEA-100,250.00,12\nrose-tea,,,250 g,TEA-250,550.00,3\n"
)


def send(client: TestClient, content: str, **query: str) -> Mapping[str, object]:
    answer = client.post("/catalog/imports", params=query, files={"file": ("products.csv", content)})
    return {"http": answer.status_code, **answer.json()}


def skus(session: Session) -> set[str]:
    return set(session.scalars(select(Variant.sku)))


def test_file_is_imported_and_the_same_file_again_changes_nothing(client: TestClient, session: Session) -> None:
    first = send(client, HEADER + GOOD, set_stock="true")
    assert (first["http"], first["format"], first["created"], first["stocks_set"]) == (200, "meta", 2, 2)
    session.expire_all()
    small = session.scalars(select(Variant).where(Variant.sku == "KU-S")).one()
    assert (small.price_minor, small.currency, small.options, small.aliases) == (
        49900,
        "INR",
        {"color": "blue", "size": "S"},
        ["neela suit"],
    )
    again = send(client, HEADER + GOOD, set_stock="true")
    assert (again["created"], again["updated"], again["unchanged"], again["stocks_set"]) == (0, 0, 2, 0)


def test_shopify_export_is_imported_with_the_shops_currency(client: TestClient, session: Session) -> None:
    assert send(client, SHOPIFY)["format"] == "shopify"
    tea = session.scalars(select(Variant).where(Variant.sku == "TEA-250")).one()
    assert (tea.title, tea.options, tea.price_minor) == ("Rose tea", {"pack": "250 g"}, 55000)


def test_file_with_a_bad_row_is_rejected_with_its_line_and_column(client: TestClient, session: Session) -> None:
    answer = send(client, HEADER + GOOD + BAD)
    assert (answer["http"], answer["type"]) == (422, "urn:problem-type:satyasell:catalog-rejected")
    [problem] = answer["problems"]  # type: ignore[misc]
    assert (problem["file"], problem["line"], problem["column"], problem["value"]) == (
        "products.csv",
        4,
        "price",
        "four hundred",
    )
    assert skus(session) == set()


def test_bad_rows_are_skipped_where_the_seller_says_so(client: TestClient, session: Session) -> None:
    answer = send(client, HEADER + BAD + GOOD, on_error="skip")
    assert (answer["http"], answer["created"], answer["problem_count"]) == (200, 2, 1)
    assert skus(session) == {"KU-S", "KU-M"}


def test_preview_tells_what_would_happen_and_does_nothing(client: TestClient, session: Session) -> None:
    send(client, HEADER + GOOD)
    answer = send(client, HEADER + GOOD.replace("499", "599") + BAD, preview="true", set_stock="true")
    assert (answer["http"], answer["preview"], answer["updated"], answer["stocks_set"]) == (200, True, 2, 2)
    assert answer["problem_count"] == 1
    assert set(session.scalars(select(Variant.price_minor))) == {49900}
    assert session.scalar(select(func.count()).select_from(Stock)) == 0


def test_file_that_is_no_catalogue_says_so(client: TestClient) -> None:
    answer = send(client, "date,amount\n2026-01-01,5\n")
    assert answer["http"] == 422
    assert "found: date, amount" in str(answer["problems"])


def test_price_in_another_currency_is_a_problem(client: TestClient) -> None:
    answer = send(client, HEADER + GOOD.replace("INR", "USD"))
    assert "KU-S is priced in USD, and this business sells in INR" in str(answer["problems"])


def test_what_the_file_leaves_empty_stays(client: TestClient, session: Session) -> None:
    send(client, HEADER + GOOD)
    send(client, "id,title\nKU-S,Kurti new\n")
    small = session.scalars(select(Variant).where(Variant.sku == "KU-S")).one()
    session.refresh(small)
    assert (small.title, small.price_minor, small.aliases, small.version) == ("Kurti new", 49900, ["neela suit"], 2)


def test_import_tells_workers_that_the_catalogue_changed(
    client: TestClient, session: Session, business: Business
) -> None:
    send(client, HEADER + GOOD)
    send(client, HEADER + GOOD)
    session.refresh(business)
    assert business.catalog_version == 1


def test_archived_variant_comes_back_with_the_file(client: TestClient, session: Session) -> None:
    send(client, HEADER + GOOD)
    variant = client.get("/variants?sku=KU-S").json()["items"][0]
    client.patch(f"/variants/{variant['id']}", json={"archived": True}, headers={"If-Match": '"1"'})
    assert client.get("/variants?sku=KU-S").json()["items"] == []
    assert send(client, HEADER + GOOD)["updated"] == 1
    assert len(client.get("/variants?sku=KU-S").json()["items"]) == 1


def test_stock_movement_names_the_file(client: TestClient, session: Session) -> None:
    send(client, HEADER + GOOD, set_stock="true")
    assert set(session.scalars(select(StockMovement.reason))) == {"import of products.csv"}


def test_file_larger_than_other_requests_may_be_is_let_in(client: TestClient) -> None:
    row = '"KU-{0}","KU","Kurti","in stock","499.00 INR","{1}","S","4",""\n'
    content = HEADER + "".join(row.format(number, "x" * 400) for number in range(15_000))
    assert len(content) > 6 * 1024 * 1024
    assert send(client, content, preview="true")["rows"] == 15_000


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+91 tea", "-20% off", "@home", "'=quoted", "plain"])
def test_export_disarms_formulas_and_comes_back_as_it_was(client: TestClient, session: Session, title: str) -> None:
    made = {
        "item_group_id": "G",
        "title": "Group",
        "brand": "Brand",
        "variants": [
            {
                "sku": "-A",
                "title": title,
                "options": {"color": "blue", "scent": "rose oil"},
                "price_minor": 123456,
                "aliases": ["one", "two"],
                "available": False,
            }
        ],
    }
    product = client.post("/products", json=made).json()
    variant_id = product["variants"][0]["id"]
    client.post(f"/stocks/{variant_id}/movements", json={"kind": "set", "quantity": 7})
    text = client.get("/catalog/export").text
    [row] = csv.DictReader(io.StringIO(text))
    assert row["title"] == (title if title == "plain" else f"'{title}")
    assert (row["id"], row["price"]) == ("'-A", "1234.56 INR")
    again = send(client, text, set_stock="true")
    assert (again["http"], again["unchanged"], again["stocks_set"]) == (200, 1, 0)


def test_export_of_an_import_is_the_import(client: TestClient, session: Session, business: Business) -> None:
    send(client, HEADER + GOOD, set_stock="true")
    exported = "".join(export_catalog(session, business.id))
    assert send(client, exported, set_stock="true")["unchanged"] == 2
    session.expire_all()
    assert "".join(export_catalog(session, business.id)) == exported
    assert session.scalar(select(func.count()).select_from(Product)) == 1


@pytest.mark.parametrize("currency", ["INR", "USD", "JPY"])
def test_sample_file_imports_as_it_is(client: TestClient, currency: str) -> None:
    client.patch("/businesses/current", json={"currency": currency})
    file = client.get("/catalog/sample")

    done = client.post("/catalog/imports?set_stock=true", files={"file": ("sample.csv", file.text)}).json()

    assert file.headers["content-type"].startswith("text/csv")
    assert (done.get("created"), done.get("stocks_set"), done.get("problem_count")) == (7, 7, 0)
