"""What each step of `make train` learned from and what it wrote, in `learned.json`: are the weights of these files?

A hash each of the data, the engine's code and words, and the training's code; and one of the weights. Most changes of
code change no weight, so other hashes than those written down are no fault, but `make evaluate` tells of them. Weights
that are not those written down were not written by `make train`, and that a test tells.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from training import confidence, delivery_day, details, intent, stage
from training.shops import DATASETS

TARGET = Path(__file__).with_name("learned.json")
WEIGHTS: Mapping[str, Sequence[Path]] = {
    "details": (details.WEIGHTS, delivery_day.WEIGHTS),
    "intents": (intent.TARGET,),
    "stage": (stage.TARGET,),
    "confidence": (confidence.TARGET,),
}
_PROJECT = DATASETS.parent
_SOURCES = {  # what is learned from, by a name for people
    "data": ("datasets/catalogs/*", "datasets/chats/*", "datasets/everyday/*", "datasets/turns/*"),
    "engine": ("engine/**/*.py", "engine/**/*.toml", "engine/**/*.txt"),
    "training": ("training/*.py",),
}


def note(step: str, target: Path = TARGET) -> None:
    """Write down what a step has just learned from, and what it wrote."""
    noted = {**_noted(target), step: {**_sources(), "weights": _hash(WEIGHTS[step])}}
    target.write_text(json.dumps(noted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def changed_since(target: Path = TARGET) -> dict[str, list[str]]:
    """By noted step, which sources are others than those that it learned from; steps without any are left out."""
    now = _sources()
    changed = {step: [name for name in now if noted.get(name) != now[name]] for step, noted in _noted(target).items()}
    return {step: names for step, names in changed.items() if names}


def unlearned(target: Path = TARGET) -> list[str]:
    """The steps whose weights are not those that it wrote."""
    noted = _noted(target)
    return [step for step, files in WEIGHTS.items() if noted.get(step, {}).get("weights") != _hash(files)]


def _noted(target: Path) -> dict[str, dict[str, str]]:
    return json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}


def _sources() -> dict[str, str]:
    return {
        name: _hash(path for pattern in patterns for path in _PROJECT.glob(pattern))
        for name, patterns in _SOURCES.items()
    }


def _hash(files: Iterable[Path]) -> str:
    """One hash of files and their names, wherever the project lies."""
    found = sha256()
    for path in sorted(files):
        found.update(path.relative_to(_PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]
