"""Neighboring words of a large catalogue, joined: found by their hash, for they are too many to be spelled out."""

from array import array
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.catalog_match.posting import Groups, Posting


class JoinedBuilder:
    """Takes the neighbors in the texts of each product."""

    def __init__(self) -> None:
        """Begin without a product."""
        self._hashes = array("q")
        self._groups = array("i")
        self._weights = array("f")
        self._counts = array("i")

    def add(self, group: int, words: Sequence[str], weight: float) -> None:
        """Take the neighbors in a text of a product, two numbers left out."""
        hashes = [hash(a + b) for a, b in pairwise(words) if not (a.isdigit() and b.isdigit())]
        self._hashes.extend(hashes)
        self._groups.append(group)
        self._weights.append(weight)
        self._counts.append(len(hashes))

    def build(self) -> "Joined":
        """All of them, ready to be asked."""
        groups, weights = np.array(self._groups, dtype=np.int32), np.array(self._weights, dtype=np.float32)
        counts = np.array(self._counts, dtype=np.int32)
        return Joined(np.array(self._hashes, dtype=np.int64), np.repeat(groups, counts), np.repeat(weights, counts))


class Joined:
    """Finds the products in which two neighbors, written as one, are such a word."""

    def __init__(self, hashes: npt.NDArray[np.int64], groups: Groups, weights: npt.NDArray[np.float32]) -> None:
        """Sort the hashes, each with its product and its weight."""
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._groups, self._weights = hashes[order], groups[order], weights[order]
        self._any = len(hashes) > 0

    def find(self, word: str) -> int | None:
        """The place of a word; None where it is none of them."""
        if not self._any:
            return None
        wanted = hash(word)
        place = int(self._hashes.searchsorted(wanted))
        return place if place < len(self._hashes) and self._hashes[place] == wanted else None

    def posting(self, place: int) -> Posting:
        """The products of the word at a place, each once."""
        last = int(self._hashes.searchsorted(self._hashes[place], "right"))
        groups, first = np.unique(self._groups[place:last], return_index=True)
        return Posting(groups, self._weights[place:last][first])
