"""What a customer wants in the place of something else, should the seller have none of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.act import Draft, DraftLine, Replace
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.proposal import GONE, means
from engine.extraction.utterance import Utterance
from engine.language import Role


@dataclass(frozen=True)
class Otherwise:
    """ "L if you have it, else M": what was put on the draft, and the lines that take its place where it is gone.

    `as_many`: as many of the other as of the first.
    """

    first: Wish
    lines: tuple[DraftLine, ...]
    as_many: bool

    def instead_of(self, old: DraftLine) -> tuple[DraftLine, ...]:
        """The lines that take the place of one that is gone."""
        return tuple(line._replace(quantity=old.quantity) if self.as_many else line for line in self.lines)


def settled(
    draft: Draft,
    choices: Sequence[Otherwise],
    utterance: Utterance,
    wishes: Sequence[Wish],
    cues: Sequence[frozenset[Cue]],
) -> Draft:
    """The draft with the second choice in the place of what this message of the seller's says is gone."""
    absent = [wish for wish, cue in zip(wishes, cues, strict=True) if cue & GONE and wish.group is not None]
    is_all = not any(wish.group is not None for wish in wishes) and _says_gone(utterance)
    for choice in choices:
        first = [i for i, line in enumerate(draft.lines) if means(choice.first, line)]
        gone = tuple(i for i in first if is_all or any(means(wish, draft.lines[i]) for wish in absent))
        if gone and any(line.skus != draft.lines[gone[0]].skus for line in choice.lines):
            known = {line.skus for line in draft.lines}
            other = (line for line in choice.instead_of(draft.lines[gone[0]]) if line.skus not in known)
            draft = draft.apply(Replace(gone, tuple(other)))
    return draft


def _says_gone(utterance: Utterance) -> bool:
    """ "all gone", "no sorry": whether a message that names nothing says that there is none."""
    return utterance.has(Role.SOLD_OUT) or (utterance.has(Role.NOT, Role.NO) and not utterance.has(Role.YES))
