"""Fits judges: logistic models over named features, their scores calibrated on shops that the model has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from engine.dialogue.confidence import Judge

Floats = NDArray[np.float64]
Features = Mapping[str, float]

_PULL = 0.01  # of weights towards 0
_RARE = 0.1  # the least deviation to standardize by: what is seldom seen is to weigh little, not much
_ROUNDS = 500
_FOLDS = 10


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

    speaking_for: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()

    def bounds(self, names: Sequence[str]) -> tuple[Floats, Floats]:
        """The least and the most that the weight of each feature may be."""
        least = [0.0 if name in self.speaking_for else -np.inf for name in names]
        most = [0.0 if name in self.against else np.inf for name in names]
        return np.array(least), np.array(most)


NO_SIGNS = Signs()


@dataclass(frozen=True)
class Learned:
    """A judge, and how probable each example is to judges that have not seen its shop."""

    judge: Judge
    unseen: Floats


def learn(examples: Sequence[Example], signs: Signs = NO_SIGNS) -> Learned:
    """A judge with weights of the sign that they must have, as sure as it is right on shops that it has not seen."""
    scores = _unseen_scores(examples, signs)
    whole = np.array([not example.is_spoiled for example in examples])
    labels = np.array([example.is_right for example in examples])
    line = LogisticRegression(C=1e6).fit(scores[whole, None], labels[whole])
    slope, start = float(line.coef_[0, 0]), float(line.intercept_[0])
    judge = _fitted(examples, signs)
    weights = {name: round(weight * slope, 5) for name, weight in judge.weights.items()}
    return Learned(Judge(weights, round(judge.bias * slope + start, 5)), 1 / (1 + np.exp(-(scores * slope + start))))


def _unseen_scores(examples: Sequence[Example], signs: Signs) -> Floats:
    scores = np.zeros(len(examples))
    groups = [example.shop for example in examples]
    for train, test in GroupKFold(_FOLDS).split(examples, groups=groups):
        judge = _fitted([examples[i] for i in train], signs)
        scores[test] = [judge.score(examples[i].features) for i in test]
    return scores


def _fitted(examples: Sequence[Example], signs: Signs) -> Judge:
    """Weights and bias for features as they are; learned on standardized ones so that the penalty is fair."""
    names = sorted({name for example in examples for name in example.features})
    matrix = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    labels = np.array([example.is_right for example in examples], dtype=float)
    center, scale = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), _RARE)
    weights, bias = _descended((matrix - center) / scale, labels, signs.bounds(names))
    weights = weights / scale
    named = {name: float(w) for name, w in zip(names, weights, strict=True) if w}
    return Judge(named, bias - float((weights * center).sum()))


def _descended(matrix: Floats, labels: Floats, bounds: tuple[Floats, Floats]) -> tuple[Floats, float]:
    """Logistic regression with bounds, by accelerated projected gradient descent."""
    count = len(labels)
    design = np.column_stack([matrix, np.ones(count)])
    pulls = np.append(np.full(matrix.shape[1], _PULL), 0.0)
    low, high = np.append(bounds[0], -np.inf), np.append(bounds[1], np.inf)
    step = 1.0 / (0.25 * np.linalg.norm(design, 2) ** 2 / count + _PULL)
    here = ahead = np.zeros(design.shape[1])
    for turn in range(_ROUNDS):
        surprise = 1 / (1 + np.exp(-design @ ahead)) - labels
        there = np.clip(ahead - step * (design.T @ surprise / count + pulls * ahead), low, high)
        ahead = there + turn / (turn + 3) * (there - here)
        here = there
    return here[:-1], float(here[-1])
