"""Pieces of words, and words with their neighbors: what the classifier's text features are counted from."""

from collections.abc import Sequence
from itertools import pairwise

SHORTEST, LONGEST = 2, 5


def pieces(word: str) -> list[str]:
    """The pieces of 2 to 5 characters of a word between its spaces, shorter ones first.

    >>> pieces("de")
    [' d', 'de', 'e ', ' de', 'de ', ' de ']
    """
    padded = f" {word} "
    return [
        padded[start : start + size]
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    ]


def chains(words: Sequence[str]) -> list[str]:
    """Words, and each two in a row; "^" stands before the first and "$" after the last.

    >>> chains(["bhej", "do"])
    ['bhej', 'do', '^ bhej', 'bhej do', 'do $']
    """
    return [*words, *[f"{left} {right}" for left, right in pairwise(("^", *words, "$"))]]
