"""What `satyasell read` does once its options are known: load files, read chats, print drafts."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from rich.progress import track

from api.errors import OperatorError
from api.reading.terminal import show_draft
from engine.catalog import Catalog
from engine.catalog_file import CatalogFileError, parse_catalog
from engine.chat_file import Chat, ChatFileError, DateOrder, ExportOptions, read_chats
from engine.engine import Engine
from engine.order import DraftOrder
from engine.order_json import order_to_json

WORTH_A_BAR = 20  # chats; fewer are read before a bar could be seen

PrintDraft = Callable[[Chat, DraftOrder, Catalog], None]


def export_options(me: str | None, time_zone: str | None, date_order: str | None, quiet_days: float) -> ExportOptions:
    """The command's options as values; raises OperatorError that names the wrong one."""
    try:
        zone = ZoneInfo(time_zone) if time_zone else None
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise OperatorError(f"--time-zone {time_zone!r} is not a zone; write it like Asia/Kolkata") from error
    if date_order and date_order not in list(DateOrder):
        raise OperatorError(f"--date-order {date_order!r} is none of {', '.join(DateOrder)}")
    order = DateOrder(date_order) if date_order else None
    return ExportOptions(me, zone, order, timedelta(days=quiet_days) if quiet_days > 0 else None)


def load_catalog(path: Path, *, skip_bad_rows: bool, currency: str) -> Catalog:
    """The catalogue; bad rows that are skipped are listed on standard error, else they are an OperatorError."""
    file = parse_catalog(path.read_bytes(), path.name, currency)
    if file.problems and not (skip_bad_rows and file.variants):
        raise OperatorError(str(CatalogFileError(file.problems)))
    for problem in file.problems:
        print(f"skipped: {problem}", file=sys.stderr)  # noqa: T201 - the command's output
    return Catalog(file.variants)


def load_chats(paths: Iterable[Path], options: ExportOptions) -> list[Chat]:
    """The chats of all files, in order; raises OperatorError for a file that cannot be read."""
    try:
        return [chat for path in paths for chat in read_chats(path, options)]
    except ChatFileError as error:
        raise OperatorError(str(error)) from error


def read_all(chats: Sequence[Chat], catalog: Catalog, print_draft: PrintDraft) -> None:
    """Read each chat and print its draft; a bar on standard error shows how far it is."""
    engine = Engine(catalog)
    console = Console(stderr=True)
    hidden = len(chats) < WORTH_A_BAR or not console.is_terminal
    for chat in track(chats, "Reading", console=console, transient=True, disable=hidden):
        print_draft(chat, engine.read(chat.messages), catalog)


def print_json(chat: Chat, draft: DraftOrder, _: Catalog) -> None:
    """One line of JSON, in the form that scorers read."""
    print(json.dumps({"id": chat.id, **order_to_json(draft)}, ensure_ascii=False))  # noqa: T201 - the command's output


def print_table(chat: Chat, draft: DraftOrder, catalog: Catalog) -> None:
    """A panel for a person."""
    show_draft(chat, draft, catalog, Console())


def print_reasons(chat: Chat, draft: DraftOrder, catalog: Catalog) -> None:
    """A panel for a person who asks why."""
    show_draft(chat, draft, catalog, Console(), with_reasons=True)
