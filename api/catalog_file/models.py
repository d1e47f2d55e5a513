"""Table of imports."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id, states


class ImportState(StrEnum):
    """How far an import has come: it waits, is at work, is done, or was given up with nothing changed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class CatalogImport(Base):
    """A catalogue file that workers import. Its `content` is kept until that is over.

    `due_at` is when a worker may take it (again); None once it is over. `result` is what came out, `problem` why it
    was given up, as its answer over HTTP would say it.
    """

    __tablename__ = "catalog_imports"
    __table_args__ = (
        Index(None, "business_id", "id"),
        Index("ix_catalog_imports_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    file: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    preview: Mapped[bool]
    skip_bad_rows: Mapped[bool]
    set_stock: Mapped[bool]
    state: Mapped[ImportState] = mapped_column(states(ImportState, "state"), server_default=ImportState.WAITING.value)
    rows_done: Mapped[int] = mapped_column(server_default=text("0"))
    rows_total: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
    problem: Mapped[dict[str, Any] | None]
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime | None]
