"""The parts of the accuracy page: goals, what remains by kind, the drawing, and the page itself."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.catalog import Catalog, Variant
from engine.chat_file import Chat
from training import page
from training.goal import Goal, as_markdown, goals_of_shops
from training.labelled_chat import NO_DRAFT, Draft, LabelledChat, Line
from training.reading import ShopReading
from training.reliability import drawing
from training.remaining import as_markdown as remaining_as_markdown
from training.remaining import remaining
from training.score import score_chat
from training.shops import Shop

SHOP = Shop("plants", "everyday", Path("plants.csv"), Path("plants.jsonl"))
SHOP.__dict__["catalog"] = Catalog(
    Variant(sku, group, group) for sku, group in (("R1", "ROSE"), ("R2", "ROSE"), ("L1", "LILY"))
)


def reading(gold: tuple[Line, ...], read: tuple[Line, ...], **more: str) -> ShopReading:
    wanted = Draft("order", gold, {**NO_DRAFT.fields, **more}, intents={"m1": "purchase"})
    labelled = LabelledChat(Chat("c1", ()), wanted)
    predicted = Draft("order" if read else "none", read, intents={"m1": "purchase" if read else "other"})
    return ShopReading(SHOP, score_chat(labelled, predicted), None, 1.0)


@pytest.mark.parametrize(
    ("gold", "read", "kind"),
    [
        (Line(sku="R1", quantity=1), Line(sku="R2", quantity=1), "another variant of the right product"),
        (Line(sku="R1", quantity=1), Line(sku="L1", quantity=1), "another product"),
        (Line(sku="R1", quantity=1), Line(sku="R1", quantity=2), "quantity wrong"),
        (Line(sku="R1", quantity=1), Line(item_group_id="ROSE", missing=("size",)), "open line where a SKU was said"),
        (Line(sku="R1", quantity=1), Line(candidates=("ROSE", "LILY")), "open line where a SKU was said"),
        (Line(item_group_id="ROSE", quantity=1), Line(sku="R2", quantity=1), "SKU where the line is open"),
        (Line(sku="R1", quantity=1), Line(text="gulab"), "not found where the shop sells it"),
        (Line(text="gulab"), Line(sku="R1"), "product where the shop does not sell it"),
    ],
)
def test_line_that_is_misread_is_of_one_kind(gold: Line, read: Line, kind: str) -> None:
    assert dict(remaining([reading((gold,), (read,))])) == {kind: 1}


def test_lines_stages_fields_and_intents_are_counted() -> None:
    counts = remaining([reading((Line(sku="R1", quantity=1),), (), name="Asha")])

    assert dict(counts) == {
        "line missed": 1, "stage order read as none": 1, "name missed": 1, "purchase read as other": 1,
    }  # fmt: skip


def test_groups_stand_side_by_side_lines_first() -> None:
    missed = reading((Line(sku="R1", quantity=1),), (), name="Asha")

    rows = remaining_as_markdown({"one": [missed], "two": [missed, missed]}).splitlines()

    assert rows[0] == "| what | one | two |"
    assert rows[2:] == [
        "| line missed | 1 | 2 |",
        "| stage order read as none | 1 | 2 |",
        "| name missed | 1 | 2 |",
        "| purchase read as other | 1 | 2 |",
    ]


def test_goals_stand_beside_what_is_reached() -> None:
    right = Line(sku="R1", quantity=1)

    reached = {(goal.on, goal.figure): goal for goal in goals_of_shops([reading((right,), (right,))])}

    assert reached["plants", "line_f1"].is_reached
    assert reached["all five", "wrong_sku_rate"].is_reached
    assert not reached["grocery", "line_f1"].is_reached
    assert reached["grocery", "line_f1"].cells == ("grocery", "line_f1", "≥ 0.780", "no such chats here", "")


def test_what_should_be_small_is_reached_below() -> None:
    rows = as_markdown([Goal("a", "x", 0.1, 0.2, at_most=True), Goal("a", "y", 0.1, 0.002, at_most=True, note="of 9")])

    assert rows.splitlines()[2:] == ["| a | x | ≤ 0.100 | 0.200 | no |", "| a | y | ≤ 0.100 | 0.0020 (of 9) | yes |"]


def test_drawing_has_a_dot_for_each_tenth_that_occurs() -> None:
    svg = ET.fromstring(drawing({"lines": [(0.95, True), (0.91, False), (0.2, False)], "orders": []}))  # noqa: S314 - our own

    dots = [dot for dot in svg.iter() if dot.tag.endswith("circle")]
    assert [dot[0].text for dot in dots] == ["0.00 of 1 are right", "0.50 of 2 are right"]


def test_parts_are_put_between_their_marks(tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text("# Title\n<!-- goals: make evaluate -->\nold\n<!-- end of goals -->\nafter\n", encoding="utf-8")

    page.write(target, {"goals": "new\n"})

    assert target.read_text(encoding="utf-8") == (
        "# Title\n<!-- goals: make evaluate -->\n\nnew\n\n<!-- end of goals -->\nafter\n"
    )


def test_page_without_marks_becomes_the_parts(tmp_path: Path) -> None:
    page.write(tmp_path / "new.md", {"goals": "one\n", "shops": "two\n"})

    assert (tmp_path / "new.md").read_text(encoding="utf-8") == "one\n\ntwo\n"
