"""The figures by which the engine is judged: whole orders, lines, fields, intents, confidence.

The same figures under the same names as SatyaBench's own scorer.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.alignment import Alignment, align, same_field
from training.labelled_chat import FIELDS, Draft, LabelledChat

NO_INTENT = "-"
BUYING = frozenset(("purchase", "modify"))
BUCKETS = 10

Figures = dict[str, float]


class Fault(StrEnum):
    """What can be wrong in one chat: its stage, a line, a field, a message's intent."""

    STAGE = "stage"
    MISSED = "missed"
    EXTRA = "extra"
    QUANTITY = "quantity"
    FIELD = "field"
    INTENT = "intent"


@dataclass(frozen=True, slots=True)
class ChatScore:
    """One chat's prediction beside its gold. `intents` pairs (gold, predicted) labels by message."""

    labelled: LabelledChat
    predicted: Draft
    alignment: Alignment
    wrong_fields: frozenset[str]
    intents: tuple[tuple[str, str], ...]

    @property
    def gold(self) -> Draft:
        """What is right."""
        return self.labelled.gold

    @property
    def stage_is_right(self) -> bool:
        """Whether the stage is right."""
        return self.gold.stage == self.predicted.stage

    @property
    def order_is_exact(self) -> bool:
        """Whether an agent would change nothing in stage and lines."""
        return self.stage_is_right and self.alignment.is_exact

    @property
    def is_exact(self) -> bool:
        """Whether an agent would change nothing at all."""
        return self.order_is_exact and not self.wrong_fields

    @property
    def faults(self) -> frozenset[Fault]:
        """The kinds of what is wrong."""
        alignment = self.alignment
        found = {
            Fault.STAGE: not self.stage_is_right,
            Fault.MISSED: alignment.missed,
            Fault.EXTRA: alignment.extra,
            Fault.QUANTITY: alignment.wrong_quantity,
            Fault.FIELD: self.wrong_fields,
            Fault.INTENT: any(gold != predicted for gold, predicted in self.intents),
        }
        return frozenset(fault for fault, present in found.items() if present)


def score_chat(labelled: LabelledChat, predicted: Draft) -> ChatScore:
    """Compare one prediction with its gold."""
    gold = labelled.gold
    wrong = (name for name in FIELDS if not same_field(name, gold.fields[name], predicted.fields[name]))
    intents = ((label, predicted.intents.get(message, NO_INTENT)) for message, label in gold.intents.items())
    alignment = align(gold.lines, predicted.lines)
    return ChatScore(labelled, predicted, alignment, frozenset(wrong), tuple(intents))


def figures(scores: Sequence[ChatScore]) -> Figures:
    """All figures over some chats, by the scorer's names; a share of nothing is 0."""
    return {
        "chats": len(scores),
        **_order_figures(scores),
        **_line_figures(scores),
        **_field_figures(scores),
        **_intent_figures(Counter(pair for score in scores for pair in score.intents)),
        **_confidence_figures(scores),
    }


def _order_figures(scores: Sequence[ChatScore]) -> Figures:
    orders = [score for score in scores if score.gold.stage == "order"]
    others = [score for score in scores if score.gold.stage != "order"]
    return {
        "order_exact": _share(scores, lambda s: s.order_is_exact),
        "order_exact_of_orders": _share(orders, lambda s: s.order_is_exact),
        "full_exact": _share(scores, lambda s: s.is_exact),
        "stage_accuracy": _share(scores, lambda s: s.stage_is_right),
        "false_order_rate": _share(others, lambda s: s.predicted.stage == "order"),
    }


def _line_figures(scores: Sequence[ChatScore]) -> Figures:
    alignments = [score.alignment for score in scores]
    right = sum(len(a.right) for a in alignments)
    quantity = sum(len(a.wrong_quantity) for a in alignments)
    missed = sum(len(a.missed) for a in alignments)
    extra = sum(len(a.extra) for a in alignments)
    sku_lines = sum(1 for score in scores for line in score.predicted.lines if line.sku)
    wrong_skus = sum(1 for a in alignments for line in a.extra if line.sku)
    return {
        "line_f1": _f1(right, quantity + extra, quantity + missed),
        "line_precision": _ratio(right, right + quantity + extra),
        "line_recall": _ratio(right, right + quantity + missed),
        "line_f1_ignoring_quantity": _f1(right + quantity, extra, missed),
        "wrong_sku_rate": _ratio(wrong_skus, sku_lines),
    }


def _field_figures(scores: Sequence[ChatScore]) -> Figures:
    """F1 of the fields; a wrong value is both a false and a missing one."""
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for score in scores:
        for name in FIELDS:
            gold, predicted = score.gold.fields[name], score.predicted.fields[name]
            if name in score.wrong_fields:
                missing[name] += gold is not None
                false[name] += predicted is not None
            else:
                found[name] += gold is not None
    by_name = {f"field_f1_{name}": _f1(found[name], false[name], missing[name]) for name in FIELDS}
    return {"field_f1": _f1(found.total(), false.total(), missing.total()), **by_name}


def _intent_figures(confusion: Counter[tuple[str, str]]) -> Figures:
    labels = {gold for gold, _ in confusion}
    right = sum(count for (gold, predicted), count in confusion.items() if gold == predicted)
    by_label = [_f1_of(confusion, frozenset((label,))) for label in labels]
    return {
        "intent_accuracy": _ratio(right, confusion.total()),
        "intent_macro_f1": _ratio(sum(by_label), len(labels)),
        "buying_f1": _f1_of(confusion, BUYING),
    }


def _f1_of(confusion: Counter[tuple[str, str]], labels: frozenset[str]) -> float:
    """F1 of "is one of `labels`"."""
    tally: Counter[tuple[bool, bool]] = Counter()
    for (gold, predicted), count in confusion.items():
        tally[gold in labels, predicted in labels] += count
    return _f1(tally[True, True], tally[False, True], tally[True, False])


def _confidence_figures(scores: Sequence[ChatScore]) -> Figures:
    drafts = [(s.predicted.confidence, s.order_is_exact) for s in scores if s.predicted.stage == "order"]
    lines = [pair for score in scores for pair in line_outcomes(score)]
    return {
        "coverage_at_0.98": coverage_at(0.98, drafts),
        "coverage_at_0.95": coverage_at(0.95, drafts),
        "line_confidence_ece": calibration_error(lines),
    }


def line_outcomes(score: ChatScore) -> Iterable[tuple[float, bool]]:
    """(confidence, is right) of each predicted line that has a confidence."""
    alignment = score.alignment
    wrong = (*(predicted for _, predicted in alignment.wrong_quantity), *alignment.extra)
    outcomes = [(line, True) for _, line in alignment.right] + [(line, False) for line in wrong]
    return [(line.confidence, is_right) for line, is_right in outcomes if line.confidence is not None]


def coverage_at(precision: float, outcomes: Sequence[tuple[float, bool]]) -> float:
    """The largest share, taken by falling confidence, of which `precision` or more is right.

    Equal confidences are taken all or none.

    >>> coverage_at(0.98, [(0.9, True), (0.8, True), (0.5, False), (0.4, True)])
    0.5
    """
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    best = right = 0
    for taken, (confidence, is_right) in enumerate(ordered, 1):
        right += is_right
        ends_tie = taken == len(ordered) or ordered[taken][0] < confidence
        if ends_tie and right / taken >= precision:
            best = taken
    return _ratio(best, len(ordered))


def calibration_error(outcomes: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten buckets of equal width: 0 where confidence is the share that is right."""
    edges = [bucket / BUCKETS for bucket in range(1, BUCKETS)]
    gaps = [0.0] * BUCKETS
    for confidence, is_right in outcomes:
        gaps[bisect_right(edges, confidence)] += confidence - is_right
    return _ratio(sum(map(abs, gaps)), len(outcomes))


def _share(scores: Sequence[ChatScore], holds: Callable[[ChatScore], bool]) -> float:
    return _ratio(sum(map(holds, scores)), len(scores))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(right: float, false: float, missing: float) -> float:
    return _ratio(2 * right, 2 * right + false + missing)
