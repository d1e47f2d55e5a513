"""Runs the simulator in the foreground, from what the command line says."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson
import typer
import uvicorn

from api import log
from api.errors import OperatorError
from api.simulator.app import create_app
from api.simulator.json_value import Json
from api.simulator.options import Faults, Number, Options, Product
from api.simulator.simulator import address_of, listening_socket, server_config
from engine.catalog_file import CatalogFileError, read_catalog

_WHOLE = ("seed", "batch", "media_failures")


def run(options: Options, *, host: str, port: int, webhook_url: str) -> None:
    """Serve until the operator stops it."""
    log.configure()
    with listening_socket(host, port) as listening:
        address = address_of(listening, host)
        typer.echo(f"WhatsApp simulator on {address}: open it in a browser to write as a customer.")
        typer.echo(f"Start the service with WHATSAPP_GRAPH_URL={address}")
        typer.echo(f"Webhooks go to {webhook_url}; access tokens: {', '.join(options.tokens)}")
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
            uvicorn.Server(server_config(create_app(options, address, webhook_url))).run(sockets=[listening])


def numbers_of(given: Sequence[str], waba_id: str) -> tuple[Number, ...]:
    """Numbers from `phone_number_id` or `phone_number_id:phone number`."""
    parts = [each.partition(":") for each in given]
    return tuple(
        Number(phone_number_id=number_id, display_phone_number=phone or number_id, waba_id=waba_id)
        for number_id, _, phone in parts
    )


def faults_of(given: Sequence[str]) -> Faults:
    """Faults from `name=share`; raise OperatorError that names what is there."""
    kinds = {each.name: int if each.name in _WHOLE else float for each in fields(Faults)}
    found: dict[str, Any] = {}
    for each in given:
        name, _, value = each.partition("=")
        try:
            found[name] = kinds[name](value)
        except (KeyError, ValueError):
            known = ", ".join(kinds)
            raise OperatorError(f"{each!r} is no fault: write name=number, with one of {known}") from None
    return Faults(**found)


def products_of(file: Path | None) -> tuple[Product, ...]:
    """What a catalogue file sells at a price; nothing where there is no file."""
    try:
        variants = read_catalog(file, skip_bad_rows=True) if file else ()
    except CatalogFileError as error:
        raise OperatorError(str(error)) from None
    return tuple(
        Product(each.sku, _name(each.title, each.options), float(each.price.amount), each.price.currency)
        for each in variants
        if each.price is not None
    )


def templates_of(file: Path | None) -> list[Json]:
    """Templates from a JSON file: a list, or Graph's answer with `data`."""
    if file is None:
        return []
    try:
        found = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise OperatorError(f"{file} is not JSON: {error}") from None
    rows = found.get("data") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and {"name", "language"} <= row.keys() for row in rows
    ):
        raise OperatorError(f"{file} is no list of templates with name and language")
    return rows


def _name(title: str, options: Mapping[str, str]) -> str:
    return " · ".join([title, *options.values()])
