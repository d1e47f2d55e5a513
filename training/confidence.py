"""Learns how sure the engine may be: of a line, and of a whole order.

Both judges are logistic models over named features (engine/dialogue/confidence.py), learned from the
lines that the engine reads in labelled chats and whether an agent would leave them as they are. The
staircase from score to probability comes from shops that the model has not seen.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from engine.dialogue.confidence import Judge, line_features, order_features
from engine.engine import Engine
from engine.intent import IntentClassifier
from engine.order_json import line_to_json
from training.alignment import align
from training.labelled_chat import LabelledChat, Line
from training.shops import Shop

TARGET = Path(str(files("engine.dialogue").joinpath("confidence.json")))
_SOFTNESS = 0.02  # scikit-learn's C
_FOLDS = 5
_STEPS = 12  # points that are kept of the staircase

Features = Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """What spoke for a line or an order, whether it was right, and the shop it comes from."""

    features: Features
    is_right: bool
    shop: str


@dataclass(frozen=True)
class ChatLines:
    """A chat as read: its lines as examples, and what the order's example is made of once lines are judged."""

    lines: tuple[Example, ...]
    order: Callable[[Sequence[float]], Features]
    is_exact: bool
    shop: str


def read_examples(shop: Shop, intents: IntentClassifier | None = None) -> Iterator[ChatLines]:
    """The chats of a shop as the engine reads them, with the shipped intents, or better some that have not seen it."""
    engine = Engine(shop.catalog, intents=intents)
    for chat in shop.chats:
        if read := _read_chat(engine, shop, chat):
            yield read


def _read_chat(engine: Engine, shop: Shop, labelled: LabelledChat) -> ChatLines | None:
    state, turns = engine.follow(labelled.chat.messages)
    if not state.draft.lines:
        return None
    # sure of itself: what a doubt would make of a line is no matter of what was read
    predicted = tuple(Line.from_json(line_to_json(engine.results.line(line, 1.0))) for line in state.draft.lines)
    alignment = align(labelled.gold.lines, predicted)
    right = {id(line) for _, line in alignment.right}
    examples = tuple(
        Example(line_features(line, state), id(as_scored) in right, shop.name)
        for line, as_scored in zip(state.draft.lines, predicted, strict=True)
    )
    utterances = [turn.utterance for turn in turns]
    is_exact = alignment.is_exact and labelled.gold.stage == "order"
    return ChatLines(examples, lambda sure: order_features(sure, state, utterances), is_exact, shop.name)


def learn(chats: Sequence[ChatLines]) -> dict[str, Judge]:
    """The judges of lines and of orders."""
    lines = [line for chat in chats for line in chat.lines]
    judge = fit_judge(lines)
    sure = _held_out(lines)
    orders, position = [], 0
    for chat in chats:
        own = sure[position : position + len(chat.lines)]
        position += len(chat.lines)
        orders.append(Example(chat.order(own), chat.is_exact, chat.shop))
    return {"line": judge, "order": fit_judge(orders)}


def fit_judge(examples: Sequence[Example]) -> Judge:
    """The judge of such examples, its staircase from shops held out."""
    weights, bias = _fit(examples)
    scores = _held_out_scores(examples)
    labels = np.array([e.is_right for e in examples], dtype=float)
    stairs = IsotonicRegression(y_min=0.01, y_max=0.995, out_of_bounds="clip").fit(scores, labels)
    points = np.quantile(scores, np.linspace(0, 1, _STEPS))
    smooth = _smoothed(scores, labels, points, stairs)
    return Judge(weights, bias, [round(float(p), 4) for p in points], [round(float(p), 4) for p in smooth])


def _smoothed(scores: np.ndarray, labels: np.ndarray, points: np.ndarray, stairs: IsotonicRegression) -> np.ndarray:
    """The staircase at the points, drawn a little towards the average: few examples stand behind each step."""
    heights = stairs.predict(points)
    per_step = len(scores) / len(points)
    prior = float(labels.mean())
    return np.asarray((heights * per_step + prior * 1.0) / (per_step + 1.0))


def _names(examples: Sequence[Example]) -> list[str]:
    return sorted({name for example in examples for name in example.features})


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def _fit(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Weights and bias for features as they are; learned on standardized ones so that the penalty is fair."""
    names = _names(examples)
    matrix = _matrix(examples, names)
    center, scale = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=_SOFTNESS, max_iter=2000)
    model.fit((matrix - center) / scale, [e.is_right for e in examples])
    weights = model.coef_[0] / scale
    weights[matrix.std(axis=0) < 1e-9] = 0.0
    bias = float(model.intercept_[0] - (weights * center).sum())
    return {name: round(float(w), 5) for name, w in zip(names, weights, strict=True) if w}, round(bias, 5)


def _held_out_scores(examples: Sequence[Example]) -> np.ndarray:
    scores = np.zeros(len(examples))
    groups = [example.shop for example in examples]
    for train, test in GroupKFold(_FOLDS).split(examples, groups=groups):
        weights, bias = _fit([examples[i] for i in train])
        judge = Judge(weights, bias, (), ())
        scores[test] = [judge.score(examples[i].features) for i in test]
    return scores


def _held_out(examples: Sequence[Example]) -> list[float]:
    """The probability of each line from a judge that has not seen its shop."""
    return [1 / (1 + float(np.exp(-s))) for s in _held_out_scores(examples)]


def save(judges: Mapping[str, Judge], target: Path = TARGET) -> None:
    """Write the judges where the engine finds them."""
    data = {
        name: {"weights": j.weights, "bias": j.bias, "scores": j.scores, "probabilities": j.probabilities}
        for name, j in judges.items()
    }
    target.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
