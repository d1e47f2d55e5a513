"""`make evaluate`: the table, what has changed since, and chats shown with gold beside prediction."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from engine.catalog import Catalog, Variant
from engine.chat_file import Chat
from engine.chat_file.jsonl import message_of
from engine.conversation import Message, Span
from engine.engine import Engine
from engine.order import Candidate, Details, DraftOrder, Intent, MessageIntent, OrderLine, Question, QuestionKind, Stage
from engine.order_json import order_to_json
from training.evaluate import evaluate
from training.labelled_chat import NO_DRAFT, Draft, LabelledChat, Line, read_labelled
from training.reading import ShopReading
from training.report import as_markdown, as_table, report_rows
from training.score import figures, score_chat
from training.shops import BENCHMARK, Shop
from training.side_by_side import show

app = typer.Typer()
app.command()(evaluate)

SHOP = Shop("roses", "hard", Path("roses.csv"), Path("roses.jsonl"))
SHOP.__dict__["catalog"] = Catalog([Variant("R", "ROSE", "Gulab"), Variant("W", "LILY", "Lily [white]")])


def message(text: str) -> Message:
    return message_of({"id": "m1", "at": "2026-03-02T10:15:00+05:30", "from": "customer", "type": "text", "text": text})


def reading(text: str = "2 gulab, 1 lily", *lines: OrderLine, name: str = "c1") -> ShopReading:
    """A chat whose gold is two roses and a lily, for Asha, and that was read as `lines`."""
    gold = Draft(
        "order",
        (Line(sku="R", quantity=2), Line(sku="W", quantity=1)),
        {**NO_DRAFT.fields, "name": "Asha [Rao]"},
        intents={"m1": "purchase"},
    )
    labelled = LabelledChat(Chat(name, (message(text),)), gold, ("list",))
    draft = DraftOrder(
        Stage.ORDER if lines else Stage.NONE,
        lines,
        Details(),
        0.7,
        (Question(QuestionKind.ADDRESS, "Where to?"),),
        (MessageIntent("m1", Intent.INQUIRY, 0.6),),
    )
    return ShopReading(SHOP, score_chat(labelled, Draft.from_json(order_to_json(draft))), draft, 1.5)


def roses(quantity: int, text: str = "2 gulab") -> OrderLine:
    return OrderLine(
        Decimal(quantity),
        0.9,
        sku="R",
        item_group_id="ROSE",
        candidates=(Candidate("LILY", "W", "Lily", 0.4),),
        evidence=(Span("m1", 0, len(text), text),),
        reasons=("gulab is its title",),
    )


def shown(read: ShopReading) -> str:
    console = Console(width=160, file=StringIO())
    show(read, console)
    return console.file.getvalue()


def test_a_chat_shows_what_is_right_missed_and_too_much_with_the_reasons() -> None:
    text = shown(reading("2 gulab, 1 lily", roses(2), OrderLine(Decimal(3), 0.3, text="vase")))

    assert "right" in text
    assert "missed" in text
    assert "1 x W (Lily [white])" in text
    assert "3 x not sold: 'vase'" in text
    assert "gulab is its title" in text
    assert "of W 0.40" in text
    assert "m1 «2 gulab»" in text
    assert "«2 gulab»1, 1 lily" in text
    assert "candidate 1 of line 1" in text
    assert "purchase read inquiry 0.60" in text
    assert "Asha [Rao]" in text
    assert "would ask: Where to?" in text


def test_a_wrong_quantity_shows_both() -> None:
    row = next(line for line in shown(reading("2 gulab", roses(5))).splitlines() if "quantity" in line)

    assert "2 x R" in row
    assert "5 x R" in row


@given(st.text(max_size=40))
def test_no_words_break_the_view(text: str) -> None:
    assert shown(reading(text, roses(2, text)))


def test_figures_that_changed_are_shown_beside_the_new_ones() -> None:
    rows = report_rows([reading("2 gulab", roses(2))])
    console = Console(width=200, file=StringIO())

    console.print(as_table(rows, {"roses": {**rows[0].figures, "line_recall": 0.1, "line_f1": 0.5}}))

    assert "+0.167" in console.file.getvalue()
    assert as_markdown(rows).splitlines()[2].startswith("| roses | 1 | 0.000 |")


def test_groups_add_up_their_shops() -> None:
    other = Shop("lilies", "own", Path("lilies.csv"), Path("lilies.jsonl"))
    readings = [reading("2 gulab", roses(2)), ShopReading(other, reading().score, None, 2.0, ValueError("no"))]

    rows = {row.name: row for row in report_rows(readings)}

    assert list(rows) == ["roses", "lilies", "hard", "benchmark", "own"]
    assert rows["hard"].figures == rows["roses"].figures
    assert rows["own"].figures["chats"] == 1


def test_the_report_holds_the_figures_of_the_written_predictions(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--no-own", "--shop", "plants", "--json", "--predictions", str(tmp_path)])

    report = json.loads(result.stdout)
    rows = map(json.loads, (tmp_path / "plants.pred.jsonl").read_text(encoding="utf-8").splitlines())
    drafts = {row["id"]: Draft.from_json(row) for row in rows}
    chats = read_labelled(BENCHMARK / "chats" / "plants.jsonl")
    expected = figures([score_chat(chat, drafts[chat.id]) for chat in chats])
    assert {name: report["figures"]["plants"][name] for name in expected} == pytest.approx(expected)
    assert len(report["exact"]) == len(chats)


def test_chats_that_changed_since_an_earlier_report_are_named(tmp_path: Path) -> None:
    arguments = ["--no-own", "--shop", "plants"]
    report = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    name, was_exact = next(iter(report["exact"].items()))
    report["exact"][name] = not was_exact
    before = tmp_path / "before.json"
    before.write_text(json.dumps(report), encoding="utf-8")

    result = CliRunner().invoke(app, [*arguments, "--against", str(before)])

    assert f"{'mended' if was_exact else 'broken'} (1): {name}" in result.output


def test_a_chat_can_be_asked_for_by_name_and_a_tag_can_choose() -> None:
    one = CliRunner().invoke(app, ["--no-own", "--chat", "kurti-001"])
    tagged = CliRunner().invoke(app, ["--no-own", "--shop", "kurti", "--tag", "gift", "--tags", "--intents"])

    assert one.exit_code == tagged.exit_code == 0
    assert "kurti-001" in one.output
    assert "gift" in tagged.output
    assert "read as" in tagged.output


def test_an_unknown_shop_is_told_with_the_known_ones() -> None:
    result = CliRunner().invoke(app, ["--no-own", "--shop", "kurtis"])

    assert result.exit_code == 2
    assert "kurtis" in result.output
    assert "grocery" in result.output


def test_a_crash_counts_as_a_wrong_chat_and_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> DraftOrder:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(Engine, "read", crash)

    result = CliRunner().invoke(app, ["--no-own", "--shop", "plants", "--json"])

    assert result.exit_code == 1
    assert "plants-001: the engine raised ZeroDivisionError('on purpose')" in result.stderr
