"""Imports that workers do, over HTTP: ask for one, and look how far it has come."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from api.catalog.schemas import ImportResult
from api.catalog_file import job
from api.catalog_file.endpoints import MAX_FILE_BYTES
from api.catalog_file.importing import OnError, Wish
from api.catalog_file.models import CatalogImport, ImportState
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.pagination import Page, PageQuery, fetch_page
from api.sending.endpoints import WorkerHints

router = APIRouter(prefix="/catalog/import-jobs", tags=["catalog"])

_FILE_LETTERS = 200


class ImportJob(BaseModel):
    """An import that workers do. It changes all that it says, or nothing."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    file: str = Field(examples=["products.csv"])
    preview: bool
    state: ImportState
    rows_done: int = Field(examples=[34000])
    rows_total: int | None = Field(description="Null until the file is read.", examples=[100000])
    result: ImportResult | None = Field(description="What came out, once it is `done`.")
    problem: dict[str, Any] | None = Field(
        description="Why it `failed`: as the error of `POST /catalog/imports`, with `problems` of rows."
    )
    user_id: int
    created_at: datetime
    finished_at: datetime | None


@router.post("", status_code=HTTPStatus.ACCEPTED, max_body_size=MAX_FILE_BYTES)
def begin_import(
    file: UploadFile,
    session: DatabaseSession,
    user: SignedIn,
    hints: WorkerHints,
    *,
    preview: Annotated[bool, Query(description="Only tell what would happen.")] = False,
    on_error: Annotated[OnError, Query(description="Bad rows: reject the file, or skip them.")] = OnError.REJECT,
    set_stock: Annotated[bool, Query(description="Set stocks to what the file states.")] = False,
) -> ImportJob:
    """As `POST /catalog/imports`, by workers: answers at once; look at it until it is `done` or `failed`."""
    wish = Wish(preview=preview, on_error=on_error, set_stock=set_stock)
    source = (file.filename or "catalog.csv").replace("\0", "")[:_FILE_LETTERS]
    return ImportJob.model_validate(job.request(session, user, source, file.file.read(), wish, hints))


@router.get("")
def list_imports(session: DatabaseSession, user: SignedIn, page: PageQuery) -> Page[ImportJob]:
    """Your business's imports, the newest first."""
    rows = fetch_page(session, job.imports(user.business_id), page, by=[CatalogImport.id])
    return Page(items=[ImportJob.model_validate(row) for row in rows.items], next=rows.next)


@router.get("/{import_id}")
def get_import(
    import_id: Annotated[int, Path(ge=1, le=2**63 - 1)], session: DatabaseSession, user: SignedIn
) -> ImportJob:
    """How far an import has come. Live pages are told of each change, as `catalog_import`."""
    return ImportJob.model_validate(job.one(session, user.business_id, import_id))
