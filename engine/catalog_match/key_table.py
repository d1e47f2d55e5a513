"""Words by keys that several of them share, in flat arrays: a quarter of a million words with forty keys each fit."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_Hashes = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_TWO_LEFT_OUT = 7  # letters from which on a word is met with two of them left out, the first among the first eight
_FIRST = 8
_LONGEST = 64  # letters; nobody means a catalogue's word by a longer one


class KeyTable:
    """Finds the words that share a key, by the hash of the key; equal hashes of other keys do not occur."""

    def __init__(self, numbers: Sequence[int], keys: Sequence[str], shortest: int) -> None:
        """File numbered words under their keys; those with a key under `shortest` letters are left out."""
        hashes = np.fromiter(map(hash, keys), dtype=np.int64, count=len(keys))
        lengths = np.fromiter(map(len, keys), dtype=np.int32, count=len(keys))
        filed = np.flatnonzero(lengths >= shortest)
        filed = filed[np.argsort(hashes[filed], kind="stable")]
        self._hashes = hashes[filed]
        self._numbers = np.array(numbers, dtype=np.int32)[filed]

    def get(self, key: str) -> list[int]:
        """The numbers of the words with this key, ascending."""
        wanted = hash(key)
        first, last = self._hashes.searchsorted(wanted, "left"), self._hashes.searchsorted(wanted, "right")
        numbers: list[int] = self._numbers[first:last].tolist()
        return numbers


class DeleteTable:
    """Finds words that are the same as a typed one once a letter or two are left out of either."""

    def __init__(self, words: Iterable[tuple[int, str]], shortest: int) -> None:
        """File numbered words of at least `shortest` letters, and at most 64."""
        by_length: dict[int, list[tuple[int, str]]] = {}
        for number, word in words:
            if shortest <= len(word) <= _LONGEST:
                by_length.setdefault(len(word), []).append((number, word))
        filed = [_filed(group, length) for length, group in by_length.items()]
        self._filed = np.concatenate(filed) if filed else np.empty(0, dtype=np.uint64)
        self._filed.sort()

    def near(self, word: str) -> list[int]:
        """The numbers of words that may be near, ascending: all within two edits, and a few others by chance."""
        if not len(self._filed) or len(word) > _LONGEST:
            return []
        hashes = np.sort(_hashes(_codes([word], len(word))).ravel()) << _HALF
        first = self._filed.searchsorted(hashes)
        met = self._filed.take(first, mode="clip") - hashes <= _LOW
        hashes, first = hashes[met], first[met]
        last = self._filed.searchsorted(hashes | _LOW, "right") if len(hashes) else first
        found: set[int] = set()
        for begin, end in zip(first.tolist(), last.tolist(), strict=True):
            found.update((self._filed[begin:end] & _LOW).tolist())
        return sorted(found)


def _filed(group: Sequence[tuple[int, str]], length: int) -> _Hashes:
    """For words of one length: in the upper half of each value the hash of a key, in the lower the word's number."""
    hashes = _hashes(_codes([word for _, word in group], length))
    numbers = np.array([number for number, _ in group], dtype=np.uint64)
    return ((hashes << _HALF) | numbers[:, None]).ravel()


def _codes(words: Sequence[str], length: int) -> _Hashes:
    """The letters of words of one length, shape (words, length)."""
    letters = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    return letters.reshape(len(words), length).astype(np.uint64)


def _hashes(codes: _Hashes) -> _Hashes:
    """32-bit hashes of each word whole and with letters left out, shape (words, keys)."""
    keys = codes @ _factors(codes.shape[1])
    keys ^= keys >> _HALF
    return (keys * _MIX) >> _HALF


@lru_cache(maxsize=256)
def _factors(length: int) -> _Hashes:
    """What each letter of a word adds to the hash of each key, shape (letters, keys): 0 where it is left out."""
    pairs = [(a, b) for a in range(min(_FIRST, length)) for b in range(a + 1, length)]
    ones = [(place,) for place in range(length)]
    left_out: list[tuple[int, ...]] = [(), *ones, *(pairs if length >= _TWO_LEFT_OUT else ())]
    powers = [pow(_BASE, power, 1 << 64) for power in range(length)]
    factors = np.zeros((length, len(left_out)), dtype=np.uint64)
    for key, places in enumerate(left_out):
        kept = [place for place in range(length) if place not in places]
        factors[kept[::-1], key] = powers[: len(kept)]
    return factors
