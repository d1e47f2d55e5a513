"""Tells a message's words that are of the address from those of the name, by a linear model over named features."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from engine.extraction.detail.feature import Names, token_features
from engine.extraction.detail.heard import Heard

OUTSIDE, ADDRESS, NAME = 0, 1, 2
LABELS = ("outside", "address", "name")
_TAKEN_STAYS_OUTSIDE = -1e6
_NO_WEIGHT = (0.0, 0.0, 0.0)
_REMEMBERED_GROUPS = 16384


class Tagger:
    """Scores every token's labels and picks the best sequence.

    `weights` maps a feature's name to the weight that it gives each of `LABELS`; `transitions[a][b]`
    is the weight of label `b` right after `a`.
    """

    def __init__(self, weights: Mapping[str, Sequence[float]], transitions: Sequence[Sequence[float]]) -> None:
        self.weights = weights
        self.transitions = transitions
        self._scored = lru_cache(maxsize=_REMEMBERED_GROUPS)(self._score_group)

    @staticmethod
    @cache
    def trained() -> "Tagger":
        """The tagger that `training` made."""
        data = json.loads(files("engine.extraction.detail").joinpath("tagger.json").read_text(encoding="utf-8"))
        return Tagger(data["weights"], data["transitions"])

    def tag(self, heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[int]:
        """A label for each token; tokens `taken` by other readers are outside."""
        features = token_features(heard, taken, after_address=after_address)
        scores = [self.score(groups) for groups in features]
        for index in taken:
            scores[index] = [0.0, _TAKEN_STAYS_OUTSIDE, _TAKEN_STAYS_OUTSIDE]
        return self.best_path(scores)

    def score(self, groups: Iterable[Names]) -> list[float]:
        """The score of each label for a token with these features."""
        outside = address = name = 0.0
        for group in groups:
            scored = self._scored(group)
            outside += scored[OUTSIDE]
            address += scored[ADDRESS]
            name += scored[NAME]
        return [outside, address, name]

    def _score_group(self, names: Names) -> tuple[float, ...]:
        rows = [self.weights[name] for name in names if name in self.weights]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else _NO_WEIGHT

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
