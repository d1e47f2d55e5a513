"""Why a figure is not higher: what went wrong in the chats that it counts, by kind."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from training.reading import ShopReading
from training.remaining import intents_misread, lines_misread
from training.score import BUCKETS, line_outcomes

Counts = Counter[str]

_WRONG_SKU = frozenset({
    "another variant of the right product", "another product", "product where the shop does not sell it",
    "line too many", "SKU where the line is open",
})  # fmt: skip


def causes(figure: str, readings: Sequence[ShopReading]) -> Counts:
    """How often what lowers a figure occurs in these readings; nothing for figures without kinds."""
    cause = _CAUSES.get(figure)
    return cause(readings) if cause else Counter()


def _of_orders(readings: Sequence[ShopReading]) -> Counts:
    """The chats that are not exact, each by the one thing that is wrong, or by how many things are."""
    counts: Counts = Counter()
    for reading in readings:
        if reading.score.gold.stage == "order" and not reading.score.order_is_exact:
            counts[_fault_of_order(reading)] += 1
    return counts


def _fault_of_order(reading: ShopReading) -> str:
    if not reading.score.stage_is_right:
        return "an order where there is none" if reading.score.predicted.stage == "order" else "no order heard"
    wrong = lines_misread([reading])
    return f"one line: {next(iter(wrong))}" if wrong.total() == 1 else "several lines"


def _of_skus(readings: Sequence[ShopReading]) -> Counts:
    """The faults of lines that put a SKU on the draft which nobody asked for."""
    return Counter({kind: count for kind, count in lines_misread(readings).items() if kind in _WRONG_SKU})


def _of_drafts(readings: Sequence[ShopReading]) -> Counts:
    """The wrong drafts among the surest half, by what is wrong with them."""
    drafts = [reading for reading in readings if reading.score.predicted.stage == "order"]
    drafts.sort(key=lambda reading: -reading.score.predicted.confidence)
    wrong = (r for r in drafts[: len(drafts) // 2] if not r.score.order_is_exact)
    return Counter(f"among the surest half of {len(drafts)} drafts, {_fault_of_order(reading)}" for reading in wrong)


def _of_confidence(readings: Sequence[ShopReading]) -> Counts:
    """Lines by how far the confidence of their tenth is off."""
    tenths: list[list[tuple[float, bool]]] = [[] for _ in range(BUCKETS)]
    for reading in readings:
        for confidence, is_right in line_outcomes(reading.score):
            tenths[min(int(confidence * BUCKETS), BUCKETS - 1)].append((confidence, is_right))
    counts: Counts = Counter()
    for tenth in filter(None, tenths):
        gap = sum(confidence - is_right for confidence, is_right in tenth)
        counts["lines righter than they were sure" if gap < 0 else "lines surer than they were right"] += round(
            abs(gap)
        )
    return counts


_CAUSES: Mapping[str, Callable[[Sequence[ShopReading]], Counts]] = {
    "order_exact": _of_orders,
    "order_exact_of_orders": _of_orders,
    "line_f1": lines_misread,
    "wrong_sku_rate": _of_skus,
    "intent_accuracy": intents_misread,
    "coverage_at_0.98": _of_drafts,
    "line_confidence_ece": _of_confidence,
}
