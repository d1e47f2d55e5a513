"""What `satyasell serve` tells the person who starts it: where the page is, and how to begin."""

import os
import secrets

import typer

from api.database import Database
from api.identity.repository import has_business
from api.settings import Settings

# Without letters and digits that look alike.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 3, 4


def ensure_setup_code(settings: Settings) -> Settings:
    """The settings with a setup code, made where none is set; the processes that are started inherit it."""
    if settings.setup_code.get_secret_value():
        return settings
    os.environ["SATYASELL_SETUP_CODE"] = new_setup_code()
    return Settings.load()


def new_setup_code() -> str:
    """A code that a person can type, with 59 random bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def greet(settings: Settings, address: str, database: Database) -> None:
    """Print where the page is; while there is no business, also the code with which the page makes one."""
    with database.transaction() as session:
        is_new = not has_business(session)
    typer.echo(f"SatyaSell runs on {address}")
    if is_new:
        code = settings.setup_code.get_secret_value()
        typer.echo(f"Begin in your browser: {address}/#/setup/{code}")
        typer.echo(f"There is no business yet; the code to make one is {code}")
    if settings.simulator_url:
        typer.echo(f"A simulator stands for WhatsApp; write as a customer on {settings.simulator_url}/phone/")
