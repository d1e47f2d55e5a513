"""A message's words with the evidence marked in them, readable with colors and without."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from engine.conversation import Message, MessageKind, Span
from engine.order import DraftOrder

# One color a predicted line: the same in the table and on the words that made it.
LINE_COLORS = ("cyan", "magenta", "yellow", "green", "bright_blue", "bright_red", "bright_cyan", "bright_magenta")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of evidence and what it is evidence of: a line's number, or a field's name."""

    span: Span
    label: str
    style: str


def line_color(index: int) -> str:
    """The color of the draft's line at `index`."""
    return LINE_COLORS[index % len(LINE_COLORS)]


def marks_of(draft: DraftOrder | None) -> Iterator[Mark]:
    """All the evidence of a draft."""
    if draft is None:
        return
    for index, line in enumerate(draft.lines):
        yield from (Mark(span, str(index + 1), f"bold {line_color(index)}") for span in line.evidence)
    for field, spans in draft.details.evidence.items():
        yield from (Mark(span, field, "underline") for span in spans)


def marked(message: Message, marks: Iterable[Mark]) -> Text:
    """What a message holds: `[image] K-1 pink «2 of this»1`."""
    own = [mark for mark in marks if mark.span.message_id == message.id]
    text = _words(message, [mark for mark in own if mark.span.text])
    empty = "".join(f"«»{mark.label}" for mark in own if not mark.span.text)
    carried = " ".join(filter(None, (_carried(message), empty)))
    return Text.assemble((carried, "italic blue"), " " if text.plain else "", text) if carried else text


def _words(message: Message, marks: Iterable[Mark]) -> Text:
    """The text with « and »label set in; where stretches end and begin at one place, the end comes first."""
    points = sorted(
        [(mark.span.end, 0, f"»{mark.label}", mark.style) for mark in marks]
        + [(mark.span.start, 1, "«", mark.style) for mark in marks]
    )
    base = "" if message.from_customer else "dim"
    source = Text(message.text, style=base)
    for mark in marks:
        source.stylize(mark.style, mark.span.start, mark.span.end)
    text, done = Text(), 0
    for offset, _, sign, style in points:
        text.append_text(source[done:offset])
        text.append(sign, style)
        done = offset
    return text.append_text(source[done:])


def _carried(message: Message) -> str:
    """What a message carries besides words."""
    parts = [] if message.kind is MessageKind.TEXT else [f"[{message.kind}]"]
    parts += [part for part in (message.sku, message.item_group_id, message.emoji) if part]
    parts += [f"{item.sku} x {item.quantity:f}" for item in message.items]
    if message.reply_to:
        parts.append(f"(to {message.reply_to})")
    return " ".join(parts)
