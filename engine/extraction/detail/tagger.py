"""Tells a message's words that are of the address from those of the name, by a linear model over named features."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from engine.extraction.detail.feature import token_features
from engine.extraction.detail.heard import Heard

OUTSIDE, ADDRESS, NAME = 0, 1, 2
LABELS = ("outside", "address", "name")
_TAKEN_STAYS_OUTSIDE = -1e6


class Tagger:
    """Scores every token's labels and picks the best sequence.

    `weights` maps a feature's name to the weight that it gives each of `LABELS`; `transitions[a][b]`
    is the weight of label `b` right after `a`.
    """

    def __init__(self, weights: Mapping[str, Sequence[float]], transitions: Sequence[Sequence[float]]) -> None:
        self.weights = weights
        self.transitions = transitions

    @staticmethod
    @cache
    def trained() -> "Tagger":
        """The tagger that `training` made."""
        data = json.loads(files("engine.extraction.detail").joinpath("tagger.json").read_text(encoding="utf-8"))
        return Tagger(data["weights"], data["transitions"])

    def tag(self, heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[int]:
        """A label for each token; tokens `taken` by other readers are outside."""
        features = token_features(heard, taken, after_address=after_address)
        scores = [self._score(names) for names in features]
        for index in taken:
            scores[index] = [0.0, _TAKEN_STAYS_OUTSIDE, _TAKEN_STAYS_OUTSIDE]
        return self.best_path(scores)

    def _score(self, names: Sequence[str]) -> list[float]:
        outside = address = name = 0.0
        for feature in names:
            if weights := self.weights.get(feature):
                outside += weights[OUTSIDE]
                address += weights[ADDRESS]
                name += weights[NAME]
        return [outside, address, name]

    def best_path(self, scores: Sequence[Sequence[float]]) -> list[int]:
        """The labels of the highest total score (Viterbi)."""
        if not scores:
            return []
        best = list(scores[0])
        back: list[list[int]] = []
        for step in scores[1:]:
            pointers = [self._best_before(best, label) for label in range(len(step))]
            best = [best[a] + self.transitions[a][b] + step[b] for b, a in enumerate(pointers)]
            back.append(pointers)
        label = max(range(len(best)), key=best.__getitem__)
        path = [label]
        for pointers in reversed(back):
            label = pointers[label]
            path.append(label)
        return path[::-1]

    def _best_before(self, best: Sequence[float], label: int) -> int:
        return max(range(len(best)), key=lambda before: best[before] + self.transitions[before][label])
