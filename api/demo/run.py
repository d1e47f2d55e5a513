"""Runs the demo from its start to its end."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from rich.console import Console
from rich.live import Live

from api.demo import report
from api.demo.client import Client, DemoError, Shop
from api.demo.day import Day, Player, failures
from api.demo.picture import PICTURE_HEIGHT, draw_picture
from api.demo.screen import Screen
from api.demo.service import BUSINESS, EMAIL, PASSWORD, TIME_ZONE, DemoService, Place, demo_service
from api.demo.stop import Stopped
from api.demo.story import Story
from api.server.stop import stop_signal

INTERRUPTED = 130  # as a shell says it of a command that Ctrl-C ended
_TITLE = f"{BUSINESS} · what customers write, and the orders it comes to"


@dataclass(frozen=True, slots=True)
class Wish:
    """How to run: in which folder, on which port, and whether to play quickly and leave."""

    folder: Path | None = None
    port: int = 0
    leave: bool = False
    picture: Path | None = None

    @property
    def is_quick(self) -> bool:
        """Whether nobody watches."""
        return self.leave or self.picture is not None

    @property
    def pace(self) -> float:
        """Seconds from one message to the next."""
        return 0.0 if self.is_quick else 1.2


def run_demo(wish: Wish) -> int:
    """Run it; return the process's exit code."""
    stop = stop_signal()
    folder = wish.folder or platformdirs.user_data_path("satyasell", appauthor=False) / "demo"
    console = Console()
    try:
        return _run(wish, folder.expanduser().resolve(), console, stop)
    except Stopped:
        console.print("Nothing is left running.")
        return INTERRUPTED


def _run(wish: Wish, folder: Path, console: Console, stop: threading.Event) -> int:
    story = Story.load()
    watch = report.Stopwatch()
    console.print(f"Starting PostgreSQL, the API and a worker in {folder} …")
    delay = 0.2 if wish.is_quick else 0.5
    customers = {chat.wa_id: chat.name for chat in story.chats}
    with (
        demo_service(Place(folder, wish.port), stop, reading_delay=delay, customers=customers) as service,
        Client(service.address, service.app_secret) as client,
    ):
        try:
            with _shown(wish, console) as show:
                day = _play(Player(story, client, stop, show, wish.pace), watch)
        except DemoError as error:
            raise DemoError(f"{error}; the service's log is {service.log}") from error
        except Stopped:
            console.print("Stopping …")
            raise
        return _end(wish, console, day, failures(story, day), watch) or _stay(wish, console, service, stop)


def _play(player: Player, watch: report.Stopwatch) -> Day:
    player.wait_until_ready()
    player.client.log_in(EMAIL, PASSWORD)
    player.client.import_catalog(player.story.catalog)
    watch.lap("started")
    day = player.play()
    watch.lap("played")
    return day


def _end(wish: Wish, console: Console, day: Day, wrong: Sequence[str], watch: report.Stopwatch) -> int:
    """Tell what came out; return the exit code."""
    if wish.picture:
        draw_picture(Screen(_TITLE, TIME_ZONE, PICTURE_HEIGHT).draw(day.shop), wish.picture)
    if wish.is_quick or not console.is_terminal:
        report.print_orders(console, day.shop)
    report.print_confirmed(console, day)
    console.print(f"[dim]{watch}")
    for each in wrong:
        print(f"satyasell: {each}", file=sys.stderr)  # noqa: T201 - the command's own output
    return 1 if wrong else 0


def _stay(wish: Wish, console: Console, service: DemoService, stop: threading.Event) -> int:
    """Leave the service running for the person at the terminal, until she stops it."""
    if wish.is_quick:
        return 0
    report.print_invitation(console, service)
    stop.wait()
    console.print("Stopping …")
    return 0


@contextmanager
def _shown(wish: Wish, console: Console) -> Iterator[Callable[[Shop], None]]:
    """What to call with each new look at the shop."""
    if wish.is_quick:
        yield lambda _shop: None
    elif console.is_terminal:
        screen = Screen(_TITLE, TIME_ZONE)
        with Live(console=console, auto_refresh=False) as live:
            yield lambda shop: live.update(screen.draw(shop), refresh=True)
    else:
        yield report.Ticker(console, TIME_ZONE).show
