"""Our own shops, each read by an engine that has learned nothing from it.

What `make train` learns from chats is learned anew from the other shops (a fifth of the shops is left out at a time).
"""

from collections.abc import Sequence

from rich.progress import Progress

from training.cause import causes
from training.goal import Goal
from training.intent import learn
from training.reading import ShopReading, read_shop
from training.score import figures
from training.shops import Shop

_WANTED = 0.85


def read_left_out(shops: Sequence[Shop], progress: Progress) -> list[ShopReading]:
    """The chats of all shops, read with intents learned from other shops."""
    intents = learn(shops, progress).held_out
    task = progress.add_task("Reading shops left out", total=len(shops))
    readings: list[ShopReading] = []
    for shop in shops:
        readings += read_shop(shop, shop.chats, intents[shop.name])
        progress.advance(task)
    return readings


def goal_of_left_out(readings: Sequence[ShopReading] | None) -> Goal:
    """The goal for shops that nothing was learned from; None where that was not asked for."""
    reached = figures([reading.score for reading in readings])["line_f1"] if readings else None
    note, errors = ("", causes("line_f1", readings)) if readings else ("with --left-out", {})
    return Goal("own shops, each left out", "line_f1", _WANTED, reached, note=note, errors=errors)
