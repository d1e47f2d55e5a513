"""Learns how sure the engine may be: of a line, and of a whole order.

Both judges are logistic models over named features (engine/dialogue/confidence.py), learned from the
lines that the engine reads in labelled chats and whether an agent would leave them as they are. How
probable a score is comes from shops that the model has not seen. Of a chat in which nobody is taken to
order, no line is shown: it teaches nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import repeat
from pathlib import Path

from engine.act import DraftLine
from engine.dialogue.confidence import Judge, line_features, load_judges, order_features
from engine.dialogue.result import Judged, believed
from engine.dialogue.stage import stage
from engine.engine import Engine
from engine.intent import IntentClassifier
from engine.order import Stage
from engine.order_json import line_to_json
from training import judge
from training.alignment import Alignment, align
from training.judge import Example, Signs
from training.labelled_chat import LabelledChat, Line
from training.noise import Noise
from training.shops import Shop

TARGET = Path(str(files("engine.dialogue").joinpath("confidence.json")))
_WAYS = (None, Noise(seed=1, share=0.06))  # each chat is shown as it is, and as hurried thumbs would type it
_EVERYDAY = 3  # what an easy chat counts beside one chosen for being hard: there are few, and shops see many of them
# What can only speak for an order, and what can only speak against it, whatever a few hundred chats say.
_OF_ORDERS = Signs(
    frozenset({"least", "mean", "sum_log", "sum_is_all", "told_the_same", "least_spelled"}),
    frozenset({
        "strange", "strange_share", "ignored", "doubt", "unheard", "dropped", "open", "numbers_left", "goods_elsewhere",
        "most_implied", "most_unsaid", "most_wishes", "told_otherwise", "calling_off", "modifying", "unsure_size",
        "same_product", "acting",
    }),
)  # fmt: skip


@dataclass(frozen=True)
class ChatLines:
    """A chat as read: its lines as examples, and what is an example of an order once the lines are judged."""

    lines: tuple[Example, ...]
    order: Callable[[Sequence[float]], Example | None]


def read_examples(shop: Shop, intents: IntentClassifier | None = None) -> Iterator[ChatLines]:
    """The chats of a shop as the engine reads them, with the shipped intents, or better some that have not seen it."""
    engine = Engine(shop.catalog, intents=intents)
    chosen = {chat.id for chat in shop.chats}
    for chat in shop.lessons:
        for noise in _WAYS:
            if read := _read_chat(engine, shop.name, chat, noise):
                yield from repeat(read, 1 if chat.id in chosen else _EVERYDAY)


def _read_chat(engine: Engine, shop: str, labelled: LabelledChat, noise: Noise | None) -> ChatLines | None:
    messages = labelled.chat.messages
    state, turns = engine.follow([noise(m) if noise and m.from_customer else m for m in messages])
    if not state.draft.lines or stage(state, turns) is not Stage.ORDER:
        return None
    told = engine.results.account(state, turns)

    def order(sure: Sequence[float]) -> Example | None:
        kept, dropped = believed(zip(state.draft.lines, sure, strict=True))
        is_exact = labelled.gold.stage == "order" and _aligned(engine, labelled, kept)[1].is_exact
        features = order_features([c for _, c in kept], [c for _, c in dropped], state, told)
        return Example(features, is_exact, shop, noise is not None) if kept else None

    lines = (
        Example(line_features(line, state, told), is_right, shop, noise is not None)
        for line, is_right in zip(state.draft.lines, _right(engine, labelled, state.draft.lines), strict=True)
    )
    return ChatLines(tuple(lines), order)


def _right(engine: Engine, labelled: LabelledChat, lines: Sequence[DraftLine]) -> list[bool]:
    """Which lines are right, sure of themselves: what a doubt would make of one is no matter of what was read."""
    predicted, alignment = _aligned(engine, labelled, [(line, 1.0) for line in lines])
    right = {id(line) for _, line in alignment.right}
    return [id(line) in right for line in predicted]


def _aligned(engine: Engine, labelled: LabelledChat, lines: Sequence[Judged]) -> tuple[tuple[Line, ...], Alignment]:
    """Lines as the scorer sees them, and beside those that are wanted."""
    final = (engine.results.line(line, confidence) for line, confidence in lines)
    predicted = tuple(Line.from_json(line_to_json(line)) for line in final)
    return predicted, align(labelled.gold.lines, predicted)


def learn(chats: Sequence[ChatLines]) -> dict[str, Judge]:
    """The judges of lines and of orders; orders are judged by how sure a judge of other shops is of their lines."""
    lines = judge.learn([line for chat in chats for line in chat.lines])
    sure = iter(lines.unseen)
    orders = [chat.order([float(next(sure)) for _ in chat.lines]) for chat in chats]
    return {"line": lines.judge, "order": judge.learn([order for order in orders if order], _OF_ORDERS).judge}


def save(judges: Mapping[str, Judge], target: Path = TARGET) -> None:
    """Write the judges where the engine finds them."""
    data = {name: {"weights": judge.weights, "bias": judge.bias} for name, judge in judges.items()}
    target.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    load_judges.cache_clear()
