"""Learns whether somebody orders at all, from our own chats as read with intents that have not seen the shop.

What buyers say can only speak for an order, what others say only against it.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from engine.dialogue.confidence import Judge
from engine.dialogue.stage import BUYERS, OTHERS, stage_features
from engine.engine import Engine
from engine.intent import IntentClassifier
from training import judge
from training.confidence import save as save_judges
from training.judge import Example, Signs
from training.shops import Shop

TARGET = Path(str(files("engine.dialogue").joinpath("stage.json")))
_SIGNS = Signs(
    frozenset({"buying", "buying_in_all", "went_on", "line_ordering", "line_cart", "line_pointed", "line_adopted"})
    | {"sum_named", "confirmed", "asked_where"}
    | {f"{where}_{intent}" for where in ("share", "last") for intent in BUYERS},
    frozenset({"called_off", "closed", "refunds", "line_asked"})
    | {f"{where}_{intent}" for where in ("share", "last") for intent in OTHERS},
)


def read_examples(shop: Shop, intents: IntentClassifier) -> Iterator[Example]:
    """What spoke for an order in each chat of a shop that the engine read one in, and whether there was."""
    engine = Engine(shop.catalog, intents=intents)
    for chat in shop.chats:
        state, turns = engine.follow(chat.chat.messages)
        if state.draft.lines:
            yield Example(stage_features(state, turns), chat.gold.stage == "order", shop.name)


def learn(examples: list[Example]) -> Judge:
    """The judge of whole conversations."""
    return judge.learn(examples, _SIGNS).judge


def save(learned: Judge, target: Path = TARGET) -> None:
    """Write the judge where the engine finds it."""
    save_judges({"stage": learned}, target)
