"""`satyasell migrate`: bring the database to what this version expects."""

import typer


def migrate() -> None:
    """Apply the database migrations that are not applied yet. Safe to run at any time, also twice."""
    from api import log  # noqa: PLC0415 - keeps `satyasell --help` quick
    from api.migrations import upgrade  # noqa: PLC0415 - as above
    from api.postgres import running_database  # noqa: PLC0415 - as above
    from api.settings import Settings  # noqa: PLC0415 - as above

    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    with running_database(settings) as url:
        upgrade(url)
    typer.echo("the database is up to date")
