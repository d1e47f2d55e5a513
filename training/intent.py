"""Learns to tell the intent of a message from our own shops' chats, calibrated on shops held out."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from engine.intent import IntentClassifier
from engine.intent.features import Observation, observe
from engine.intent.grams import chains, pieces
from engine.order import Intent
from training.corpus import School, Turn
from training.export import prepare, weights_of
from training.noise import Noise
from training.shops import Shop
from training.short_chats import short_chats

TARGET = Path(str(files("engine.intent").joinpath("weights.npz")))
_PARTS = 5  # shops are held out a fifth at a time
_FEWEST_SHOPS = 3  # a feature that fewer shops' messages have is left out
_SCALES = {"pieces": 1.0, "chains": 1.0, "cues": 0.3}
_SOFTNESS = 3.0  # scikit-learn's C
_TOLERANCE = 1e-4  # learned to the end: what is stopped early hangs on where it was stopped
_NOISE = Noise(seed=1)
_TEMPERATURES = np.geomspace(0.4, 2.5, 93)  # two in a hundred apart
_TAUGHT, _TOLD, _NOISY = 0.6, 0.6, 0.5  # what a message counts, in each of the three ways that it is shown
_SHORT = 0.3  # what a message of a short chat counts beside one of a whole chat


@dataclass(frozen=True, slots=True)
class Example:
    """An observation of a shop's message, its label, what it counts, and the turn it comes from."""

    shop: str
    seen: Observation
    label: str
    weight: float
    turn: Turn


@dataclass(frozen=True, slots=True)
class Learned:
    """The pipeline learned from all shops, and by shop a classifier that has not seen it."""

    pipeline: Pipeline
    held_out: Mapping[str, IntentClassifier]
    temperature: float
    examples: int

    @property
    def classifier(self) -> IntentClassifier:
        """The classifier learned from all shops."""
        return IntentClassifier(weights_of(self.pipeline))

    def save(self, target: Path = TARGET) -> None:
        """Write the engine's weights."""
        weights_of(self.pipeline).save(target)


def new_pipeline(vocabularies: Mapping[str, Sequence[str]]) -> Pipeline:
    """The model as scikit-learn has it, from `Observation`s to intents, over these features of each block."""
    features = [
        ("pieces", TfidfVectorizer(analyzer=ANALYZERS["pieces"], vocabulary=vocabularies["pieces"], sublinear_tf=True)),
        ("chains", TfidfVectorizer(analyzer=ANALYZERS["chains"], vocabulary=vocabularies["chains"], sublinear_tf=True)),
        ("cues", CountVectorizer(analyzer=ANALYZERS["cues"], vocabulary=vocabularies["cues"], binary=True)),
    ]
    return Pipeline(
        [
            ("features", FeatureUnion(features, transformer_weights=_SCALES)),
            ("model", LogisticRegression(C=_SOFTNESS, max_iter=2000, tol=_TOLERANCE)),
        ]
    )


_pieces_of = cache(pieces)


def _pieces(seen: Observation) -> list[str]:
    return [piece for word in seen.words for piece in _pieces_of(word)]


def _chains(seen: Observation) -> list[str]:
    return chains(seen.words)


def _cues(seen: Observation) -> tuple[str, ...]:
    return seen.cues


ANALYZERS: dict[str, Callable[[Observation], Iterable[str]]] = {"pieces": _pieces, "chains": _chains, "cues": _cues}


def fit(examples: Sequence[Example]) -> Pipeline:
    """Learn from examples."""
    vocabularies = {block: _shared(examples, analyze) for block, analyze in ANALYZERS.items()}
    weights = np.array([example.weight for example in examples])
    labels = [example.label for example in examples]
    return new_pipeline(vocabularies).fit([e.seen for e in examples], labels, model__sample_weight=weights)


def _shared(examples: Sequence[Example], analyze: Callable[[Observation], Iterable[str]]) -> list[str]:
    """The features that several shops' messages have: those of one shop are its goods and its people."""
    shops: dict[str, set[str]] = {}
    for example in examples:
        for feature in analyze(example.seen):
            shops.setdefault(feature, set()).add(example.shop)
    return sorted(feature for feature, where in shops.items() if len(where) >= _FEWEST_SHOPS)


def learn(shops: Sequence[Shop], progress: Progress) -> Learned:
    """Learn from `shops` in two passes.

    First each message is shown after what the labels say of the messages before it. Models learned so
    then label the shops that they have not seen, and each message is shown again after those labels,
    mistakes included, as at run time. Misspelt copies of the messages come without the business's
    answer, so that a message can be read before there is one. The temperature is fitted on shops held
    out of the second pass.
    """
    schools = [School(shop, shop.chats + short_chats(shop)) for shop in shops]
    whole = {chat.id for shop in shops for chat in shop.chats}
    task = progress.add_task("intents: reading", total=2 * len(schools))
    first: list[Example] = []
    for school in schools:
        progress.update(task, advance=1, description=f"intents: reading {school.shop.name}")
        first += _examples(school.shop, school.taught({}), _TAUGHT, whole)
        spoiled = map(unanswered, school.taught({}, _NOISE))
        first += _examples(school.shop, spoiled, _NOISY, whole)
    guesses = _guesses(first, _held_out_pipelines(first, progress, "intents: first pass"))
    second = list(first)
    for school in schools:
        progress.update(task, advance=1, description=f"intents: reading {school.shop.name} again")
        second += _examples(school.shop, school.taught(guesses), _TOLD, whole)
    return _finish(second, progress)


def unanswered(turn: Turn) -> Turn:
    """A turn as it was before the business answered it."""
    return replace(turn, context=turn.context._replace(reply=None))


def _examples(shop: Shop, turns: Iterable[Turn], weight: float, whole: Container[str]) -> list[Example]:
    """What turns show; those of chats that are not among the `whole` ones count less."""
    weights = {True: weight, False: weight * _SHORT}
    return [
        Example(shop.name, observe(t.utterance, t.context), t.label.value, weights[t.chat in whole], t) for t in turns
    ]


def _finish(examples: Sequence[Example], progress: Progress) -> Learned:
    pipelines = _held_out_pipelines(examples, progress, "intents: second pass")
    temperature = _temperature([example for example in examples if example.weight == _TOLD], pipelines)
    for pipeline in {id(p): p for p in pipelines.values()}.values():
        prepare(pipeline, temperature)
    final = fit(examples)
    prepare(final, temperature)
    held_out = {shop: IntentClassifier(weights_of(pipeline)) for shop, pipeline in pipelines.items()}
    return Learned(final, held_out, temperature, len(examples))


def _held_out_pipelines(examples: Sequence[Example], progress: Progress, name: str) -> dict[str, Pipeline]:
    """By shop, a pipeline learned without it."""
    shops = sorted({example.shop for example in examples})
    parts = [part for start in range(_PARTS) if (part := shops[start::_PARTS])]
    pipelines: dict[str, Pipeline] = {}
    for part in progress.track(parts, description=name):
        pipeline = fit([example for example in examples if example.shop not in part])
        pipelines |= dict.fromkeys(part, pipeline)
    return pipelines


def _guesses(examples: Sequence[Example], pipelines: Mapping[str, Pipeline]) -> dict[tuple[str, str], Intent]:
    """What the first pass takes each message for."""
    plain = [example for example in examples if example.weight in (_TAUGHT, _TAUGHT * _SHORT)]
    guesses: dict[tuple[str, str], Intent] = {}
    for shop, pipeline in pipelines.items():
        own = [example for example in plain if example.shop == shop]
        for example, label in zip(own, pipeline.predict([e.seen for e in own]), strict=True):
            guesses[example.turn.id] = Intent(label)
    return guesses


def _temperature(examples: Sequence[Example], pipelines: Mapping[str, Pipeline]) -> float:
    """What the scores have to be divided by for the likeliest probabilities on shops held out."""
    scores, columns = [], []
    for shop, pipeline in pipelines.items():
        own = [example for example in examples if example.shop == shop]
        classes = pipeline["model"].classes_.tolist()
        scores.append(pipeline.decision_function([example.seen for example in own]))
        columns += [classes.index(example.label) for example in own]
    stacked, right = np.concatenate(scores), np.array(columns)
    return float(min(_TEMPERATURES, key=lambda temperature: _surprise(stacked / temperature, right)))


def _surprise(scores: NDArray[np.float64], right: NDArray[np.intp]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(right)), right].mean())
