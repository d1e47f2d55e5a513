"""The words that a variant is found by."""

import re

from hypothesis import given
from hypothesis import strategies as st

from api.catalog.words import prefix_query, words_of


def test_vowel_signs_stay_in_their_word() -> None:
    assert words_of(["नीला सूट"]) == words_of(["नीला", "सूट"])
    assert len(words_of(["नीला सूट"])) == 2


def test_unit_is_found_written_together_or_apart() -> None:
    assert words_of(["500g"]) == words_of(["500 g"]) == ["500", "g"]


def test_question_without_a_word_asks_for_nothing() -> None:
    assert prefix_query(" -- ' ") == ""


@given(st.text())
def test_no_text_can_break_out_of_the_query(text: str) -> None:
    query = prefix_query(text)
    assert query == "" or all(re.fullmatch(r"'[^'\\&|!()<>:*\s]+':\*", part) for part in query.split(" & "))
