"""Learns whether somebody orders at all, from our own chats as read with intents that have not seen the shop.

Beside the labelled chats, the short ones of `datasets/turns` teach: who buys or changes in them, and
does not call it off at last, orders.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from engine.dialogue.confidence import Judge
from engine.dialogue.stage import stage_features
from engine.engine import Engine
from engine.intent import IntentClassifier
from training.confidence import save as save_judges
from training.judge import Example, stepped
from training.labelled_chat import LabelledChat
from training.shops import Shop
from training.short_chats import short_chats

TARGET = Path(str(files("engine.dialogue").joinpath("stage.json")))
_BUYING = frozenset({"purchase", "modify"})


def read_examples(shop: Shop, intents: IntentClassifier) -> Iterator[Example]:
    """What spoke for an order in each chat of a shop that the engine read one in, and whether there was."""
    engine = Engine(shop.catalog, intents=intents)
    for chat in shop.chats:
        yield from _read_chat(engine, shop, chat, orders=chat.gold.stage == "order")
    for chat in short_chats(shop):
        yield from _read_chat(engine, shop, chat, orders=_orders(chat))


def _read_chat(engine: Engine, shop: Shop, chat: LabelledChat, *, orders: bool) -> Iterator[Example]:
    state, turns = engine.follow(chat.chat.messages)
    if state.draft.lines:
        yield Example(stage_features(state, turns), orders, shop.name)


def _orders(chat: LabelledChat) -> bool:
    """Whether a chat of which only the intents are labelled ends with an order."""
    told = [intent for intent in chat.gold.intents.values() if intent in _BUYING | {"cancel"}]
    return bool(told) and told[-1] != "cancel"


def learn(examples: list[Example]) -> Judge:
    """The judge of whole conversations."""
    return stepped(examples)


def save(judge: Judge, target: Path = TARGET) -> None:
    """Write the judge where the engine finds it."""
    save_judges({"stage": judge}, target)
