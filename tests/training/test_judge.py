"""Judges are learned from examples, calibrated on shops that they have not seen, and keep to their signs."""

import random

import pytest

from training.judge import Example, Signs, signed, stepped, unseen_scores

NO_SIGNS = Signs(frozenset(), frozenset())


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """What is right four times in five where `good` speaks for it, else once; `noise` says nothing."""
    chance = random.Random(7)  # noqa: S311 - the same examples each time
    made = []
    for number in range(600):
        good = float(chance.random() < 0.5)
        is_right = chance.random() < (0.8 if good else 0.2)
        made.append(Example({"good": good, "noise": chance.random()}, is_right, f"shop {number % 12}"))
    return made


@pytest.mark.parametrize("learn", [stepped, lambda examples: signed(examples, NO_SIGNS)])
def test_probabilities_are_those_of_the_examples(learn, examples: list[Example]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    judge = learn(examples)
    assert judge.probability({"good": 1.0, "noise": 0.5}) == pytest.approx(0.8, abs=0.07)
    assert judge.probability({"good": 0.0, "noise": 0.5}) == pytest.approx(0.2, abs=0.07)


def test_a_weight_keeps_its_sign_whatever_the_examples_say(examples: list[Example]) -> None:
    judge = signed(examples, Signs(frozenset(), frozenset({"good"})))
    assert judge.weights.get("good", 0.0) == 0.0


def test_a_higher_score_is_a_higher_probability(examples: list[Example]) -> None:
    judge = signed(examples, NO_SIGNS)
    assert judge.probability({"good": 1.0, "noise": 0.5}) > judge.probability({"good": 0.9, "noise": 0.5})


def test_spoiled_examples_do_not_tell_how_often_the_engine_is_right(examples: list[Example]) -> None:
    spoiled = [Example(one.features, False, one.shop, is_spoiled=True) for one in examples]
    judge = stepped([*examples, *spoiled])
    assert max(judge.probabilities) == pytest.approx(0.8, abs=0.08)


def test_unseen_scores_are_those_of_judges_of_other_shops(examples: list[Example]) -> None:
    alone = [
        Example({"mark": 1.0, **one.features}, True, one.shop) if one.shop == "shop 0" else one for one in examples
    ]
    marked = [
        s
        for s, one in zip(unseen_scores(alone), alone, strict=True)
        if one.shop == "shop 0" and one.features["good"] == 0
    ]
    assert max(marked) < 1.0
