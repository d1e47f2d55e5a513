"""What the seller offers in the place of something that is gone: "12 pack nahi hai, 4 wale 3 kar du?"."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from engine.act import Draft, DraftLine, Replace
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.extraction.utterance import Utterance
from engine.language import Role

NONE = frozenset({Role.NOT, Role.NO, Role.SOLD_OUT})
_LONG, _ALIKE = 3, 85  # letters of a word that names something; how like its spelling has to be, of 100
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
    wishes: Sequence[Wish],
    cues: Sequence[frozenset[Cue]],
    lines: Sequence[DraftLine],
    draft: Draft,
    utterance: Utterance,
) -> Proposal | None:
    """What the seller offers, of `lines` that he names, for what stands on the draft and cannot be had."""
    absent = [wish for wish, cue in zip(wishes, cues, strict=True) if cue & GONE and wish.group is not None]
    gone = tuple(line for line in draft.lines if any(means(wish, line) for wish in absent))
    gone = gone or _unsold(draft, utterance)
    known = {(line.group, line.skus) for line in draft.lines}
    offered = [
        line for line in lines
        if line.is_complete and (line.group, line.skus) not in known and not any(means(wish, line) for wish in absent)
    ]  # fmt: skip
    return Proposal(gone, tuple(offered)) if gone and offered else None


def described(draft: Draft, lines: Sequence[DraftLine], asked: Utterance | None) -> Proposal | None:
    """What the seller found for the one thing of a customer's message that no words of the shop's name."""
    told = asked.message.id if asked is not None else ""
    unsold = [n for n in draft.lines if n.group is None and any(span.message_id == told for span in n.evidence)]
    return Proposal(tuple(unsold), tuple(lines)) if len(unsold) == len(lines) == 1 else None


def without_described(draft: Draft, lines: Sequence[DraftLine], asked: Utterance | None) -> Draft:
    """A draft without the words for which the seller found one thing, of the `lines` that he tells back with a sum."""
    known = {line.skus for line in draft.lines}
    found = described(draft, [line for line in lines if line.skus not in known], asked)
    return draft.apply(Replace(tuple(found.of(draft)), ())) if found is not None else draft


def _unsold(draft: Draft, utterance: Utterance) -> tuple[DraftLine, ...]:
    """ "ashwagandha nahi rakhte": what the shop does not sell, where the seller says so in the customer's words."""
    unsold = [line for line in draft.lines if line.group is None]
    text = said_gone(utterance) if unsold else ""
    return tuple(line for line in unsold if shares_word(line.text, text))


def said_gone(utterance: Utterance) -> str:
    """The words of the sentences in which a seller says that there is none of something."""
    gone = {s for s in set(utterance.sentences) if utterance.roles_within(s) & NONE}
    return " ".join(t.word for t, s in zip(utterance.tokens, utterance.sentences, strict=True) if s in gone)


def shares_word(one: str, other: str) -> bool:
    """Whether two texts have a word of some length in common, by its spelling."""
    return any(fuzz.ratio(a, b) >= _ALIKE for a in _long_words(one) for b in _long_words(other))


def _long_words(text: str) -> list[str]:
    return [word for word in text.casefold().split() if len(word) >= _LONG]


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
