"""What is still misread, by kind, with counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.catalog import Catalog
from training.labelled_chat import FIELDS, Line
from training.reading import ShopReading
from training.score import ChatScore

Kinds = Mapping[str, Counter[str]]  # by group of shops
_MOST_CONFUSIONS = 8
_RIGHT = "lines right"
_LINES = (
    _RIGHT, "quantity wrong", "another variant of the right product", "another product",
    "open line where a SKU was said", "SKU where the line is open", "not found where the shop sells it",
    "product where the shop does not sell it", "line missed", "line too many",
)  # fmt: skip


def remaining(readings: Sequence[ShopReading]) -> Counter[str]:
    """How often each kind of fault occurs."""
    counts: Counter[str] = Counter()
    for reading in readings:
        counts.update(_of_lines(reading))
        counts.update(_of_stage(reading.score))
        counts.update(_of_fields(reading.score))
        counts.update(_of_intents(reading.score))
    return counts


def lines_misread(readings: Sequence[ShopReading]) -> Counter[str]:
    """How often each kind of fault of a line occurs."""
    counts = Counter(kind for reading in readings for kind in _of_lines(reading))
    del counts[_RIGHT]
    return counts


def intents_misread(readings: Sequence[ShopReading]) -> Counter[str]:
    """The most frequent confusions of intents."""
    counts = Counter(kind for reading in readings for kind in _of_intents(reading.score))
    return Counter(dict(counts.most_common(_MOST_CONFUSIONS)))


def _of_lines(reading: ShopReading) -> Iterator[str]:
    alignment = reading.score.alignment
    yield from (_RIGHT for _ in alignment.right)
    yield from ("quantity wrong" for _ in alignment.wrong_quantity)
    missed, extra = list(alignment.missed), list(alignment.extra)
    for same_product in (True, False):
        yield from _paired(missed, extra, reading.shop.catalog, same_product=same_product)
    yield from ("line missed" for _ in missed)
    yield from ("line too many" for _ in extra)


def _paired(missed: list[Line], extra: list[Line], catalog: Catalog, *, same_product: bool) -> Iterator[str]:
    """Take out the pairs of a missed line and one read in its place: first those of one product, then in order."""
    for gold in tuple(missed):
        fits = [line for line in extra if not same_product or _groups(gold, catalog) & _groups(line, catalog)]
        if fits:
            missed.remove(gold)
            extra.remove(fits[0])
            yield _mistake(gold, fits[0], same_product=same_product)


def _groups(line: Line, catalog: Catalog) -> frozenset[str]:
    variant = catalog.variant(line.sku) if line.sku else None
    named = variant.item_group_id if variant else line.item_group_id
    return frozenset(line.candidates) | ({named} if named else set())


def _mistake(gold: Line, read: Line, *, same_product: bool) -> str:
    if not same_product:
        if not (read.sku or read.item_group_id or read.candidates):
            return "not found where the shop sells it"
        return "another product" if _is_sold(gold) else "product where the shop does not sell it"
    if gold.sku and read.sku:
        return "another variant of the right product"
    return "open line where a SKU was said" if gold.sku else "SKU where the line is open" if read.sku else _OPEN


_OPEN = "open line with other options"


def _is_sold(line: Line) -> bool:
    return bool(line.sku or line.item_group_id or line.candidates)


def _of_stage(score: ChatScore) -> Iterator[str]:
    if not score.stage_is_right:
        yield f"stage {score.gold.stage} read as {score.predicted.stage}"


def _of_fields(score: ChatScore) -> Iterator[str]:
    for name in FIELDS:
        if name in score.wrong_fields:
            gold, read = score.gold.fields[name], score.predicted.fields[name]
            yield f"{name} {'missed' if read is None else 'invented' if gold is None else 'other'}"


def _of_intents(score: ChatScore) -> Iterator[str]:
    return (f"{gold} read as {read}" for gold, read in score.intents if gold != read)


def as_markdown(groups: Mapping[str, Sequence[ShopReading]]) -> str:
    """The counts of some groups of shops, side by side."""
    counts = {name: remaining(readings) for name, readings in groups.items()}
    lines = [f"| what | {' | '.join(counts)} |", f"|---|{'---:|' * len(counts)}"]
    kinds = _in_order(counts.values())
    lines += [f"| {kind} | {' | '.join(str(count[kind]) for count in counts.values())} |" for kind in kinds]
    return "\n".join(lines) + "\n"


def _in_order(counts: Iterable[Counter[str]]) -> Iterator[str]:
    """Lines, then stages and fields, then the most frequent confusions of intents."""
    total = sum(counts, Counter[str]())
    yield from (kind for kind in (*_LINES, _OPEN) if total[kind])
    others = [kind for kind, _ in total.most_common() if kind not in {*_LINES, _OPEN}]
    yield from (kind for kind in others if kind.startswith("stage"))
    of_fields = [f"{name} {fault}" for name in FIELDS for fault in ("missed", "invented", "other")]
    yield from (kind for kind in of_fields if total[kind])
    confusions = [kind for kind in others if kind not in of_fields and not kind.startswith("stage")]
    yield from confusions[:_MOST_CONFUSIONS]
