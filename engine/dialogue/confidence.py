"""How sure the engine is: of one line, and of the whole order."""

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from engine.act import DraftLine
from engine.dialogue.state import State
from engine.order import OrderLine

if TYPE_CHECKING:
    from engine.dialogue.fold import ReadTurn


def line_confidence(line: DraftLine, state: State) -> float:
    """The probability that a line is right."""
    if line.group is None:
        return 0.4
    base = 0.75 if line.is_complete else 0.55
    return max(0.05, min(0.97, base + 0.05 * (line.features.get("margin", 1.0) - 1.0)))


def order_confidence(lines: Sequence[OrderLine], state: State, turns: Sequence["ReadTurn"]) -> float:
    """The probability that an agent would change nothing."""
    return prod(line.confidence for line in lines) * 0.95 ** (len(turns) // 8) if lines else 0.9
