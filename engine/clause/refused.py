"""A word of a name that is refused: "mawa peda (not kesar)" means the peda of that name without it."""

from collections.abc import Sequence

from engine.clause.hearing import Hearing
from engine.clause.segment import Item
from engine.extraction.utterance import COMMA
from engine.language import Role


def parted(hearing: Hearing, item: Item) -> tuple[Item, tuple[int, ...], int]:
    """An item without the words at its end that are refused behind a comma, those words, and the "not" (else -1)."""
    cut = next((k for k in range(len(item.positions) - 1, 0, -1) if _is_parted(hearing, item.positions, k)), 0)
    said, refused = item.positions[:cut], item.positions[cut:]
    refusal = _refusal(hearing, refused) if cut else -1
    if refusal < 0 or not _are_names(hearing, refused) or not any(hearing.evidence.naming[p] for p in said):
        return item, (), -1
    return Item.of(said), refused, refusal


def _is_parted(hearing: Hearing, positions: Sequence[int], k: int) -> bool:
    """Whether a comma, a bracket or a "not" stands between two neighbors of an item."""
    breaks, between = hearing.utterance.breaks, range(positions[k - 1] + 1, positions[k] + 1)
    return any(breaks[i] >= COMMA for i in between) or _not_before(hearing, positions[k]) in between


def _refusal(hearing: Hearing, refused: Sequence[int]) -> int:
    """Where the "not" stands that is about just these words; -1 where there is none."""
    behind = hearing.utterance.tags.at(refused[-1] + 1, Role.NOT)
    return behind.start if behind is not None and behind.final else _not_before(hearing, refused[0])


def _not_before(hearing: Hearing, place: int) -> int:
    """Where the "not" stands before a word, but for a "the" between: "gin but not the dry one"; -1 where none does."""
    tags = hearing.utterance.tags
    before = place - 1
    while before > 0 and tags.at(before, Role.STOP, Role.THE) and not tags.at(before, Role.NOT):
        before -= 1
    ahead = tags.at(before, Role.NOT)
    return before if ahead is not None and not ahead.final else -1


def _are_names(hearing: Hearing, refused: Sequence[int]) -> bool:
    """Whether words are part of names, and neither numbers nor colors or sizes."""
    tags, evidence = hearing.utterance.tags, hearing.evidence
    return all(evidence.naming[p] and tags.at(p, Role.COLOR, Role.SIZE) is None for p in refused)
