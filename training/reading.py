"""Lets the engine read labelled chats, and keeps what came out, how long it took and what crashed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from engine.engine import Engine
from engine.intent import IntentClassifier
from engine.order import DraftOrder
from engine.order_json import order_to_json
from training.labelled_chat import NO_DRAFT, Draft, LabelledChat
from training.score import ChatScore, score_chat
from training.shops import Shop


@dataclass(frozen=True, slots=True)
class ShopReading:
    """One chat as the engine read it. `draft` is None where the engine raised `error`."""

    shop: Shop
    score: ChatScore
    draft: DraftOrder | None
    milliseconds: float
    error: Exception | None = None


def read_shop(
    shop: Shop, chats: Sequence[LabelledChat], intents: IntentClassifier | None = None
) -> Iterator[ShopReading]:
    """Read `chats` of `shop`, one by one, with the shipped intents or others."""
    engine = Engine(shop.catalog, intents=intents)
    for labelled in chats:
        yield _read(engine, shop, labelled)


def read_shops(
    shops: Iterable[Shop],
    wanted: Callable[[LabelledChat], bool],
    advance: Callable[[Shop], None],
) -> list[ShopReading]:
    """Read the `wanted` chats of all `shops`; `advance` is called after each chat."""
    readings = []
    for shop in shops:
        for reading in read_shop(shop, [labelled for labelled in shop.chats if wanted(labelled)]):
            readings.append(reading)
            advance(shop)
    return readings


def _read(engine: Engine, shop: Shop, labelled: LabelledChat) -> ShopReading:
    start = perf_counter()
    try:
        draft = engine.read(labelled.chat.messages)
    except Exception as error:  # noqa: BLE001 - one chat's crash is a figure, not the end of the run
        return ShopReading(shop, score_chat(labelled, NO_DRAFT), None, _since(start), error)
    duration = _since(start)
    predicted = Draft.from_json(order_to_json(draft))
    return ShopReading(shop, score_chat(labelled, predicted), draft, duration)


def _since(start: float) -> float:
    return (perf_counter() - start) * 1000
