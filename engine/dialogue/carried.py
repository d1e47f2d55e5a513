"""A verb of taking away that goes on for what is named next to it: "remove the pens and the rulers", "B bhi"."""

from collections.abc import Sequence
from itertools import pairwise

from engine.act import Draft
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.state import State
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role
from engine.order import Intent

_PLAIN = frozenset({Cue.JOINED, Cue.WANTED, Cue.CHANGED, Cue.ASKED})  # cues beside which a verb may still go on
_JOINING = frozenset({Role.AND, Role.THE, Role.STOP, Role.REMOVE})
_ACTING = frozenset({Role.GIVE, Role.WANT, Role.ADD, Role.MORE, Role.CHANGE, Role.INSTEAD, Role.ONLY})
_TELLING = frozenset({Role.SUPERLATIVE, Role.COLOR, Role.SIZE})  # "the wiper too, in red"
_TAKING_OFF = frozenset({Intent.MODIFY, Intent.CANCEL})


def with_removal_carried(
    utterance: Utterance, wishes: Sequence[Wish], said: Sequence[frozenset[Cue]], draft: Draft
) -> list[frozenset[Cue]]:
    """The cues of wishes, where what stands on the draft is taken off together with what it is joined to."""
    found = list(said)
    may = [_may_go(wish, draft) for wish in wishes]
    both = list(enumerate(pairwise(wishes)))
    for index, (one, other) in both:
        is_open = may[index + 1] and found[index + 1] <= _PLAIN and Cue.REMOVED in found[index]
        if is_open and _goes_on(utterance, one, other):
            found[index + 1] |= {Cue.REMOVED}
    for index, (one, other) in reversed(both):
        is_open = may[index] and found[index] <= _PLAIN and Cue.REMOVED in found[index + 1]
        if is_open and _is_joined(utterance, one.end, other.start) and _is_final(utterance, other):
            found[index] |= {Cue.REMOVED}
    return found


def goes_on_removing(state: State, utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """Whether a message says no more than "B too" behind one that took something off, and B stands on the draft."""
    before = state.previous_customer
    if before is None or not before.has(Role.REMOVE) or state.previous_intent not in _TAKING_OFF or not wishes:
        return False
    first = wishes[0]
    behind = utterance.tags.roles(first.end)
    is_first = not any(utterance.tags.roles(i) & (_ACTING | {Role.QUESTION}) for i in range(first.start))
    is_too = Role.AND in behind and _ends_clause(utterance, first.end + 1)
    return is_first and is_too and _may_go(first, state.draft)


def _may_go(wish: Wish, draft: Draft) -> bool:
    """Whether a wish names, without a number, what stands on the draft."""
    is_plain = wish.quantity is None and wish.amount is None and not wish.bare
    return is_plain and any(wish.group in (line.group, *line.rivals) for line in draft.lines if line.group is not None)


def _goes_on(utterance: Utterance, one: Wish, other: Wish) -> bool:
    """ "remove A and B", "A hata do, B bhi": whether a word joins the second to the first, and none acts on it."""
    between = range(one.end, other.start)
    is_near = all(not utterance.tokens[i].is_word or utterance.tags.roles(i) & _JOINING for i in between)
    is_verb_between = any(Role.REMOVE in utterance.tags.roles(i) for i in between)
    joins = [i for i in between if Role.AND in utterance.tags.roles(i)]
    is_too = Role.AND in utterance.tags.roles(other.end)
    end = other.end + is_too
    is_said = is_too if is_verb_between else bool(joins)
    return is_near and is_said and _ends_clause(utterance, end)


def _is_joined(utterance: Utterance, start: int, end: int) -> bool:
    """Whether nothing but an "and" stands between two wishes."""
    between = [utterance.tags.roles(i) for i in range(start, end) if utterance.tokens[i].is_word]
    return any(Role.AND in roles for roles in between) and all(roles & {Role.AND, Role.THE} for roles in between)


def _is_final(utterance: Utterance, wish: Wish) -> bool:
    """Whether the verb of taking away stands behind a wish: "A aur B hata do"."""
    return any(
        tag.role is Role.REMOVE and tag.final and wish.end <= tag.start <= wish.end + 1 for tag in utterance.tags.all
    )


def _ends_clause(utterance: Utterance, index: int) -> bool:
    """Whether a clause ends at a token, or nothing that gives, wants or changes comes before it does."""
    for place in range(index, len(utterance.tokens)):
        if utterance.breaks[place] >= COMMA:
            return True
        if utterance.tags.roles(place) & (_ACTING | _TELLING) or place in utterance.number_at:
            return False
    return True
