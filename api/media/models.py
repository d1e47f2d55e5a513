"""Tables of files and of what Meta calls those that were given to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id, states


class MediaState(StrEnum):
    """Whether a file is here: not yet, yes, or it will not come unless somebody tries again."""

    PENDING = "pending"
    STORED = "stored"
    FAILED = "failed"


class Media(Base):
    """A file: of a message that came in by `channel_id`, or one that an agent uploaded (`uploaded_by`).

    `kind` is Meta's word: image, video, audio, document or sticker. `sha256` (hexadecimal) names its bytes in
    the store; `declared_sha256` is what the webhook said they would be. A file that is not here yet is looked
    at next at `due_at`, after `attempts` that were begun; `error` says why the last one brought nothing.
    Meta forgets it at `expires_at`. Messages point here by `messages.media_id`.
    """

    __tablename__ = "media"
    __table_args__ = (
        Index(None, "business_id", "id"),
        Index("ix_media_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("channels.id"))
    kind: Mapped[str]
    meta_media_id: Mapped[str | None]
    state: Mapped[MediaState] = mapped_column(states(MediaState, "state"))
    mime_type: Mapped[str | None]
    filename: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    declared_sha256: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_thumbnail: Mapped[bool] = mapped_column(server_default=text("false"))
    error: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]
    uploaded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]


class MediaUpload(Base):
    """A file that was given to Meta for a channel: it knows it by `meta_media_id` until `expires_at`."""

    __tablename__ = "media_uploads"
    __table_args__ = (UniqueConstraint("media_id", "channel_id"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    media_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("media.id"))
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    meta_media_id: Mapped[str]
    expires_at: Mapped[datetime]
    created_at: Mapped[CreatedAt]
