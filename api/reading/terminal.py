"""A draft order for the eyes of a seller at a terminal."""

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.reading.sureness import SURE, color_of
from engine.catalog import Catalog
from engine.chat_file import Chat
from engine.order import Details, DraftOrder, OrderLine, Stage

ALTERNATIVES = 3
_STAGES = {
    Stage.ORDER: "[bold green]order[/]",
    Stage.NONE: "[dim]no order[/]",
    Stage.CANCELLED: "[yellow]cancelled[/]",
}


def show_draft(
    chat: Chat, draft: DraftOrder, catalog: Catalog, console: Console, *, with_reasons: bool = False
) -> None:
    """Print what the engine made of a chat: lines with the words that made them, details, questions."""
    parts: list[RenderableType] = []
    if draft.lines:
        parts.append(_lines(draft, catalog))
    if with_reasons:
        parts += [_why(number, line) for number, line in enumerate(draft.lines, 1)]
    if details := _details(draft.details):
        parts.append(details)
    parts += [Text(f"Ask: {question.text}", style="italic yellow") for question in draft.questions]
    console.print(Panel(Group(*parts), title=_title(chat, draft), title_align="left", border_style="dim"))


def _title(chat: Chat, draft: DraftOrder) -> str:
    confidence = f"  {draft.confidence:.0%} sure" if draft.stage is Stage.ORDER else ""
    return f"[bold]{escape(chat.id)}[/]  {_STAGES[draft.stage]}{confidence}  [dim]{len(chat.messages)} messages"


def _lines(draft: DraftOrder, catalog: Catalog) -> Table:
    table = Table(header_style="bold", expand=True)
    table.add_column("qty", justify="right")
    table.add_column("what", ratio=4)
    table.add_column("SKU", ratio=2)
    table.add_column("sure", justify="right")
    table.add_column("because of the words", ratio=3)
    for line in draft.lines:
        table.add_row(f"{line.quantity:f}", _what(line, catalog), _sku(line), _sureness(line), _said(line))
    return table


def _what(line: OrderLine, catalog: Catalog) -> Text:
    variant = catalog.variant(line.sku) if line.sku else None
    if variant:
        return Text(" · ".join((variant.title, *variant.options.values())))
    product = catalog.product(line.item_group_id) if line.item_group_id else None
    if product:
        known = " · ".join((product.title, *line.options.values()))
        return Text.assemble(known, (f"  which {' and '.join(line.missing)}?", "yellow"))
    if line.candidates:
        titles = dict.fromkeys(candidate.title for candidate in line.candidates)
        return Text(f"one of: {', '.join(titles)}", style="yellow")
    return Text(f"not in the catalogue: {line.text}", style="red")


def _sku(line: OrderLine) -> Text:
    """The SKU; of an unsure line also what else it may be."""
    others = [c.sku for c in line.candidates if c.sku and c.sku != line.sku][:ALTERNATIVES]
    text = Text(line.sku or "")
    if line.sku and others and line.confidence < SURE:
        text.append(f"\nor {', '.join(others)}", style="dim")
    return text


def _sureness(line: OrderLine) -> str:
    return f"[{color_of(line.confidence)}]{line.confidence:.0%}"


def _said(line: OrderLine) -> Text:
    return Text(" … ".join(span.text for span in line.evidence if span.text) or "the picture or the cart", style="dim")


def _why(number: int, line: OrderLine) -> Text:
    return Text("\n".join((f"Line {number}:", *(f"  {reason}" for reason in line.reasons))), style="dim")


def _details(details: Details) -> Table | None:
    """The filled fields, or None where there is none."""
    address = details.address.text if details.address else None
    fields = {
        "name": details.name,
        "phone": details.phone,
        "address": address,
        "PIN code": details.pincode,
        "city": details.city,
        "payment": details.payment,
        "deliver on": details.deliver_on and f"{details.deliver_on:%A, %d %B %Y}",
    }
    table = Table(box=None, show_header=False)
    for name, value in fields.items():
        if value:
            table.add_row(f"[dim]{name}", Text(value))
    return table if table.row_count else None
