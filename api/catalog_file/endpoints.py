"""Catalogue files over HTTP: import with a preview, and export."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, UploadFile
from fastapi.responses import Response, StreamingResponse

from api.catalog.schemas import ImportResult
from api.catalog.service import Editor
from api.catalog_file.exporting import export_catalog
from api.catalog_file.importing import OnError, Wish, import_catalog
from api.catalog_file.result import result_of
from api.catalog_file.sample import sample_file
from api.database import Database, DatabaseSession, database_of
from api.identity import repository as identity
from api.identity.current_user import SignedIn

router = APIRouter(prefix="/catalog", tags=["catalog"])

# 100,000 rows with descriptions; what is larger is imported by `satyasell import-catalog`.
MAX_FILE_BYTES = 64 * 1024 * 1024


@router.post("/imports", status_code=HTTPStatus.OK, max_body_size=MAX_FILE_BYTES)
def import_catalog_file(
    file: UploadFile,
    session: DatabaseSession,
    user: SignedIn,
    *,
    preview: Annotated[bool, Query(description="Only tell what would happen.")] = False,
    on_error: Annotated[OnError, Query(description="Bad rows: reject the file, or skip them.")] = OnError.REJECT,
    set_stock: Annotated[bool, Query(description="Set stocks to what the file states.")] = False,
) -> ImportResult:
    """Import a Meta catalogue feed or a Shopify product export (CSV); importing it again changes nothing.

    SKUs that the file does not hold stay as they are. A file with bad rows is a 422 that names each one's
    line and column, unless they are to be skipped.
    """
    wish = Wish(preview=preview, on_error=on_error, set_stock=set_stock)
    source = file.filename or "catalog.csv"
    outcome = import_catalog(session, Editor(user.business_id, user.id), file.file.read(), source, wish)
    return result_of(outcome, preview=preview)


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def export_catalog_file(user: SignedIn, database: Annotated[Database, Depends(database_of)]) -> StreamingResponse:
    """The catalogue with its stock as a Meta feed (CSV), which can be imported again."""
    headers = {"Content-Disposition": 'attachment; filename="catalog.csv"'}
    return StreamingResponse(_pieces(database, user.business_id), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/sample", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_sample_file(user: SignedIn, session: DatabaseSession) -> Response:
    """A small catalogue file in your currency, to see the form by, or to import and try everything with."""
    currency = identity.business(session, user.business_id).currency
    headers = {"Content-Disposition": 'attachment; filename="sample-catalog.csv"'}
    return Response(sample_file(currency), media_type="text/csv; charset=utf-8", headers=headers)


def _pieces(database: Database, business_id: int) -> Iterator[str]:
    """The file, read in a transaction of its own: the request's is over before the answer is sent."""
    with database.transaction() as session:
        yield from export_catalog(session, business_id)
