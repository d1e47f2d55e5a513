"""Files over HTTP: for the people of the business whose file it is, and nobody else."""

from collections.abc import Iterator
from typing import IO, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response, UploadFile
from starlette.responses import StreamingResponse

from api.broker import Hinting
from api.database import DatabaseSession, after_commit
from api.identity.current_user import SignedIn
from api.media import service
from api.media.blob import gathered, path_of, thumbnail_path_of
from api.media.file_store import CHUNK_BYTES, FileMissing, FileStore, StoreError
from api.media.models import Media
from api.media.rule import LARGEST, UNKNOWN_TYPE
from api.media.schemas import MediaOut
from api.media.serving import Served, default_name, serve, serve_whole
from api.media.tasks import DOWNLOAD_MEDIA
from api.media.thumbnail import MIME_TYPE
from api.problem import NotFound, Unavailable

router = APIRouter(prefix="/media", tags=["media"])

MediaId = Annotated[int, Path(ge=1, le=2**63 - 1)]
# The form around the file.
_FORM_BYTES = 64 * 1024
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"*/*": {}}},
    206: {"description": "A part of it"},
    304: {"description": "Unchanged"},
}


def store_of(request: Request) -> FileStore:
    """Where the application keeps files."""
    store: FileStore = request.app.state.files
    return store


Store = Annotated[FileStore, Depends(store_of)]


@router.post("", status_code=201, max_body_size=LARGEST + _FORM_BYTES)
def upload_media(
    file: UploadFile,
    user: SignedIn,
    session: DatabaseSession,
    store: Store,
    kind: Annotated[
        Literal["image", "video", "audio", "document", "sticker"] | None,
        Query(description="As what it is to be sent. Left out: what suits its type."),
    ] = None,
) -> MediaOut:
    """Give a file that is to be sent, within WhatsApp's limits: its type is judged by its bytes."""
    try:
        with gathered(_pieces(file.file)) as blob:
            row = service.add_upload(session, user, store, blob, filename=file.filename, kind=kind)
    except StoreError as error:
        raise Unavailable(str(error)) from error
    return MediaOut.model_validate(row)


@router.get("/{media_id}", response_class=StreamingResponse, responses=_BYTES)
def get_media(media_id: MediaId, request: Request, user: SignedIn, session: DatabaseSession, store: Store) -> Response:
    """A file's bytes, whole or in part (`Range`). 409 while it is not here: `GET /media/{id}/state` tells why."""
    row = service.media_or_404(session, user.business_id, media_id)
    service.require_stored(row)
    mime_type = row.mime_type or UNKNOWN_TYPE
    name = row.filename or default_name(row.kind, row.id, mime_type)
    served = Served(path_of(row.business_id, str(row.sha256)), str(row.sha256), row.size or 0, mime_type, name)
    return _answer(request, store, served)


@router.get("/{media_id}/thumbnail", response_class=Response, responses={200: {"content": {MIME_TYPE: {}}}})
def get_thumbnail(
    media_id: MediaId, request: Request, user: SignedIn, session: DatabaseSession, store: Store
) -> Response:
    """A picture, small (at most 320 pixels wide and high, WebP); 404 where the file is no picture."""
    row = service.media_or_404(session, user.business_id, media_id)
    service.require_stored(row)
    if not row.has_thumbnail:
        raise NotFound("there is no thumbnail of this file")
    return _thumbnail(request, store, row)


@router.get("/{media_id}/state")
def get_media_state(media_id: MediaId, user: SignedIn, session: DatabaseSession) -> MediaOut:
    """What is known of a file, without its bytes."""
    return MediaOut.model_validate(service.media_or_404(session, user.business_id, media_id))


@router.post("/{media_id}/retry")
def retry_media(media_id: MediaId, request: Request, user: SignedIn, session: DatabaseSession) -> MediaOut:
    """Fetch a file from Meta now that did not come. 409 after seven days: Meta does not have it any more."""
    row = service.try_again(session, user, media_id)
    hints: Hinting = request.app.state.hints
    if row.due_at is not None:
        after_commit(session, lambda: hints.send(DOWNLOAD_MEDIA))
    return MediaOut.model_validate(row)


def _answer(request: Request, store: FileStore, served: Served) -> Response:
    try:
        return serve(request, store, served)
    except FileMissing as error:
        raise NotFound("the file was removed from the store") from error
    except StoreError as error:
        raise Unavailable(str(error)) from error


def _thumbnail(request: Request, store: FileStore, row: Media) -> Response:
    """The small picture, whole: its size is nowhere but in the store."""
    path = thumbnail_path_of(row.business_id, str(row.sha256))
    try:
        body = b"".join(store.read(path))
    except FileMissing as error:
        raise NotFound("the thumbnail was removed from the store") from error
    except StoreError as error:
        raise Unavailable(str(error)) from error
    served = Served(path, f"{row.sha256}-small", len(body), MIME_TYPE, f"thumbnail-{row.id}.webp")
    return serve_whole(request, served, body)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK_BYTES), b"")
