"""Judges are learned from examples, calibrated on shops that they have not seen, and keep to their signs."""

import random

import pytest

from training.judge import Example, Signs, learn


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


def test_probabilities_are_those_of_the_examples(examples: list[Example]) -> None:
    judge = learn(examples).judge
    assert judge.probability({"good": 1.0, "noise": 0.5}) == pytest.approx(0.8, abs=0.07)
    assert judge.probability({"good": 0.0, "noise": 0.5}) == pytest.approx(0.2, abs=0.07)


def test_a_weight_keeps_its_sign_whatever_the_examples_say(examples: list[Example]) -> None:
    judge = learn(examples, Signs(against=frozenset({"good"}))).judge
    assert judge.weights.get("good", 0.0) == 0.0


def test_spoiled_examples_do_not_tell_how_often_the_engine_is_right(examples: list[Example]) -> None:
    spoiled = [Example(one.features, False, one.shop, is_spoiled=True) for one in examples]
    judge = learn([*examples, *spoiled]).judge
    assert judge.probability({"good": 1.0, "noise": 0.5}) == pytest.approx(0.8, abs=0.08)


def test_unseen_probabilities_are_those_of_judges_of_other_shops(examples: list[Example]) -> None:
    alone = [
        Example({"mark": 1.0, **one.features}, True, one.shop) if one.shop == "shop 0" else one for one in examples
    ]
    marked = [
        probability
        for probability, one in zip(learn(alone).unseen, alone, strict=True)
        if one.shop == "shop 0" and one.features["good"] == 0
    ]
    assert max(marked) < 0.6
