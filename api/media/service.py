"""What people do with files: look at them, try again, give new ones."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity.current_user import CurrentUser
from api.media import repository
from api.media.blob import Blob, keep
from api.media.file_store import FileStore
from api.media.incoming import clean_name
from api.media.models import Media, MediaState
from api.media.rule import Unacceptable, check_outgoing, kind_for
from api.problem import Conflict, NotFound, Unprocessable


class NotHere(Conflict):
    """Raised when a file is asked for that is not here (yet); `state` and `error` tell why."""

    slug = "media-not-here"


class Forgotten(Conflict):
    """Raised when a file is to be fetched that Meta does not have any more."""

    slug = "media-expired"


class WrongFile(Unprocessable):
    """Raised when WhatsApp would not take a file that was uploaded."""

    slug = "media-not-accepted"


def media_or_404(session: Session, business_id: int, media_id: int, *, lock: bool = False) -> Media:
    """The file; raise NotFound where the business has none with this id."""
    row = repository.media(session, business_id, media_id, lock=lock)
    if row is None:
        raise NotFound(f"there is no file {media_id}")
    return row


def require_stored(row: Media) -> None:
    """Raise NotHere where the file's bytes are not here."""
    if row.state is not MediaState.STORED:
        reason = f": {row.error}" if row.error else ""
        raise NotHere(f"the file is {row.state.value}{reason}", state=row.state.value, error=row.error)


def try_again(session: Session, actor: CurrentUser, media_id: int) -> Media:
    """Have a file that did not come fetched now; one that is here stays. Raise Forgotten where it is too late."""
    row = media_or_404(session, actor.business_id, media_id, lock=True)
    if row.state is MediaState.STORED:
        return row
    now = datetime.now(UTC)
    if row.expires_at is None or row.expires_at <= now:
        raise Forgotten("Meta keeps files for 7 days only: ask the customer to send it again")
    row.state, row.attempts, row.due_at, row.error = MediaState.PENDING, 0, now, None
    _record(session, actor, "media.tried_again", row)
    return row


def add_upload(
    session: Session, actor: CurrentUser, store: FileStore, blob: Blob, *, filename: str | None, kind: str | None
) -> Media:
    """Keep a file that is to be sent; raise WrongFile where WhatsApp would not take it."""
    mime_type = blob.mime_type(None)
    chosen = kind or kind_for(mime_type)
    try:
        check_outgoing(chosen, mime_type, blob.size, blob.head)
    except Unacceptable as error:
        raise WrongFile(str(error)) from error
    kept = keep(store, actor.business_id, chosen, mime_type, blob)
    row = Media(
        business_id=actor.business_id,
        kind=chosen,
        state=MediaState.STORED,
        filename=clean_name(filename),
        uploaded_by=actor.id,
        stored_at=datetime.now(UTC),
        mime_type=kept.mime_type,
        size=kept.size,
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        has_thumbnail=kept.has_thumbnail,
    )
    session.add(row)
    session.flush()
    _record(session, actor, "media.uploaded", row)
    return row


def _record(session: Session, actor: CurrentUser, action: str, row: Media) -> None:
    audit.record(
        session,
        business_id=actor.business_id,
        user_id=actor.id,
        action=action,
        subject_type="media",
        subject_id=row.id,
    )
