"""Counts what the words of a message say for the products of a catalogue."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.catalog_match.posting import Groups, Posting

SMALL = 2000  # products up to which all are counted
_BUDGET = 60_000  # products that may be looked at because of rare words; common words are then asked about these
_KEPT = 1000  # of them, the likeliest are counted exactly

_Mass: TypeAlias = npt.NDArray[np.float64]


class Vote(NamedTuple):
    """What a token, by its place, says for all products of a catalogue's word."""

    token: int
    word: int
    weight: float


class Tally(NamedTuple):
    """`mass[t, c]` is what token t says for product `groups[c]`; the groups are ascending."""

    groups: Groups
    mass: _Mass


def tally(votes: Sequence[Vote], tokens: int, posting_of: Callable[[int], Posting], products: int) -> Tally:
    """The products that votes go to, and of each token its strongest vote for each.

    Of a large catalogue only those that the rarest words lead to, and of these the likeliest.
    """
    if not votes:
        return Tally(np.empty(0, dtype=np.int32), np.zeros((tokens, 0)))
    postings = [posting_of(vote.word) for vote in votes]
    if products <= SMALL:
        return _of_all(votes, postings, tokens, products)
    return _counted(votes, postings, tokens, _survivors(votes, postings, products))


def _of_all(votes: Sequence[Vote], postings: Sequence[Posting], tokens: int, products: int) -> Tally:
    """All products, counted at once: numpy takes longer to begin than to count a word's few products."""
    sizes = [len(posting.groups) for posting in postings]
    weights = np.concatenate([posting.weights for posting in postings], dtype=np.float64)
    weights *= np.repeat([vote.weight for vote in votes], sizes)
    places = np.repeat([vote.token * products for vote in votes], sizes)
    places += np.concatenate([posting.groups for posting in postings])
    flat = np.zeros(tokens * products)
    np.maximum.at(flat, places, weights)
    mass = flat.reshape(tokens, products)
    groups = np.logical_or.reduce(mass).nonzero()[0]
    return Tally(groups.astype(np.int32), mass[:, groups])


def _survivors(votes: Sequence[Vote], postings: Sequence[Posting], products: int) -> Groups:
    """The products, ascending, that are worth being counted."""
    total = np.zeros(products, dtype=np.float32)
    seen: list[Groups] = []
    left = _BUDGET
    for index in sorted(range(len(votes)), key=lambda i: len(postings[i].groups)):
        posting = postings[index]
        if seen and len(posting.groups) > left:
            break
        before = total[posting.groups]
        seen.append(posting.groups[before == 0])
        total[posting.groups] = before + posting.weights * np.float32(votes[index].weight)
        left -= len(posting.groups)
    return _likeliest(np.concatenate(seen), total) if seen else np.empty(0, dtype=np.int32)


def _likeliest(groups: Groups, total: npt.NDArray[np.float32]) -> Groups:
    """The groups of the highest totals, ascending; of equal ones those of the rarer words.

    Most totals are equal, which makes sorting them quick and partitioning them slow.
    """
    if len(groups) > _KEPT:
        totals = total[groups]
        least = np.sort(totals)[-_KEPT]
        higher = groups[totals > least]
        groups = np.concatenate([higher, groups[totals == least][: _KEPT - len(higher)]])
    return np.sort(groups)


def _counted(votes: Sequence[Vote], postings: Sequence[Posting], tokens: int, groups: Groups) -> Tally:
    mass = np.zeros((tokens, len(groups)))
    for vote, posting in zip(votes, postings, strict=True):
        columns, places = _common(groups, posting.groups)
        row = mass[vote.token]
        row[columns] = np.maximum(row[columns], posting.weights[places].astype(np.float64) * vote.weight)
    return Tally(groups, mass)


def _common(few: Groups, groups: Groups) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where what is in both ascending arrays stands in each; the shorter is looked up in the longer."""
    if not len(few) or not len(groups):
        nowhere = np.empty(0, dtype=np.int64)
        return nowhere, nowhere
    if len(groups) < len(few):
        places, columns = _common(groups, few)
        return columns, places
    found = np.minimum(groups.searchsorted(few), len(groups) - 1)
    columns = (groups[found] == few).nonzero()[0]
    return columns, found[columns]
