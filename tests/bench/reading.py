"""How fast the engine reads: milliseconds a chat, and what it takes to have it ready."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from statistics import median, quantiles
from time import perf_counter

from engine.catalog import Catalog
from engine.conversation import Message
from engine.engine import Engine
from training.shops import BENCHMARK, Shop, find_shops

ROUNDS = 3
LONG_CHAT = 20  # messages
CATALOG = 100  # SKUs
CHAT_ROUNDS = 50


def run() -> Iterator[tuple[str, float, str]]:
    """Milliseconds for imports, building an engine, and reading the benchmark's chats."""
    shops = find_shops(BENCHMARK, own=None)
    yield "import and first engine, in a new process", _in_a_new_process(shops[0]), "ms"
    yield "engine for a catalogue of 100 SKUs", _milliseconds(lambda: Engine(_catalog(shops)), ROUNDS), "ms"
    times = _chat_times(shops)
    yield f"a chat of the benchmark, p50 of {len(times)}", median(times), "ms"
    yield f"a chat of the benchmark, p99 of {len(times)}", quantiles(times, n=100)[98], "ms"
    engine, chat = Engine(_catalog(shops)), _long_chat(shops)
    yield "a chat of 20 messages, 100 SKUs, p50", _milliseconds(lambda: engine.read(chat), CHAT_ROUNDS), "ms"


def _chat_times(shops: Sequence[Shop]) -> list[float]:
    """The best of some rounds for each chat: what the reading takes, without what else the machine does."""
    return [
        min(_timed(partial(engine.read, messages)) for _ in range(ROUNDS))
        for shop in shops
        for engine in (Engine(shop.catalog),)
        for messages in (labelled.chat.messages for labelled in shop.chats)
    ]


def _catalog(shops: Sequence[Shop]) -> Catalog:
    largest = max(shops, key=lambda shop: len(shop.catalog))
    return Catalog(largest.catalog.variants[:CATALOG])


def _long_chat(shops: Sequence[Shop]) -> tuple[Message, ...]:
    """Twenty messages in a row from the chats of the shop with the largest catalogue."""
    largest = max(shops, key=lambda shop: len(shop.catalog))
    messages = (message for labelled in largest.chats for message in labelled.chat.messages)
    return tuple(
        replace(message, id=f"m{number}", reply_to=None) for number, message in enumerate(islice(messages, LONG_CHAT))
    )


def _in_a_new_process(shop: Shop) -> float:
    code = f"from engine import Catalog, Engine; Engine(Catalog.from_csv({str(shop.catalog_path)!r}))"
    return _milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), ROUNDS)


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    return median(_timed(work) for _ in range(rounds))


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
