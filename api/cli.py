"""The command `satyasell`. Each feature defines its own commands; what they need is loaded when one runs."""

import sys

import typer

from api.demo.command import demo
from api.errors import OperatorError
from api.import_catalog import import_catalog
from api.keys import keys
from api.migrate import migrate
from api.openapi import openapi
from api.reading.command import read
from api.server.command import serve, worker
from api.setup.command import init
from api.simulator.command import simulator

app = typer.Typer(
    name="satyasell",
    help="WhatsApp order chats become draft orders that a person confirms.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # its tracebacks print local variables: customers' words
    add_completion=False,
)
for command in (demo, init, migrate, import_catalog, serve, worker, read, simulator, openapi):
    app.command()(command)
app.add_typer(keys, name="keys")


def main() -> None:
    """Run the command line; errors that the operator can mend are one line on standard error, and code 1."""
    try:
        app()
    except OperatorError as error:
        print(f"satyasell: {error}", file=sys.stderr)  # noqa: T201 - the command's own output
        sys.exit(1)
