"""The hand-rolled scorer says what scikit-learn says, and its file is small, plain and repeatable."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from engine.conversation import Message, Sender
from engine.extraction.utterance import Annotator, Utterance
from engine.intent import IntentClassifier, TurnContext
from engine.intent.features import observe
from engine.intent.weights import Weights
from engine.language import Lexicon
from engine.order import Intent
from training.corpus import School, Turn
from training.export import prepare, weights_of
from training.intent import TARGET, Example, fit
from training.shops import find_shops

LARGEST = 2_000_000  # bytes
TEACHING = ("saree", "vegetables", "ukbakes")
TAUGHT_CHATS = 10


def said(text: str) -> Utterance:
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    return Annotator(lambda _: False).read(message, Lexicon.of(("en", "hi")))


@pytest.fixture(scope="module")
def turns() -> dict[str, list[Turn]]:
    shops = [shop for shop in find_shops() if shop.name in {*TEACHING, "plants"}]
    return {shop.name: list(School(shop, shop.chats[:TAUGHT_CHATS]).taught({})) for shop in shops}


@pytest.fixture(scope="module")
def pipeline(turns: dict[str, list[Turn]]) -> Pipeline:
    learned = fit([example(shop, turn) for shop in TEACHING for turn in turns[shop]])
    prepare(learned, temperature=1.3)
    return learned


def example(shop: str, turn: Turn) -> Example:
    return Example(shop, observe(turn.utterance, turn.context), turn.label.value, 1.0, turn)


def scikit_learns(pipeline: Pipeline, turns: Sequence[Turn]) -> np.ndarray:
    return pipeline.predict_proba([observe(turn.utterance, turn.context) for turn in turns])


def ours(classifier: IntentClassifier, turns: Sequence[Turn], pipeline: Pipeline) -> np.ndarray:
    columns = [Intent(name) for name in pipeline["model"].classes_]
    found = [classifier.probabilities(turn.utterance, turn.context) for turn in turns]
    return np.array([[probabilities[intent] for intent in columns] for probabilities in found])


def test_probabilities_are_those_of_scikit_learn(pipeline: Pipeline, turns: dict[str, list[Turn]]) -> None:
    classifier = IntentClassifier(weights_of(pipeline))
    unseen = turns["plants"]
    np.testing.assert_allclose(ours(classifier, unseen, pipeline), scikit_learns(pipeline, unseen), rtol=0, atol=1e-6)


def test_saved_weights_give_the_same_probabilities(
    pipeline: Pipeline, turns: dict[str, list[Turn]], tmp_path: Path
) -> None:
    weights_of(pipeline).save(tmp_path / "weights.npz")
    classifier = IntentClassifier(Weights.load(tmp_path / "weights.npz"))
    unseen = turns["plants"]
    np.testing.assert_allclose(ours(classifier, unseen, pipeline), scikit_learns(pipeline, unseen), rtol=0, atol=1e-6)


def test_the_same_weights_are_saved_as_the_same_bytes(pipeline: Pipeline, tmp_path: Path) -> None:
    for name in ("first.npz", "second.npz"):
        weights_of(pipeline).save(tmp_path / name)
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()


def test_the_shipped_file_is_small_and_knows_every_intent() -> None:
    assert TARGET.stat().st_size < LARGEST
    assert {*Weights.load(TARGET).intents} == {intent.value for intent in Intent}


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_probabilities_add_up_to_one_whatever_is_written(text: str) -> None:
    probabilities = IntentClassifier.load().probabilities(said(text), TurnContext(is_first=True))
    assert sum(probabilities.values()) == pytest.approx(1)
    assert set(probabilities) == set(Intent)


def test_reasons_add_up_to_the_difference_that_words_make() -> None:
    classifier = IntentClassifier.load()
    utterance, context = said("bhaiya cancel kar do"), TurnContext(has_order=True, previous_intent=Intent.PURCHASE)
    probabilities = classifier.probabilities(utterance, context)
    totals = {i: sum(weight for _, weight in classifier.reasons(utterance, context, i)) for i in Intent}
    starts = dict(zip((Intent(name) for name in Weights.load(TARGET).intents), Weights.load(TARGET).start, strict=True))
    for intent in Intent:
        odds = np.log(probabilities[intent] / probabilities[Intent.CANCEL])
        scores = totals[intent] + starts[intent] - totals[Intent.CANCEL] - starts[Intent.CANCEL]
        assert odds == pytest.approx(scores, abs=1e-6)


def test_the_strongest_reason_for_a_cancellation_is_about_cancelling() -> None:
    reasons = IntentClassifier.load().reasons(
        said("please cancel my order"), TurnContext(has_order=True), Intent.CANCEL
    )
    assert "cancel" in " ".join(name for name, _ in reasons[:5])
