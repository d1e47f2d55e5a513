"""The rows of a catalogue file that a business can take, and what is wrong with the others."""

from collections.abc import Iterator
from dataclasses import replace

from api.catalog_file.cell import unescape
from engine.catalog import Variant
from engine.catalog_file import CatalogFile, Problem

MAX_KEY = 200  # characters of a SKU or an item_group_id
MAX_TITLE = 500


def acceptable(file: CatalogFile, source: str, currency: str) -> tuple[list[Variant], list[Problem]]:
    """The variants that a business selling in `currency` can take, and all of the file's problems."""
    problems = list(file.problems)
    good: dict[str, Variant] = {}
    for variant in map(_cleaned, file.variants):
        wrong = list(_wrong(variant, source, currency))
        if variant.sku in good:
            wrong.append(Problem(source, 0, "id", variant.sku, f"the SKU {variant.sku!r} occurs twice"))
        problems += wrong
        if not wrong:
            good[variant.sku] = variant
    return list(good.values()), problems


def _wrong(variant: Variant, source: str, currency: str) -> Iterator[Problem]:
    if variant.price is not None and variant.price.currency != currency:
        message = f"{variant.sku} is priced in {variant.price.currency}, and this business sells in {currency}"
        yield Problem(source, 0, "price", str(variant.price), message)
    lengths = (
        ("id", variant.sku, MAX_KEY),
        ("item_group_id", variant.item_group_id, MAX_KEY),
        ("title", variant.title, MAX_TITLE),
    )
    for column, value, most in lengths:
        if len(value) > most:
            yield Problem(
                source, 0, column, value[:50], f"the {column} of {variant.sku[:50]} is longer than {most} letters"
            )


def _cleaned(variant: Variant) -> Variant:
    """The variant as it was before an export escaped it."""
    return replace(
        variant,
        sku=_clean(variant.sku),
        item_group_id=_clean(variant.item_group_id),
        title=_clean(variant.title),
        options={_clean(name): _clean(value) for name, value in variant.options.items()},
        brand=_clean(variant.brand),
        product_type=_clean(variant.product_type),
        description=_clean(variant.description),
        aliases=tuple(map(_clean, variant.aliases)),
    )


def _clean(cell: str) -> str:
    return unescape(cell).replace("\0", "")  # PostgreSQL stores no NUL
