"""How much texts look alike: cosine of their pieces of three and four letters, weighed by how few texts have each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_SIZES = (3, 4)
_LETTER = np.uint64(0x9E3779B97F4A7C15)
_OWNER_BITS = np.uint64(8)
_END_SIGN = "\n"
_END = ord(_END_SIGN)
_MOST = 254  # texts that can be told apart by these bits


def resemblance(mention: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """The likeness of a mention to each of at most 254 texts, 0..1; all are words parted by single spaces."""
    if len(texts) > _MOST:
        raise ValueError(f"{len(texts)} texts; at most {_MOST} are compared at a time")
    keys = _keys([mention, *texts])
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    times = np.diff(starts, append=len(keys))
    owners = (keys[starts] & np.uint64(255)).astype(np.int64)
    pieces = np.cumsum(np.diff(keys[starts] >> _OWNER_BITS, prepend=np.uint64(0)) != 0)
    spread = np.bincount(pieces[owners > 0], minlength=int(pieces[-1]) + 1 if len(pieces) else 1)
    values = times * (1 + np.log((1 + len(texts)) / (1 + spread[pieces])))
    wanted = np.zeros(len(spread))
    wanted[pieces[owners == 0]] = values[owners == 0]
    lengths = np.sqrt(np.bincount(owners, values**2, minlength=len(texts) + 1))
    shared = np.bincount(owners, values * wanted[pieces], minlength=len(texts) + 1)
    alike: npt.NDArray[np.float64] = shared[1:] / np.maximum(lengths[0] * lengths[1:], 1e-9)
    return alike


def _keys(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Each piece of each text, sorted: its hash above, the number of its text in the lowest eight bits."""
    whole = "".join(f" {text} {_END_SIGN}" for text in texts)
    letters = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    is_end = letters == _END
    owners = np.cumsum(is_end).astype(np.uint64)
    keys = []
    for size in _SIZES:
        count = max(0, len(letters) - size + 1)
        hashes = np.full(count, size, dtype=np.uint64)
        for offset in range(size):
            hashes = (hashes + letters[offset : offset + count]) * _LETTER
            hashes ^= hashes >> np.uint64(31)
        inside = (owners[:count] == owners[size - 1 :]) & ~is_end[:count]  # no piece runs from one text into the next
        keys.append(((hashes << _OWNER_BITS) | owners[:count])[inside])
    sorted_keys = np.concatenate(keys)
    sorted_keys.sort()
    return sorted_keys
