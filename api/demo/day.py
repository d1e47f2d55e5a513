"""Plays the day: sends each message, looks at what becomes of it, and confirms an order at its end."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from api.demo.client import Client, DemoError, Shop
from api.demo.stop import pause
from api.demo.story import Story
from api.demo.webhook import webhooks
from api.order.schemas import LineOut, OrderDetail

PATIENCE = 60.0
_LOOK_SECONDS = 0.25

Show = Callable[[Shop], None]


@dataclass(frozen=True, slots=True)
class StockMove:
    """A line of a confirmed order, and how much of it was left before and after."""

    line: LineOut
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """What came out: the shop at the end of the day, and the order that was confirmed."""

    shop: Shop
    confirmed: OrderDetail
    moves: tuple[StockMove, ...]


@dataclass(frozen=True, slots=True)
class Player:
    """Plays `story` through `client`, `pace` seconds a message; `show` is called with each new look at the shop."""

    story: Story
    client: Client
    stop: threading.Event
    show: Show
    pace: float

    def wait_until_ready(self) -> None:
        """Return once the service answers."""
        self._until(self.client.is_ready, "the service did not start")

    def play(self) -> Day:
        """The whole day. Raises Stopped, and DemoError where the service does not do what it should."""
        moments = self.story.moments(datetime.now(UTC))
        for moment in moments:
            for webhook in webhooks(moment):
                self.client.deliver(webhook)
            self._watch(self.pace)
        shop = self._when_read(len(moments))
        confirmed, moves = self._confirm(shop)
        shop = self._look()
        return Day(shop, confirmed, moves)

    def _when_read(self, message_count: int) -> Shop:
        """The shop once every message has come in and was read, and every order is drafted."""
        looks: list[Shop] = []

        def is_read() -> bool:
            looks.append(self._look())
            return len(looks[-1].messages) == message_count and looks[-1].is_read

        self._until(is_read, f"not all of {message_count} messages were read")
        return looks[-1]

    def _confirm(self, shop: Shop) -> tuple[OrderDetail, tuple[StockMove, ...]]:
        """Confirm the order that the reading is surest of and that leaves nothing open."""
        ready = {order.id: order for order in shop.orders if is_ready(order)}
        order = next((ready[each.id] for each in self.client.surest_drafts() if each.id in ready), None)
        if order is None:
            raise DemoError("no order can be confirmed: each has something open")
        before = self._stocks(order)
        confirmed = self.client.confirm(order)
        after = self._stocks(order)
        return confirmed, tuple(StockMove(line, before[line.id], after[line.id]) for line in confirmed.lines)

    def _stocks(self, order: OrderDetail) -> dict[int, Decimal]:
        """What is left, by the order's lines."""
        return {line.id: self.client.stock(line.variant_id) for line in order.lines if line.variant_id is not None}

    def _look(self) -> Shop:
        shop = self.client.shop()
        self.show(shop)
        return shop

    def _watch(self, seconds: float) -> None:
        """Look again and again for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._look()
            pause(self.stop, min(_LOOK_SECONDS, max(0.0, end - time.monotonic())))
        pause(self.stop)

    def _until(self, done: Callable[[], bool], otherwise: str) -> None:
        """Return once it is `done`; raise DemoError with what did not happen after PATIENCE seconds."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise DemoError(f"{otherwise} within {PATIENCE:.0f} seconds")
            pause(self.stop, _LOOK_SECONDS)


def is_ready(order: OrderDetail) -> bool:
    """Whether a person could confirm an order as it is, and send it."""
    return not order.questions and all(line.sku and not line.warnings for line in order.lines)


def failures(story: Story, day: Day) -> list[str]:
    """What did not come out as it should; nothing where all is well."""
    ordering = {order.customer.phone for order in day.shop.orders if order.lines}
    found = [
        f"{chat.id}: {'no draft was made of an order' if chat.wants else 'a draft was made though nobody ordered'}"
        for chat in story.chats
        if (f"+{chat.wa_id}" in ordering) != chat.wants
    ]
    found += [
        f"the stock of {move.line.sku} went from {move.before} to {move.after}, not down by {move.line.quantity}"
        for move in day.moves
        if move.before - move.after != move.line.quantity
    ]
    return found
