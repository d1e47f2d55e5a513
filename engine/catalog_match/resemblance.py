"""How much texts look alike: cosine of their pieces of three and four letters, weighed by how few texts have each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_SHORTEST, _LONGEST = 3, 4
_FACTORS = np.array(  # of the letters of a piece, first to last: large, odd, unrelated
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], dtype=np.uint64
)
_OWNER_BITS, _OWNER = np.uint64(8), np.uint64(255)
_END_SIGN = "\n"
_END = ord(_END_SIGN)
_MOST = 254  # texts that can be told apart by these bits


def resemblance(mention: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """The likeness of a mention to each of at most 254 texts, 0..1; all are words parted by single spaces."""
    if len(texts) > _MOST:
        raise ValueError(f"{len(texts)} texts; at most {_MOST} are compared at a time")
    keys = _keys([mention, *texts])
    if not len(keys):
        return np.zeros(len(texts))
    starts = _changes(keys)
    distinct = keys[starts]
    owners = (distinct & _OWNER).astype(np.int64)
    begun = np.zeros(len(distinct), dtype=np.int64)
    begun[_changes(distinct >> _OWNER_BITS)] = 1
    pieces = begun.cumsum() - 1
    is_mention = owners == 0
    spread = np.bincount(pieces, minlength=1) - np.bincount(pieces[is_mention], minlength=int(pieces[-1]) + 1)
    values = np.diff(starts, append=len(keys)) * (1 + np.log((1 + len(texts)) / (1 + spread)))[pieces]
    wanted = np.zeros(len(spread))
    wanted[pieces[is_mention]] = values[is_mention]
    lengths = np.sqrt(np.bincount(owners, values * values, minlength=len(texts) + 1))
    shared = np.bincount(owners, values * wanted[pieces], minlength=len(texts) + 1)
    alike: npt.NDArray[np.float64] = shared[1:] / np.maximum(lengths[0] * lengths[1:], 1e-9)
    return alike


def _changes(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
    """The places of values that differ from the one before; the first does."""
    differs = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def _keys(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Each piece of each text, sorted: its hash above, the number of its text in the lowest eight bits."""
    whole = "".join([f" {text} {_END_SIGN}" for text in texts])
    letters = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    is_end = letters == _END
    owners = is_end.cumsum().astype(np.uint64)
    hashes = letters * _FACTORS[0]
    keys = []
    for size in range(2, _LONGEST + 1):
        hashes = hashes[:-1] + letters[size - 1 :] * _FACTORS[size - 1]
        if size < _SHORTEST:
            continue
        count = len(hashes)
        inside = (owners[:count] == owners[size - 1 :]) & ~is_end[:count]  # no piece runs from one text into the next
        keys.append(((hashes << _OWNER_BITS) | owners[:count])[inside])
    sorted_keys = np.concatenate(keys)
    sorted_keys.sort()
    return sorted_keys
