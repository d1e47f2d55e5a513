"""What the channels' endpoints take and give."""

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, SecretStr

from api.channel.health import Health, health_of
from api.identity.models import Channel, ChannelStatus
from api.identity.schemas import Change, Given, MetaId, PhoneNumber

AccessToken = Annotated[SecretStr, Field(min_length=1, max_length=1000)]


class ChannelIn(Given):
    """A WhatsApp number to connect, with Meta's ids of it."""

    phone_number_id: MetaId
    display_phone_number: PhoneNumber | None = Field(
        default=None, description="The number itself. Needed only where Meta cannot be asked: without a token."
    )
    waba_id: MetaId | None = Field(
        default=None,
        description="The WhatsApp Business Account that holds the number. Where it is left out, and the token is good "
        "for one account alone, it is that one.",
    )
    access_token: AccessToken | None = Field(
        default=None,
        description="With which messages are sent and media fetched. Encrypted at rest and never shown again.",
    )


class ChannelChange(Change):
    """What to change; what is left out stays. `access_token: null` forgets the token."""

    nullable = frozenset({"waba_id", "access_token", "messages_per_second"})

    display_phone_number: PhoneNumber | None = None
    waba_id: MetaId | None = None
    access_token: AccessToken | None = None
    status: ChannelStatus | None = None
    messages_per_second: Annotated[int, Field(ge=1, le=1000, examples=[20])] | None = Field(
        default=None,
        description="20 where the number is also used in the WhatsApp Business app; null: as `throughput`.",
    )


class Trouble(BaseModel):
    """What keeps a number from working, and what to do."""

    code: int | None = Field(description="Meta's code, where it told one.", examples=[190])
    details: str = Field(default="", description="Meta's own words.", examples=["Session has expired on …"])
    action: str = Field(description="The kind of remedy.", examples=["permission"])
    meaning: str = Field(examples=["the access token has expired or was withdrawn"])
    remedy: str = Field(examples=["Make a new access token, and enter it."])
    at: datetime = Field(description="When it was noticed.")


class ChannelHealth(BaseModel):
    """Whether a number works, as far as is known."""

    state: Health = Field(
        description="`trouble`: see `trouble`. `no_token`: it receives and cannot send. `expires_soon`: the token ends "
        "within 7 days. `unchecked`: Meta was not reached yet. `ok`."
    )
    trouble: Trouble | None
    checked_at: datetime | None = Field(description="When Meta was last asked and found nothing wrong.")
    token_expires_at: datetime | None = Field(description="Null where the token has no end, or Meta does not tell.")
    webhooks_subscribed_at: datetime | None = Field(description="When Meta was told to send this account's webhooks.")
    templates_synced_at: datetime | None

    @classmethod
    def of(cls, row: Channel) -> Self:
        """A row's health as it is shown."""
        return cls(
            state=health_of(row, datetime.now(UTC)),
            trouble=Trouble.model_validate(row.trouble) if row.trouble else None,
            checked_at=row.checked_at,
            token_expires_at=row.token_expires_at,
            webhooks_subscribed_at=row.webhooks_subscribed_at,
            templates_synced_at=row.templates_synced_at,
        )


class ChannelOut(BaseModel):
    """A WhatsApp number of the business."""

    id: int = Field(examples=[1])
    phone_number_id: str = Field(examples=["106540352242922"])
    display_phone_number: str = Field(examples=["+91 98450 12345"])
    waba_id: str | None = Field(examples=["102290129340398"])
    status: ChannelStatus
    has_access_token: bool
    verified_name: str | None = Field(description="As customers see it.", examples=["Kiran Sarees"])
    quality_rating: str | None = Field(description="`GREEN`, `YELLOW`, `RED` or `UNKNOWN`.", examples=["GREEN"])
    throughput: str | None = Field(description="`STANDARD` (80 messages a second) or `HIGH` (1,000).")
    messages_per_second: int | None = Field(
        description="How fast it may send and receive, where that is not as `throughput` says.", examples=[None]
    )
    messaging_limit: str | None = Field(description="How many customers a day templates reach.", examples=["TIER_2K"])
    health: ChannelHealth
    created_at: datetime

    @classmethod
    def of(cls, row: Channel) -> Self:
        """A row as it is shown."""
        return cls(
            id=row.id,
            phone_number_id=row.phone_number_id,
            display_phone_number=row.display_phone_number,
            waba_id=row.waba_id,
            status=row.status,
            has_access_token=row.has_access_token,
            verified_name=row.verified_name,
            quality_rating=row.quality_rating,
            throughput=row.throughput,
            messages_per_second=row.messages_per_second,
            messaging_limit=row.messaging_limit,
            health=ChannelHealth.of(row),
            created_at=row.created_at,
        )
