"""Where the current order begins in a chat that holds an earlier one that is done."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from engine.extraction.detail.heard import Heard
from engine.language import Role
from engine.order import ORDERING, Intent

_GAP = timedelta(hours=6)


def order_start(heard: Sequence[Heard]) -> int:
    """The first turn of the last order: after a long pause that follows a closed order and leads to a purchase.

    What the customer adds to an order that is done is another one.
    """
    purchases = [h.index for h in heard if h.intent in ORDERING]
    start = 0
    for before, here in pairwise(heard):
        pause = here.turn.utterance.message.at - before.turn.utterance.message.at
        if pause < _GAP or not any(start <= p < here.index for p in purchases):
            continue
        closed = any(_closes(h) for h in heard[start : here.index] if not h.from_customer)
        if closed and any(p >= here.index for p in purchases):
            start = here.index
    return start


def _closes(heard: Heard) -> bool:
    return heard.has("delivery.closed") or heard.turn.utterance.has(Role.CLOSED)


def refers_back(heard: Sequence[Heard], start: int) -> bool:
    """Whether the customer takes up the earlier order's address: "same address", or yes to "same address?"."""
    for h in heard[start:]:
        if not h.from_customer:
            continue
        if h.has("ask.again") or ("again" in h.asked and h.intent is Intent.CONFIRM):
            return True
    return False
