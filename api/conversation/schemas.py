"""What the conversations' endpoints take and give."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.conversation.content import MessageContent
from api.conversation.message_kind import REVOKE
from api.conversation.models import Conversation, Direction, Message, MessageStatus
from api.conversation.window import window_closes_at
from api.customer.models import Customer
from api.media.models import Media
from api.media.schemas import MediaOut


class Participant(BaseModel):
    """The customer of a conversation."""

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[5])
    name: str | None = Field(description="As the customer or an agent gave it.", examples=["Asha Rao"])
    profile_name: str | None = Field(description="As WhatsApp shows it.", examples=["Asha"])
    phone: str | None = Field(description="Null where the customer hides it.", examples=["+919000000001"])


class ConversationOut(BaseModel):
    """A conversation as a list shows it."""

    id: int = Field(examples=[7])
    channel_id: int = Field(examples=[1])
    customer: Participant
    customer_phone: str | None = Field(examples=["+919000000001"])
    last_message: str | None = Field(description="One line.", examples=["2 kg aata bhej dena"])
    last_updated: datetime
    unread_count: int = Field(examples=[2])
    assigned_user_id: int | None = Field(description="The agent who looks after it.", examples=[3])
    window_closes_at: datetime | None = Field(
        description="Until when anything may be written; after that, and where null, only templates."
    )
    reading_is_due: bool = Field(description="Whether there are messages that the engine has not read yet.")
    reading_error: str | None = Field(description="Why the engine could not read it.", examples=[None])
    created_at: datetime

    @classmethod
    def of(cls, row: Conversation, customer: Customer) -> "ConversationOut":
        """A row as it is shown."""
        return cls(
            id=row.id,
            channel_id=row.channel_id,
            customer=Participant.model_validate(customer),
            customer_phone=row.customer_phone,
            last_message=row.last_message,
            last_updated=row.last_updated,
            unread_count=row.unread_count,
            assigned_user_id=row.assigned_user_id,
            window_closes_at=window_closes_at(row),
            reading_is_due=row.reading_due_at is not None,
            reading_error=row.reading_error,
            created_at=row.created_at,
        )


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


class ConversationChange(BaseModel):
    """What to change."""

    model_config = ConfigDict(extra="forbid")

    assigned_user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        description="The agent to look after it; null for nobody.", examples=[3]
    )
