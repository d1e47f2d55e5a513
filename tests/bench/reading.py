"""How fast the engine reads: milliseconds a chat, and what it takes to have it ready."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from time import process_time

from api.reading.engines import settle
from engine.catalog import Catalog
from engine.conversation import Message, Sender
from engine.engine import Engine
from tests.bench.made_up import MadeUp
from training.shops import BENCHMARK, Shop, find_shops

ROUNDS = 3
LONG_CHAT = 20  # messages
CATALOG = 100  # SKUs
CHAT_STEP = 2  # messages from the beginning of one chat to that of the next
TIMES = (1, 2, 4, 8)  # as many messages
ITEMS = (10, 100, 1000, 4000)
LARGE_CATALOG = 100_000
TALKS, TALK = 40, 10
FIRST_CHAT = """
from datetime import UTC, datetime
from engine import Message, Sender
engine.read([Message("1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text="2 bhej do, MG Road, Pune 411001")])
"""
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SAID = (
    "2 {} bhej do", "bhaiya {} chahiye kal tak", "ok thanks", "please send {}", "kitne ka hai?", "aur 3 pcs {} bhi",
    "haan", "is {} available?", "{} x 4", "address 12 MG Road, Pune 411001",
)  # fmt: skip


def run() -> Iterator[tuple[str, float, str]]:
    """Milliseconds for imports, building an engine, and reading the benchmark's chats."""
    shops = find_shops(BENCHMARK, own=None)
    Engine(_catalog(shops))
    settle()  # as a worker does once it is warm, and with each engine that it builds
    yield "import and first engine, in a new process", _in_a_new_process(shops[0]), "ms"
    yield "the same with a first chat read", _in_a_new_process(shops[0], FIRST_CHAT), "ms"
    yield "engine for a catalogue of 100 SKUs", _milliseconds(lambda: Engine(_catalog(shops)), ROUNDS), "ms"
    times = _chat_times(shops)
    yield f"a chat of the benchmark, p50 of {len(times)}", median(times), "ms"
    yield f"a chat of the benchmark, p99 of {len(times)}", quantiles(times, n=100)[98], "ms"
    yield from _long_chats(shops)
    yield "messages a second through the whole engine, 100,000 SKUs", _messages_a_second(), "a second"


def _long_chats(shops: Sequence[Shop]) -> Iterator[tuple[str, float, str]]:
    """Chats of twenty messages that the engine has not met, and one four times as long of the same messages."""
    engine, messages = _ready(Engine(_catalog(shops), most_remembered=0)), _messages(shops)
    starts = range(0, len(messages) - LONG_CHAT, CHAT_STEP)
    with _collecting() as collected:
        times = [_timed(partial(engine.read, messages[start : start + LONG_CHAT])) for start in starts]
    yield f"a chat of 20 messages, 100 SKUs, p50 of {len(times)}", median(times), "ms"
    yield f"a chat of 20 messages, 100 SKUs, p99 of {len(times)}", quantiles(times, n=100)[98], "ms"
    yield "of it all, spent on the search for garbage", 100 * sum(collected) / sum(times), "%"
    yield "the longest of these searches", max(collected, default=0.0), "ms"
    again = [
        _again(_ready(Engine(_catalog(shops))), messages[start : start + LONG_CHAT])
        for start in starts[:: LONG_CHAT // 2]
    ]
    yield f"the same read again with one more message, p50 of {len(again)}", median(again), "ms"
    yield from _growth(engine, messages)


def _growth(engine: Engine, messages: Sequence[Message]) -> Iterator[tuple[str, float, str]]:
    """What chats of more messages, and messages of more items, take for each: the same where it grows with them."""
    most = LONG_CHAT * max(TIMES)
    for times in TIMES:
        size = LONG_CHAT * times
        chats = [messages[start : start + size] for start in range(0, most, size)]
        yield f"a message, in chats of {size}", sum(_best(engine, chat) for chat in chats) / most, "ms"
    lines = [f"{variant.title} {number % 9 + 1}" for number, variant in enumerate(engine.catalog.variants)]
    for count in ITEMS:
        text = "\n".join(islice(cycle(lines), count))
        yield f"an item, in a message of {count}", _best(engine, [_said(text)]) / count, "ms"


def _best(engine: Engine, messages: Sequence[Message]) -> float:
    return min(_timed(partial(engine.read, messages)) for _ in range(ROUNDS))


def _said(text: str) -> Message:
    return Message("1", Sender.CUSTOMER, AT, text=text)


def _ready(engine: Engine) -> Engine:
    settle()
    return engine


@contextmanager
def _collecting() -> Iterator[list[float]]:
    """The milliseconds of each of Python's searches for garbage meanwhile."""
    spent: list[float] = []
    started = 0.0

    def note(phase: str, _: object) -> None:
        nonlocal started
        if phase == "start":
            started = process_time()
        else:
            spent.append((process_time() - started) * 1000)

    gc.callbacks.append(note)
    yield spent
    gc.callbacks.remove(note)


def _again(engine: Engine, messages: Sequence[Message]) -> float:
    """A chat that was read before, up to its last message."""
    engine.read(messages[:-1])
    return _timed(partial(engine.read, messages))


def _messages_a_second() -> float:
    """Chats of ten messages with noisy mentions, among a shop's other talk, of a made-up catalogue."""
    made_up = MadeUp(LARGE_CATALOG)
    engine = _ready(Engine(made_up.catalog()))
    mentions = [mention.text for mention in made_up.mentions(TALKS * TALK)]
    talks = [_talk(mentions[start : start + TALK]) for start in range(0, len(mentions), TALK)]
    engine.read(talks[0])
    return TALKS * TALK * 1000 / sum(_timed(partial(engine.read, talk)) for talk in talks)


def _talk(mentions: Sequence[str]) -> tuple[Message, ...]:
    texts = (said.format(mention) for said, mention in zip(cycle(SAID), mentions, strict=False))
    return tuple(Message(str(n), Sender.CUSTOMER, AT, text=text) for n, text in enumerate(texts))


def _chat_times(shops: Sequence[Shop]) -> list[float]:
    """The best of some rounds for each chat: what the reading takes, without what else the machine does."""
    return [
        min(_timed(partial(engine.read, messages)) for _ in range(ROUNDS))
        for shop in shops
        for engine in (_ready(Engine(shop.catalog, most_remembered=0)),)
        for messages in (labelled.chat.messages for labelled in shop.chats)
    ]


def _catalog(shops: Sequence[Shop]) -> Catalog:
    largest = max(shops, key=lambda shop: len(shop.catalog))
    return Catalog(largest.catalog.variants[:CATALOG])


def _messages(shops: Sequence[Shop]) -> tuple[Message, ...]:
    """All messages from the chats of the shop with the largest catalogue."""
    largest = max(shops, key=lambda shop: len(shop.catalog))
    messages = (message for labelled in largest.chats for message in labelled.chat.messages)
    return tuple(replace(message, id=f"m{number}", reply_to=None) for number, message in enumerate(messages))


def _in_a_new_process(shop: Shop, then: str = "") -> float:
    """Milliseconds of the processor, once Python has compiled what it imports."""
    code = f"from engine import Catalog, Engine; engine = Engine(Catalog.from_csv({str(shop.catalog_path)!r}))\n{then}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(ROUNDS):
        start = sum(getrusage(RUSAGE_CHILDREN)[:2])
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        times.append((sum(getrusage(RUSAGE_CHILDREN)[:2]) - start) * 1000)
    return min(times)


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    return median(_timed(work) for _ in range(rounds))


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that work takes: what else the machine does is left out."""
    start = process_time()
    work()
    return (process_time() - start) * 1000
