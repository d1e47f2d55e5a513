"""`satyasell simulator`: a WhatsApp to talk to."""

from pathlib import Path
from typing import Annotated

import typer


def simulator(  # noqa: PLR0913 - each is an option of the command line
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 for any that is free.")] = 8010,
    webhook_url: Annotated[
        str, typer.Option(help="Where the service takes webhooks.")
    ] = "http://127.0.0.1:8000/webhook/whatsapp",
    app_secret: Annotated[
        str, typer.Option(help="What webhooks are signed with: the service's.", envvar="WHATSAPP_APP_SECRET")
    ] = "app-secret",  # noqa: S107 - made up; a real one comes from the environment
    verify_token: Annotated[
        str, typer.Option(help="What the webhook is verified with: the service's.", envvar="WHATSAPP_VERIFY_TOKEN")
    ] = "verify-token",  # noqa: S107 - as above
    token: Annotated[list[str] | None, typer.Option(help="An access token to accept; may be repeated.")] = None,
    number: Annotated[
        list[str] | None,
        typer.Option(help="A number, as its phone_number_id or `phone_number_id:phone number`; may be repeated."),
    ] = None,
    waba_id: Annotated[str, typer.Option(help="The WhatsApp Business Account of the numbers.")] = "102290129340398",
    catalog: Annotated[
        Path | None,
        typer.Option(help="The shop's catalogue file: what customers put into carts.", exists=True, dir_okay=False),
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Templates as JSON, a list as Graph has it.", exists=True, dir_okay=False)
    ] = None,
    read_after: Annotated[float, typer.Option(min=0, help="Seconds until a customer has read a message.")] = 1.5,
    media_url_seconds: Annotated[float, typer.Option(min=1, help="How long a download address is good.")] = 300,
    fault: Annotated[
        list[str] | None,
        typer.Option(help="What goes wrong, as `name=share`, such as `duplicate=0.2`; see docs/simulator.md."),
    ] = None,
) -> None:
    """Be Meta for a service on this computer: its Graph API, its webhooks, and a phone in your browser.

    Start the service with WHATSAPP_GRAPH_URL set to the address that is printed, then open that address and write as
    a customer. Everything is forgotten when it ends.
    """
    from api.simulator.options import Delays, Options  # noqa: PLC0415 - keeps `satyasell --help` quick
    from api.simulator.run import faults_of, numbers_of, products_of, run, templates_of  # noqa: PLC0415 - as above

    options = Options(
        app_secret=app_secret.partition(",")[0].strip(),
        verify_token=verify_token,
        tokens=tuple(token or ["simulator-token"]),
        numbers=numbers_of(number or ["106540352242922:+91 98000 00000"], waba_id),
        templates={waba_id: templates_of(templates)},
        products=products_of(catalog),
        delays=Delays(read=read_after),
        media_url_seconds=media_url_seconds,
        faults=faults_of(fault or []),
    )
    run(options, host=host, port=port, webhook_url=webhook_url)
