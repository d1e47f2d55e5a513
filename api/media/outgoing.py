"""Gives files to Meta, so that messages can carry them."""

from datetime import UTC, datetime, timedelta
from typing import BinaryIO, cast

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.channel.token import access_token
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.graph.error import GraphUncertain, GraphUnreachable
from api.identity.models import Channel
from api.media import repository
from api.media.blob import gathered, path_of
from api.media.file_store import FileStore
from api.media.models import Media, MediaState, MediaUpload
from api.media.rule import UNKNOWN_TYPE
from api.media.serving import default_name

# Meta keeps what was uploaded for 30 days; what is nearly over is given anew.
KEPT_BY_META = timedelta(days=30)
MARGIN = timedelta(days=1)


class FileNotReady(Exception):  # noqa: N818 - a state of the file
    """Raised when a file cannot be sent: it is not here, or not the business's, or the channel has no token."""


class MetaFiles:
    """Meta's ids of our files. Share it between threads; call it outside of transactions, as it asks Meta."""

    def __init__(self, database: Database, graph: GraphClient, vault: Vault, store: FileStore) -> None:
        self._database = database
        self._graph = graph
        self._vault = vault
        self._store = store

    def meta_media_id(self, channel_id: int, media_id: int) -> str:
        """What Meta calls a stored file on this channel; it is given the file where it does not have it.

        Raises:
            FileNotReady: There is nothing to give; the message says why.
            StoreError: The store does not answer: try again.
            GraphRefused: Meta does not take it, or refuses the token.
            GraphUnreachable: Meta does not answer: try again, a second copy does no harm.
        """
        with self._database.transaction() as session:
            channel = session.get_one(Channel, channel_id)
            known = _known(session, channel_id, media_id)
            row = _sendable(session, channel, media_id)
        return known or self._give(channel, row)

    def forget(self, channel_id: int, media_id: int) -> None:
        """Have a file given to Meta anew next time: Meta says that it does not have it."""
        with self._database.transaction() as session:
            session.execute(
                delete(MediaUpload).where(MediaUpload.channel_id == channel_id, MediaUpload.media_id == media_id)
            )

    def _give(self, channel: Channel, row: Media) -> str:
        token = access_token(channel, self._vault)
        if token is None:
            raise FileNotReady("the number has no access token: an admin gives it one")
        mime_type = row.mime_type or UNKNOWN_TYPE
        name = row.filename or default_name(row.kind, row.id, mime_type)
        with gathered(self._store.read(path_of(row.business_id, str(row.sha256)))) as blob:
            blob.file.seek(0)
            try:
                meta_media_id = self._graph.upload(
                    channel.phone_number_id,
                    cast("BinaryIO", blob.file),
                    mime_type=mime_type,
                    filename=name,
                    token=token,
                )
            except GraphUncertain as error:
                raise GraphUnreachable(str(error)) from error
        with self._database.transaction() as session:
            _remember(session, channel, row, meta_media_id)
        return meta_media_id


def _known(session: Session, channel_id: int, media_id: int) -> str | None:
    return session.scalar(
        select(MediaUpload.meta_media_id).where(
            MediaUpload.channel_id == channel_id,
            MediaUpload.media_id == media_id,
            MediaUpload.expires_at > datetime.now(UTC) + MARGIN,
        )
    )


def _sendable(session: Session, channel: Channel, media_id: int) -> Media:
    row = repository.media(session, channel.business_id, media_id)
    if row is None:
        raise FileNotReady(f"there is no file {media_id}")
    if row.state is not MediaState.STORED:
        raise FileNotReady(f"the file {media_id} is {row.state.value}")
    return row


def _remember(session: Session, channel: Channel, row: Media, meta_media_id: str) -> None:
    values = {"meta_media_id": meta_media_id, "expires_at": datetime.now(UTC) + KEPT_BY_META}
    session.execute(
        insert(MediaUpload)
        .values(business_id=row.business_id, media_id=row.id, channel_id=channel.id, **values)
        .on_conflict_do_update(index_elements=["media_id", "channel_id"], set_=values)
    )
