"""Which products a mention by itself may mean, the likeliest first."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.resemblance import resemblance
from engine.catalog_match.tally import Vote
from engine.catalog_match.word import words_of

_SHORTLIST = 24  # products that are looked at letter by letter
_UNKNOWN_NEED = 2.2  # what a word asks to be explained by that no word of the catalogue comes near
_JOINED = 0.5  # each of two words that the catalogue writes as one
_LIKENESS, _TITLE = 2.0, 0.5  # beside the share of the mention that a product explains, which counts 1
_MODEL = 0.1  # for each unit of worth of a model number
_SHORTEST_MODEL = 4

_Floats = npt.NDArray[np.float64]


class Linked(NamedTuple):
    """A product by its place in the catalogue, and how well it fits: raw, orders candidates."""

    group: int
    score: float


class Linker:
    """Ranks the products of a catalogue by how well they fit a mention.

    The index gives the candidates. What counts then: how much of the mention a product explains and how much of its
    title is said, both by the worth of the words, how alike the letters are, and model numbers.
    """

    def __init__(self, index: CatalogIndex) -> None:
        """Rank the products of this index."""
        self._index = index

    def rank(self, mention: str, most: int = 10) -> list[Linked]:
        """The likeliest products, at most as many as are looked at; none where no word leads to any."""
        words = words_of(mention)
        groups, mass = self._index.tally(self._votes(words), len(words))
        if not len(groups):
            return []
        best = mass.max(axis=1)
        needed = float(np.where(best > 0, best, _UNKNOWN_NEED).sum())
        explained = mass.sum(axis=0)
        columns = _highest(explained, _SHORTLIST)
        scores = explained[columns] / needed
        if models := _models(words):
            scores += _MODEL * mass[models][:, columns].sum(axis=0)
        scores += self._by_title(words, groups[columns].tolist(), explained[columns])
        ranked = np.argsort(-scores, kind="stable")[:most].tolist()
        return [Linked(int(groups[columns[place]]), float(scores[place])) for place in ranked]

    def _votes(self, words: Sequence[str]) -> list[Vote]:
        index = self._index
        votes = [
            Vote(token, hit.word, index.worth(hit.word) * hit.similarity**2)
            for token, word in enumerate(words)
            for hit in index.hits(word)
        ]
        for token, (left, right) in enumerate(pairwise(words)):
            if hit := index.exact(left + right):
                weight = index.worth(hit.word) * _JOINED
                votes += [Vote(token, hit.word, weight), Vote(token + 1, hit.word, weight)]
        return votes

    def _by_title(self, words: Sequence[str], groups: Sequence[int], explained: _Floats) -> _Floats:
        """What the titles of products add: how much of each is said, and how alike it looks."""
        titles = [words_of(self._index.products[group].title) for group in groups]
        worth = np.array([self._worth(title) for title in titles])
        said = np.minimum(1.0, explained / np.maximum(worth, 1e-9))
        alike: _Floats = resemblance(" ".join(words), [" ".join(title) for title in titles])
        added: _Floats = _LIKENESS * alike + _TITLE * said
        return added

    def _worth(self, title: Sequence[str]) -> float:
        """What the words of a title tell, its numbers left out."""
        ids, worths = self._index.word_ids, self._index.worths
        return sum([worths[ids[word]] for word in dict.fromkeys(title) if not word.isdigit()])


def _highest(values: _Floats, most: int) -> npt.NDArray[np.intp]:
    """The places of the highest values, ascending."""
    if len(values) <= most:
        return np.arange(len(values))
    return np.sort(np.argpartition(-values, most)[:most])


def _models(words: Sequence[str]) -> list[int]:
    """The places of model numbers: words of letters and digits that are not short."""
    return [place for place, word in enumerate(words) if len(word) >= _SHORTEST_MODEL and _is_mixed(word)]


def _is_mixed(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
