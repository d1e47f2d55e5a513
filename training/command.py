"""Runs a command of training: a file that cannot be read ends it with what is wrong where, and with no traceback."""

import sys
from collections.abc import Callable

import typer

from engine.catalog_file import CatalogFileError
from engine.chat_file import ChatFileError


def run(command: Callable[..., None]) -> None:
    """Run `command` with the arguments of the command line; ends with status 1 where a file is malformed."""
    try:
        typer.run(command)
    except (CatalogFileError, ChatFileError) as error:
        sys.exit(str(error))
