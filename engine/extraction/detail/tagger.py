"""Tells a message's words that are of the address from those of the name, by a linear model over named features."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

from engine.extraction.detail.feature import Cross, Group, Names, Own, token_features
from engine.extraction.detail.heard import Heard

OUTSIDE, ADDRESS, NAME = 0, 1, 2
LABELS = ("outside", "address", "name")
_TAKEN_STAYS_OUTSIDE = -1e6
_Row: TypeAlias = tuple[float, ...]
_NO_WEIGHT: _Row = (0.0, 0.0, 0.0)
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
        self._scored = lru_cache(maxsize=_REMEMBERED_GROUPS)(lambda names: _added(names, weights))
        self._of_token = lru_cache(maxsize=_REMEMBERED_GROUPS)(self._token_row)

    @staticmethod
    @cache
    def trained() -> "Tagger":
        """The tagger that `training` made."""
        data = json.loads(files("engine.extraction.detail").joinpath("tagger.json").read_text(encoding="utf-8"))
        return Tagger(data["weights"], data["transitions"])

    def tag(self, heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[int]:
        """A label for each token; tokens `taken` by other readers are outside."""
        features = token_features(heard, taken, after_address=after_address)
        rows: dict[int, _Row] = {}  # of the groups, which tokens share, by identity
        scores = [self._score(groups, rows) for groups in features]
        for index in taken:
            scores[index] = [0.0, _TAKEN_STAYS_OUTSIDE, _TAKEN_STAYS_OUTSIDE]
        return self.best_path(scores)

    def _score(self, groups: Sequence[Group], rows: dict[int, _Row]) -> list[float]:
        """The score of each label for a token with these features."""
        outside = address = name = 0.0
        for group in groups:
            row = rows.get(id(group))
            if row is None:
                row = rows[id(group)] = self._row(group)
            outside += row[OUTSIDE]
            address += row[ADDRESS]
            name += row[NAME]
        return [outside, address, name]

    def _row(self, group: Group) -> _Row:
        """What a group adds to the score of each label; those of a token alone come again in other messages."""
        if isinstance(group, Cross):
            return _added(group.around, self._crossed.get(group.outline, {}))
        return self._of_token(group) if isinstance(group, Own) else _added(group, self.weights)

    def _token_row(self, own: Own) -> _Row:
        outside, address, name = zip(*map(self._scored, own.groups), strict=True)
        return sum(outside), sum(address), sum(name)

    def best_path(self, scores: Sequence[Sequence[float]]) -> list[int]:
        """The labels of the highest total score (Viterbi)."""
        if not scores:
            return []
        outside, address, name = scores[0]
        into_outside, into_address, into_name = zip(*self.transitions, strict=True)
        back: list[tuple[int, int, int]] = []
        for more_outside, more_address, more_name in scores[1:]:
            best = (outside, address, name)
            from_outside, outside = _best_way(best, into_outside)
            from_address, address = _best_way(best, into_address)
            from_name, name = _best_way(best, into_name)
            outside += more_outside
            address += more_address
            name += more_name
            back.append((from_outside, from_address, from_name))
        label = _best_way((outside, address, name), _NO_WEIGHT)[0]
        path = [label]
        for pointers in reversed(back):
            label = pointers[label]
            path.append(label)
        return path[::-1]


def _best_way(totals: _Row, weights: _Row) -> tuple[int, float]:
    """The label from which another is best reached, and the total there."""
    ways = (totals[0] + weights[0], totals[1] + weights[1], totals[2] + weights[2])
    most = max(ways)
    return ways.index(most), most


def _added(names: Names, weights: Mapping[str, Sequence[float]]) -> _Row:
    rows = [row for row in map(weights.get, names) if row is not None]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else _NO_WEIGHT


def _crossed(weights: Mapping[str, Sequence[float]]) -> dict[str, dict[str, Sequence[float]]]:
    """The weights of features "outline & other", by outline and other."""
    crossed: dict[str, dict[str, Sequence[float]]] = {}
    for name, row in weights.items():
        outline, sign, around = name.partition(" & ")
        if sign:
            crossed.setdefault(outline, {})[around] = row
    return crossed
