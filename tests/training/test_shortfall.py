"""The accuracy page says of each figure that is out of reach what went wrong, how often, and what it would take."""

from pathlib import Path

import pytest

from engine.catalog import Catalog, Variant
from engine.chat_file import Chat
from training.cause import causes
from training.goal import Goal
from training.labelled_chat import NO_DRAFT, Draft, LabelledChat, Line
from training.reading import ShopReading
from training.score import score_chat
from training.shops import Shop
from training.shortfall import as_markdown

SHOP = Shop("plants", "everyday", Path("plants.csv"), Path("plants.jsonl"))
SHOP.__dict__["catalog"] = Catalog(Variant(sku, sku[0], sku) for sku in ("R1", "R2", "L1"))
ROSE, OTHER_ROSE, LILY = (Line(sku=sku, quantity=1) for sku in ("R1", "R2", "L1"))


def reading(gold: tuple[Line, ...], read: tuple[Line, ...], confidence: float = 0.5) -> ShopReading:
    labelled = LabelledChat(Chat("c1", ()), Draft("order", gold, NO_DRAFT.fields))
    predicted = Draft("order" if read else "none", read, NO_DRAFT.fields, confidence)
    return ShopReading(SHOP, score_chat(labelled, predicted), None, 1.0)


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        ((), "no order heard"),
        ((OTHER_ROSE, LILY), "one line: another variant of the right product"),
        ((OTHER_ROSE,), "several lines"),
    ],
)
def test_an_order_is_missed_for_one_reason(read: tuple[Line, ...], kind: str) -> None:
    assert causes("order_exact_of_orders", [reading((ROSE, LILY), read)]) == {kind: 1}


def test_right_orders_have_no_causes() -> None:
    assert not causes("order_exact_of_orders", [reading((ROSE,), (ROSE,))])


def test_only_the_surest_drafts_keep_coverage_down() -> None:
    right, wrong = reading((ROSE,), (ROSE,), 0.5), reading((ROSE,), (LILY,), 0.9)
    doubtful = reading((ROSE,), (LILY,), 0.1)
    found = causes("coverage_at_0.98", [right, wrong, doubtful])
    assert found == {"among the surest half of 3 drafts, one line: another product": 1}


def test_confidence_is_off_to_either_side() -> None:
    modest = [reading((ROSE,), (Line(sku="R1", quantity=1, confidence=0.25),)) for _ in range(4)]
    bold = [reading((ROSE,), (Line(sku="L1", quantity=1, confidence=0.75),)) for _ in range(4)]
    assert causes("line_confidence_ece", modest + bold) == {
        "lines righter than they were sure": 3, "lines surer than they were right": 3,
    }  # fmt: skip


def test_a_figure_that_is_reached_is_no_shortfall() -> None:
    assert as_markdown([Goal("plants", "line_f1", 0.9, 0.95)]) == "Every figure that was measured is reached.\n"


def test_a_figure_that_was_not_measured_is_none_either() -> None:
    assert "plants" not in as_markdown([Goal("plants", "line_f1", 0.9, None, note="data not here")])


def test_what_is_short_stands_with_its_errors_the_most_frequent_first() -> None:
    table = as_markdown([Goal("plants", "line_f1", 0.9, 0.8, errors={"line missed": 1, "quantity wrong": 3})])
    assert "| plants | line_f1 | 0.800, ≥ 0.900 | 3 quantity wrong; 1 line missed |" in table
