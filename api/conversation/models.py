"""Tables of conversations, messages and message statuses."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Id, states


class Direction(StrEnum):
    """Which way a message goes: from the customer (inbound) or to her (outbound)."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class MessageStatus(StrEnum):
    """How far a message has come. Inbound ones are `received`; the others are of outbound ones.

    `queued` ones wait to be sent, `sending` ones are on their way to Meta, `sent` ones it has accepted. Of an
    `unknown` one nobody knows whether Meta got it: a status may still tell, or a person decides.
    """

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Conversation(Base):
    """All that one customer and one channel said to each other.

    `customer_phone` and `customer_user_id` are how the channel reaches her: the second is Meta's id of her for the
    channel's portfolio, and alone where she hides her number. `last_message` is a preview.
    `last_customer_message_at` starts WhatsApp's 24-hour window; `free_entry_until` is the end of the 72 hours that
    an answered click on an advertisement opens. The shop last spoke at `answered_at`; the customer waits for an
    answer since `unanswered_since`, None where she does not.
    `reading_requested_at` is when the oldest message came that no reading has seen, None where all are
    read; the reading is due at `reading_due_at`. `reading_attempts` counts begun readings since then, and
    `reading_error` says why the last one was given up. `reading_turn` counts all that were ever begun: only
    the last one may be kept.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel_id", "customer_id"),
        Index(None, "business_id", "last_updated", "id"),
        Index(None, "business_id", "customer_id"),
        Index("ix_conversations_reading_due", "reading_due_at", postgresql_where=text("reading_due_at IS NOT NULL")),
        Index(
            "ix_conversations_unanswered",
            "business_id",
            "unanswered_since",
            "id",
            postgresql_where=text("unanswered_since IS NOT NULL"),
        ),
        CheckConstraint("unread_count >= 0", name="unread_count"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    customer_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("customers.id"))
    customer_phone: Mapped[str | None]
    customer_user_id: Mapped[str | None]
    last_message: Mapped[str | None]
    last_updated: Mapped[CreatedAt]
    last_customer_message_at: Mapped[datetime | None]
    free_entry_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    unanswered_since: Mapped[datetime | None]
    unread_count: Mapped[int] = mapped_column(server_default=text("0"))
    assigned_user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    reading_requested_at: Mapped[datetime | None]
    reading_due_at: Mapped[datetime | None]
    reading_attempts: Mapped[int] = mapped_column(server_default=text("0"))
    reading_error: Mapped[str | None]
    reading_turn: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[CreatedAt]


class Message(Base):
    """One message. `wamid` is Meta's id, unique in a channel, None until an outbound one is sent.

    `content` is its words, which evidence points into; `attributes` is what else it says, in the form of
    `MessageContent`; `payload` is Meta's item as it came, whatever its `type`. Messages of a conversation
    are ordered by `timestamp` (Meta counts seconds), then `sequence` (the order of their webhooks).

    An edit or a deletion is a message too, of type `edit` or `revoke`, and `reply_to_wamid` is what it changes;
    once it is applied, `changes_message_id` names that message, whose `content` and `attributes` are then the
    new ones since `edited_at`, or empty since `revoked_at`. `historic` ones were written before the number was
    connected: they are shown, never read. `pricing` is what Meta said that an outbound one costs.

    What we send ourselves has a `tracker`, our own id of it, which Meta's statuses carry. While it waits or is on
    its way, `send_due_at` is when to look at it next; `send_attempts` counts the attempts, and `send_slot` tells
    that it has its place in the number's throughput. Its `payload` is what Meta is to be told, without recipient.
    `sent_by` is the user who wrote it, None where the service did. `media_id` is our own of its file, not Meta's.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel_id", "wamid"),
        UniqueConstraint("channel_id", "tracker"),
        Index(None, "business_id", "conversation_id", "timestamp", "sequence", "id"),
        Index("ix_messages_send_due", "send_due_at", postgresql_where=text("send_due_at IS NOT NULL")),
        Index("ix_messages_to_send", "conversation_id", "id", postgresql_where=text("send_due_at IS NOT NULL")),
        Index(
            "ix_messages_changes",
            "channel_id",
            "reply_to_wamid",
            postgresql_where=text("type IN ('edit', 'revoke')"),
        ),
        Index(  # counted by day without a look into the messages themselves
            "ix_messages_days",
            "business_id",
            "timestamp",
            postgresql_include=[
                "id",
                "conversation_id",
                "direction",
                "type",
                "sent_by",
                "tracker",
                "historic",
                "sequence",
            ],
        ),
        Index("ix_messages_media_id", "media_id", postgresql_where=text("media_id IS NOT NULL")),
        Index("ix_messages_words", func.to_tsvector(text("'simple'"), text("content")), postgresql_using="gin"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    conversation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("conversations.id"))
    wamid: Mapped[str | None]
    direction: Mapped[Direction] = mapped_column(states(Direction, "direction"))
    type: Mapped[str]
    content: Mapped[str] = mapped_column(server_default=text("''"))
    attributes: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    payload: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    webhook_event_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("webhook_events.id"))
    sequence: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    reply_to_wamid: Mapped[str | None]
    status: Mapped[MessageStatus] = mapped_column(states(MessageStatus, "status"))
    error: Mapped[dict[str, Any] | None]
    pricing: Mapped[dict[str, Any] | None]
    edited_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    changes_message_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("messages.id"))
    historic: Mapped[bool] = mapped_column(server_default=text("false"))
    tracker: Mapped[str | None]
    send_due_at: Mapped[datetime | None]
    send_attempts: Mapped[int] = mapped_column(server_default=text("0"))
    send_slot: Mapped[bool] = mapped_column(server_default=text("false"))
    sent_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    media_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("media.id"))
    timestamp: Mapped[datetime]
    created_at: Mapped[CreatedAt]


class MessageStatusEvent(Base):
    """A status that Meta told of a message, also of one that is not known (yet).

    `timestamp` is None where Meta told none. `participant` is who it is about, in a group. `tracker` is our own
    id of the message (`biz_opaque_callback_data`), where it was sent with one.
    """

    __tablename__ = "message_statuses"
    __table_args__ = (
        UniqueConstraint(
            "channel_id",
            "wamid",
            "status",
            "participant",
            "timestamp",
            name="uq_message_statuses_told",
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "business_id", "wamid"),
        Index("ix_message_statuses_tracker", "channel_id", "tracker", postgresql_where=text("tracker IS NOT NULL")),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    channel_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("channels.id"))
    wamid: Mapped[str]
    status: Mapped[str]
    participant: Mapped[str | None]
    tracker: Mapped[str | None]
    timestamp: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[CreatedAt]
