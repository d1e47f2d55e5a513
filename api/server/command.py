"""`satyasell serve` and `satyasell worker`."""

from typing import Annotated

import typer


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 for any that is free.")] = None,
    api_processes: Annotated[int | None, typer.Option(min=1, help="Processes that answer requests.")] = None,
    worker_processes: Annotated[
        int | None, typer.Option(min=0, help="Worker processes; 0 if they run elsewhere.")
    ] = None,
    simulator: Annotated[
        bool, typer.Option("--simulator", help="Try it without Meta: with a WhatsApp of its own on this computer.")
    ] = False,
) -> None:
    """Run the service: API and workers under one parent, which starts again what dies."""
    from api.server.service import Plan, run_service  # noqa: PLC0415 - keeps `satyasell --help` quick

    run_service(
        Plan(
            host=host,
            port=port,
            api_processes=api_processes,
            worker_processes=worker_processes,
            simulator=simulator,
        )
    )


def worker(
    *,
    processes: Annotated[int | None, typer.Option(min=1, help="Worker processes.")] = None,
) -> None:
    """Run workers alone, as many as you like, anywhere: they need DATABASE_URL, and BROKER_URL where it is set."""
    from api.server.service import Plan, run_service  # noqa: PLC0415 - as above

    run_service(Plan(api_processes=0, worker_processes=processes))
