"""`satyasell read`: the engine on a seller's own files, with no service and no Meta account."""

import sys
from pathlib import Path
from typing import Annotated

import typer

Existing = {"exists": True, "dir_okay": False, "readable": True}


def read(  # noqa: PLR0913, PLR0917 - each is an option of the command
    chats: Annotated[list[Path], typer.Argument(help="Exported chats (.txt, .zip) or chats as .jsonl.", **Existing)],
    catalog: Annotated[Path, typer.Option(help="The shop's catalogue, CSV: Meta's feed or Shopify's.", **Existing)],
    me: Annotated[str | None, typer.Option(help="The shop's name, as an exported chat writes it.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="One JSON object a chat; so too when piped.")] = False,
    why: Annotated[
        bool, typer.Option(help="Also what each word of a line says, and what made the engine sure.")
    ] = False,
    skip_bad_rows: Annotated[bool, typer.Option(help="Leave bad rows of the catalogue out and go on.")] = False,
    currency: Annotated[str, typer.Option(help="Of prices that name none, as Shopify's.")] = "INR",
    time_zone: Annotated[
        str | None, typer.Option(help="Of the phone that exported, e.g. Asia/Kolkata. Default: this computer's.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="Of an export's dates: dmy, mdy or ymd. Default: found out from the file.")
    ] = None,
    quiet_days: Annotated[
        float, typer.Option(help="A silence of so many days begins another chat of an export; 0: never.")
    ] = 2,
) -> None:
    """Read order chats against a catalogue and print the draft orders. Nothing is stored or sent anywhere."""
    # The engine takes a second to load: no other command shall wait for it.
    from api.reading import file_reading  # noqa: PLC0415

    options = file_reading.export_options(me, time_zone, date_order, quiet_days)
    loaded = file_reading.load_catalog(catalog, skip_bad_rows=skip_bad_rows, currency=currency)
    found = file_reading.load_chats(chats, options)
    for_people = file_reading.print_reasons if why else file_reading.print_table
    print_draft = file_reading.print_json if json_output or not (why or sys.stdout.isatty()) else for_people
    file_reading.read_all(found, loaded, print_draft)
