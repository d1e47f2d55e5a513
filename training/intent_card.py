"""Measures the intent classifier and writes its model card."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from engine.intent import IntentClassifier
from engine.order import Intent
from training.corpus import School, Turn
from training.intent import Learned
from training.score import BUYING
from training.shops import Shop

TARGET = Path(str(files("engine.intent").joinpath("MODEL.md")))
_BINS = 10
_SHORT = {Intent.ORDER_STATUS: "status", Intent.COMPLAINT: "compl.", Intent.SMALLTALK: "small"}

_CARD = """# The intent classifier's weights

Written by `make train`; do not edit.

- **What**: the probability of each of eleven intents for one customer message, in the context of its chat.
- **How**: logistic regression over pieces of words (2-5 characters), words and pairs of words, and named cues
  (`engine/intent/features.py`), the business's answer among them where there is one; probabilities cooled by a
  temperature of {temperature:.2f}, fitted on shops held out.
- **Learned from**: {examples} examples made of the customers' messages in `datasets/chats` and `datasets/turns`
  ({shops} shops), each shown after the right intents, after guessed ones, and misspelt. `datasets/satyabench` and
  `datasets/unseen` are only measured.
- **Limits**: languages other than English, Hindi in either script and Pidgin are known from few chats each;
  `purchase` and `modify` are easily taken for one another where a customer writes on about a product already ordered.

| measured on | messages | accuracy | buying F1 | calibration error |
|---|---:|---:|---:|---:|
{rows}

As the engine reads whole chats, going by its own earlier predictions. Buying: `purchase` or `modify`. Calibration
error: ECE of the highest probability, {bins} bins.

## What is taken for what, on our own shops held out
Rows are labels, columns are predictions.

{confusion}
"""


def measure(
    learned: Learned, own: Sequence[Shop], benchmark: Sequence[Shop], unseen: Sequence[Shop]
) -> dict[str, list[Turn]]:
    """The labelled turns as read on our own shops, each by a classifier that has not seen it, and on all others."""
    everywhere = dict.fromkeys((shop.name for shop in (*benchmark, *unseen)), learned.classifier)
    return {
        "our own shops, each held out": _asked(own, learned.held_out),
        "the same, each message before it was answered": _asked(own, learned.held_out, at_once=True),
        "the benchmark's shops": _asked(benchmark, everywhere),
        "the unseen shops": _asked(unseen, everywhere),
    }


def _asked(shops: Iterable[Shop], classifiers: Mapping[str, IntentClassifier], *, at_once: bool = False) -> list[Turn]:
    return [turn for s in shops for turn in School(s, s.chats).asked(classifiers[s.name], at_once=at_once)]


def write_card(learned: Learned, measured: Mapping[str, Sequence[Turn]], target: Path = TARGET) -> None:
    """Write the model card."""
    rows = "\n".join(_row(name, turns) for name, turns in measured.items())
    own = next(iter(measured.values()))
    text = _CARD.format(
        temperature=learned.temperature,
        examples=learned.examples,
        shops=len(learned.held_out),
        rows=rows,
        bins=_BINS,
        confusion=_confusion(own),
    )
    target.write_text(text, encoding="utf-8")


def _row(name: str, turns: Sequence[Turn]) -> str:
    figures = (accuracy(turns), buying_f1(turns), calibration_error(turns))
    return f"| {name} | {len(turns)} | {' | '.join(f'{figure:.3f}' for figure in figures)} |"


def accuracy(turns: Sequence[Turn]) -> float:
    """The share of turns whose most probable intent is the label."""
    return sum(turn.is_right for turn in turns) / len(turns)


def buying_f1(turns: Sequence[Turn]) -> float:
    """F1 of telling purchases and modifications from all else."""
    gold = [turn.label.value in BUYING for turn in turns]
    found = [turn.intent.value in BUYING for turn in turns]
    both = sum(g and f for g, f in zip(gold, found, strict=True))
    return 2 * both / (sum(gold) + sum(found))


def calibration_error(turns: Sequence[Turn]) -> float:
    """How far, on average, the highest probability is from the share that is right."""
    bins: dict[int, list[Turn]] = {}
    for turn in turns:
        bins.setdefault(min(_BINS - 1, int(max(turn.answer.values()) * _BINS)), []).append(turn)
    gaps = (
        abs(sum(max(t.answer.values()) for t in inside) - sum(t.is_right for t in inside)) for inside in bins.values()
    )
    return sum(gaps) / len(turns)


def _confusion(turns: Sequence[Turn]) -> str:
    counts = Counter((turn.label, turn.intent) for turn in turns)
    lines = [f"| | {' | '.join(_SHORT.get(i, i.value) for i in Intent)} |", f"|---|{'---:|' * len(Intent)}"]
    for label in Intent:
        cells = (str(counts[label, found] or "") for found in Intent)
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)
