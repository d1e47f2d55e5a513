"""The shipped weights are those that `make train` wrote, and what they were learned from is known."""

from pathlib import Path

from training.learned import WEIGHTS, changed_since, note, unlearned
from training.train import STEPS


def test_the_shipped_weights_were_written_by_make_train() -> None:
    assert unlearned() == []


def test_every_step_has_weights() -> None:
    assert WEIGHTS.keys() == STEPS.keys()


def test_a_step_that_learned_from_these_files_is_up_to_date(tmp_path: Path) -> None:
    target = tmp_path / "learned.json"
    note("stage", target)
    assert "stage" not in changed_since(target)
    assert "intents" in unlearned(target)


def test_changed_data_are_told(tmp_path: Path) -> None:
    target = tmp_path / "learned.json"
    note("stage", target)
    target.write_text(target.read_text(encoding="utf-8").replace('"data": "', '"data": "0'), encoding="utf-8")
    assert changed_since(target) == {"stage": ["data"]}


def test_weights_that_nobody_noted_are_told(tmp_path: Path) -> None:
    target = tmp_path / "learned.json"
    note("stage", target)
    target.write_text(target.read_text(encoding="utf-8").replace('"weights": "', '"weights": "0'), encoding="utf-8")
    assert "stage" in unlearned(target)
