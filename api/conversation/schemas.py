"""What the conversations' endpoints take and give."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.conversation.content import MessageContent
from api.conversation.message_kind import REVOKE
from api.conversation.models import Direction, Message, MessageStatus
from api.media.models import Media
from api.media.schemas import MediaOut
from api.pagination import Page


class MessageOut(BaseModel):
    """A message. `content` is its words; evidence of a reading counts their characters."""

    id: int = Field(examples=[31])
    conversation_id: int = Field(examples=[7])
    wamid: str | None = Field(description="Meta's id.", examples=["wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQz"])
    direction: Direction
    type: str = Field(description="Meta's word for it, also one that is not known here.", examples=["text"])
    content: str = Field(examples=["2 kg aata bhej dena"])
    attributes: dict[str, Any] = Field(
        description="What else it says, where it does: `sku`, `items`, `location`, `emoji`, `choice_id`, `media_id` "
        "and more by its type: docs/whatsapp-events.md lists it.",
        examples=[{}],
    )
    placeholder: str | None = Field(description="What to show where it has no words.", examples=[None])
    reply_to_id: int | None = Field(description="The message that it quotes or reacts to.", examples=[30])
    media: MediaOut | None = Field(description="Its file: `GET /media/{id}` has the bytes.", examples=[None])
    status: MessageStatus
    error: dict[str, Any] | None = Field(
        description="Of one that failed: Meta's `code` and `details`, and what to do: `action`, `meaning`, `remedy`.",
        examples=[None],
    )
    edited_at: datetime | None = Field(description="When it got its present words; null where they are its first.")
    deleted_at: datetime | None = Field(description="When its writer deleted it; its words are gone.")
    historic: bool = Field(description="It was written before the number was connected: no reading sees it.")
    sent_by: int | None = Field(
        description="The user who wrote it; null where the customer, the shop's phone or the service did.", examples=[3]
    )
    timestamp: datetime

    @classmethod
    def of(cls, row: Message, ids: Mapping[str, int], files: Mapping[int, Media]) -> "MessageOut":
        """A row as it is shown; `ids` has the quoted messages' ids by wamid, `files` the messages' files by id."""
        file = files.get(row.media_id) if row.media_id is not None and row.revoked_at is None else None
        return cls(
            id=row.id,
            conversation_id=row.conversation_id,
            wamid=row.wamid,
            direction=row.direction,
            type=row.type,
            content=row.content,
            attributes=row.attributes,
            reply_to_id=ids.get(row.reply_to_wamid) if row.reply_to_wamid else None,
            media=MediaOut.model_validate(file) if file is not None else None,
            status=row.status,
            error=row.error,
            sent_by=row.sent_by,
            placeholder=_placeholder(row),
            edited_at=row.edited_at,
            deleted_at=row.revoked_at,
            historic=row.historic,
            timestamp=row.timestamp,
        )


def _placeholder(row: Message) -> str | None:
    """What stands for a message without words: that it was deleted, or its kind."""
    if row.content:
        return None
    type_ = REVOKE if row.revoked_at is not None else row.type
    return MessageContent.of(type_, "", row.attributes).preview


class MessagePage(Page[MessageOut]):
    """Messages, the newest first. `next` leads to older ones."""

    newer: str | None = Field(
        description="Ask for `?direction=newer&cursor=` this to get the newer ones; null where the page ends with the "
        "newest, or was asked for on the way to older ones.",
        examples=[None],
        default=None,
    )


class StatusOut(BaseModel):
    """A status that Meta told of a message."""

    model_config = ConfigDict(from_attributes=True)

    status: str = Field(description="Meta's word, also one that is not known here.", examples=["delivered"])
    participant: str | None = Field(description="Whom it is about, in a group.")
    timestamp: datetime | None
    payload: dict[str, Any] = Field(description="As Meta told it, with prices and errors.")


class VersionOut(BaseModel):
    """What a message said, from a time on."""

    content: str
    timestamp: datetime


class MessageHistory(BaseModel):
    """All that became of a message."""

    statuses: list[StatusOut] = Field(description="In the order in which they happened.")
    versions: list[VersionOut] = Field(description="The first is what it said at first; then its edits.")
