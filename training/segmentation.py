"""Learns what cutting a message into items costs: `python -m training.segmentation`.

A search along one weight after the other (engine/clause/segment.py), each judged by the line F1 of all shops of
datasets/, read with the labelled intents so that linking alone counts. It takes about half an hour and prints the
weights to write there; the benchmark is not looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from importlib.resources import files

from rich.console import Console

from engine.clause import understand
from engine.clause.segment import Segmenter, Weights
from engine.engine import Engine
from engine.extraction.utterance import Utterance
from engine.intent import IntentClassifier, TurnContext
from engine.intent.weights import Weights as IntentWeights
from engine.order import Intent
from engine.order_json import line_to_json
from training.alignment import align
from training.command import run
from training.labelled_chat import LabelledChat, Line
from training.shops import Shop, find_shops

_STEPS = (0.6, 0.8, 1.25, 1.6)  # by what a weight is multiplied to see whether that reads better
_GAIN = 0.0008  # line F1 that a change has to bring
_SURE = 0.97


class LabelledIntents(IntentClassifier):
    """Says the intents that a chat is labelled with; the shipped classifier's for messages without a label."""

    def __init__(self, weights: IntentWeights) -> None:
        """Fall back on these weights."""
        super().__init__(weights)
        self.labels: Mapping[str, str] = {}

    def probabilities(self, utterance: Utterance, context: TurnContext) -> Mapping[Intent, float]:
        """Nearly all of it for the label."""
        label = self.labels.get(utterance.message.id)
        if label is None:
            return super().probabilities(utterance, context)
        rest = (1 - _SURE) / (len(Intent) - 1)
        return {intent: _SURE if intent.value == label else rest for intent in Intent}


class Trial:
    """The shops of datasets/, ready to be read with any weights."""

    def __init__(self, shops: Sequence[Shop], intents: LabelledIntents) -> None:
        """Index every shop's catalogue once."""
        self._intents = intents
        self._shops = [(shop, Engine(shop.catalog, intents=intents, most_remembered=0)) for shop in shops]

    def line_f1(self, weights: Weights) -> float:
        """How well the lines of all chats are read, before any of them is doubted."""
        understand._segmenter = Segmenter(weights)  # noqa: SLF001 - the one place that tries other weights
        right = lines = 0
        for shop, engine in self._shops:
            for chat in shop.chats:
                counts = self._read(engine, chat)
                right, lines = right + counts[0], lines + counts[1]
        return 2 * right / lines if lines else 0.0

    def _read(self, engine: Engine, labelled: LabelledChat) -> tuple[int, int]:
        """How many lines of a chat are right, and how many there are, labelled and read."""
        self._intents.labels = labelled.gold.intents
        state, _ = engine.follow(labelled.chat.messages)
        read = tuple(Line.from_json(line_to_json(engine.results.line(line, 1.0))) for line in state.draft.lines)
        return len(align(labelled.gold.lines, read).right), len(labelled.gold.lines) + len(read)


def search(trial: Trial, weights: Weights) -> Iterator[tuple[Weights, float]]:
    """Better and better weights with their line F1; ends after one round over all of them."""
    best = trial.line_f1(weights)
    yield weights, best
    for name in [field.name for field in fields(Weights) if isinstance(getattr(Weights(), field.name), float)]:
        for step in _STEPS:
            tried = replace(weights, **{name: round(getattr(weights, name) * step, 3)})
            if (reached := trial.line_f1(tried)) > best + _GAIN:
                weights, best = tried, reached
                yield weights, best


def main() -> None:
    """Search, and print every improvement."""
    console = Console()
    intents = LabelledIntents(IntentWeights.load(files("engine.intent").joinpath("weights.npz")))
    trial = Trial([shop for shop in find_shops() if shop.kind == "own"], intents)
    for weights, reached in search(trial, Weights()):
        console.print(f"{reached:.4f} {weights}", highlight=False)


if __name__ == "__main__":
    run(main)
