"""Neighboring words of a large catalogue, joined: found by their hash, for they are too many to be spelled out."""

from array import array
from collections.abc import Iterable

import numpy as np

from engine.catalog_match.posting import Posting


class JoinedBuilder:
    """Takes the joined neighbors of each product."""

    def __init__(self) -> None:
        """Begin without a product."""
        self._hashes = array("q")
        self._groups = array("i")
        self._weights = array("f")

    def add(self, group: int, joined: Iterable[str], weight: float) -> None:
        """Take the joined neighbors of a text of a product; texts of one product the heaviest first."""
        hashes = [hash(one) for one in joined]
        self._hashes.extend(hashes)
        self._groups.extend([group] * len(hashes))
        self._weights.extend([weight] * len(hashes))

    def build(self) -> "Joined":
        """All of them, ready to be asked."""
        return Joined(self._hashes, self._groups, self._weights)


class Joined:
    """Finds the products in which two neighbors, written as one, are such a word."""

    def __init__(self, hashes: "array[int]", groups: "array[int]", weights: "array[float]") -> None:
        """Sort the hashes, each with its product and its weight."""
        unsorted = np.array(hashes, dtype=np.int64)
        order = np.argsort(unsorted, kind="stable")
        self._hashes = unsorted[order]
        self._groups = np.array(groups, dtype=np.int32)[order]
        self._weights = np.array(weights, dtype=np.float32)[order]

    def find(self, word: str) -> int | None:
        """The place of a word; None where it is none of them."""
        wanted = hash(word)
        place = int(self._hashes.searchsorted(wanted))
        return place if place < len(self._hashes) and self._hashes[place] == wanted else None

    def posting(self, place: int) -> Posting:
        """The products of the word at a place, each once."""
        last = int(self._hashes.searchsorted(self._hashes[place], "right"))
        groups, first = np.unique(self._groups[place:last], return_index=True)
        return Posting(groups, self._weights[place:last][first])
