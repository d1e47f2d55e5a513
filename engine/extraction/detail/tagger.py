"""Tells a message's words that are of the address from those of the name, by a linear model over named features."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

from engine.extraction.detail.feature import (
    MessageFeatures,
    Names,
    at_edges,
    message_features,
    outline_of,
    paired_with,
    seen_from,
)
from engine.extraction.detail.heard import Heard

OUTSIDE, ADDRESS, NAME = 0, 1, 2
LABELS = ("outside", "address", "name")
_TAKEN_STAYS_OUTSIDE = -1e6
_Row: TypeAlias = tuple[float, ...]
_NO_WEIGHT: _Row = (0.0, 0.0, 0.0)
_NO_PAIR = (_NO_WEIGHT, _NO_WEIGHT)
_TAKEN: _Row = (0.0, _TAKEN_STAYS_OUTSIDE, _TAKEN_STAYS_OUTSIDE)
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
        self._margin = _margin(transitions)
        self._row = lru_cache(maxsize=_REMEMBERED_GROUPS)(lambda names: _added(names, weights))
        self._row_with = lru_cache(maxsize=_REMEMBERED_GROUPS)(self._crossed_row)
        self._seen = lru_cache(maxsize=_REMEMBERED_GROUPS)(lambda kinds: tuple(map(self._row, seen_from(kinds))))
        self._paired = lru_cache(maxsize=_REMEMBERED_GROUPS)(lambda *both: tuple(map(self._row, paired_with(*both))))

    @staticmethod
    @cache
    def trained() -> "Tagger":
        """The tagger that `training` made."""
        data = json.loads(files("engine.extraction.detail").joinpath("tagger.json").read_text(encoding="utf-8"))
        return Tagger(data["weights"], data["transitions"])

    def tag(self, heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[int]:
        """A label for each token; tokens `taken` by other readers are outside."""
        scores = self._scores(message_features(heard, taken, after_address=after_address))
        for index in taken:
            scores[index] = _TAKEN
        return [OUTSIDE] * len(scores) if self._are_outside(scores) else self.best_path(scores)

    def _scores(self, message: MessageFeatures) -> list[_Row]:
        """The score of each label for each token."""
        seen = [self._seen(kinds) for kinds in message.padded]
        paired = [_NO_PAIR, *map(self._paired, message.kinds, message.kinds[1:]), _NO_PAIR]
        own = zip(seen[2:-2], seen[:-4], seen[1:-3], seen[3:-1], seen[4:], paired, paired[1:], strict=False)
        scores: list[_Row] = []
        for segment, names in message.segments:
            shared: dict[Names, _Row] = {}  # by outline
            for index in range(segment.start, segment.end):
                outline = outline_of(message.kinds[index])
                around = shared.get(outline)
                if around is None:
                    around = shared[outline] = self._around(outline, (names, message.around))
                here, before, last, following, after, (_, with_last), (with_next, _) = next(own)
                at_edge = self._row(at_edges(segment, index))
                rows = (
                    around, here[0], before[1], last[2], following[3], after[4], with_last, with_next, at_edge,
                )  # fmt: skip
                scores.append(_sum(rows))
        return scores

    def _around(self, outline: Names, shared: Sequence[Names]) -> _Row:
        """What the features that the tokens of a segment share add to each label, by themselves and with an outline."""
        crossed = [self._row_with(name, names) for name in outline for names in shared]
        return _sum((*map(self._row, shared), *crossed))

    def _crossed_row(self, outline: str, around: Names) -> _Row:
        return _added(around, self._crossed.get(outline, {}))

    def _are_outside(self, scores: Sequence[_Row]) -> bool:
        """Whether every token is so surely outside that no way through the labels can leave it."""
        margin = self._margin
        return all(outside - address > margin < outside - name for outside, address, name in scores)

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


def _margin(transitions: Sequence[Sequence[float]]) -> float:
    """How much more a token's own score has to say for outside than for a label that transitions may make up for."""
    stays = transitions[OUTSIDE][OUTSIDE]
    into = max(max(row) for row in transitions) - stays
    back = max(row[OUTSIDE] for row in transitions) - stays
    return max(into, 0.0) + max(back, 0.0)


def _sum(rows: Iterable[_Row]) -> _Row:
    outside, address, name = map(sum, zip(*rows, strict=True))
    return outside, address, name


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
