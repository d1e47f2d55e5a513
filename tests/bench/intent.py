"""How fast a message's intent is told, beside scikit-learn's own pipeline with the same features and weights."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from time import perf_counter

from sklearn.pipeline import Pipeline

from engine.intent import IntentClassifier
from engine.intent.features import observe
from training.corpus import School, Turn
from training.export import prepare, weights_of
from training.intent import Example, fit
from training.shops import BENCHMARK, find_shops

ROUNDS = 5
SHOPS = 6  # to learn from: enough for a vocabulary of some thousands
LOADS = 5


def run() -> Iterator[tuple[str, float, str]]:
    """Microseconds a message, of ours and of scikit-learn's, and what loading takes."""
    pipeline = _pipeline()
    ours = IntentClassifier(weights_of(pipeline))
    turns = [turn for shop in find_shops(BENCHMARK, own=None)[:2] for turn in School(shop, shop.chats).taught({})]
    fast = [_best(partial(_ours, ours, turn)) for turn in turns]
    slow = [_best(partial(_scikit_learns, pipeline, turn)) for turn in turns[::5]]
    yield f"intent of a message, p50 of {len(turns)}", median(fast), "us"
    yield f"intent of a message, p99 of {len(turns)}", quantiles(fast, n=100)[98], "us"
    yield "the same by scikit-learn's pipeline, p50", median(slow), "us"
    yield "times faster", median(slow) / median(fast), "x"
    load = IntentClassifier.load
    yield "loading the shipped weights", median(_timed(load.__wrapped__) for _ in range(LOADS)) / 1000, "ms"


def _pipeline() -> Pipeline:
    own = [shop for shop in find_shops() if shop.kind == "own"][:SHOPS]
    examples = [
        Example(shop.name, observe(turn.utterance, turn.context), turn.label.value, 1.0, turn)
        for shop in own
        for turn in School(shop, shop.chats).taught({})
    ]
    pipeline = fit(examples)
    prepare(pipeline, temperature=1.0)
    return pipeline


def _ours(classifier: IntentClassifier, turn: Turn) -> object:
    return classifier.probabilities(turn.utterance, turn.context)


def _scikit_learns(pipeline: Pipeline, turn: Turn) -> object:
    return pipeline.predict_proba([observe(turn.utterance, turn.context)])


def _best(work: Callable[[], object]) -> float:
    return min(_timed(work) for _ in range(ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e6
