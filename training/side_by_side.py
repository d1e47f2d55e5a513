"""One chat for the eye: what was said with the evidence marked, gold and prediction beside each other."""

from collections.abc import Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from engine.catalog import Catalog
from engine.order import DraftOrder
from training.labelled_chat import FIELDS, Line
from training.marked_text import line_color, marked, marks_of
from training.reading import ShopReading
from training.score import NO_INTENT, ChatScore

MOST_CANDIDATES = 4


def show(reading: ShopReading, console: Console) -> None:
    """Print one chat: its messages, its lines, its fields, its questions."""
    console.print(Rule(_title(reading), align="left", style=_color(reading.score)))
    if reading.error:
        console.print(Text(f"the engine raised {type(reading.error).__name__}: {reading.error}", style="bold red"))
    for part in (_messages(reading), _lines(reading), *_fields(reading.score), *_questions(reading.draft)):
        console.print(part)
    console.print()


def _color(score: ChatScore) -> str:
    if score.is_exact:
        return "green"
    return "yellow" if score.order_is_exact else "red"


def _title(reading: ShopReading) -> str:
    score = reading.score
    stage = f"stage {score.gold.stage}"
    if not score.stage_is_right:
        stage += f" [bold red]but read {score.predicted.stage}[/]"
    tags = escape(", ".join(score.labelled.tags))
    confidence = score.predicted.confidence
    return f"[bold]{escape(score.labelled.id)}[/]  {stage}  confidence {confidence:.2f}  [dim]{tags}"


def _messages(reading: ShopReading) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in ("id", "time", "side"):
        table.add_column(name, style="dim", no_wrap=True)
    table.add_column("text", ratio=1)
    table.add_column("intent", no_wrap=True)
    marks = tuple(marks_of(reading.draft))
    for message in reading.score.labelled.chat.messages:
        table.add_row(
            message.id,
            message.at.strftime("%a %d %H:%M"),
            "" if message.from_customer else "shop",
            marked(message, marks),
            _intent(reading, message.id),
        )
    return table


def _intent(reading: ShopReading, message_id: str) -> str:
    gold = reading.score.gold.intents.get(message_id)
    predicted = reading.score.predicted.intents.get(message_id, NO_INTENT)
    if gold is None:
        return ""
    if gold == predicted:
        return f"[green]{gold}"
    reads = reading.draft.intents if reading.draft else ()
    probability = next((f" {read.probability:.2f}" for read in reads if read.message_id == message_id), "")
    return f"{gold} [red]read {predicted}{probability}"


def _lines(reading: ShopReading) -> RenderableType:
    alignment = reading.score.alignment
    table = Table(box=box.SIMPLE, header_style="bold", expand=True, padding=(0, 1))
    for heading, ratio in (("", None), ("gold", 3), ("#", None), ("predicted", 3), ("conf.", None), ("because", 4)):
        table.add_column(heading, ratio=ratio)
    for gold, predicted in alignment.right:
        _add_line(table, "[green]right", gold, predicted, reading)
    for gold, predicted in alignment.wrong_quantity:
        _add_line(table, "[yellow]quantity", gold, predicted, reading)
    for gold in alignment.missed:
        _add_line(table, "[red]missed", gold, None, reading)
    for predicted in alignment.extra:
        _add_line(table, "[red]extra", None, predicted, reading)
    return table if table.row_count else Text("no lines, as it should be", style="dim")


def _add_line(table: Table, verdict: str, gold: Line | None, predicted: Line | None, reading: ShopReading) -> None:
    catalog = reading.shop.catalog
    wanted = Text(_what(gold, catalog) if gold else "")
    if predicted is None:
        table.add_row(verdict, wanted, "", "", "", Text(_where_it_was(gold, reading.draft), style="dim"))
        return
    index = next(i for i, line in enumerate(reading.score.predicted.lines) if line is predicted)
    what = Text(_what(predicted, catalog), style=line_color(index))
    confidence = "" if predicted.confidence is None else f"{predicted.confidence:.2f}"
    table.add_row(verdict, wanted, str(index + 1), what, confidence, _because(reading.draft, index))


def _where_it_was(gold: Line | None, draft: DraftOrder | None) -> str:
    """Where the right SKU or product stood among the candidates: was it not found, or not chosen?"""
    if gold is None or draft is None or not (gold.sku or gold.item_group_id):
        return ""
    places = [
        f"candidate {place} of line {number}"
        for number, line in enumerate(draft.lines, 1)
        for place, candidate in enumerate(line.candidates, 1)
        if (candidate.sku == gold.sku if gold.sku else candidate.item_group_id == gold.item_group_id)
    ]
    return "; ".join(places[:2]) or "no candidate of any line"


def _because(draft: DraftOrder | None, index: int) -> Text:
    """The words that made a line, the engine's reasons, and what else the line may have been."""
    if draft is None:
        return Text()
    line = draft.lines[index]
    words = " … ".join(f"{span.message_id} «{span.text}»" for span in line.evidence)
    others = ", ".join(f"{c.sku or c.item_group_id} {c.score:.2f}" for c in line.candidates[:MOST_CANDIDATES])
    parts = [(words, line_color(index)), ("; ".join(line.reasons), "dim"), (others and f"of {others}", "dim italic")]
    return Text("\n").join(Text(text, style=style) for text, style in parts if text)


def _what(line: Line, catalog: Catalog) -> str:
    """A line in words: how many of what."""
    quantity = "?" if line.quantity is None else f"{line.quantity:g}"
    return f"{quantity} x {_thing(line, catalog)}"


def _thing(line: Line, catalog: Catalog) -> str:
    if line.sku:
        variant = catalog.variant(line.sku)
        named = " · ".join((variant.title, *variant.options.values())) if variant else "not in the catalogue"
        return f"{line.sku} ({named})"
    if line.item_group_id:
        known = ", ".join(f"{name} {value}" for name, value in line.options) or "nothing"
        product = catalog.product(line.item_group_id)
        title = product.title if product else "not in the catalogue"
        return f"{line.item_group_id} ({title}) knowing {known}, missing {', '.join(line.missing)}"
    if line.candidates:
        return f"one of {', '.join(line.candidates)}"
    return f"not sold: {line.text!r}"


def _fields(score: ChatScore) -> Iterator[RenderableType]:
    """The fields that anybody filled: right ones plain, wrong ones with both values."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in FIELDS:
        gold, predicted = score.gold.fields[name], score.predicted.fields[name]
        if name in score.wrong_fields:
            table.add_row(f"[red]{name}", _value("gold", gold, "green"), _value("read", predicted, "red"))
        elif gold is not None:
            table.add_row(f"[green]{name}", Text(gold), "" if gold == predicted else _value("read", predicted, "dim"))
    if table.row_count:
        yield table


def _value(who: str, value: str | None, style: str) -> Text:
    return Text.assemble((who, "dim"), " ", ("nothing" if value is None else repr(value), style))


def _questions(draft: DraftOrder | None) -> Iterator[RenderableType]:
    for question in draft.questions if draft else ():
        yield Text(f"would ask: {question.text}", style="italic")
