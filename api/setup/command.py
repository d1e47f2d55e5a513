"""`satyasell init`: the first business, its admin and its WhatsApp number."""

import json
import sys
from typing import Annotated, Any

import typer

from api.errors import OperatorError


def init(  # noqa: PLR0913 - one option each
    *,
    business: Annotated[str | None, typer.Option(help="The business's name.")] = None,
    email: Annotated[str | None, typer.Option(help="The admin's email, to log in with.")] = None,
    password: Annotated[
        str | None,
        typer.Option(envvar="SATYASELL_ADMIN_PASSWORD", help="The admin's password, at least 10 characters."),
    ] = None,
    name: Annotated[str, typer.Option(help="The admin's name.")] = "Admin",
    currency: Annotated[str, typer.Option(help="The currency of prices, by its ISO code.")] = "INR",
    country: Annotated[str, typer.Option(help="Where phone numbers and addresses are, by its ISO code.")] = "IN",
    time_zone: Annotated[str, typer.Option(help="When days begin and end.")] = "Asia/Kolkata",
    phone_number_id: Annotated[str | None, typer.Option(help="Meta's id of the WhatsApp number.")] = None,
    phone_number: Annotated[
        str | None, typer.Option(help="The WhatsApp number itself; with a token, Meta tells it.")
    ] = None,
    waba_id: Annotated[str | None, typer.Option(help="Meta's id of the WhatsApp Business Account.")] = None,
    access_token: Annotated[
        str | None, typer.Option(envvar="WHATSAPP_ACCESS_TOKEN", help="With which messages are sent.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print the ids as JSON.")] = False,
) -> None:
    """Make a business with its admin and, where given, its WhatsApp number.

    Asks for what is not given. Run again with the same email, it changes nothing and says so.
    """
    values: dict[str, dict[str, str | None]] = {
        "business": {
            "name": _asked(business, "business", "Business name"),
            "currency": currency,
            "country_code": country,
            "time_zone": time_zone,
        },
        "admin": {
            "email": _asked(email, "email", "Admin's email"),
            "name": name,
            "password": _asked(password, "password", "Admin's password", hide=True),
            "role": "admin",
        },
    }
    if phone_number_id is not None:
        values["channel"] = {
            "phone_number_id": phone_number_id,
            "display_phone_number": phone_number,
            "waba_id": waba_id,
            "access_token": access_token,
        }
    made = _set_up(values)
    typer.echo(json.dumps(made) if json_output else _sentence(made))


def _asked(value: str | None, option: str, question: str, *, hide: bool = False) -> str:
    """`value`, or what a person answers; raise OperatorError where there is nobody to ask."""
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise OperatorError(f"--{option} is needed, as there is nobody to ask")
    answer: str = typer.prompt(question, hide_input=hide, confirmation_prompt=hide)
    return answer


def _set_up(values: dict[str, Any]) -> dict[str, Any]:
    """Set up, in a database that is brought up to date first, and tell the ids."""
    import api.tables  # noqa: F401, PLC0415 - foreign keys need every table
    from api import log  # noqa: PLC0415 - keeps `satyasell --help` quick
    from api.database import Database  # noqa: PLC0415 - as above
    from api.encryption import Vault  # noqa: PLC0415 - as above
    from api.first_run.beginning import Beginning, ask_about, set_up  # noqa: PLC0415 - as above
    from api.graph.client import GraphClient  # noqa: PLC0415 - as above
    from api.migrations import upgrade  # noqa: PLC0415 - as above
    from api.postgres import running_database  # noqa: PLC0415 - as above
    from api.settings import Settings  # noqa: PLC0415 - as above

    beginning = Beginning.parse(values)
    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    findings = ask_about(GraphClient.of(settings), beginning)
    with running_database(settings) as url:
        upgrade(url)
        database = Database.connect(url)
        try:
            with database.transaction() as session:
                return set_up(session, beginning, Vault(settings.secret_keys), findings).as_dict()
        finally:
            database.close()


def _sentence(made: dict[str, Any]) -> str:
    if made["created"]:
        return f"{made['business']} is set up: start the service by `satyasell serve` and log in as {made['email']}"
    return f"{made['email']} is an admin of {made['business']} already: nothing was changed"
