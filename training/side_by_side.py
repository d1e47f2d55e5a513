"""One chat for the eye: what was said with the evidence marked, gold and prediction beside each other."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from engine.catalog import Catalog
from engine.conversation import Message, MessageKind, Span
from engine.order import DraftOrder
from training.labelled_chat import FIELDS, Line
from training.reading import ShopReading
from training.score import NO_INTENT, ChatScore

# One color a predicted line: the same in the table and on the words that made it.
LINE_COLORS = ("cyan", "magenta", "yellow", "green", "bright_blue", "bright_red", "bright_cyan", "bright_magenta")
FIELD_STYLE = "underline"


def show(reading: ShopReading, console: Console) -> None:
    """Print one chat: its messages, its lines, its fields, its questions."""
    score = reading.score
    parts: list[RenderableType] = [_messages(reading)]
    if reading.error:
        parts.append(Text(f"the engine raised {type(reading.error).__name__}: {reading.error}", style="bold red"))
    parts += [_lines(reading), *_fields(score), *_questions(reading.draft)]
    console.print(Panel(Group(*parts), title=_title(reading), title_align="left", border_style=_border(score)))


def _border(score: ChatScore) -> str:
    if score.is_exact:
        return "green"
    return "yellow" if score.order_is_exact else "red"


def _title(reading: ShopReading) -> str:
    score = reading.score
    stage = f"stage {score.gold.stage}"
    if not score.stage_is_right:
        stage += f" [bold red]but read {score.predicted.stage}[/]"
    confidence = f"confidence {score.predicted.confidence:.2f}"
    return f"[bold]{escape(score.labelled.id)}[/]  {stage}  {confidence}  [dim]{escape(', '.join(score.labelled.tags))}"


def _messages(reading: ShopReading) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column("id", style="dim", no_wrap=True)
    table.add_column("time", style="dim", no_wrap=True)
    table.add_column("side", no_wrap=True)
    table.add_column("text", ratio=1)
    table.add_column("intent", no_wrap=True, justify="right")
    spans = tuple(_marked_spans(reading.draft))
    gold = reading.score.gold.intents
    for message in reading.score.labelled.chat.messages:
        predicted = reading.score.predicted.intents.get(message.id, NO_INTENT)
        table.add_row(
            message.id,
            message.at.strftime("%a %d %H:%M"),
            "[bold]customer" if message.from_customer else "[dim]shop",
            _said(message, spans),
            _intent(gold.get(message.id), predicted),
        )
    return table


def _marked_spans(draft: DraftOrder | None) -> Iterator[tuple[Span, str]]:
    """Each span of evidence with the style in which to show it."""
    if draft is None:
        return
    for spans in draft.details.evidence.values():
        yield from ((span, FIELD_STYLE) for span in spans)
    for index, line in enumerate(draft.lines):
        yield from ((span, f"bold {_color(index)}") for span in line.evidence)


def _said(message: Message, spans: Iterable[tuple[Span, str]]) -> Text:
    text = Text(message.text, style="" if message.from_customer else "dim")
    for span, style in spans:
        if span.message_id == message.id:
            text.stylize(style, span.start, span.end)
    before = _attached(message)
    return Text.assemble((before, "italic blue"), " ", text) if before else text


def _attached(message: Message) -> str:
    """What a message carries besides words."""
    parts = [] if message.kind is MessageKind.TEXT else [f"[{message.kind}]"]
    parts += [part for part in (message.sku, message.item_group_id, message.emoji) if part]
    parts += [f"{item.sku} x {item.quantity}" for item in message.items]
    if message.reply_to:
        parts.append(f"(to {message.reply_to})")
    return " ".join(parts)


def _intent(gold: str | None, predicted: str) -> str:
    if gold is None:
        return ""
    return f"[green]{gold}" if gold == predicted else f"[red]{predicted}[/] [dim]not[/] {gold}"


def _lines(reading: ShopReading) -> RenderableType:
    alignment, catalog = reading.score.alignment, reading.shop.catalog
    table = Table(header_style="bold", expand=True)
    for heading in ("", "gold", "predicted", "conf.", "because"):
        table.add_column(heading, ratio={"gold": 3, "predicted": 3, "because": 3}.get(heading))
    for gold, predicted in alignment.right:
        _line(table, "[green]right", gold, predicted, reading)
    for gold, predicted in alignment.wrong_quantity:
        _line(table, "[yellow]quantity", gold, predicted, reading)
    for gold in alignment.missed:
        table.add_row("[red]missed", Text(_what(gold, catalog)), "", "", "")
    for predicted in alignment.extra:
        _line(table, "[red]extra", None, predicted, reading)
    return table if table.row_count else Text("no lines, as it should be" if alignment.is_exact else "", style="dim")


def _line(table: Table, verdict: str, gold: Line | None, predicted: Line, reading: ShopReading) -> None:
    index = next(i for i, line in enumerate(reading.score.predicted.lines) if line is predicted)
    what = _what(predicted, reading.shop.catalog)
    confidence = "" if predicted.confidence is None else f"{predicted.confidence:.2f}"
    table.add_row(
        verdict,
        Text(_what(gold, reading.shop.catalog) if gold else ""),
        Text(what, style=_color(index)),
        confidence,
        _because(reading.draft, index),
    )


def _because(draft: DraftOrder | None, index: int) -> Text:
    """The words that made a line, the engine's reasons, and what else the line may have been."""
    if draft is None:
        return Text()
    line = draft.lines[index]
    words = " … ".join(span.text or f"[{span.message_id}]" for span in line.evidence)
    others = ", ".join(f"{c.sku or c.item_group_id} {c.score:.2f}" for c in line.candidates[:4])
    parts = [(words, _color(index)), *((reason, "dim") for reason in line.reasons)]
    if others:
        parts.append((f"or {others}", "dim italic"))
    return Text("\n").join(Text(text, style=style) for text, style in parts if text)


def _color(index: int) -> str:
    return LINE_COLORS[index % len(LINE_COLORS)]


def _what(line: Line, catalog: Catalog) -> str:
    """A line in words: how many of what."""
    return f"{_quantity(line)} x {_thing(line, catalog)}"


def _quantity(line: Line) -> str:
    return "?" if line.quantity is None else f"{line.quantity:g}"


def _thing(line: Line, catalog: Catalog) -> str:
    if line.sku:
        variant = catalog.variant(line.sku)
        named = f"{variant.title} {' '.join(variant.options.values())}".strip() if variant else "not in the catalogue"
        return f"{line.sku} ({named})"
    if line.item_group_id:
        known = ", ".join(f"{name} {value}" for name, value in line.options)
        product = catalog.product(line.item_group_id)
        return f"{line.item_group_id} ({product.title if product else '?'}; {known}) without {', '.join(line.missing)}"
    if line.candidates:
        return f"one of {', '.join(line.candidates)}"
    return f"not sold: {line.text!r}"


def _fields(score: ChatScore) -> list[RenderableType]:
    """The fields that anybody filled: right ones plain, wrong ones with both values."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    for name in FIELDS:
        gold, predicted = score.gold.fields[name], score.predicted.fields[name]
        if name in score.wrong_fields:
            table.add_row(f"[red]{name}", _value("gold", gold, "green"), _value("predicted", predicted, "red"))
        elif gold is not None:
            same = gold == predicted
            table.add_row(f"[green]{name}", Text(gold), "" if same else _value("as", predicted, "dim"))
    return [table] if table.row_count else []


def _value(who: str, value: str | None, style: str) -> Text:
    return Text.assemble((who, "dim"), " ", ("nothing" if value is None else value, style))


def _questions(draft: DraftOrder | None) -> Sequence[RenderableType]:
    questions = draft.questions if draft else ()
    return [Text(f"would ask: {question.text}", style="italic") for question in questions]
