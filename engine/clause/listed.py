"""Numbers that share the word before the first of them: "pixel 7, 8 and 9"."""

from collections.abc import Iterator
from itertools import pairwise

from engine.catalog_match.index import CatalogIndex
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role

_SIGNS = frozenset(",/&+")


def listed(utterance: Utterance, index: CatalogIndex) -> frozenset[int]:
    """The numbers, by their first tokens, that go on with the word before an earlier one, as the catalogue does."""
    return frozenset(_listed(utterance, index)) if len(utterance.numbers) > 1 else frozenset()


def _listed(utterance: Utterance, index: CatalogIndex) -> Iterator[int]:
    head = ""
    for before, number in pairwise(utterance.numbers):
        head = head or _head(utterance, before)
        is_count = number.end < len(utterance.tokens) and utterance.tokens[number.end].word == head  # "F2 and 1 F4"
        if (
            head
            and not is_count
            and _goes_on(utterance, before, number)
            and index.exact(head + utterance.tokens[number.start].word)
        ):
            if not index.exact(head + utterance.tokens[before.start].word):
                continue
            yield number.start
        else:
            head = ""


def _head(utterance: Utterance, number: Number) -> str:
    """The word right before a bare number; empty where there is none."""
    before = utterance.tokens[number.start - 1] if number.start else None
    return before.word if before is not None and before.is_word and number.kind is NumberKind.BARE else ""


def _goes_on(utterance: Utterance, before: Number, number: Number) -> bool:
    """Whether nothing but commas and an "and" part two bare numbers."""
    between = range(before.end, number.start)
    if not between or number.kind is not NumberKind.BARE:
        return False
    return all(utterance.tokens[i].raw in _SIGNS or Role.AND in utterance.tags.roles(i) for i in between)
