"""Whether somebody orders at all in a conversation, as opposed to asking, complaining or writing to the wrong number.

Learned by `training/stage.py`.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from engine.dialogue.confidence import load_judges
from engine.dialogue.fold import ReadTurn
from engine.dialogue.plain import only_greets
from engine.dialogue.purpose import calls_off, likely_to_order
from engine.dialogue.state import State
from engine.language import Role
from engine.order import ORDERING, Intent, Stage

_WEIGHTS = "stage.json"
_ORDERS = 0.35  # on shops held out, hardly an order is lost, and few false ones made
_SURELY = 0.9
_ACTED = 0.8  # how likely a message buys whose clauses order
_GOES_ON = 1.5  # messages that go on with an order which, then, was not called off
_CALLED_OFF = 0.15  # how likely one of the last messages has to call an order off that is not believed
_ASKED_OF_BUYERS = (Role.AT_ADDRESS, Role.AT_PHONE, Role.PAYMENT, Role.PICKUP)
_OF_LINES = ("ordering", "asked", "cart", "pointed", "adopted")
# What is said by those who buy, and by those who do not, wherever it stands in a chat; of calling off the place tells.
BUYERS = (Intent.PURCHASE, Intent.MODIFY, Intent.CONFIRM, Intent.DETAILS, Intent.PAYMENT)
OTHERS = (Intent.INQUIRY, Intent.ORDER_STATUS, Intent.COMPLAINT, Intent.SMALLTALK, Intent.OTHER)

Probabilities = Mapping[Intent, float]


def stage_features(state: State, turns: Sequence[ReadTurn]) -> dict[str, float]:
    """What speaks for and against an order in a conversation whose draft has lines."""
    asked = [turn.probabilities for turn in _without_nudges(turns)]
    last = asked[-1] if asked else {}
    buying = _buying(turns)
    business = [turn.utterance for turn in turns if not turn.utterance.message.from_customer]
    lines = state.draft.lines
    return {
        "buying": max(buying, default=0.0),
        "buying_in_all": min(sum(buying), 4.0),
        **{f"share_{i}": sum(p.get(i, 0.0) for p in asked) / max(len(asked), 1) for i in (*BUYERS, *OTHERS)},
        **{f"last_{i}": last.get(i, 0.0) for i in (*BUYERS, *OTHERS)},
        "called_off": _unheard(asked),
        "went_on": min(_after_end(asked), 3.0),
        **{f"line_{name}": max((line.features.get(name, 0.0) for line in lines), default=0.0) for name in _OF_LINES},
        "sum_named": float(bool(state.agreed)),
        "confirmed": float(bool(state.confirmed)),
        "closed": float(state.is_closed),
        "asked_where": float(any(utterance.has(*_ASKED_OF_BUYERS) for utterance in business)),
        "refunds": float(any(utterance.has(Role.COMPLAINT) for utterance in business)),
    }


def stage(state: State, turns: Sequence[ReadTurn]) -> Stage:
    """The stage of a conversation at its end, whatever its lines are worth.

    An order that seems called off, and yet goes on, stands.
    """
    asked = [turn.probabilities for turn in turns if turn.probabilities]
    if not state.draft.lines:
        stands = bool(state.draft.latest) and _after_end(asked) >= _GOES_ON
        return Stage.ORDER if stands else Stage.CANCELLED if state.draft.cancelled else Stage.NONE
    if load_judges(_WEIGHTS)["stage"].probability(stage_features(state, turns)) >= _ORDERS:
        return Stage.ORDER
    return Stage.CANCELLED if _unheard(asked) >= _CALLED_OFF else Stage.NONE


def _without_nudges(turns: Sequence[ReadTurn]) -> Sequence[ReadTurn]:
    """The turns with an intent, but for a "hello?" at the end, which only waits for an answer."""
    asked = [turn for turn in turns if turn.probabilities]
    end = next((n for n in range(len(asked), 1, -1) if not only_greets(asked[n - 1].utterance)), 1)
    return asked[:end]


def _buying(turns: Sequence[ReadTurn]) -> list[float]:
    """How likely each message with an intent buys: more so where its clauses order, or where it takes up an offer."""
    asked = [turn for turn in turns if turn.probabilities]
    has = [False, *(bool(turn.draft.lines) for turn in asked)]
    begins = [here and not before for before, here in pairwise(has)]
    return [
        max(likely_to_order(turn.probabilities), _ACTED if turn.acted in ORDERING else 0.0)
        + (turn.probabilities.get(Intent.CONFIRM, 0.0) + turn.probabilities.get(Intent.DETAILS, 0.0)) * first
        for turn, first in zip(asked, begins, strict=True)
    ]


def _going_on(probabilities: Probabilities) -> float:
    """How likely a message goes on with an order: nobody has sent, or pays for, what was called off."""
    return sum(probabilities.get(intent, 0.0) for intent in (Intent.DETAILS, Intent.CONFIRM, Intent.PAYMENT))


def _after_end(asked: Sequence[Probabilities]) -> float:
    """How many messages go on with the order behind the one that most likely calls it off."""
    return sum(_going_on(p) for p in asked[_likeliest_end(asked) + 1 :])


def _unheard(asked: Sequence[Probabilities]) -> float:
    """How likely a message at the end calls the order off though it was not taken for that."""
    return max((p.get(Intent.CANCEL, 0.0) for p in asked[_end(asked) :] if not calls_off(p)), default=0.0)


def _likeliest_end(asked: Sequence[Probabilities]) -> int:
    """Which of the messages behind the last that surely orders most likely calls the order off."""
    return max(range(_end(asked), len(asked)), key=lambda i: asked[i].get(Intent.CANCEL, 0.0), default=len(asked))


def _end(asked: Sequence[Probabilities]) -> int:
    """The first message behind the last that surely orders."""
    return max((i for i, p in enumerate(asked) if likely_to_order(p) >= _SURELY), default=-1) + 1
