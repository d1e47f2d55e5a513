"""`satyasell import-catalog`: a seller's file into the catalogue, from the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.errors import OperatorError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.catalog_file.importing import Outcome


def import_catalog(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A Meta feed or a Shopify export, as CSV.")],
    *,
    business: Annotated[int | None, typer.Option(help="The business's id; not needed where there is only one.")] = None,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", help="Import the good rows alone.")] = False,
    set_stock: Annotated[bool, typer.Option("--set-stock", help="Set stocks to what the file states.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only tell what would happen.")] = False,
) -> None:
    """Import a catalogue file. SKUs that it does not hold stay; importing it again changes nothing."""
    from api.catalog.service import Editor  # noqa: PLC0415 - keeps `satyasell --help` quick
    from api.catalog_file import importing  # noqa: PLC0415 - as above

    on_error = importing.OnError.SKIP if skip_bad_rows else importing.OnError.REJECT
    wish = importing.Wish(preview=preview, on_error=on_error, set_stock=set_stock)
    with _session() as session, _progress() as advance:
        editor = Editor(_business(session, business), None)
        try:
            outcome = importing.import_catalog(session, editor, file.read_bytes(), file.name, wish, advance)
        except importing.CatalogRejected as error:
            problems = "\n".join(map(str, error.problems[:20]))
            raise OperatorError(f"{error.detail} (--skip-bad-rows)\n{problems}") from None
    for problem in outcome.problems[:20]:
        typer.echo(problem, err=True)
    typer.echo(_sentence(outcome, preview=preview))


@contextmanager
def _session() -> "Iterator[Session]":
    """A session on the database that the settings name, migrated; its work is committed at the end."""
    import api.tables  # noqa: F401, PLC0415 - foreign keys need every table
    from api import log  # noqa: PLC0415 - keeps `satyasell --help` quick
    from api.database import Database  # noqa: PLC0415 - as above
    from api.migrations import upgrade  # noqa: PLC0415 - as above
    from api.postgres import running_database  # noqa: PLC0415 - as above
    from api.settings import Settings  # noqa: PLC0415 - as above

    settings = Settings.load()
    log.configure(level=settings.log_level, style=settings.log_format)
    with running_database(settings) as url:
        upgrade(url)
        database = Database.connect(url)
        try:
            with database.transaction() as session:
                yield session
        finally:
            database.close()


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; it is told how many rows of how many are done."""
    from rich.console import Console  # noqa: PLC0415 - keeps `satyasell --help` quick
    from rich.progress import Progress  # noqa: PLC0415 - as above

    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task("Importing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _business(session: "Session", wanted: int | None) -> int:
    """The business to import for; raise OperatorError where it is not clear."""
    from sqlalchemy import select  # noqa: PLC0415 - keeps `satyasell --help` quick

    from api.identity.models import Business  # noqa: PLC0415 - as above

    there = {business.id: business.name for business in session.scalars(select(Business).order_by(Business.id))}
    if wanted in there or (wanted is None and len(there) == 1):
        return wanted or next(iter(there))
    if not there:
        raise OperatorError("there is no business yet: make one by `satyasell init`")
    known = ", ".join(f"{number} ({name})" for number, name in there.items())
    raise OperatorError(f"say which business by --business: {known}")


def _sentence(outcome: "Outcome", *, preview: bool) -> str:
    would = "would be " if preview else ""
    counts = f"SKUs: {outcome.created} {would}added, {outcome.updated} {would}changed, {outcome.unchanged} as before"
    return f"{counts}. Stocks {would}set: {outcome.stocks_set}. Problems: {len(outcome.problems)}."
