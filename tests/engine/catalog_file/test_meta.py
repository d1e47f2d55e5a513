"""Meta's feed, as Commerce Manager, Google's feeds and plain spreadsheets write it."""

from datetime import UTC, datetime

import pytest

from engine.catalog import Variant
from engine.catalog_file import CatalogFile, CatalogFormat, parse_catalog
from engine.money import Money

HEADER = "id,item_group_id,title,availability,price,color,size,quantity_to_sell_on_facebook"


def parse(*rows: str, header: str = HEADER) -> CatalogFile:
    return parse_catalog("\n".join((header, *rows)), "shop.csv", at=datetime(2026, 3, 5, tzinfo=UTC))


def only(*rows: str, header: str = HEADER) -> Variant:
    file = parse(*rows, header=header)
    assert not file.problems
    (variant,) = file.variants
    return variant


def test_a_row_becomes_a_variant_with_what_tells_it_from_its_siblings() -> None:
    file = parse("K-1-M,K-1,Bandhani Kurti,in stock,899.00 INR,red,M,12")

    assert file.format is CatalogFormat.META
    (variant,) = file.variants
    assert (variant.sku, variant.item_group_id, variant.title) == ("K-1-M", "K-1", "Bandhani Kurti")
    assert dict(variant.options) == {"color": "red", "size": "M"}
    assert (variant.price, variant.stock, variant.in_stock) == (Money(89900, "INR"), 12, True)


def test_a_product_without_a_group_is_a_group_of_its_own() -> None:
    assert only("SOAP,,Neem Soap,in stock,40.00 INR,,,").item_group_id == "SOAP"


def test_columns_beyond_id_and_title_may_be_missing() -> None:
    variant = only("SOAP,Neem Soap", header="id,title")

    assert (variant.price, variant.stock, variant.in_stock, dict(variant.options)) == (None, None, True, {})


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("sku;name;stock;Colour", "S1;Neem Soap;4;green"),
        ("id\ttitle\tinventory\tcolor", "S1\tNeem Soap\t4\tgreen"),
        ("g:id|g:title|quantity to sell on facebook|g:color", "S1|Neem Soap|4|green"),
        ("\ufeffID, Title ,Quantity,COLOR", "S1,Neem Soap,4,green"),
        ("sep=;\nid;title;inventory;color", "S1;Neem Soap;4;green"),
    ],
)
def test_delimiters_and_spellings_of_columns_are_known(header: str, row: str) -> None:
    variant = only(row, header=header)

    assert (variant.sku, variant.title, variant.stock, variant.options["color"]) == ("S1", "Neem Soap", 4, "green")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_bytes_are_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    file = parse_catalog("id,title,price\nC1,Crème brûlée,4.50 EUR\n".encode(encoding), "shop.csv")

    assert [variant.title for variant in file.variants] == ["Crème brûlée"]


@pytest.mark.parametrize("place", ["before the header", "below the header"])
def test_rows_that_explain_the_columns_are_passed_over(place: str) -> None:
    comment = '"# Required | A unique content ID","# Required | A title, up to 150 characters"'
    rows = [comment, "id,title", "S1,Soap"] if place == "before the header" else ["id,title", comment, "S1,Soap"]

    file = parse_catalog("\n".join(rows), "shop.csv")

    assert not file.problems
    assert [variant.sku for variant in file.variants] == ["S1"]


@pytest.mark.parametrize(
    ("text", "available"),
    [
        ("in stock", True),
        ("In_Stock", True),
        ("available for order", True),
        ("preorder", True),
        ("out of stock", False),
        ("discontinued", False),
        ("", True),
    ],
)
def test_availability_says_whether_it_can_be_had(text: str, available: bool) -> None:
    assert only(f"S1,,Soap,{text},40.00 INR,,,").in_stock is available


def test_nothing_left_is_out_of_stock_whatever_availability_says() -> None:
    assert not only("S1,,Soap,in stock,40.00 INR,,,0").in_stock


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("499.00 INR", Money(49900, "INR")),
        ("1,299", Money(129900, "INR")),
        ("INR 499", Money(49900, "INR")),
        ("₹499", Money(49900, "INR")),
        ("Rs. 1,299.50", Money(129950, "INR")),
        ("₦ 5500", Money(550000, "NGN")),
        ("£4.20", Money(420, "GBP")),
        ("R$ 10.00", Money(1000, "BRL")),
        ("15.5 USD", Money(1550, "USD")),
        ("500 JPY", Money(500, "JPY")),
    ],
)
def test_prices_are_read_with_code_sign_or_neither(text: str, money: Money) -> None:
    assert only(f'S1,,Soap,in stock,"{text}",,,').price == money


def test_a_sign_of_many_currencies_takes_the_default() -> None:
    file = parse_catalog("id,title,price\nS1,Soap,$15\n", "shop.csv", "USD")

    assert file.variants[0].price == Money(1500, "USD")


@pytest.mark.parametrize(
    ("period", "minor"),
    [
        ("", 29900),
        ("2026-03-01T00:00+05:30/2026-03-07T23:59+05:30", 29900),
        ("2026-02-01/2026-02-07", 39900),
        ("2026-03-06T00:00Z/2026-03-07T00:00Z", 39900),
    ],
)
def test_the_sale_price_counts_while_its_period_lasts(period: str, minor: int) -> None:
    variant = only(f"S1,Soap,399 INR,299 INR,{period}", header="id,title,price,sale_price,sale_price_effective_date")

    assert variant.price == Money(minor, "INR")


def test_further_options_come_from_metas_own_column_for_them() -> None:
    variant = only('S1,Attar,"Scent: Rose, Volume:10 ml"', header="id,title,additional_variant_attribute")

    assert dict(variant.options) == {"scent": "Rose", "volume": "10 ml"}


def test_aliases_name_a_variant_and_product_aliases_all_of_its_siblings() -> None:
    file = parse(
        "R,G,Gulab,laal gulab|red rose,phool|rose",
        "W,G,Gulab,safed gulab,",
        header="id,item_group_id,title,aliases,product_aliases",
    )

    assert [variant.aliases for variant in file.variants] == [
        ("laal gulab", "red rose", "phool", "rose"),
        ("safed gulab", "phool", "rose"),
    ]


def test_archived_goods_are_left_out_and_counted() -> None:
    file = parse("A,Old,archived", "B,New,active", header="id,title,status")

    assert [variant.sku for variant in file.variants] == ["B"]
    assert file.left_out == 1


def test_descriptions_lose_their_markup() -> None:
    variant = only("S1,Soap,<p>Neem &amp; <b>tulsi</b></p>", header="id,title,description")

    assert variant.description == "Neem & tulsi"
