"""Our figures are SatyaBench's: on the same predictions, the benchmark's own scorer says the same numbers."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.labelled_chat import NO_DRAFT, Draft, read_labelled
from training.score import calibration_error, coverage_at, figures, score_chat
from training.shops import BENCHMARK

SCORER = Path(__file__).resolve().parents[3] / "shared" / "benchmark" / "score.py"
CHATS = sorted((BENCHMARK / "chats").glob("*.jsonl"))


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip("the benchmark's own scorer is not beside this repository")
    spec = importlib.util.spec_from_file_location("satyabench_score", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def spoiled(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The gold as an engine might get it: some of everything right, some wrong."""
    gold = row["gold"]
    lines = [spoiled_line(line, chance) for line in gold["lines"] if chance.random() < 0.9]
    if chance.random() < 0.3:
        lines.append({"sku": "NONE-SUCH", "quantity": 1, "confidence": round(chance.random(), 2)})
    labels = ("purchase", "modify", "inquiry", "details", "smalltalk")
    return {
        "id": row["id"],
        "stage": chance.choice(("order", "none", "cancelled")) if chance.random() < 0.2 else gold["stage"],
        "confidence": round(chance.random(), 1),
        "lines": lines,
        **{name: spoiled_field(gold[name], chance) for name in list(gold) if name not in {"stage", "lines"}},
        "intents": {
            message["id"]: message["intent"] if chance.random() < 0.7 else chance.choice(labels)
            for message in row["messages"]
            if message.get("intent") and chance.random() < 0.95
        },
    }


def spoiled_line(line: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    changed = {**line, "confidence": chance.choice((None, 0.0, 0.1, 0.3, 0.55, 0.7, 0.999, 1.0))}
    what = chance.random()
    if what < 0.1:
        changed["quantity"] = chance.choice((99, "2", None, 1.5))
    elif what < 0.2 and "sku" in line:
        changed |= {"sku": None, "text": f"{line.get('text') or 'something'} please"}
    elif what < 0.3 and "candidates" in line:
        changed["candidates"] = line["candidates"][:1]
    elif what < 0.4 and "options" in line:
        changed["options"] = {name: str(value).upper() for name, value in line["options"].items()}
    return changed


def spoiled_field(value: str | None, chance: random.Random) -> str | None:
    if chance.random() < 0.7:
        return value
    return chance.choice((None, "", "elsewhere", f"91{value}", f"{value}, near the lake", str(value).upper()))


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(4))
def test_spoiled_gold_gets_the_benchmarks_figures(path: Path, seed: int, scorer: ModuleType) -> None:
    chance = random.Random(seed)  # noqa: S311 - only has to repeat
    predictions = {row["id"]: spoiled(row, chance) for row in rows_of(path) if chance.random() < 0.95}

    expected, _, _, _ = scorer.score(rows_of(path), predictions)
    drafts = {name: Draft.from_json(row) for name, row in predictions.items()}
    actual = figures([score_chat(chat, drafts.get(chat.id, NO_DRAFT)) for chat in read_labelled(path)])

    assert actual == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
def test_gold_itself_is_exact(path: Path) -> None:
    scores = [score_chat(chat, chat.gold) for chat in read_labelled(path)]

    assert all(score.is_exact for score in scores)
    perfect = figures(scores)
    assert perfect["order_exact"] == perfect["full_exact"] == perfect["line_f1"] == perfect["intent_accuracy"] == 1


def test_no_chats_at_all_have_figures_too() -> None:
    assert set(figures([]).values()) == {0}


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_coverage_and_calibration_are_shares(outcomes: list[tuple[float, bool]]) -> None:
    assert 0 <= coverage_at(0.98, outcomes) <= 1
    assert 0 <= calibration_error(outcomes) <= 1


def test_equal_confidences_are_covered_all_or_none() -> None:
    assert coverage_at(0.5, [(0.9, True), (0.9, False), (0.9, False)]) == 0


def test_confidence_that_is_the_share_of_right_lines_has_no_error() -> None:
    assert calibration_error([(0.5, True), (0.5, False), (1.0, True)]) == pytest.approx(0)
