"""Catalogue files in: what is new is added, what changed is changed, SKU by SKU, in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.catalog import service as catalog
from api.catalog.service import Editor
from api.catalog_file.merge import merge, variant_ids
from api.catalog_file.rows import acceptable
from api.identity.models import Business
from api.live.service import ALL, announce
from api.problem import Unprocessable
from api.stock import service as stock
from engine.catalog import Variant as Row
from engine.catalog_file import CatalogFormat, Problem, parse_catalog

logger = structlog.get_logger(__name__)

CHUNK = 1000
PROBLEMS_SHOWN = 1000

Progress = Callable[[int, int], object]


class OnError(StrEnum):
    """What becomes of a file with bad rows: none of it is imported, or its good rows are."""

    REJECT = "reject"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be imported. As a `preview` everything is done and then undone."""

    preview: bool = False
    on_error: OnError = OnError.REJECT
    set_stock: bool = False


@dataclass(slots=True)
class Outcome:
    """What an import did, or, as a preview, would do. `rows` counts the good ones."""

    format: CatalogFormat | None
    problems: Sequence[Problem]
    left_out: int
    rows: int
    created: int = 0
    updated: int = 0
    stocks_set: int = 0

    @property
    def unchanged(self) -> int:
        """How many good rows said what the catalogue had already."""
        return self.rows - self.created - self.updated


class CatalogRejected(Unprocessable):
    """Raised when a file has bad rows that were not to be skipped, or no good one."""

    slug = "catalog-rejected"

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        what = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"{source} has {what} and was not imported: mend the file, or import its good rows alone",
            problem_count=len(problems),
            problems=[asdict(problem) for problem in problems[:PROBLEMS_SHOWN]],
        )
        self.problems = tuple(problems)


def import_catalog(
    session: Session,
    editor: Editor,
    content: bytes,
    source: str,
    wish: Wish,
    progress: Progress = lambda _done, _total: None,
) -> Outcome:
    """Import a Meta feed or a Shopify export, the file called `source`, into the business's catalogue.

    What the file leaves empty stays as it was; SKUs that it does not hold stay too; an archived SKU that
    it holds comes back. `progress` is told how many rows of how many are done.

    Raises:
        CatalogRejected: No row is good, or some are bad and `wish` does not skip them; never for a preview.
    """
    business = session.get_one(Business, editor.business_id)
    file = parse_catalog(content, source, business.currency)
    rows, problems = acceptable(file, source, business.currency)
    if not wish.preview and problems and (wish.on_error is OnError.REJECT or not rows):
        raise CatalogRejected(source, problems)
    outcome = Outcome(file.format, problems, file.left_out, len(rows))
    with session.begin_nested() as trial:
        _write(session, editor, rows, wish, outcome, currency=business.currency, source=source, progress=progress)
        if wish.preview:
            trial.rollback()
        else:
            _note(session, editor, source, outcome)
    return outcome


def _write(  # noqa: PLR0913 - an import's parts
    session: Session,
    editor: Editor,
    rows: Sequence[Row],
    wish: Wish,
    outcome: Outcome,
    *,
    currency: str,
    source: str,
    progress: Progress,
) -> None:
    catalog.lock(session, editor.business_id)
    # A plan that was made while the tables were empty would read them whole for each chunk.
    session.execute(select(func.set_config("plan_cache_mode", "force_custom_plan", True)))
    done = 0
    for chunk in _chunks(rows):
        merged = merge(session, editor.business_id, currency, chunk, counted=wish.set_stock)
        outcome.created += merged.created
        outcome.updated += merged.updated
        if wish.set_stock:
            outcome.stocks_set += _set_stock(session, editor, chunk, source)
        done += len(chunk)
        progress(done, len(rows))


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _set_stock(session: Session, editor: Editor, rows: Sequence[Row], source: str) -> int:
    """Set the stocks that the rows state and that are not so already; returns how many."""
    ids = variant_ids(session, editor.business_id, [row.sku for row in rows])
    stated = {ids[row.sku]: Decimal(row.stock) for row in rows if row.stock is not None}
    left = stock.available(session, stated)
    different = {variant_id: quantity for variant_id, quantity in stated.items() if left.get(variant_id) != quantity}
    stock.set_quantity(
        session, editor.business_id, different, reason=f"import of {source}"[:500], user_id=editor.user_id
    )
    return len(different)


def _note(session: Session, editor: Editor, source: str, outcome: Outcome) -> None:
    counts = {
        "created": outcome.created,
        "updated": outcome.updated,
        "stocks_set": outcome.stocks_set,
        "problems": len(outcome.problems),
    }
    if outcome.created or outcome.updated:
        catalog.count_up(session, editor.business_id)
        announce(session, "product", ALL, business_id=editor.business_id)
    audit.record(
        session,
        business_id=editor.business_id,
        user_id=editor.user_id,
        action="catalog.imported",
        subject_type="business",
        subject_id=editor.business_id,
        file=source,
        **counts,
    )
    logger.info("catalog.imported", business_id=editor.business_id, **counts)
