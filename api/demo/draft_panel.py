"""An order as the terminal shows it: lines with the words that made them, and what is still to ask."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.order.models import OrderStatus
from api.order.schemas import EvidenceOut, LineOut, OrderDetail
from api.reading.sureness import color_of
from api.stock.quantity import plain

_BAR = 6


def draft_panel(order: OrderDetail, color: str, *, with_sku: bool = False) -> RenderableType:
    """An order in a frame of its customer's color."""
    parts: list[RenderableType] = [_lines(order.lines, with_sku=with_sku)]
    if details := _details(order):
        parts.append(details)
    parts += [Text(f"Ask: {question.text}", style="italic yellow") for question in order.questions]
    confirmed = order.status is OrderStatus.CONFIRMED
    name = order.customer.name or order.customer.phone or ""
    title = Text.assemble((name, f"bold {color}"), f"  order {order.number}  ", _status(order))
    return Panel(
        Group(*parts),
        title=title,
        title_align="left",
        subtitle=money(order.total_amount, order.currency),
        subtitle_align="right",
        border_style="green" if confirmed else color,
        padding=(0, 1),
    )


def money(minor: int, currency: str) -> str:
    """An amount as people write it.

    >>> money(104750, "INR")
    '1,047.50 INR'
    """
    return f"{minor / 100:,.2f} {currency}"


def _status(order: OrderDetail) -> Text:
    return Text(order.status.value, style="bold green" if order.status is OrderStatus.CONFIRMED else "dim")


def _lines(lines: Iterable[LineOut], *, with_sku: bool) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(justify="right")
    table.add_column(ratio=5)
    if with_sku:
        table.add_column(ratio=3)
    table.add_column(no_wrap=True)
    table.add_column(ratio=4)
    for line in lines:
        sku = [Text(line.sku or "", style="dim")] if with_sku else []
        table.add_row(plain(line.quantity), _what(line), *sku, _sureness(line.confidence), _words(line.evidence))
    return table


def _what(line: LineOut) -> Text:
    name = " · ".join((line.title or line.text, *map(str, line.options.values())))
    text = Text(name)
    if line.missing:
        text.append(f"  which {' and '.join(line.missing)}?", style="yellow")
    for warning in line.warnings:
        text.append(f"  {warning.message}", style="red")
    return text


def _sureness(confidence: float | None) -> Text:
    """A bar and a percentage; nothing for what a person added."""
    if confidence is None:
        return Text()
    full = round(confidence * _BAR)
    style = color_of(confidence)
    return Text.assemble(("━" * full, style), ("━" * (_BAR - full), "bright_black"), (f" {confidence:4.0%}", style))


def _words(evidence: Iterable[EvidenceOut]) -> Text:
    said = " … ".join(span.text for span in evidence if span.text)
    return Text(f"“{said}”" if said else "the cart", style="dim italic")


def _details(order: OrderDetail) -> Text | None:
    """Where it goes and how it is paid, in one line; None where nothing is known."""
    details = order.details
    place = " ".join(part for part in (details.address, details.pincode) if part)
    known = [details.name, place, details.payment and details.payment.upper(), details.deliver_on]
    shown = "  ·  ".join(str(each) for each in known if each)
    return Text(f"→ {shown}", style="cyan") if shown else None
