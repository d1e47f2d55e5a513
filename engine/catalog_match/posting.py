"""Which products each word of a catalogue leads to: one list a word, all in three flat arrays."""

from array import array
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Groups = npt.NDArray[np.int32]


class Posting(NamedTuple):
    """The products that a word leads to (`groups`, ascending) and with what weight each."""

    groups: Groups
    weights: npt.NDArray[np.float32]


class Postings:
    """The postings of all words, by the words' numbers."""

    def __init__(self, starts: npt.NDArray[np.int64], groups: Groups, weights: npt.NDArray[np.float32]) -> None:
        """Word n has `groups[starts[n]:starts[n + 1]]`, and the weights there."""
        self._starts: list[int] = starts.tolist()
        self._groups = groups
        self._weights = weights

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, word: int) -> Posting:
        place = slice(self._starts[word], self._starts[word + 1])
        return Posting(self._groups[place], self._weights[place])

    def sums(self) -> list[float]:
        """The weights of each posting, added up."""
        before = np.concatenate([[0.0], np.cumsum(self._weights, dtype=np.float64)])
        sums: list[float] = np.diff(before[self._starts]).tolist()
        return sums


class PostingBuilder:
    """Takes what each product has, product by product."""

    def __init__(self) -> None:
        """Begin without a product."""
        self._words = array("i")
        self._weights = array("f")
        self._counts = array("i")

    def add(self, weights: Mapping[int, float]) -> None:
        """Take the next product: the numbers of its words, each with its weight."""
        self._words.extend(weights.keys())
        self._weights.extend(weights.values())
        self._counts.append(len(weights))

    def build(self, size: int) -> Postings:
        """The postings of `size` words."""
        words = np.frombuffer(self._words, dtype=np.int32) if self._words else np.empty(0, dtype=np.int32)
        weights = np.frombuffer(self._weights, dtype=np.float32) if self._weights else np.empty(0, dtype=np.float32)
        order = sorting(words)
        groups = np.repeat(np.arange(len(self._counts), dtype=np.int32), self._counts)
        starts = np.concatenate([[0], np.cumsum(np.bincount(words, minlength=size))])
        return Postings(starts, groups[order], weights[order])


def sorting(values: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    """The places of values in ascending order, equal ones as they stand; quicker than a stable `argsort`."""
    keyed = values.astype(np.uint64) << np.uint64(32)
    keyed |= np.arange(len(values), dtype=np.uint64)
    keyed.sort()
    return keyed.astype(np.uint32)
