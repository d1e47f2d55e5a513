"""Shopify's product export, with its older and its newer column names."""

import pytest

from engine.catalog_file import CatalogFile, CatalogFormat, parse_catalog
from engine.money import Money

OLD = (
    "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,"
    "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Status"
)
NEW = (
    "Title,URL handle,Description,Vendor,Type,Status,SKU,Option1 name,Option1 value,Option2 name,Option2 value,"
    "Price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Product image URL"
)


def parse(*rows: str, header: str = OLD) -> CatalogFile:
    return parse_catalog("\n".join((header, *rows)), "products_export.csv", "INR")


TEE = (
    "tee,Block Print Tee,<p>Soft</p>,Rangoli,Shirts,Color,Blue,Size,M,TEE-B-M,shopify,4,deny,499.00,a.jpg,active",
    "tee,,,,,,Blue,,L,TEE-B-L,shopify,0,deny,499.00,,",
    "tee,,,,,,,,,,,,,,b.jpg,",
)


def test_further_rows_of_a_product_take_title_and_option_names_from_its_first() -> None:
    file = parse(*TEE)

    assert file.format is CatalogFormat.SHOPIFY
    assert not file.problems
    medium, large = file.variants
    assert (large.sku, large.item_group_id, large.title) == ("TEE-B-L", "tee", "Block Print Tee")
    assert dict(large.options) == {"color": "Blue", "size": "L"}
    assert (medium.price, medium.stock, medium.in_stock) == (Money(49900, "INR"), 4, True)
    assert (large.stock, large.in_stock) == (0, False)
    assert (large.brand, large.product_type, large.description) == ("Rangoli", "Shirts", "Soft")


def test_a_row_that_only_carries_a_picture_is_no_variant() -> None:
    assert [variant.sku for variant in parse(*TEE).variants] == ["TEE-B-M", "TEE-B-L"]


def test_the_newer_column_names_mean_the_same() -> None:
    new = parse(
        "Block Print Tee,tee,<p>Soft</p>,Rangoli,Shirts,Active,TEE-B-M,Color,Blue,Size,M,499.00,shopify,4,DENY,a.jpg",
        ",tee,,,,,TEE-B-L,,Blue,,L,499.00,shopify,0,DENY,",
        ",tee,,,,,,,,,,,,,,b.jpg",
        header=NEW,
    )

    assert new.variants == parse(*TEE).variants


def test_a_product_without_options_has_none() -> None:
    file = parse("soap,Neem Soap,,,,Title,Default Title,,,SOAP,shopify,9,deny,40,,active")

    assert dict(file.variants[0].options) == {}


@pytest.mark.parametrize(("tracker", "policy"), [("", "deny"), ("shopify", "continue"), ("shopify", "TRUE")], ids=str)
def test_stock_that_is_not_tracked_or_may_be_oversold_sets_no_limit(tracker: str, policy: str) -> None:
    file = parse(f"soap,Neem Soap,,,,Title,Default Title,,,SOAP,{tracker},-3,{policy},40,,active")

    assert not file.problems
    assert (file.variants[0].stock, file.variants[0].in_stock) == (None, True)


def test_variants_without_a_sku_are_named_by_handle_and_options() -> None:
    file = parse(
        "tee,Tee,,,,Color,Blue,Size,M,,shopify,4,deny,499,,active",
        "tee,,,,,,Blue,,L,,shopify,4,deny,499,,",
        "soap,Neem Soap,,,,Title,Default Title,,,,shopify,9,deny,40,,active",
    )

    assert [variant.sku for variant in file.variants] == ["tee:Blue:M", "tee:Blue:L", "soap"]


def test_the_apostrophe_before_numbers_is_not_part_of_the_sku() -> None:
    file = parse("soap,Neem Soap,,,,Title,Default Title,,,'00123,shopify,9,deny,40,,active")

    assert file.variants[0].sku == "00123"


@pytest.mark.parametrize("status", ["draft", "archived", "Archived"])
def test_products_that_are_not_for_sale_are_left_out(status: str) -> None:
    file = parse(*TEE, f"old,Old Tee,,,,Title,Default Title,,,OLD,shopify,1,deny,1,,{status}")

    assert [variant.sku for variant in file.variants] == ["TEE-B-M", "TEE-B-L"]
    assert file.left_out == 1


def test_a_product_without_a_title_is_a_problem_in_each_of_its_rows() -> None:
    file = parse("tee,,,,,Color,Blue,,,A,shopify,1,deny,1,,", "tee,,,,,,Red,,,B,shopify,1,deny,1,,")

    assert [(problem.line, problem.column) for problem in file.problems] == [(2, "Title"), (3, "Title")]
    assert not file.variants
