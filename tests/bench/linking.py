"""How fast and how well noisy mentions are linked to products, beside rapidfuzz's best title in the same run.

`make bench ARGS=linking` measures 100,000 SKUs, `ARGS="linking million"` a million; `ARGS=million` that alone. Times
are of the processor, for one core.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from rapidfuzz import fuzz, process
from rich.progress import track

from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.linker import Linker
from tests.bench.made_up import MadeUp, Mention

SKUS = 100_000
MENTIONS = 1000
COMPARED = 40  # mentions for rapidfuzz, which takes a second and more for each at a million
MOST = 10
PAGE_BYTES = 4096


def run(skus: int = SKUS, compared: int = COMPARED) -> Iterator[tuple[str, float, str]]:
    """Milliseconds a mention, recall of the ten best, what the index takes to build and to hold."""
    made_up = MadeUp(skus)
    catalog = made_up.catalog()
    held, started = _memory(), process_time()
    index = CatalogIndex(catalog, lambda products: track(products, f"Indexing {skus:,} products", transient=True))
    yield f"index of {skus:,} SKUs, built in", process_time() - started, "s"
    yield "its memory, the catalogue's own left out", _memory() - held, "MB"
    yield "distinct words in it", len(index.words), ""
    linker = Linker(index)
    mentions = list(made_up.mentions(MENTIONS))
    linker.rank(mentions[0].text)  # what is read once in a process
    ranked, times = _timed(lambda text: [f"S{one.group}" for one in linker.rank(text, MOST)], mentions)
    yield f"a noisy mention, p50 of {len(times)}", median(times), "ms"
    yield "a noisy mention, p99", quantiles(times, n=100)[98], "ms"
    yield "recall@1", _recall(ranked, mentions, 1), ""
    yield "recall@10", _recall(ranked, mentions, MOST), ""
    yield f"recall@10 of the first {compared}", _recall(ranked[:compared], mentions, MOST), ""
    theirs, slow = _timed(lambda text: _best_titles(text, made_up.titles), mentions[:compared])
    yield "rapidfuzz extract(token_set_ratio), p50", median(slow), "ms"
    yield f"its recall@10 of the first {compared}", _recall(theirs, mentions, MOST), ""
    yield "times faster, p50 by p50", median(slow) / median(times), "x"


def _timed(link: Callable[[str], list[str]], mentions: Sequence[Mention]) -> tuple[list[list[str]], list[float]]:
    """What each mention is linked to, and the milliseconds that it takes."""
    ranked, times = [], []
    for mention in mentions:
        started = process_time()
        ranked.append(link(mention.text))
        times.append((process_time() - started) * 1000)
    return ranked, times


def _best_titles(text: str, titles: Sequence[str]) -> list[str]:
    return [f"S{place}" for _, _, place in process.extract(text, titles, scorer=fuzz.token_set_ratio, limit=MOST)]


def _recall(ranked: Sequence[Sequence[str]], mentions: Sequence[Mention], most: int) -> float:
    found = sum(mention.sku in skus[:most] for skus, mention in zip(ranked, mentions, strict=False))
    return found / len(ranked)


def _memory() -> float:
    """Megabytes that the process holds."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * PAGE_BYTES / 1e6 if statm.exists() else float("nan")
