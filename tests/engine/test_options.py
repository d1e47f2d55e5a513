"""Which of a product's options a customer's words choose."""

from decimal import Decimal

import pytest

from engine.catalog import Product
from engine.catalog_match.measure import Measure
from engine.catalog_match.option import ProductOptions, Said
from engine.catalog_match.size import container_of, rank_by_size, size_of
from engine.catalog_match.value import Word
from engine.catalog_match.word import concept
from engine.language import Role
from tests.golden import catalog_of


def product(shop: str, group: str) -> Product:
    found = catalog_of(shop).product(group)
    assert found is not None
    return found


def options(shop: str, group: str) -> ProductOptions:
    return ProductOptions(product(shop, group))


def word(text: str, position: int = 0, **more: bool) -> Word:
    """A word spelt as the catalogue spells it; a number where it is one."""
    return Word(position, {text: 1.0}, number=Decimal(text) if text.isdigit() else None, **more)


def chosen(of: ProductOptions, *words: Word) -> dict[str, set[str]]:
    return {name: set(choice.values) for name, choice in of.fits(Said.of(words)).chosen.items()}


def test_option_is_what_variants_differ_in() -> None:
    assert options("clothes", "AN").names == ("color", "size")
    assert options("clothes", "JE").names == ("size",)
    assert options("clothes", "SA").names == ()


def test_color_and_size_are_chosen_by_their_words() -> None:
    assert chosen(options("clothes", "AN"), word("blue"), word("xl", 1)) == {"color": {"blue"}, "size": {"XL"}}


def test_color_is_chosen_in_any_language() -> None:
    laal = Word(0, {"laal": 1.0, concept(Role.COLOR, "red"): 0.97})
    assert chosen(options("clothes", "DU"), laal) == {"color": {"red"}}


def test_word_of_no_option_chooses_nothing() -> None:
    assert chosen(options("clothes", "AN"), word("beautiful")) == {}


def test_model_is_chosen_by_all_its_words() -> None:
    assert chosen(options("phones", "CLR"), word("iphone"), word("14", 1)) == {"size": {"iPhone 14"}}


def test_telling_part_of_a_model_chooses_it() -> None:
    assert chosen(options("phones", "CLR"), word("redmi"), word("note", 1)) == {"size": {"Redmi Note 12"}}


def test_measure_chooses_the_pack_of_its_amount() -> None:
    one_kilo = Word(0, {}, Decimal(1), Measure.of(Decimal(1000), "g"))
    assert chosen(options("grocery", "TOOR"), one_kilo) == {"size": {"1 kg"}}


def test_number_is_a_size_where_a_word_beside_it_says_so() -> None:
    assert chosen(options("clothes", "SH"), word("8", as_size=True)) == {"size": {"UK 8"}}


def test_small_number_alone_is_a_count_and_no_size() -> None:
    assert chosen(options("clothes", "SH"), word("8")) == {}


def test_count_is_no_size() -> None:
    assert chosen(options("clothes", "JE"), word("34", is_count=True)) == {}


def test_chosen_words_are_told_by_their_positions() -> None:
    choice = options("clothes", "AN").fits(Said.of([word("send", 0), word("red", 1), word("m", 2)])).chosen
    assert (choice["color"].positions, choice["size"].positions) == (frozenset({1}), frozenset({2}))


@pytest.mark.parametrize(
    ("shop", "group", "sku", "measure"),
    [
        ("grocery", "TOOR", "TOOR-500", Measure(Decimal(500), "g")),
        ("grocery", "EGG", "EGG-30", Measure(Decimal(30), "pc")),
        ("grocery", "BANANA", "BANANA-DZ", Measure(Decimal(12), "pc")),
        ("phones", "CBL", "CBL-2M", Measure(Decimal(200), "cm")),
    ],
)
def test_pack_is_measured_by_its_size(shop: str, group: str, sku: str, measure: Measure) -> None:
    assert options(shop, group).measures[sku] == measure


def test_pack_without_a_size_is_measured_by_its_title() -> None:
    (bangles,) = product("clothes", "BA").variants
    assert size_of(bangles) == Measure(Decimal(12), "pc")


@pytest.mark.parametrize(
    ("text", "share"), [("bag", "1"), ("half bag (25 kg)", "0.5"), ("carton", "1"), ("500 g", None), ("XL", None)]
)
def test_container_is_counted_in_its_own_kind(text: str, share: str | None) -> None:
    found = container_of(text)
    assert (found.amount if found else None) == (Decimal(share) if share else None)


@pytest.mark.parametrize(
    ("shop", "group", "sizes"),
    [
        ("clothes", "ST", ["S", "M", "L"]),
        ("clothes", "SH", ["UK 7", "UK 8", "UK 9"]),
        ("grocery", "ONI", ["250 g", "1 kg"]),
        ("phones", "PB", ["10000 mAh", "20000 mAh"]),
    ],
)
def test_sizes_are_ranked_from_small_to_large(shop: str, group: str, sizes: list[str]) -> None:
    ranked = rank_by_size(list(reversed(product(shop, group).variants)), "size")
    assert list(dict.fromkeys(variant.options["size"] for variant in ranked)) == sizes
