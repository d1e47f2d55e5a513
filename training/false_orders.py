"""Orders read where there is none: `python -m training.false_orders`.

Others' texts full of numbers, none of which orders goods: Hinglish commands to a phone (Hinglish-TOP, each a chat of
its own) and chats with airlines, banks and insurers (MultiDoGO). A draft order at the end is false. No catalogue
belongs to them, so the shops of `datasets/` take turns, the benchmark's among them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from engine.conversation import Message
from engine.engine import Engine
from engine.order import DraftOrder, Stage
from training.command import run
from training.multidogo import SERVICES, chats
from training.public_data import PUBLIC, Advance, rows_of, said
from training.shops import Shop, find_shops

_ROUNDS = 3  # shops that read each text: few are false, so one round alone would be chance


@dataclass(frozen=True, slots=True)
class FalseOrder:
    """A draft order of a shop that nobody has asked for."""

    shop: str
    messages: tuple[Message, ...]
    draft: DraftOrder


@dataclass(frozen=True)
class FalseOrders:
    """Of `read` chats, which ended in a draft order; of `messages`, how many are evidence of one."""

    read: int
    messages: int
    found: tuple[FalseOrder, ...]

    @property
    def share(self) -> float:
        """The share of chats that ended in a draft order."""
        return len(self.found) / self.read if self.read else 0.0

    @property
    def share_of_messages(self) -> float:
        """The share of messages on which a false line stands."""
        blamed = sum(len(_blamed(one.draft)) for one in self.found)
        return blamed / self.messages if self.messages else 0.0

    @property
    def kinds(self) -> Counter[str]:
        """What the false lines are, by chat."""
        return Counter(_kind(one.draft) for one in self.found)


def hinglish(folder: Path) -> list[list[Message]]:
    """The commands of Hinglish-TOP's validation half."""
    return [[said(0, row["cs_query"])] for row in rows_of(folder / "validation.tsv", quoted=False)]


def services(folder: Path) -> list[list[Message]]:
    """The service chats of MultiDoGO's development half."""
    return [chat.messages() for name in SERVICES for chat in chats(folder / f"{name}_dev.tsv")]


def false_orders(
    talks: Sequence[Sequence[Message]], shops: Iterable[Shop], advance: Advance | None = None
) -> FalseOrders:
    """How often the shops, in turns, read an order in chats that hold none."""
    readers = [(shop.name, Engine(shop.catalog)) for shop in shops]
    found = []
    for number, talk in enumerate(talks):
        for turn in range(_ROUNDS):
            name, engine = readers[(number + turn * len(readers) // _ROUNDS) % len(readers)]
            draft = engine.read(talk)
            if draft.stage is Stage.ORDER:
                found.append(FalseOrder(name, tuple(talk), draft))
        if advance:
            advance()
    messages = sum(message.from_customer for talk in talks for message in talk)
    return FalseOrders(len(talks) * _ROUNDS, messages * _ROUNDS, tuple(found))


def _kind(draft: DraftOrder) -> str:
    if not any(line.item_group_id or line.candidates for line in draft.lines):
        return "words that the shop does not sell, taken for goods"
    return "goods of the shop, heard in other words"


def _blamed(draft: DraftOrder) -> set[str]:
    return {span.message_id for line in draft.lines for span in line.evidence}


def main(
    folder: Annotated[Path, typer.Option(help="Folder with the public data.")] = PUBLIC,
    errors: Annotated[int, typer.Option(help="Show the first N of each.")] = 0,
) -> None:
    """Print how often an order is read where there is none."""
    shops = find_shops()
    for name, talks in (
        ("hinglish_top", hinglish(folder / "hinglish_top")),
        ("services", services(folder / "multidogo")),
    ):
        result = false_orders(talks, shops)
        typer.echo(f"{name}: {result.share:.2%} of chats, {result.share_of_messages:.2%} of messages")
        for one in result.found[:errors]:
            typer.echo(f"  {one.shop}: {_shown(one)}")


def _shown(one: FalseOrder) -> str:
    lines = ", ".join(f"{line.quantity:f} x {line.sku or line.item_group_id or line.text}" for line in one.draft.lines)
    blamed = _blamed(one.draft)
    return f"{lines} in {[message.text for message in one.messages if message.id in blamed]}"


if __name__ == "__main__":
    run(main)
