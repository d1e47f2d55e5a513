"""A drawing of how far confidence can be trusted: the share that is right, over how sure the engine was."""

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

from training.reading import ShopReading
from training.score import BUCKETS, line_outcomes

Outcome = tuple[float, bool]  # confidence, whether it was right

_SIDE, _LEFT, _TOP, _BETWEEN = 240, 46, 34, 70
_SURE = 1.96  # standard errors: the bars hold 95 of 100
_FEWEST = 1.0
_STYLE = (
    "text{font:12px sans-serif;fill:#667}.title{font-weight:bold;fill:#456}"
    ".grid{stroke:#8894a833}.ideal{stroke:#8894a8;stroke-dasharray:4 4}"
    ".bar{stroke:#2a7f9e;stroke-width:1.5}.dot{fill:#2a7f9e;fill-opacity:.8}"
)


def outcomes_of(readings: Sequence[ShopReading]) -> dict[str, list[Outcome]]:
    """The lines and the draft orders of some readings."""
    scores = [reading.score for reading in readings]
    return {
        "lines": [outcome for score in scores for outcome in line_outcomes(score)],
        "orders": [(s.predicted.confidence, s.order_is_exact) for s in scores if s.predicted.stage == "order"],
    }


def drawing(outcomes: dict[str, list[Outcome]]) -> str:
    """An SVG with a panel for each: a dot for each tenth of confidence, its area the number of outcomes."""
    width = _LEFT + len(outcomes) * (_SIDE + _BETWEEN) - _BETWEEN + 14
    height = _TOP + _SIDE + 44
    body = [
        part
        for number, (name, found) in enumerate(outcomes.items())
        for part in _panel(name, found, _LEFT + number * (_SIDE + _BETWEEN))
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return "\n".join([head, f"<style>{_STYLE}</style>", *body, "</svg>"]) + "\n"


def _panel(name: str, outcomes: Sequence[Outcome], left: int) -> Iterator[str]:
    yield f'<text class="title" x="{left}" y="{_TOP - 12}">{name} ({len(outcomes)})</text>'
    yield from _grid(left)
    yield f'<text x="{left + _SIDE / 2}" y="{_TOP + _SIDE + 36}" text-anchor="middle">confidence</text>'
    for bucket in _buckets(outcomes):
        yield from _dot(bucket, left)


def _grid(left: int) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        along, up = _x(tenth / 10, left), _y(tenth / 10)
        yield f'<line class="grid" x1="{left}" x2="{left + _SIDE}" y1="{up}" y2="{up}"/>'
        yield f'<line class="grid" x1="{along}" x2="{along}" y1="{_TOP}" y2="{_TOP + _SIDE}"/>'
        yield f'<text x="{left - 6}" y="{up + 4}" text-anchor="end">{tenth / 10}</text>'
        yield f'<text x="{along}" y="{_TOP + _SIDE + 18}" text-anchor="middle">{tenth / 10}</text>'
    yield f'<line class="ideal" x1="{left}" y1="{_TOP + _SIDE}" x2="{left + _SIDE}" y2="{_TOP}"/>'


def _buckets(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    buckets: list[list[Outcome]] = [[] for _ in range(BUCKETS)]
    for outcome in outcomes:
        buckets[min(int(outcome[0] * BUCKETS), BUCKETS - 1)].append(outcome)
    return [bucket for bucket in buckets if bucket]


def _dot(bucket: Sequence[Outcome], left: int) -> Iterator[str]:
    count = len(bucket)
    sure = sum(confidence for confidence, _ in bucket) / count
    right = sum(is_right for _, is_right in bucket) / count
    low, high = interval(right, count)
    x, y = _x(sure, left), _y(right)
    yield f'<line class="bar" x1="{x}" x2="{x}" y1="{_y(low)}" y2="{_y(high)}"/>'
    radius = round(_FEWEST + sqrt(count) / 2, 1)
    yield f'<circle class="dot" cx="{x}" cy="{y}" r="{radius}"><title>{right:.2f} of {count} are right</title></circle>'


def interval(share: float, count: int) -> tuple[float, float]:
    """Between what the true share is, at 95 in 100 (Wilson's score interval).

    >>> [round(end, 2) for end in interval(0.9, 10)]
    [0.6, 0.98]
    """
    spread = _SURE**2 / count
    center = (share + spread / 2) / (1 + spread)
    half = _SURE / (1 + spread) * sqrt(share * (1 - share) / count + spread / (4 * count))
    return center - half, center + half


def _x(value: float, left: int) -> float:
    return round(left + value * _SIDE, 1)


def _y(value: float) -> float:
    return round(_TOP + (1 - value) * _SIDE, 1)
