"""Each line says which words made it and which features its confidence comes from."""

import math

import pytest

from engine.dialogue.confidence import judges, line_features
from engine.dialogue.reason import PARTS, part_of
from engine.order import OrderLine
from tests.golden import engine_of, messages_of


def lines(*written: str, shop: str = "clothes") -> tuple[OrderLine, ...]:
    return engine_of(shop).read(list(messages_of(list(written)))).lines


def words(line: OrderLine) -> list[str]:
    return [reason for reason in line.reasons if reason.startswith("“")]


def test_every_word_of_a_line_says_what_it_says() -> None:
    (line,) = lines("C: bhaiya laal dupatta do bhej do")
    assert words(line) == ["“dupatta”: Chiffon Dupatta", "“laal”: color red", "“do”: how many"]


def test_a_misspelt_word_is_told_as_it_was_written() -> None:
    (line,) = lines("C: anrkli blu XL 1 pc")
    assert words(line) == ["“anrkli”: Anarkali Kurti", "“blu”: color blue", "“XL”: size XL", "“1 pc”: how many"]


def test_a_colour_that_was_changed_is_no_reason_any_more() -> None:
    (line,) = lines("C: 2 blue anarkali M bhej do", "C: blue nahi red kar do")
    told = words(line)
    assert "“red”: color red" in told
    assert not [reason for reason in told if "blue" in reason]


def test_each_of_two_colours_is_told_by_its_own_word() -> None:
    red, blue = lines("C: red aur blue dupatta bhej do")
    assert "“red”: color red" in words(red)
    assert "“blue”: color blue" in words(blue)


def test_an_amount_tells_how_many_packs() -> None:
    kilo, half = lines("C: dhai kilo tamatar bhej do", shop="grocery")
    assert "“dhai kilo”: how many" in words(kilo)
    assert "“dhai kilo”: how many" in words(half)


def test_products_that_fit_equally_are_all_told() -> None:
    (line,) = lines("C: one kurti pls send")
    assert words(line)[0] == "“kurti”: Anarkali Kurti or Straight Cotton Kurti"


def test_what_is_not_sold_says_so() -> None:
    _, line = lines("C: 2 soap aur 3 maggi bhej do", shop="grocery")
    assert words(line)[0] == "“maggi”: nothing in the catalogue comes near"


def test_a_cart_and_a_picture_need_no_words() -> None:
    (line,) = lines("C[cart AN-BLU-M x 2]:")
    assert not words(line)
    assert any("what it points at" in reason for reason in line.reasons)


def test_what_the_seller_tells_back_makes_a_line_surer() -> None:
    (line,) = lines("C: 2 blue anarkali M bhej do", "B: 2 blue anarkali M, total 1798", "C: haan")
    assert any(reason.startswith("surer by what the seller said of it (+") for reason in line.reasons)


def test_the_parts_of_a_confidence_add_up_to_its_score() -> None:
    engine = engine_of("clothes")
    state, turns = engine.follow(list(messages_of(["C: 2 blue anarkali M bhej do"])))
    features = line_features(state.draft.lines[0], state, engine.results.account(state, turns))
    judge = judges()["line"]
    assert math.isclose(judge.bias + sum(judge.parts(features).values()), judge.score(features))


@pytest.mark.parametrize("feature", judges()["line"].weights)
def test_every_feature_of_a_confidence_can_be_told(feature: str) -> None:
    assert part_of(feature) in PARTS
