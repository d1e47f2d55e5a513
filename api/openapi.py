"""`satyasell openapi`: what the HTTP API is, without starting it."""

import orjson
import typer

from api.app import create_app
from api.database import Database
from api.settings import Settings


def document() -> bytes:
    """The OpenAPI document of this version as JSON, indented, its last line ended."""
    app = create_app(Settings.load(), Database.connect("postgresql://"))
    return orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def openapi() -> None:
    """Print the HTTP API's description (OpenAPI 3.1), to make clients of it."""
    typer.echo(document(), nl=False)
