"""How sure the engine is: of one line, and of the whole order. Learned by `training/confidence.py`."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.act import DraftLine
from engine.dialogue.state import State

_WEIGHTS = "confidence.json"


KINDS = ("complete", "unsure_size", "open", "unmatched", "candidates")  # the first that a line is of
# What tells something else of each kind of line that asks.
_BY_KIND = ("coverage", "margin", "quantity", "quantity_said", "ordering", "score", "wanted", "words")
_OF_CHAT = ("strange", "strange_share")  # how little of a chat is understood tells of its lines, too


@dataclass(frozen=True)
class Judge:
    """A logistic model over named features."""

    weights: Mapping[str, float]
    bias: float

    def score(self, features: Mapping[str, float]) -> float:
        """The raw log-odds; features without a weight count nothing."""
        return self.bias + sum(self.weights[n] * v for n, v in features.items() if n in self.weights)

    def parts(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the score, in log-odds; with the bias they sum up to it."""
        return {n: self.weights[n] * v for n, v in features.items() if n in self.weights}

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that the score stands for."""
        return 1 / (1 + math.exp(-self.score(features)))


@cache
def load_judges(file: str) -> dict[str, Judge]:
    """The shipped judges of a file, by what they judge."""
    data = json.loads(files("engine.dialogue").joinpath(file).read_text(encoding="utf-8"))
    return {name: Judge(one["weights"], one["bias"]) for name, one in data.items()}


def judges() -> dict[str, Judge]:
    """The shipped judges, of a "line" and of an "order"."""
    return load_judges(_WEIGHTS)


def line_features(line: DraftLine, state: State, account: Mapping[str, float]) -> dict[str, float]:
    """All that speaks for and against a line at the end of a conversation, some of it said of the whole chat."""
    features = {
        **line.features,
        "complete": float(line.is_complete),
        "unmatched": float(line.group is None),
        "open": float(line.group is not None and len(line.skus) > 1 and not line.rivals),
        "candidates": float(bool(line.rivals)),
        "unsure_size": float(line.unsure_size),
        "quantity": 0.0 if line.unsure_size else min(math.log1p(max(float(line.quantity), 0.0)), 2.5),
        "one": float(line.quantity == 1),
        "spans": float(min(len(line.evidence), 4)),
        "lines": float(min(len(state.draft.lines), 12)) / 4,
        "summed_up": float(any(s.skus == line.skus and s.quantity == line.quantity for s in state.summary)),
        "contradicted": float(any(s.group == line.group and s.skus != line.skus for s in state.summary)),
        "confirmed": float(any(s.skus == line.skus and s.quantity == line.quantity for s in state.confirmed)),
        "left_out": float(len(state.confirmed) > 1 and all(s.group != line.group for s in state.confirmed)),
        "sum_agrees": float(bool(state.agreed) and line in state.agreed),
        "sum_is_all": float(bool(state.agreed) and state.agreed == state.draft.lines),
    }
    features |= _echoes(line, state)
    features |= {name: account[name] for name in _OF_CHAT}
    kind = next((kind for kind in KINDS[1:] if features[kind]), None)
    if kind and not line.is_complete:
        features |= {f"{kind}_{name}": features[name] for name in _BY_KIND if name in features}
    return features


def _echoes(line: DraftLine, state: State) -> dict[str, float]:
    """Whether the seller names the product too, and in which variants."""
    if line.group is None:
        return {}
    named = [r for r in state.referents if r.group == line.group and not r.from_customer and not r.is_shown]
    newest = next((r.options for r in named if r.options), {})
    told = {name: values for name, values in newest.items() if name in line.options}
    return {
        "echoed": float(bool(named)),
        "echo_agrees": float(any(told[name] & line.options[name] for name in told)),
        "echo_differs": float(any(not told[name] & line.options[name] for name in told)),
        "siblings": float(min(sum(other.group == line.group for other in state.draft.lines) - 1, 4)),
    }


def line_confidence(features: Mapping[str, float]) -> float:
    """The probability that the line of these `line_features` is right: thing and quantity."""
    return judges()["line"].probability(features)


def decisions(kept: Sequence[float], dropped: Sequence[float]) -> list[float]:
    """How likely each line was rightly kept, or rightly dropped, by their confidences.

    >>> decisions([0.75], dropped=[0.25])
    [0.75, 0.75]
    """
    return [*kept, *(1 - confidence for confidence in dropped)]


def order_features(
    kept: Sequence[float], dropped: Sequence[float], state: State, account: Mapping[str, float]
) -> dict[str, float]:
    """All that speaks for and against a draft as a whole, by the confidences of its lines."""
    safe = [min(max(c, 0.01), 0.99) for c in decisions(kept, dropped)]
    return {
        **account,
        "sum_log": max(sum(math.log(c) for c in safe), -6.0),
        "least": min(safe, default=0.5),
        "mean": sum(safe) / len(safe) if safe else 0.5,
        "lines": math.log(max(len(kept), 1)),
        "dropped": min(len(dropped), 3.0),
        "open": float(any(not line.is_complete for line in state.draft.lines)),
        "audio": float(state.heard_audio),
        "sum_is_all": float(bool(state.agreed) and state.agreed == state.draft.lines),
        "messages": min(state.messages, 30) / 10,
    }


def order_confidence(
    kept: Sequence[float], dropped: Sequence[float], state: State, account: Mapping[str, float]
) -> float:
    """The probability that an agent would change no line: no higher than that of the least sure decision."""
    if not kept:
        return 1.0
    features = order_features(kept, dropped, state, account)
    return min(judges()["order"].probability(features), *decisions(kept, dropped))
