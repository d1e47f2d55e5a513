"""What the demo prints: plain lines, in a terminal and in a pipe."""

import time
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.demo.client import Shop
from api.demo.day import Day
from api.demo.draft_panel import money
from api.demo.screen import chat, orders
from api.demo.service import EMAIL, PASSWORD, DemoService
from api.stock.quantity import plain


class Stopwatch:
    """Tells how long each part took."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._laps: list[str] = []

    def lap(self, name: str) -> None:
        """End a part."""
        now = time.monotonic()
        self._laps.append(f"{name} in {now - self._last:.1f} s")
        self._last = now

    def __str__(self) -> str:
        return ", ".join(self._laps)


class Ticker:
    """Prints each message once, as it comes: where there is no screen to draw on."""

    def __init__(self, console: Console, time_zone: str) -> None:
        self._console = console
        self._zone = ZoneInfo(time_zone)
        self._seen: set[int] = set()

    def show(self, shop: Shop) -> None:
        """Print what is new."""
        new = tuple(message for message in shop.messages if message.id not in self._seen)
        if new:
            self._seen.update(message.id for message in new)
            self._console.print(chat(Shop(shop.conversations, new, ()), self._zone))


def print_orders(console: Console, shop: Shop) -> None:
    """Print all orders, with their SKUs."""
    console.print(orders(shop, with_sku=True))


def print_confirmed(console: Console, day: Day) -> None:
    """Print what was confirmed, and the stock before and after."""
    order = day.confirmed
    total = money(order.total_amount, order.currency)
    console.print(f"\nConfirmed order {order.number} of {order.customer.name or order.customer.phone}, {total}:")
    table = Table("SKU", "ordered", "in stock before", "after", box=None, header_style="dim", padding=(0, 2))
    for move in day.moves:
        after = Text(plain(move.after), style="bold green")
        table.add_row(move.line.sku, plain(move.line.quantity), plain(move.before), after)
    console.print(table)


def print_invitation(console: Console, service: DemoService) -> None:
    """Say where the service runs, how to get in, and how to stop it."""
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("open", f"{service.address}/"),
        ("log in as", f"{EMAIL}  password {PASSWORD}"),
        ("customers", f"{service.phone}  answer and write as one of them"),
        ("API", f"{service.address}/openapi.json"),
        ("log", str(service.log)),
        ("stop", "Ctrl-C"),
    ):
        table.add_row(Text(name, style="dim"), Text(value))
    console.print("\nThe day is over, and the service runs on for you to try:", table, sep="\n")
