"""What the first run's endpoints take and give."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from api.channel.schemas import ChannelOut
from api.identity.models import Language
from api.identity.schemas import BusinessIn, Email, Given, Name, Password


class SetupNeed(BaseModel):
    """Whether there is a business yet."""

    needed: bool = Field(description="There is none: `POST /setup` makes the first one.")


class FirstAdmin(Given):
    """Who makes the business."""

    email: Email
    name: Name = Field(examples=["Asha"])
    password: Password
    language: Language = Language.EN


class SetupIn(Given):
    """The first business and its admin, with the code that `satyasell serve` printed."""

    code: Annotated[SecretStr, Field(min_length=1, max_length=200, description="Spaces, dashes and case are free.")]
    business: BusinessIn
    admin: FirstAdmin
    cookie: bool = Field(default=False, description="As of `POST /sessions`.")


class SimulatorState(BaseModel):
    """The WhatsApp that the service brings along where there is no Meta account."""

    available: bool = Field(description="The service was started by `satyasell serve --simulator`.")
    connected: bool = Field(description="Its number is a channel of yours.")
    phone_url: str | None = Field(
        description="Where a person plays the customers.", examples=["http://127.0.0.1:8010/phone/"]
    )


class SetupState(BaseModel):
    """How far you have come on your way to the first confirmed order."""

    has_channel: bool
    has_healthy_channel: bool = Field(description="Meta was asked, and found nothing wrong.")
    has_products: bool
    has_conversations: bool
    has_drafts: bool
    has_confirmed_order: bool
    has_team: bool = Field(description="You are not alone.")
    receives_webhooks: bool = Field(
        description="App secret and verify token are set: without them nothing comes from Meta."
    )
    simulator: SimulatorState


class SimulatorConnected(BaseModel):
    """The simulator's number as a channel of yours."""

    channel: ChannelOut
    phone_url: str = Field(description="Open it, and write as a customer.", examples=["http://127.0.0.1:8010/phone/"])
