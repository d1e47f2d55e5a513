"""Tables of businesses, channels (WhatsApp numbers), users and login sessions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, CreatedAt, Currency, Id, states


class Role(StrEnum):
    """What a user may do: an admin also sets up channels and users, and reads the audit log; a viewer only looks."""

    ADMIN = "admin"
    AGENT = "agent"
    VIEWER = "viewer"


class Language(StrEnum):
    """What the agents' page speaks to a person."""

    EN = "en"
    HI = "hi"


class Theme(StrEnum):
    """How the agents' page looks to a person; `auto` as her device does."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class InvitationKind(StrEnum):
    """What a link is for: a new person joins, or one who forgot her password sets a new one."""

    JOIN = "join"
    RESET = "reset"


class ChannelStatus(StrEnum):
    """Whether a channel's number is in use; events of a disabled one are stored and not handled."""

    ACTIVE = "active"
    DISABLED = "disabled"


class Business(Base):
    """A seller: the tenant that every other row belongs to.

    `catalog_version` counts up with each change of the catalogue, so that workers know when to read
    it anew; `last_order_number` is the last number given to one of its orders. Its people see dates, money and
    numbers as `locale` (a BCP 47 tag) writes them. `address`, `phone`, `email` and `website` are its own.
    """

    __tablename__ = "businesses"
    __table_args__ = (CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),)

    id: Mapped[Id]
    name: Mapped[str]
    currency: Mapped[Currency]
    country_code: Mapped[str]
    time_zone: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default=text("'en-IN'"))
    address: Mapped[str] = mapped_column(server_default=text("''"))
    phone: Mapped[str] = mapped_column(server_default=text("''"))
    email: Mapped[str] = mapped_column(server_default=text("''"))
    website: Mapped[str] = mapped_column(server_default=text("''"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    catalog_version: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    last_order_number: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[CreatedAt]


class Channel(Base):
    """A WhatsApp number of a business. Webhooks find their business by its `phone_number_id`.

    `payment_configurations` are Meta's of Indian payments, by name, as last told; `history_sync` is how far the
    chats of the shop's phone have come over: `progress` in percent, or `error`.

    What Meta says of the number was learned at `checked_at`: `throughput` is its level (`STANDARD`, `HIGH`),
    `trouble` what keeps it from working, with what to do (None where nothing does). It is checked again at
    `check_due_at`, and its account's templates are fetched again at `templates_due_at`. No media is
    downloaded before `media_errors_until`: Meta blocks numbers that ask in vain too often. It sends and receives
    at most `messages_per_second`, by its level where that is None.
    """

    __tablename__ = "channels"
    __table_args__ = (Index(None, "business_id", "id"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    phone_number_id: Mapped[str] = mapped_column(unique=True)
    display_phone_number: Mapped[str]
    waba_id: Mapped[str | None]
    access_token_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[ChannelStatus] = mapped_column(
        states(ChannelStatus, "status"), server_default=ChannelStatus.ACTIVE.value
    )
    payment_configurations: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    history_sync: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    verified_name: Mapped[str | None]
    quality_rating: Mapped[str | None]
    throughput: Mapped[str | None]
    platform_type: Mapped[str | None]
    messaging_limit: Mapped[str | None]
    webhooks_subscribed_at: Mapped[datetime | None]
    token_expires_at: Mapped[datetime | None]
    trouble: Mapped[dict[str, Any] | None]
    checked_at: Mapped[datetime | None]
    check_due_at: Mapped[datetime | None]
    templates_synced_at: Mapped[datetime | None]
    templates_due_at: Mapped[datetime | None]
    media_errors_until: Mapped[datetime | None]
    messages_per_second: Mapped[int | None]
    created_at: Mapped[CreatedAt]

    @property
    def has_access_token(self) -> bool:
        """Whether messages can be sent: a token was given."""
        return self.access_token_encrypted is not None


class User(Base):
    """A person of a business. `email` is stored in lower case and is unique over all businesses."""

    __tablename__ = "users"
    __table_args__ = (
        Index(None, "business_id", "id"),
        CheckConstraint("email = lower(email)", name="email"),
    )

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(states(Role, "role"))
    password_hash: Mapped[str]
    language: Mapped[Language] = mapped_column(states(Language, "language"), server_default=Language.EN.value)
    theme: Mapped[Theme] = mapped_column(states(Theme, "theme"), server_default=Theme.AUTO.value)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]


class LoginSession(Base):
    """A login. Only the SHA-256 of its token is kept; the token itself is shown once, at login.

    `user_agent` is what the browser called itself, so that a person knows which of her logins one is.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "business_id", "user_id"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(server_default=text("''"))


class Invitation(Base):
    """A link with which a person joins, or sets a new password. Only the SHA-256 of its token is kept.

    It is good once, until `expires_at`. `user_id` is whose password it sets, or who joined by it.
    """

    __tablename__ = "invitations"
    __table_args__ = (Index(None, "business_id", "id"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    kind: Mapped[InvitationKind] = mapped_column(states(InvitationKind, "kind"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(states(Role, "role"))
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    created_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
