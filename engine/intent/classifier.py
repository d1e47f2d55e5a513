"""Tells the intent of a message: a linear model over words, pieces of words and cues, scored by hand."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.extraction.utterance import Utterance
from engine.intent.context import TurnContext
from engine.intent.features import Observation, observe
from engine.intent.grams import chains, pieces
from engine.intent.weights import Block, Floats, Weights
from engine.order import Intent

Rows: TypeAlias = NDArray[np.intp]


class _Scorer:
    """One block's features, looked up by name."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._rows = {name: row for row, name in enumerate(block.names)}

    def rows(self, names: Iterable[str]) -> list[int]:
        """The rows of the names that are known."""
        return [row for row in map(self._rows.get, names) if row is not None]

    def values(self, rows: Iterable[int]) -> tuple[Rows, Floats]:
        """Distinct rows, and the weight that each has in a message of length one: log count times factor."""
        counts = Counter(rows)
        distinct = np.fromiter(counts, np.intp, len(counts))
        values = self.block.factors.take(distinct)
        values *= 1.0 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))
        length = math.sqrt(values @ values)
        return distinct, values / length if length else values


class IntentClassifier:
    """Gives each intent its probability. Holds no state but the weights; safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        """Prepare weights for look-ups."""
        self._intents = tuple(Intent(name) for name in weights.intents)
        self._start = weights.start
        self._pieces = _Scorer(weights.blocks["pieces"])
        self._chains = _Scorer(weights.blocks["chains"])
        self._cues = _Scorer(weights.blocks["cues"])
        self._word_rows = lru_cache(maxsize=50_000)(lambda word: tuple(self._pieces.rows(pieces(word))))

    @staticmethod
    @cache
    def load() -> "IntentClassifier":
        """The classifier with the weights that come with this package."""
        return IntentClassifier(Weights.load(files("engine.intent").joinpath("weights.npz")))

    def probabilities(self, utterance: Utterance, context: TurnContext) -> Mapping[Intent, float]:
        """The probability of every intent; they add up to 1."""
        scores = self._scores(observe(utterance, context)).tolist()
        most = max(scores)
        shares = [math.exp(score - most) for score in scores]
        whole = sum(shares)
        return {intent: share / whole for intent, share in zip(self._intents, shares, strict=True)}

    def reasons(self, utterance: Utterance, context: TurnContext, intent: Intent) -> list[tuple[str, float]]:
        """What speaks for an intent (above 0) and against it (below), by feature, the strongest first."""
        column = self._intents.index(intent)
        parts = self._parts(observe(utterance, context))
        found = [
            (scorer.block.names[row], float(value * scorer.block.weights[row, column]))
            for scorer, rows, values in parts
            for row, value in zip(rows, values, strict=True)
        ]
        return sorted(found, key=lambda reason: (-abs(reason[1]), reason[0]))

    def _scores(self, seen: Observation) -> Floats:
        scores = self._start.copy()
        for scorer, rows, values in self._parts(seen):
            scores += values @ scorer.block.weights.take(rows, axis=0)
        return scores

    def _parts(self, seen: Observation) -> Iterator[tuple[_Scorer, Rows, Floats]]:
        yield self._pieces, *self._pieces.values(chain.from_iterable(map(self._word_rows, seen.words)))
        yield self._chains, *self._chains.values(self._chains.rows(chains(seen.words)))
        rows = np.array(self._cues.rows(seen.cues), dtype=np.intp)
        yield self._cues, rows, self._cues.block.factors.take(rows)
