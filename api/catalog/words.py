"""The words that a variant is found by, and what a search for them looks like in the database."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100  # letters of a word; the database takes 2 KB
_RUNS = re.compile(r"\d+|\D+")
_ASCII_RUNS = re.compile(r"[a-z]+|[0-9]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def words_of(texts: Iterable[str]) -> list[str]:
    """The distinct words of some texts in lower case and without accents; letters apart from digits.

    >>> words_of(["KU-ANAR-BLU-M", "Anarkali Kurtí", "500g"])
    ['ku', 'anar', 'blu', 'm', 'anarkali', 'kurti', '500', 'g']
    """
    return list(dict.fromkeys(run[:LONGEST] for text in texts for run in _runs(text)))


def prefix_query(text: str) -> str:
    """`text` as a `tsquery` that asks for all of its words, each as the beginning of one; "" for no word.

    >>> prefix_query("blu kurt")
    "'blu':* & 'kurt':*"
    """
    return " & ".join(f"'{word}':*" for word in words_of([text]))


def _runs(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_RUNS.findall(text.lower())
    return [run for word in _fold(text).split() for run in _RUNS.findall(word)]


def _fold(text: str) -> str:
    """Lower case, accents off, and a space for whatever is no letter, mark or digit of any script."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    spaced = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain)
    return unicodedata.normalize("NFKC", spaced)
