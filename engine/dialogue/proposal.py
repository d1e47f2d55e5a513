"""What the seller offers in the place of something that is gone: "12 pack nahi hai, 4 wale 3 kar du?"."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.act import Draft, DraftLine
from engine.clause.cue import Cue
from engine.clause.wish import Wish

GONE = frozenset({Cue.GONE, Cue.REFUSED, Cue.OLD})


@dataclass(frozen=True)
class Proposal:
    """Lines of the draft that cannot be had, and those of which the seller offers one for them."""

    gone: tuple[DraftLine, ...]
    offered: tuple[DraftLine, ...]

    @property
    def is_plain(self) -> bool:
        """Whether a yes accepts it: one thing only is offered."""
        return len(self.offered) == 1

    def offers(self, line: DraftLine) -> bool:
        """Whether a line is one of those that are offered."""
        return any((line.group, line.skus) == (one.group, one.skus) for one in self.offered)

    def of(self, draft: Draft) -> list[int]:
        """Where what is gone stands on a draft."""
        keys = {(line.group, line.skus) for line in self.gone}
        return [i for i, line in enumerate(draft.lines) if (line.group, line.skus) in keys]

    def accepted(self, old: DraftLine) -> DraftLine:
        """The line that a yes puts in an old one's place; as many as before, where the seller names no number."""
        return in_place_of(old, self.offered[0])


def proposed(
    wishes: Sequence[Wish], cues: Sequence[frozenset[Cue]], lines: Sequence[DraftLine], draft: Draft
) -> Proposal | None:
    """What the seller offers, of `lines` that he names, for what stands on the draft and cannot be had."""
    absent = [wish for wish, cue in zip(wishes, cues, strict=True) if cue & GONE and wish.group is not None]
    gone = tuple(line for line in draft.lines if any(means(wish, line) for wish in absent))
    known = {(line.group, line.skus) for line in draft.lines}
    offered = [
        line for line in lines
        if line.is_complete and (line.group, line.skus) not in known and not any(means(wish, line) for wish in absent)
    ]  # fmt: skip
    return Proposal(gone, tuple(offered)) if gone and offered else None


def in_place_of(old: DraftLine, new: DraftLine) -> DraftLine:
    """A line that takes the place of one that cannot be had."""
    quantity = new.quantity if new.said_quantity else old.quantity
    evidence = tuple(dict.fromkeys((*old.evidence, *new.evidence)))
    return new._replace(quantity=quantity, evidence=evidence, features={**new.features, **old.features, "adopted": 1.0})


def means(wish: Wish, line: DraftLine) -> bool:
    """Whether a wish may be about a line: of its product, in no other variant."""
    if line.group != wish.group:
        return False
    return all(not values.isdisjoint(line.options.get(name, values)) for name, values in wish.options.items())
