"""What a message is to do to the draft: mostly its likeliest intent, unless its clauses say more."""

from collections.abc import Mapping, Sequence

from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.state import State
from engine.order import Intent

_PLAIN_ORDER = 0.4  # how likely an order has to be where the clauses are those of one
_REFUSING = frozenset({Cue.REFUSED, Cue.REMOVED})
_CHANGING = frozenset({Cue.CHANGED, Cue.OLD, Cue.NEW, Cue.REDUCED, Cue.ONLY})

Probabilities = Mapping[Intent, float]


def purpose(
    state: State, wishes: Sequence[Wish], said: Sequence[frozenset[Cue]], probabilities: Probabilities
) -> Intent | None:
    """The intent to act on; None where a message has none.

    Buying and changing are one thing here, so their probabilities add up. Where the clauses count
    products, less likelihood is enough, since a message with an order in it is often mainly about
    something else. Calling off a part of the order changes it.
    """
    if not probabilities:
        return None
    likeliest = max(probabilities, key=probabilities.__getitem__)
    if likeliest is Intent.CANCEL:
        return Intent.MODIFY if _calls_off_part(state, wishes, said) else likeliest
    ordering = probabilities.get(Intent.PURCHASE, 0.0) + probabilities.get(Intent.MODIFY, 0.0)
    others = max((p for i, p in probabilities.items() if i not in (Intent.PURCHASE, Intent.MODIFY)), default=0.0)
    if ordering >= others or (ordering >= _PLAIN_ORDER and _counts_products(wishes)):
        return max((Intent.PURCHASE, Intent.MODIFY), key=lambda intent: probabilities.get(intent, 0.0))
    return likeliest


def _counts_products(wishes: Sequence[Wish]) -> bool:
    """Whether a clause says how many of a product of the shop."""
    return any(w.group is not None and not w.bare and (w.quantity or w.amount) for w in wishes)


def _calls_off_part(state: State, wishes: Sequence[Wish], said: Sequence[frozenset[Cue]]) -> bool:
    """Whether only some of the order's products are refused by their names."""
    refused = {
        w.group for w, cue in zip(wishes, said, strict=True) if w.group is not None and w.has_product_words and cue & _REFUSING
    }
    ordered = {line.group for line in state.draft.lines}
    return bool(refused & ordered) and not ordered <= refused
