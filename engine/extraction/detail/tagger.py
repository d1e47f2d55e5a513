"""Tells a message's words that are of the address from those of the name, by a linear model over named features."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from engine.extraction.detail.feature import Cross, Group, token_features
from engine.extraction.detail.heard import Heard

OUTSIDE, ADDRESS, NAME = 0, 1, 2
LABELS = ("outside", "address", "name")
_EVERY = range(len(LABELS))
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
        self._crossed = _crossed(weights)
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

    def score(self, groups: Iterable[Group]) -> list[float]:
        """The score of each label for a token with these features."""
        outside = address = name = 0.0
        for group in groups:
            scored = self._scored(group)
            outside += scored[OUTSIDE]
            address += scored[ADDRESS]
            name += scored[NAME]
        return [outside, address, name]

    def _score_group(self, group: Group) -> tuple[float, ...]:
        names = group.around if isinstance(group, Cross) else group
        weights = self._crossed.get(group.outline, {}) if isinstance(group, Cross) else self.weights
        rows = [weights[name] for name in names if name in weights]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else _NO_WEIGHT

    def best_path(self, scores: Sequence[Sequence[float]]) -> list[int]:
        """The labels of the highest total score (Viterbi)."""
        if not scores:
            return []
        best = list(scores[0])
        back: list[list[int]] = []
        for step in scores[1:]:
            before = list(zip(best, self.transitions, strict=True))
            reached = [[total + row[label] for total, row in before] for label in _EVERY]
            pointers = [row.index(max(row)) for row in reached]
            best = [reached[b][a] + step[b] for b, a in enumerate(pointers)]
            back.append(pointers)
        label = max(range(len(best)), key=best.__getitem__)
        path = [label]
        for pointers in reversed(back):
            label = pointers[label]
            path.append(label)
        return path[::-1]


def _crossed(weights: Mapping[str, Sequence[float]]) -> dict[str, dict[str, Sequence[float]]]:
    """The weights of features "outline & other", by outline and other."""
    crossed: dict[str, dict[str, Sequence[float]]] = {}
    for name, row in weights.items():
        outline, sign, around = name.partition(" & ")
        if sign:
            crossed.setdefault(outline, {})[around] = row
    return crossed
