"""The goals that are measured on other people's data, where it is at hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.catalog import Catalog
from training.false_orders import false_orders, hinglish, services
from training.goal import Goal
from training.linking import TO_BEAT, linking_scores
from training.multidogo import Kind, menu, read_fast_food
from training.recognizers import FILES, read_share
from training.shops import Shop

_FAST_FOOD, _SERVICES = "MultiDoGO fast food, dev, untrained", "MultiDoGO services, dev"
_ABSENT = "data not here"

# what was reached, what there is to say of it, and what keeps it from being better, goal by goal
Reached = Iterator[tuple[float, str, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is wanted of the data in `folder`, and how it is measured there."""

    folder: str
    goals: tuple[Goal, ...]
    reach: Callable[[Path, Sequence[Shop]], Reached]


def public_goals(data: Path, shops: Sequence[Shop], advance: Callable[[], None]) -> Iterator[Goal]:
    """All goals on public data; `advance` is called after each folder of it. Rows of absent data say so."""
    for measure in _MEASURES:
        folder = data / measure.folder
        if folder.is_dir():
            reached = measure.reach(folder, shops)
            for goal, (value, note, errors) in zip(measure.goals, reached, strict=True):
                yield replace(goal, reached=value, note=note, errors=errors)
        else:
            yield from measure.goals
        advance()


def count() -> int:
    """How many folders are measured on."""
    return len(_MEASURES)


def _fast_food(folder: Path, _: Sequence[Shop]) -> Reached:
    for catalog in (menu(folder), Catalog(())):
        read = read_fast_food(folder, catalog)
        yield read.orders.f1, "", read.misheard
    yield from ((read.spans[kind].f1, "", {}) for kind in Kind)


def _services(folder: Path, shops: Sequence[Shop]) -> Reached:
    result = false_orders(services(folder), shops)
    yield result.share_of_messages, "", result.kinds
    yield result.share, f"{len(result.found)} of {result.read}", result.kinds


def _hinglish(folder: Path, shops: Sequence[Shop]) -> Reached:
    result = false_orders(hinglish(folder), shops)
    yield result.share, f"{len(result.found)} of {result.read}", result.kinds


def _recognizers(folder: Path, _: Sequence[Shop]) -> Reached:
    for name in FILES:
        share = read_share(folder / f"{name}.json")
        yield share.value, f"of {share.needed} cases; {share.left_out} left out", {}


def _linking(folder: Path, _: Sequence[Shop]) -> Reached:
    for score in linking_scores(folder):
        size = f"{score.queries} queries, {score.products} products"
        yield score.recall_at_1, f"recall@10 {score.recall_at_10:.3f}; {size}", {}


def _goal(on: str, figure: str, wanted: float, *, at_most: bool = False) -> Goal:
    return Goal(on, figure, wanted, at_most=at_most, note=_ABSENT)


_MEASURES = (
    _Measure(
        "multidogo",
        (
            _goal(_FAST_FOOD, "order-turn F1, with a menu", 0.85),
            _goal(_FAST_FOOD, "order-turn F1, no catalogue at all", 0.85),
            _goal(_FAST_FOOD, "exact span F1 of quantity", 0.90),
            _goal(_FAST_FOOD, "exact span F1 of phone", 0.90),
            _goal(_FAST_FOOD, "exact span F1 of address", 0.60),
        ),
        _fast_food,
    ),
    _Measure(
        "multidogo",
        (
            _goal(_SERVICES, "false orders, of messages", 0.01, at_most=True),
            _goal(_SERVICES, "false orders, of whole chats", 0.01, at_most=True),
        ),
        _services,
    ),
    _Measure("hinglish_top", (_goal("Hinglish-TOP, validation", "false orders", 0.005, at_most=True),), _hinglish),
    _Measure(
        "recognizers",
        tuple(_goal(f"Recognizers, {name}", "share read right", 0.90) for name in FILES.values()),
        _recognizers,
    ),
    _Measure(
        "linking",
        tuple(_goal(f"linking, {name}, valid", "recall@1", wanted) for name, wanted in TO_BEAT.items()),
        _linking,
    ),
)
