"""What is measured on MultiDoGO: `python -m training.multidogo --errors address`.

Its typed chats are with a fast-food shop and with five services that take no orders. Only the customers' turns are
handed down, with an intent each, and a label for each word. Our engine has learned nothing from them. A turn orders
if its intent is one of the shop's order intents; it is read so if the engine takes it for a purchase or a change.
Since no shop is without a catalogue, turns are read twice: with none at all, and with a menu, which is the items
that the *training* half names at least three times, and no less often than it calls them something else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from engine.catalog import Catalog, Variant
from engine.conversation import Message, Span
from engine.dialogue.fold import ReadTurn
from engine.engine import Engine
from engine.extraction.detail.address import Tagged, tag_all
from engine.extraction.detail.heard import Turn as DetailTurn
from engine.extraction.detail.heard import hear
from engine.extraction.detail.phone import phones
from engine.extraction.detail.tagger import ADDRESS, OUTSIDE
from engine.extraction.number import NumberKind
from training.command import run
from training.public_data import PUBLIC, Count, rows_of, said, unheard
from training.score import BUYING

SERVICES = ("airline", "finance", "insurance", "media", "software")
_GOODS = frozenset({"food_item", "drink_item"})
_NOTHING = "O"
_FEWEST_MENTIONS, _SHORTEST_NAME = 3, 3
_COUNTING = frozenset({NumberKind.BARE, NumberKind.COUNT})

Place = tuple[int, int]  # words of a turn, the second exclusive


class Kind(StrEnum):
    """The labels that a shop's reader needs, by MultiDoGO's names."""

    QUANTITY = "quantity"
    PHONE = "phonenumber"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Turn:
    """A customer's turn. `labels` is empty where words and labels do not agree in number."""

    number: int
    text: str
    labels: tuple[str, ...]
    intents: frozenset[str]

    @property
    def orders(self) -> bool:
        """Whether it asks for goods."""
        return any(intent.startswith("order") for intent in self.intents)

    def spans(self, kind: str) -> set[Place]:
        """Where words of a label stand together."""
        found, position = set(), 0
        for label, group in groupby(self.labels):
            length = sum(1 for _ in group)
            if label == kind:
                found.add((position, position + length))
            position += length
        return found


@dataclass(frozen=True, slots=True)
class Chat:
    """A customer's turns, in order."""

    turns: tuple[Turn, ...]

    def messages(self) -> list[Message]:
        """The turns as messages; where turn numbers show that the shop spoke, a message of it without words."""
        messages: list[Message] = []
        last = -1
        for turn in self.turns:
            if turn.number > last + 1:
                messages.append(unheard(turn.number - 1))
            messages.append(said(turn.number, turn.text))
            last = turn.number
        return messages


@dataclass(frozen=True)
class FastFood:
    """How the fast-food shop's turns were read; `misread` is what the spans of a kind were and should be.

    `misheard` counts the turns that were wrongly taken for orders, or not taken for one, by what they were taken for
    or are.
    """

    orders: Count = field(default_factory=Count)
    misheard: Counter[str] = field(default_factory=Counter)
    spans: dict[Kind, Count] = field(default_factory=lambda: {kind: Count() for kind in Kind})
    misread: list[tuple[Kind, str, list[str], list[str]]] = field(default_factory=list)


def chats(path: Path) -> list[Chat]:
    """The chats of one file."""
    by_chat = groupby(rows_of(path, quoted=True), key=lambda row: row["conversationId"])
    return [Chat(tuple(_turn(row) for row in rows)) for _, rows in by_chat]


def _turn(row: Mapping[str, str]) -> Turn:
    labels = tuple(row["slot-labels"].split())
    fits = len(labels) == len(row["utterance"].split())
    intents = frozenset(row["intent"].split("<div>"))
    return Turn(int(float(row["turnNumber"])), row["utterance"], labels if fits else (), intents)


def menu(folder: Path) -> Catalog:
    """What the shop sells, as far as the training half tells: what it mostly calls a topping is none of it."""
    goods, others = Counter[str](), Counter[str]()
    for turn in (turn for chat in chats(folder / "fastfood_train.tsv") for turn in chat.turns):
        goods.update(_named(turn, _GOODS))
        others.update(_named(turn, set(turn.labels) - _GOODS - {_NOTHING}))
    often = [name for name, count in goods.items() if count >= max(_FEWEST_MENTIONS, others[name])]
    names = [name for name in often if len(name) >= _SHORTEST_NAME]
    return Catalog(Variant(f"M{n}", f"M{n}", name) for n, name in enumerate(sorted(names)))


def _named(turn: Turn, kinds: Iterable[str]) -> Iterator[str]:
    words = turn.text.split()
    return (" ".join(words[start:end]) for kind in kinds for start, end in turn.spans(kind))


def read_fast_food(folder: Path, catalog: Catalog) -> FastFood:
    """How the engine reads the shop's development half with a catalogue."""
    engine, result = Engine(catalog), FastFood()
    for chat in chats(folder / "fastfood_dev.tsv"):
        read = [turn for turn in engine.follow(chat.messages())[1] if turn.utterance.message.from_customer]
        tagged = _tagged(read)
        for turn, found in zip(chat.turns, read, strict=True):
            result.orders.add(turn.orders, found.intent in BUYING)
            if turn.orders != (found.intent in BUYING):
                result.misheard[_mistake(turn, found)] += 1
            if turn.labels:
                _score_spans(turn, found, tagged.get(found.utterance.message.id), result)
    return result


def _mistake(turn: Turn, read: ReadTurn) -> str:
    if not turn.orders:
        return f"{'/'.join(sorted(turn.intents))} taken for an order"
    names_goods = any(turn.spans(kind) for kind in _GOODS)
    return f"an order {'with' if names_goods else 'without'} goods taken for {read.intent or 'nothing'}"


def _tagged(read: Sequence[ReadTurn]) -> dict[str, Tagged]:
    heard = hear([DetailTurn(turn.utterance, turn.intent, turn.item_tokens) for turn in read])
    return {tagged.heard.turn.utterance.message.id: tagged for tagged in tag_all(heard)}


def _score_spans(turn: Turn, read: ReadTurn, tagged: Tagged | None, result: FastFood) -> None:
    for kind, spans in _found(read, tagged).items():
        gold, predicted = turn.spans(kind), {place for span in spans if (place := _words(turn.text, span))}
        count = result.spans[kind]
        count.right += len(gold & predicted)
        count.false += len(predicted - gold)
        count.missing += len(gold - predicted)
        if gold != predicted:
            result.misread.append((kind, turn.text, _texts(turn, predicted), _texts(turn, gold)))


def _found(read: ReadTurn, tagged: Tagged | None) -> dict[Kind, list[Span]]:
    """What the engine reads of each kind; a quantity is a count that is part of no detail."""
    if tagged is None:
        return {kind: [] for kind in Kind}
    details = [*(phone.span for phone in phones(tagged.heard)), *_without(tagged, OUTSIDE)]
    return {
        Kind.PHONE: [phone.span for phone in phones(tagged.heard)],
        Kind.ADDRESS: _addresses(tagged),
        Kind.QUANTITY: [span for span in _counts(read) if not any(_overlap(span, other) for other in details)],
    }


def _without(tagged: Tagged, label: int) -> Iterator[Span]:
    """All tokens but those of a label."""
    for index, got in enumerate(tagged.labels):
        if got != label:
            yield tagged.heard.span(index, index + 1)
    yield from (code.span for code in tagged.codes if ADDRESS in tagged.labels)


def _addresses(tagged: Tagged) -> list[Span]:
    """The addresses; the postal code right behind one is part of it here, as their labels have it."""
    found = []
    for piece in tagged.runs(ADDRESS):
        span = piece.span
        code = next(
            (c.span for c in tagged.codes if not tagged.heard.text[span.end : c.span.start].strip(" ,.-")), None
        )
        end = code.end if code and code.start >= span.end else span.end
        found.append(Span.of(tagged.heard.turn.utterance.message, span.start, end))
    return found


def _counts(read: ReadTurn) -> Iterator[Span]:
    utterance = read.utterance
    for number in utterance.numbers:
        if number.kind in _COUNTING:
            last = max(number.digits, number.start + 1) - 1
            yield Span.of(utterance.message, utterance.tokens[number.start].start, utterance.tokens[last].end)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _words(text: str, span: Span) -> Place | None:
    """The words that a span touches."""
    position, touched = 0, []
    for number, word in enumerate(text.split()):
        start = text.index(word, position)
        position = start + len(word)
        if start < span.end and span.start < position:
            touched.append(number)
    return (touched[0], touched[-1] + 1) if touched else None


def _texts(turn: Turn, places: Iterable[Place]) -> list[str]:
    words = turn.text.split()
    return [" ".join(words[start:end]) for start, end in sorted(places)]


def main(
    folder: Annotated[Path, typer.Option(help="Folder with MultiDoGO's files.")] = PUBLIC / "multidogo",
    errors: Annotated[Kind | None, typer.Option(help="Show the spans of this kind that are misread.")] = None,
) -> None:
    """Print how the turns of the fast-food shop are read."""
    for name, catalog in (("no catalogue", Catalog(())), ("menu", menu(folder))):
        result = read_fast_food(folder, catalog)
        typer.echo(f"{name}: order turns {result.orders.f1:.3f}")
        for kind, count in result.spans.items():
            typer.echo(f"  {kind} {count.f1:.3f} ({count.right} right, {count.false} false, {count.missing} missing)")
    for kind, text, found, gold in result.misread:
        if kind is errors:
            typer.echo(f"  {found} instead of {gold}: {text}")


if __name__ == "__main__":
    run(main)
