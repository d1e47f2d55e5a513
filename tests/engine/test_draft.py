"""Acts on a draft: each gives a new draft and leaves the old one as it was."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.act import Act, Add, Cancel, Draft, DraftLine, Replace, Revive, StartAnew
from engine.conversation import Span

SAID = Span("m1", 0, 3, "red")


def line(sku: str, quantity: int = 1, *, group: int | None = 0, text: str = "kurti", **more: object) -> DraftLine:
    skus = (sku,) if group is not None else ()
    return DraftLine(group, skus, Decimal(quantity), text, **more)  # type: ignore[arg-type]


def amounts(draft: Draft) -> list[tuple[str, int]]:
    return [(one.skus[0] if one.skus else one.text, int(one.quantity)) for one in draft.lines]


def test_added_lines_stand_in_their_order() -> None:
    assert amounts(Draft().apply(Add((line("A", 2), line("B"))))) == [("A", 2), ("B", 1)]


def test_same_sku_again_is_said_anew() -> None:
    draft = Draft((line("A", 2),)).apply(Add((line("A", 3),)))
    assert amounts(draft) == [("A", 3)]


def test_same_sku_once_more_adds_up() -> None:
    draft = Draft((line("A", 2),)).apply(Add((line("A", 3),), more=True))
    assert amounts(draft) == [("A", 5)]


def test_same_unsold_words_are_one_line() -> None:
    noodles = line("", 1, group=None, text="Maggi")
    assert amounts(Draft((noodles,)).apply(Add((line("", 4, group=None, text="maggi"),)))) == [("Maggi", 4)]


def test_merged_line_keeps_what_both_were_said_with() -> None:
    other = Span("m2", 0, 3, "red")
    draft = Draft((line("A", evidence=(SAID,)),)).apply(Add((line("A", evidence=(other, SAID)),)))
    assert draft.lines[0].evidence == (SAID, other)


def test_line_of_several_products_is_not_merged_with_one_of_them() -> None:
    draft = Draft((line("A", rivals=(3,)),)).apply(Add((line("A"),)))
    assert amounts(draft) == [("A", 1), ("A", 1)]


def test_replaced_line_keeps_its_place() -> None:
    draft = Draft((line("A"), line("B"), line("C"))).apply(Replace((1,), (line("D", 4),)))
    assert amounts(draft) == [("A", 1), ("D", 4), ("C", 1)]


def test_line_replaced_by_one_that_stands_already_adds_up() -> None:
    draft = Draft((line("A", 1), line("B", 2))).apply(Replace((1,), (line("A", 2),)))
    assert amounts(draft) == [("A", 3)]


def test_replacing_nothing_adds() -> None:
    assert amounts(Draft((line("A"),)).apply(Replace((), (line("B"),)))) == [("A", 1), ("B", 1)]


def test_removing_one_line_leaves_the_others() -> None:
    draft = Draft((line("A"), line("B"))).apply(Replace((0,)))
    assert (amounts(draft), draft.cancelled) == ([("B", 1)], False)


def test_removing_the_last_line_cancels() -> None:
    draft = Draft((line("A"),)).apply(Replace((0,)))
    assert (draft.lines, draft.cancelled, draft.called_off) == ((), True, (line("A"),))


def test_cancelled_order_is_taken_up_again_as_it_was() -> None:
    ordered = Draft().apply(Add((line("A", 2), line("B"))))
    cancelled = ordered.apply(Cancel())
    assert (cancelled.lines, cancelled.cancelled) == ((), True)
    assert amounts(cancelled.apply(Revive())) == [("A", 2), ("B", 1)]
    assert not cancelled.apply(Revive()).cancelled


def test_cancelling_twice_does_not_lose_what_was_called_off() -> None:
    draft = Draft().apply(Add((line("A"),))).apply(Cancel()).apply(Cancel())
    assert draft.called_off == (line("A"),)


def test_calling_off_where_nothing_was_wanted_cancels_nothing() -> None:
    assert not Draft().apply(Cancel()).cancelled


def test_ordering_after_calling_off_is_an_order() -> None:
    draft = Draft().apply(Add((line("A"),))).apply(Cancel()).apply(Add((line("B"),)))
    assert (amounts(draft), draft.cancelled) == ([("B", 1)], False)


def test_new_order_begins_empty_and_remembers_the_old_one() -> None:
    draft = Draft().apply(Add((line("A"),))).apply(StartAnew())
    assert (draft.lines, draft.cancelled, draft.wanted, draft.called_off) == ((), False, False, (line("A"),))


lines = st.builds(line, st.sampled_from("ABC"), st.integers(1, 9), group=st.sampled_from([0, 1, None]))
acts = st.one_of(
    st.builds(Add, st.lists(lines, max_size=3).map(tuple), st.booleans()),
    st.builds(Replace, st.lists(st.integers(0, 3), max_size=2).map(tuple), st.lists(lines, max_size=2).map(tuple)),
    st.sampled_from([Cancel(), Revive(), StartAnew()]),
)


@given(st.lists(acts, max_size=8))
def test_no_act_changes_the_draft_that_it_is_applied_to(done: list[Act]) -> None:
    draft = Draft()
    for act in done:
        before = (draft.lines, draft.cancelled, draft.called_off, draft.wanted)
        following = draft.apply(act)
        assert (draft.lines, draft.cancelled, draft.called_off, draft.wanted) == before
        assert following == draft.apply(act)
        assert not (following.lines and following.cancelled)
        draft = following
