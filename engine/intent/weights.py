"""The learned numbers of the classifier, as they lie in `weights.npz`: plain arrays, no pickles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BLOCKS = ("pieces", "chains", "cues")


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of feature: its names, and by name a row of `factors` and `weights`.

    `factors`, shape (features,), is what one occurrence counts. `weights`, shape (features, intents),
    is what a feature of value 1 adds to each intent's score.
    """

    names: tuple[str, ...]
    factors: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """All blocks by their names in `BLOCKS`, the intents in the order of columns, and each one's start."""

    intents: tuple[str, ...]
    blocks: Mapping[str, Block]
    start: Floats

    def save(self, path: Path) -> None:
        """Write the file, the same bytes for the same numbers; weights and factors at half precision."""
        arrays: dict[str, Any] = {"intents": _packed(self.intents), "start": self.start}
        for name, block in self.blocks.items():
            arrays[f"{name}.names"] = _packed(block.names)
            arrays[f"{name}.factors"] = block.factors.astype(np.float16)
            arrays[f"{name}.weights"] = block.weights.astype(np.float16)
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path | Traversable) -> "Weights":
        """Read what `save` wrote."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            blocks = {name: _block(arrays, name) for name in BLOCKS}
            return cls(_unpacked(arrays["intents"]), blocks, arrays["start"].astype(np.float64))


def rounded(values: Floats) -> Floats:
    """Values as they come back from the file."""
    return values.astype(np.float16).astype(np.float64)


def _block(arrays: Mapping[str, Any], name: str) -> Block:
    names = _unpacked(arrays[f"{name}.names"])
    return Block(names, arrays[f"{name}.factors"].astype(np.float64), arrays[f"{name}.weights"].astype(np.float64))


def _packed(names: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(names, ensure_ascii=False).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(json.loads(packed.tobytes()))
