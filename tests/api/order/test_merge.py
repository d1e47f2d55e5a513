"""Which line is which, when a conversation is read again."""

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.order.merge import KnownLine, Subject, pair
from api.order.proposal import Evidence, ProposedLine

ONE = Decimal(1)


def line(
    sku: str | None = None,
    group: str | None = None,
    *,
    text: str = "",
    options: dict[str, str] | None = None,
    said: Iterable[tuple[int, int, int]] = (),
) -> ProposedLine:
    evidence = tuple(Evidence(message, start, end, "x" * (end - start)) for message, start, end in said)
    return ProposedLine(ONE, 0.9, sku=sku, item_group_id=group, options=options or {}, text=text, evidence=evidence)


def known(now: ProposedLine, *, read: Iterable[ProposedLine] = (), removed: bool = False) -> KnownLine:
    readings = tuple(Subject.of(reading) for reading in (tuple(read) or (now,)))
    return KnownLine(Subject.of(now), readings, frozenset(now.evidence), removed)


def test_same_sku_is_the_same_line() -> None:
    assert pair([known(line("A", "g")), known(line("B", "h"))], [line("B", "h"), line("A", "g")]) == {0: 1, 1: 0}


def test_line_whose_sku_a_person_changed_is_still_what_the_reading_took_it_for() -> None:
    corrected = known(line("RIGHT", "other"), read=[line("WRONG", "g")])
    assert pair([corrected], [line("WRONG", "g")]) == {0: 0}


def test_reading_that_comes_round_to_the_persons_choice_finds_the_line() -> None:
    corrected = known(line("RIGHT", "other"), read=[line("WRONG", "g")])
    assert pair([corrected], [line("RIGHT", "other")]) == {0: 0}


def test_chosen_size_keeps_the_line_of_the_open_product() -> None:
    assert pair([known(line(None, "kurti", options={"color": "blue"}))], [line("KU-BLU-M", "kurti")]) == {0: 0}


def test_swapped_variant_keeps_its_line_while_an_added_one_is_new() -> None:
    lines = [known(line("S", "kurti"))]
    assert pair(lines, [line("L", "kurti")]) == {0: 0}
    assert pair(lines, [line("L", "kurti"), line("S", "kurti")]) == {1: 0}


def test_words_are_the_same_in_other_case_and_spacing() -> None:
    assert pair([known(line(text="Maggi  Noodles"))], [line(text="maggi noodles")]) == {0: 0}


def test_words_that_became_a_product_are_known_by_where_they_were_said() -> None:
    assert pair([known(line(text="maggi", said=[(7, 2, 7)]))], [line("MG", "maggi", said=[(7, 2, 7)])]) == {0: 0}


def test_rows_of_one_cart_are_not_taken_for_each_other() -> None:
    assert pair([known(line("A", "g", said=[(7, 0, 0)]))], [line("B", "h", said=[(7, 0, 0)])]) == {}


def test_removed_line_swallows_its_own_repetition_but_no_other_variant() -> None:
    gone = known(line("S", "kurti"), removed=True)
    assert pair([gone], [line("S", "kurti")]) == {0: 0}
    assert pair([gone], [line("L", "kurti")]) == {}


def test_line_that_a_person_added_is_not_mistaken_for_another_variant() -> None:
    added = KnownLine(Subject("S", "kurti"))
    assert pair([added], [line("L", "kurti")]) == {}
    assert pair([added], [line("S", "kurti")]) == {0: 0}


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from([None, "A", "B", "C"]),
        st.sampled_from([None, "g", "h"]),
        text=st.sampled_from(["", "salt", "Salt", "rice"]),
        said=st.lists(st.sampled_from([(1, 0, 4), (1, 5, 9), (2, 0, 0)]), max_size=2),
    ),
    max_size=6,
)


@given(LINES, LINES, st.lists(st.booleans(), min_size=6, max_size=6))
def test_each_line_is_paired_once_at_most_and_always_alike(
    old: list[ProposedLine], new: list[ProposedLine], removed: list[bool]
) -> None:
    lines = [known(each, removed=gone) for each, gone in zip(old, removed, strict=False)]
    pairs = pair(lines, new)
    assert len(set(pairs.values())) == len(pairs)
    assert pairs == pair(lines, new)


@given(LINES)
def test_reading_the_same_again_pairs_every_line_that_names_something(lines: list[ProposedLine]) -> None:
    pairs = pair([known(each) for each in lines], lines)
    named = {index for index, each in enumerate(lines) if each.sku or each.item_group_id or each.text}
    assert named <= set(pairs)
