"""Imports that workers do: a file that takes longer than a request may, with progress to be seen meanwhile."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import structlog
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, undefer

from api.audit import service as audit
from api.broker import Hinting
from api.catalog.service import Editor
from api.catalog_file.importing import CatalogRejected, OnError, Wish, import_catalog
from api.catalog_file.models import CatalogImport, ImportState
from api.catalog_file.result import result_of
from api.database import Database, after_commit
from api.identity.current_user import CurrentUser
from api.live.service import announce
from api.problem import TYPE_PREFIX, NotFound

logger = structlog.get_logger(__name__)

IMPORT_CATALOG = "import_catalog"
# A worker that was killed while it imports loses its turn after so long; each progress gives it as long again.
LEASE = timedelta(seconds=60)
PAUSE = timedelta(seconds=5)
MOST_ATTEMPTS = 3


def imports(business_id: int) -> Select[CatalogImport]:
    """A business's imports."""
    return select(CatalogImport).where(CatalogImport.business_id == business_id)


def one(session: Session, business_id: int, import_id: int) -> CatalogImport:
    """One import; raise NotFound where the business has none with this id."""
    found = session.scalar(imports(business_id).where(CatalogImport.id == import_id))
    if found is None:
        raise NotFound(f"there is no import {import_id}")
    return found


def request(
    session: Session, user: CurrentUser, file: str, content: bytes, wish: Wish, hints: Hinting
) -> CatalogImport:
    """Leave a file to the workers, which are told once this is committed."""
    made = CatalogImport(
        business_id=user.business_id,
        user_id=user.id,
        file=file,
        content=content,
        preview=wish.preview,
        skip_bad_rows=wish.on_error is OnError.SKIP,
        set_stock=wish.set_stock,
        due_at=func.clock_timestamp(),
    )
    session.add(made)
    session.flush()
    session.refresh(made)
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action="catalog_import.requested",
        subject_type="catalog_import",
        subject_id=made.id,
        file=file,
        preview=wish.preview,
    )
    import_id = made.id
    after_commit(session, lambda: hints.send(IMPORT_CATALOG, import_id))
    return made


def due_imports(session: Session, age: timedelta) -> list[int]:
    """Ids of imports that have been due for longer than `age`."""
    overdue = CatalogImport.due_at < func.clock_timestamp() - age
    return list(session.scalars(select(CatalogImport.id).where(overdue).order_by(CatalogImport.due_at).limit(20)))


@dataclass(frozen=True, slots=True)
class Importer:
    """Does what was requested: each import once, its effects and its end in one commit."""

    database: Database

    def run(self, import_id: int) -> None:
        """Do an import whose turn it is; nothing where another worker does it."""
        with self.database.transaction() as session:
            attempts = _take(session, import_id)
        if attempts is None:
            return
        try:
            self._do(import_id)
        except CatalogRejected as rejected:
            self._give_up(import_id, rejected.slug, rejected.detail, rejected.extra)
        except Exception:
            logger.exception("catalog_import.failed", import_id=import_id, attempts=attempts)
            if attempts >= MOST_ATTEMPTS:
                self._give_up(
                    import_id, "import-failed", "the import failed, and it is logged; nothing was changed", {}
                )
            else:
                self._settle(import_id, state=ImportState.WAITING, due_at=func.clock_timestamp() + PAUSE)

    def _do(self, import_id: int) -> None:
        with self.database.transaction() as session:
            query = select(CatalogImport).where(CatalogImport.id == import_id)
            job = session.scalars(query.options(undefer(CatalogImport.content))).one()
            wish = Wish(job.preview, OnError.SKIP if job.skip_bad_rows else OnError.REJECT, job.set_stock)
            editor = Editor(job.business_id, job.user_id)

            def progress(done: int, total: int) -> None:
                self._settle(import_id, rows_done=done, rows_total=total, due_at=func.clock_timestamp() + LEASE)

            outcome = import_catalog(session, editor, job.content or b"", job.file, wish, progress)
            job.result = result_of(outcome, preview=job.preview).model_dump(mode="json")
            job.state, job.content, job.due_at, job.finished_at = ImportState.DONE, None, None, datetime.now(UTC)
            announce(session, "catalog_import", import_id, business_id=job.business_id)

    def _give_up(self, import_id: int, slug: str, detail: str, extra: dict[str, Any]) -> None:
        problem = {
            "type": TYPE_PREFIX + slug,
            "title": HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
            "status": HTTPStatus.UNPROCESSABLE_ENTITY.value,
            "detail": detail,
            **extra,
        }
        self._settle(
            import_id, state=ImportState.FAILED, problem=problem, content=None, due_at=None, finished_at=func.now()
        )

    def _settle(self, import_id: int, **values: Any) -> None:  # noqa: ANN401 - a column's value
        """Set values in a transaction of their own, to be seen at once."""
        with self.database.transaction() as session:
            changed = update(CatalogImport).where(CatalogImport.id == import_id).values(values)
            business_id = session.scalars(changed.returning(CatalogImport.business_id)).one()
            announce(session, "catalog_import", import_id, business_id=business_id)


def _take(session: Session, import_id: int) -> int | None:
    """Take the turn to do an import that is due; which attempt it is, None where it is not due."""
    taken = (
        update(CatalogImport)
        .where(CatalogImport.id == import_id, CatalogImport.due_at <= func.clock_timestamp())
        .values(
            state=ImportState.RUNNING,
            attempts=CatalogImport.attempts + 1,
            due_at=func.clock_timestamp() + LEASE,
        )
        .returning(CatalogImport.attempts)
    )
    return session.scalar(taken)
