"""Fits judges: logistic models over named features, their scores calibrated on shops that the model has not seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from engine.dialogue.confidence import Judge

Floats = NDArray[np.float64]
Features = Mapping[str, float]

_SOFTNESS = 0.02  # scikit-learn's C
_PULL = 0.01  # towards 0, of weights bound by a sign
_ROUNDS = 500
_FOLDS = 10
_STEPS = 12  # points that are kept of the staircase


@dataclass(frozen=True)
class Example:
    """What spoke for a line or an order, whether it was right, and the shop it comes from.

    What is read of spoiled messages (`is_spoiled`) teaches, but does not tell how often the engine is right.
    """

    features: Features
    is_right: bool
    shop: str
    is_spoiled: bool = False


@dataclass(frozen=True)
class Signs:
    """The features that can only speak for something, and those that can only speak against it."""

    speaking_for: frozenset[str]
    against: frozenset[str]

    def bounds(self, names: Sequence[str]) -> tuple[Floats, Floats]:
        """The least and the most that the weight of each feature may be."""
        least = [0.0 if name in self.speaking_for else -np.inf for name in names]
        most = [0.0 if name in self.against else np.inf for name in names]
        return np.array(least), np.array(most)


Fit = Callable[[Sequence[Example]], Judge]
_Weigh = Callable[[Floats, Floats], tuple[Floats, float]]  # standardized features and labels to weights and bias


def stepped(examples: Sequence[Example]) -> Judge:
    """A judge whose scores become probabilities by a staircase: no shape is assumed, many scores become alike."""
    judge = _plain(examples)
    scores, labels = _held_out(examples, _plain)
    stairs = IsotonicRegression(y_min=0.01, y_max=0.995, out_of_bounds="clip").fit(scores, labels)
    points = np.quantile(scores, np.linspace(0, 1, _STEPS))
    smooth = _smoothed(scores, labels, points, stairs)
    return Judge(judge.weights, judge.bias, _rounded(points), _rounded(smooth))


def signed(examples: Sequence[Example], signs: Signs) -> Judge:
    """A judge with weights of the sign that they must have; a higher score is always a higher probability."""
    fit = partial(_bound, signs=signs)
    judge = fit(examples)
    scores, labels = _held_out(examples, fit)
    line = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    slope, start = float(line.coef_[0, 0]), float(line.intercept_[0])
    weights = {name: round(weight * slope, 5) for name, weight in judge.weights.items()}
    return Judge(weights, round(judge.bias * slope + start, 5), (), ())


def unseen_scores(examples: Sequence[Example], fit: Fit | None = None) -> Floats:
    """The score of each example from a judge that has not seen its shop."""
    fit = fit or _plain
    scores = np.zeros(len(examples))
    groups = [example.shop for example in examples]
    for train, test in GroupKFold(_FOLDS).split(examples, groups=groups):
        judge = fit([examples[i] for i in train])
        scores[test] = [judge.score(examples[i].features) for i in test]
    return scores


def _held_out(examples: Sequence[Example], fit: Fit) -> tuple[Floats, Floats]:
    """Scores of the examples that are not spoiled, and whether those are right."""
    whole = np.array([not example.is_spoiled for example in examples])
    labels = np.array([example.is_right for example in examples], dtype=float)
    return unseen_scores(examples, fit)[whole], labels[whole]


def _smoothed(scores: Floats, labels: Floats, points: Floats, stairs: IsotonicRegression) -> Floats:
    """The staircase at the points, drawn a little towards the average: few examples stand behind each step."""
    per_step = len(scores) / len(points)
    return np.asarray((stairs.predict(points) * per_step + labels.mean()) / (per_step + 1.0))


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]


def _plain(examples: Sequence[Example]) -> Judge:
    return _fitted(examples, _names(examples), _regressed)


def _bound(examples: Sequence[Example], signs: Signs) -> Judge:
    names = _names(examples)
    least, most = signs.bounds(names)
    return _fitted(examples, names, partial(_descended, least=least, most=most))


def _names(examples: Sequence[Example]) -> list[str]:
    return sorted({name for example in examples for name in example.features})


def _fitted(examples: Sequence[Example], names: Sequence[str], weigh: _Weigh) -> Judge:
    """Weights and bias for features as they are; learned on standardized ones so that the penalty is fair."""
    matrix = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    labels = np.array([example.is_right for example in examples], dtype=float)
    center, scale = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    weights, bias = weigh((matrix - center) / scale, labels)
    weights = np.where(matrix.std(axis=0) < 1e-9, 0.0, weights / scale)
    named = {name: round(float(w), 5) for name, w in zip(names, weights, strict=True) if w}
    return Judge(named, round(bias - float((weights * center).sum()), 5), (), ())


def _regressed(matrix: Floats, labels: Floats) -> tuple[Floats, float]:
    model = LogisticRegression(C=_SOFTNESS, max_iter=2000).fit(matrix, labels)
    return model.coef_[0], float(model.intercept_[0])


def _descended(matrix: Floats, labels: Floats, *, least: Floats, most: Floats) -> tuple[Floats, float]:
    """Logistic regression with bounds, by accelerated projected gradient descent."""
    count = len(labels)
    design = np.column_stack([matrix, np.ones(count)])
    pull = np.append(np.full(matrix.shape[1], _PULL), 0.0)
    low, high = np.append(least, -np.inf), np.append(most, np.inf)
    step = 1.0 / (0.25 * np.linalg.norm(design, 2) ** 2 / count + _PULL)
    here = ahead = np.zeros(design.shape[1])
    for turn in range(_ROUNDS):
        surprise = 1 / (1 + np.exp(-design @ ahead)) - labels
        there = np.clip(ahead - step * (design.T @ surprise / count + pull * ahead), low, high)
        ahead = there + turn / (turn + 3) * (there - here)
        here = there
    return here[:-1], float(here[-1])
