"""What of a chat its draft accounts for, and that the engine is surer where all of it is."""

import pytest

from engine.order import DraftOrder
from tests.golden import engine_of, messages_of

SHOP = "clothes"


def told(*written: str) -> dict[str, float]:
    engine = engine_of(SHOP)
    state, turns = engine.follow(list(messages_of(list(written))))
    return engine.results.account(state, turns)


def read(*written: str) -> DraftOrder:
    return engine_of(SHOP).read(list(messages_of(list(written))))


def test_a_plain_order_leaves_nothing_over() -> None:
    account = told("C: 2 blue anarkali M bhej do")
    left = ("strange", "known_left", "numbers_left", "ignored", "unheard")
    assert {name: account[name] for name in left} == dict.fromkeys(left, 0.0)


def test_words_that_nobody_knows_are_strange() -> None:
    assert told("C: 2 blue anarkali M bhej do. zorbeloo qwumpish flimplo")["strange"] >= 1


def test_the_words_of_a_greeting_are_not() -> None:
    assert told("C: zorbeloo qwumpish", "C: 2 blue anarkali M bhej do")["strange"] == 0


def test_a_summary_of_the_same_lines_speaks_for_the_draft() -> None:
    account = told("C: 2 blue anarkali M bhej do", "B: 2 blue anarkali M, total 1798", "C: haan")
    assert account["told_the_same"] == 1.0
    assert account["told_otherwise"] == 0.0


def test_a_summary_of_another_number_speaks_against_it() -> None:
    account = told("C: 2 blue anarkali M bhej do", "B: 3 blue anarkali M?")
    assert account["told_the_same"] == 0.0
    assert account["told_otherwise"] == 1.0


def test_an_order_that_a_summary_repeats_is_surer() -> None:
    plain = read("C: 2 blue anarkali M bhej do")
    repeated = read("C: 2 blue anarkali M bhej do", "B: 2 blue anarkali M, total 1798", "C: haan")
    assert repeated.confidence > plain.confidence


def test_an_order_with_words_that_nobody_knows_is_less_sure() -> None:
    plain = read("C: 2 blue anarkali M bhej do")
    strange = read("C: 2 blue anarkali M bhej do. zorbeloo qwumpish flimplo")
    assert strange.confidence < plain.confidence


def test_without_a_draft_there_is_nothing_to_account_for() -> None:
    assert told("C: hello") == {}


@pytest.mark.parametrize("written", ["C: 2 blue anarkali M bhej do", "C: hi kya haal"])
def test_confidence_is_a_probability(written: str) -> None:
    assert 0.0 <= read(written).confidence <= 1.0
