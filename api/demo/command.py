"""`satyasell demo`: see it work, with no account and nothing to set up."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    *,
    leave: Annotated[bool, typer.Option("--exit", help="Play quickly, print the drafts and leave.")] = False,
    data_dir: Annotated[
        Path | None,
        typer.Option(help="The demo's own folder; what a former demo left in it is thrown away.", file_okay=False),
    ] = None,
    port: Annotated[int, typer.Option(help="The port to listen on; 0 for any that is free.")] = 0,
    picture: Annotated[
        Path | None, typer.Option(help="Play quickly, draw the screen as SVG into this file and leave.", dir_okay=False)
    ] = None,
) -> None:
    """Play a shop's day of chats through the real service, live in this terminal.

    Starts the service with a database of its own, sends customers' messages as signed webhooks, shows the
    draft orders as they grow, confirms one, and runs on for you to try until Ctrl-C.
    """
    from api.demo.run import Wish, run_demo  # noqa: PLC0415 - keeps `satyasell --help` quick

    raise typer.Exit(run_demo(Wish(folder=data_dir, port=port, leave=leave, picture=picture)))
