"""A mention by itself leads to the products that it may mean; a large catalogue is asked as a small one is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Catalog, Variant
from engine.catalog_match import index as index_module
from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.key_table import DeleteTable
from engine.catalog_match.linker import Linker
from engine.catalog_match.posting import Posting
from engine.catalog_match.resemblance import resemblance
from engine.catalog_match.tally import SMALL, Vote, tally
from tests.bench.made_up import MadeUp

WORD = st.text(alphabet="abcde", min_size=4, max_size=9)


def catalog(*titles: str) -> Catalog:
    return Catalog(Variant(f"S{n}", f"G{n}", title) for n, title in enumerate(titles))


def linked(titles: tuple[str, ...], mention: str) -> list[str]:
    return [titles[one.group] for one in Linker(CatalogIndex(catalog(*titles))).rank(mention)]


PHONES = ("Belkin cush top F8N044-SLV", "Belkin cush top F8N045-BLK", "Belkin surge protector", "Sony camera DSC-W150")


@pytest.mark.parametrize(
    ("mention", "meant"),
    [
        ("belkin f8n044slv for laptops", PHONES[0]),
        ("cushtop blk f8n045", PHONES[1]),
        ("surge protecter", PHONES[2]),
        ("red cyber-shot digital camera dscw150", PHONES[3]),
    ],
)
def test_mention_leads_to_the_product_that_is_meant(mention: str, meant: str) -> None:
    assert linked(PHONES, mention)[0] == meant


def test_words_that_no_product_has_lead_nowhere() -> None:
    assert linked(PHONES, "zzzz qqqq") == []
    assert linked(PHONES, "") == []
    assert linked((), "camera") == []


def _edits(left: str, right: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbors: the distance by its definition."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        rows.append([i])
        for j, b in enumerate(right, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


@given(st.lists(WORD, max_size=30, unique=True), WORD)
@settings(max_examples=60, deadline=None)
def test_every_word_one_edit_away_is_near(words: list[str], typed: str) -> None:
    near = set(DeleteTable(enumerate(words), shortest=4).near(typed))
    assert {n for n, word in enumerate(words) if _edits(word, typed) <= 1} <= near


@given(st.lists(st.text(alphabet="abc", min_size=7, max_size=9), max_size=20, unique=True), st.data())
@settings(max_examples=60, deadline=None)
def test_every_long_word_two_edits_away_at_its_beginning_is_near(words: list[str], data: st.DataObject) -> None:
    typed = data.draw(st.text(alphabet="abc", min_size=7, max_size=8))
    near = set(DeleteTable(enumerate(words), shortest=4).near(typed))
    assert {n for n, word in enumerate(words) if len(word) < 9 and _edits(word, typed) <= 2} <= near


POSTINGS = st.dictionaries(st.integers(0, 40), st.sampled_from([0.3, 0.45, 0.9, 1.0]), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.integers(0, 4), POSTINGS, st.floats(0.1, 9)), max_size=12))
@settings(max_examples=80, deadline=None)
def test_large_catalogue_is_tallied_as_a_small_one_where_nothing_is_beyond_the_budget(
    cast: list[tuple[int, dict[int, float], float]],
) -> None:
    postings = [_posting(weights) for _, weights, _ in cast]
    votes = [Vote(token, word, weight) for word, (token, _, weight) in enumerate(cast)]
    small = tally(votes, 5, postings.__getitem__, 41)
    large = tally(votes, 5, postings.__getitem__, SMALL + 1)
    assert small.groups.tolist() == large.groups.tolist()
    assert np.array_equal(small.mass, large.mass)
    for token, row in enumerate(small.mass.tolist()):
        for group, mass in zip(small.groups.tolist(), row, strict=True):
            said = [np.float32(w.get(group, 0.0)) * weight for t, w, weight in cast if t == token]
            assert mass == pytest.approx(max(said, default=0.0))


def _posting(weights: dict[int, float]) -> Posting:
    groups = sorted(weights)
    return Posting(np.array(groups, dtype=np.int32), np.array([weights[g] for g in groups], dtype=np.float32))


def test_common_words_are_asked_about_what_rare_ones_found() -> None:
    everywhere = _posting(dict.fromkeys(range(70_000), 1.0))
    rare = _posting({5: 1.0, 69_999: 1.0})
    groups, mass = tally([Vote(0, 0, 0.8), Vote(1, 1, 9.0)], 2, [everywhere, rare].__getitem__, 70_000)
    assert groups.tolist() == [5, 69_999]
    assert mass.tolist() == [[0.8, 0.8], [9.0, 9.0]]


def test_index_of_a_large_catalogue_finds_what_that_of_a_small_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = MadeUp(300)
    small = CatalogIndex(made_up.catalog())
    monkeypatch.setattr(index_module, "SMALL", 0)
    large = CatalogIndex(made_up.catalog())
    for title in made_up.titles:
        left, right = title.split()[:2]
        for word in (left, right, left + right):
            assert _found(small, word) == _found(large, word)
    assert large.exact("nothing of this") is None
    assert left + right in large
    assert len(large.words) < len(small.words)


def _found(index: CatalogIndex, word: str) -> tuple[list[int], list[float], float, bool]:
    hit = index.exact(word)
    assert hit is not None
    posting = index.posting(hit.word)
    return posting.groups.tolist(), posting.weights.tolist(), index.worth(hit.word), index.is_naming(hit.word)


def test_noisy_mentions_of_a_large_catalogue_find_their_product() -> None:
    made_up = MadeUp(SMALL + 1000)
    index = CatalogIndex(made_up.catalog())
    linker = Linker(index)
    mentions = list(made_up.mentions(60))
    found = [m.sku in {f"S{one.group}" for one in linker.rank(m.text)} for m in mentions]
    assert sum(found) >= 58


def test_likeness_is_one_of_the_same_and_none_of_strangers() -> None:
    same, near, none = resemblance("red candle", ["red candle", "red candles", "blue xyz"])
    assert same == pytest.approx(1.0)
    assert 0.5 < near < 1.0
    assert none < 0.1


def test_likeness_is_told_of_so_many_texts_at_a_time() -> None:
    assert resemblance("a", []).tolist() == []
    with pytest.raises(ValueError, match="at most 254"):
        resemblance("a", ["b"] * 255)


def test_progress_sees_every_product_once() -> None:
    seen: list[str] = []
    CatalogIndex(catalog("red candle", "blue candle"), lambda products: (seen.append(p.title) or p for p in products))
    assert seen == ["red candle", "blue candle"]


def test_made_up_catalogues_are_the_same_each_time() -> None:
    assert MadeUp(50).titles == MadeUp(50).titles
