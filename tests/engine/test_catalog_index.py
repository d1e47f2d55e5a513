"""Which words of a customer lead to which words and products of a catalogue."""

from functools import cache

import pytest

from engine import Catalog
from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.word import concept, words_of
from engine.language import Role
from tests.golden import catalog_of


@cache
def index_of(shop: str) -> CatalogIndex:
    return CatalogIndex(catalog_of(shop))


def hits(shop: str, word: str) -> dict[str, float]:
    """The catalogue's words that a word may be, with their similarity."""
    index = index_of(shop)
    return {index.words[hit.word]: hit.similarity for hit in index.hits(word)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Redmi Note-12 Pro (2.4 A), men's", ["redmi", "note", "12", "pro", "2.4", "a", "mens"]),
        ("Café  CRÈME", ["cafe", "creme"]),
        ("साड़ी, रेशमी", ["साडी", "रेशमी"]),
        ("...", []),
        ("", []),
    ],
)
def test_catalog_text_is_cut_into_folded_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("shop", "typed", "meant"),
    [
        ("clothes", "palazzo", "palazzo"),
        ("clothes", "palazo", "palazzo"),
        ("clothes", "plazo", "palazzo"),
        ("clothes", "plzzo", "palazzo"),
        ("clothes", "anarkli", "anarkali"),
        ("clothes", "duppata", "dupatta"),
        ("clothes", "sari", "saree"),
        ("clothes", "bangle", "bangle"),
        ("clothes", "दुपट्टा", "dupatta"),
        ("grocery", "tumeric", "turmeric"),
        ("grocery", "दाल", "dal"),
        ("phones", "silicon", "silicone"),
        ("phones", "चार्जर", "charger"),
        ("phones", "केबल", "cable"),
    ],
)
def test_typed_word_leads_to_the_word_that_is_meant(shop: str, typed: str, meant: str) -> None:
    assert max(hits(shop, typed), key=lambda word: hits(shop, typed)[word]) == meant


def test_exact_word_is_surer_than_a_misspelt_one() -> None:
    assert hits("clothes", "palazzo")["palazzo"] == 1.0 > hits("clothes", "palazo")["palazzo"]


@pytest.mark.parametrize("word", ["xyzzy", "electrician", "zz", "9000012345", ""])
def test_word_far_from_all_leads_nowhere(word: str) -> None:
    assert hits("clothes", word) == {}


def test_english_word_is_no_misspelling_of_another() -> None:
    assert "shirt" not in hits("clothes", "short")


def test_word_in_any_language_leads_to_what_it_means() -> None:
    index = index_of("grocery")
    hit = index.exact(concept(Role.GOODS, "sugar"))
    assert hit is not None
    groups = index.posting(hit.word).groups.tolist()
    assert [index.products[group].item_group_id for group in groups] == ["SUGAR"]


def test_word_of_few_products_is_worth_more_than_one_of_many() -> None:
    index = index_of("clothes")
    assert index.worth(index.word_ids["anarkali"]) > index.worth(index.word_ids["kurti"])


def test_model_of_letters_and_digits_stays_one_word_and_an_amount_does_not() -> None:
    assert "a14" in index_of("phones").mixed
    assert "500g" not in index_of("grocery").mixed


def test_alias_names_its_product() -> None:
    index = index_of("clothes")
    hit = index.exact("chudi")
    assert hit is not None
    assert index.is_naming(hit.word)
    assert [index.products[g].item_group_id for g in index.posting(hit.word).groups.tolist()] == ["BA"]


def test_empty_catalog_holds_no_word() -> None:
    index = CatalogIndex(Catalog([]))
    assert (len(index.words), index.hits("rice"), "rice" in index) == (0, (), False)
