"""The screen: on the left what is written, on the right the orders that it comes to."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from rich.align import Align
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.layout import Layout
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from api.conversation.message_kind import KINDS
from api.conversation.models import Direction
from api.conversation.schemas import MessageOut
from api.demo.client import Shop
from api.demo.draft_panel import draft_panel
from api.inbox.schemas import ConversationOut
from api.order.schemas import EvidenceOut, OrderDetail
from api.reading.sureness import color_of

COLORS = ("cyan", "magenta", "blue", "bright_red", "bright_green", "bright_yellow")
_WIDE = 100  # columns from which both sides have room beside each other
_READ = {"delivered": " ✓✓", "read": " ✓✓"}

Marks = Mapping[int, list[tuple[EvidenceOut, str]]]  # by message: where it was said, and in which style


class Screen:
    """Draws looks at a shop, as high as the terminal and no higher."""

    def __init__(self, title: str, time_zone: str, height: int | None = None) -> None:
        self._title = title
        self._zone = ZoneInfo(time_zone)
        self._height = height

    def draw(self, shop: Shop) -> RenderableType:
        """One look, of this screen's height."""
        return _Fitted(self._title, chat(shop, self._zone), orders(shop), self._height)


def chat(shop: Shop, zone: ZoneInfo) -> RenderableType:
    """All messages, oldest first, with the words marked that orders stand on."""
    marks = _marks(shop.orders)
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for message in shop.messages:
        conversation = shop.conversations[message.conversation_id]
        table.add_row(f"{message.timestamp.astimezone(zone):%H:%M}", _who(message, conversation), _said(message, marks))
    return table


def orders(shop: Shop, *, with_sku: bool = False) -> RenderableType:
    """All orders, the latest changed first; and who has written but ordered nothing."""
    latest = sorted(shop.orders, key=lambda order: order.updated_at, reverse=True)
    panels = [draft_panel(order, customer_color(order.conversation_id or 0), with_sku=with_sku) for order in latest]
    ordering = {order.conversation_id for order in shop.orders}
    idle = [each for each in shop.conversations.values() if each.id not in ordering and not each.reading_is_due]
    notes = [Text(f"{name(each)}: no order", style=f"dim {customer_color(each.id)}") for each in idle]
    return Group(*panels, *notes)


def name(conversation: ConversationOut) -> str:
    """What to call the customer."""
    customer = conversation.customer
    return customer.name or customer.profile_name or customer.phone or "somebody"


def customer_color(conversation_id: int) -> str:
    """The color of everything that belongs to a conversation."""
    return COLORS[conversation_id % len(COLORS)]


def _who(message: MessageOut, conversation: ConversationOut) -> Text:
    first = name(conversation).split()[0]
    if message.direction is Direction.INBOUND:
        return Text(first, style=f"bold {customer_color(conversation.id)}")
    return Text(f"→ {first}", style=f"dim {customer_color(conversation.id)}")


def _said(message: MessageOut, marks: Marks) -> Text:
    outbound = message.direction is Direction.OUTBOUND
    words = Text(message.content, style="dim" if outbound else "")
    for span, style in marks.get(message.id, ()):
        words.stylize(style, span.start, span.end)
    if outbound:
        return words.append(_READ.get(message.status, ""), style="blue")
    if not (kind := _kind(message)):
        return words
    whole = [style for span, style in marks.get(message.id, ()) if not span.end]
    return Text(kind, style=whole[0] if whole else "italic").append(" ").append_text(words)


# Messages that are nothing but words.
_WORDS = frozenset({"text", "button"})


def _kind(message: MessageOut) -> str:
    """What stands before the words of a message that is more than its words."""
    if items := message.attributes.get("items"):
        return "[cart] " + ", ".join(f"{item['quantity']} {item['sku']}" for item in items)
    if place := message.attributes.get("location"):
        return f"[location] {place['name']}, {place['address']}"
    if message.type == "interactive":
        return "[tapped]"
    return f"[{KINDS[message.type].placeholder.lower()}]" if message.type in KINDS.keys() - _WORDS else ""


def _marks(shown: Iterable[OrderDetail]) -> Marks:
    marks: dict[int, list[tuple[EvidenceOut, str]]] = {}
    for span, style in (each for order in shown for each in _evidence(order)):
        marks.setdefault(span.message_id, []).append((span, style))
    return marks


def _evidence(order: OrderDetail) -> Iterator[tuple[EvidenceOut, str]]:
    """Where the order's details and lines were said, and in which style to mark it."""
    for spans in order.details_evidence.values():
        yield from ((span, "underline cyan") for span in spans)
    for line in order.lines:
        style = "bold underline" if line.confidence is None else f"bold underline {color_of(line.confidence)}"
        yield from ((span, style) for span in line.evidence)


class _Tail:
    """The last lines of something, as many as there is room for."""

    def __init__(self, content: RenderableType) -> None:
        self._content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._content, options.update(height=None))
        for line in lines[-(options.height or len(lines)) :]:
            yield from line
            yield Segment.line()


class _Fitted:
    """Both sides under a title, beside each other or one above the other, within a height."""

    def __init__(self, title: str, left: RenderableType, right: RenderableType, height: int | None) -> None:
        self._title, self._left, self._right, self._height = title, left, right, height

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        height = self._height or max(10, console.height - 2)
        sides = Layout()
        parts = Layout(Padding(_Tail(self._left), (0, 1, 0, 0)), ratio=4), Layout(self._right, ratio=5)
        if options.max_width >= _WIDE:
            sides.split_row(*parts)
        else:
            sides.split_column(*parts)
        whole = Layout()
        whole.split_column(Layout(Align.center(self._title, style="reverse bold"), size=1), sides)
        yield from console.render(whole, options.update(height=height))
