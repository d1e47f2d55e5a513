"""What goes over the WebSocket: JSON text frames, told apart by their `type`."""

from enum import IntEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from api.identity.models import Role

CURSOR = "How far you have heard. Open the next WebSocket with `?cursor=` the newest one, and you hear what you missed."


class CloseCode(IntEnum):
    """Why the service closes a WebSocket, beside the protocol's own codes (1009 too long, 1012 restarting).

    After 1008, 4401 and 4429, trying again at once helps nobody; after the others it does.
    """

    UNDERSTOOD_NOTHING = 1008
    TRY_AGAIN_LATER = 1013
    LOGGED_OUT = 4401
    TOO_SLOW = 4408
    TOO_MANY = 4429


class Me(BaseModel):
    """Whose login the WebSocket is of."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Asha"])
    role: Role


class Hello(BaseModel):
    """The first frame. Where `resumed`, what you missed comes next, then `caught_up`."""

    type: Literal["hello"] = "hello"
    cursor: str = Field(description=CURSOR, examples=["90210-1795424400"])
    resumed: bool
    user: Me
    ping_seconds: int = Field(description="Hear nothing for twice as long, and the line is dead: connect anew.")


class CaughtUp(BaseModel):
    """You have heard all that you missed."""

    type: Literal["caught_up"] = "caught_up"
    cursor: str = Field(description=CURSOR)


class ChangeFrame(BaseModel):
    """Something changed: read it anew, if you show it. You may hear of a change twice."""

    type: Literal["change"] = "change"
    id: int = Field(description="The change's, unique but in no order.", examples=[8123])
    subject: str = Field(description="What it is; there may be more kinds than you know.", examples=["order"])
    subject_id: int = Field(description="Which one; 0 for any number of them.", examples=[5])
    cursor: str = Field(description=CURSOR)


class Reset(BaseModel):
    """You missed more than can be told: anything may have changed."""

    type: Literal["reset"] = "reset"
    cursor: str = Field(description=CURSOR)


class Person(BaseModel):
    """Somebody who is looking."""

    user_id: int = Field(examples=[4])
    name: str = Field(examples=["Ravi"])
    editing: bool


class PresenceFrame(BaseModel):
    """Who looks at what you look at, you among them; told whenever that changes."""

    type: Literal["presence"] = "presence"
    subject: str = Field(examples=["order"])
    id: int = Field(examples=[5])
    people: list[Person]


class Ping(BaseModel):
    """The line stands, and there was nothing to tell."""

    type: Literal["ping"] = "ping"
    cursor: str = Field(description=CURSOR)


class Looking(BaseModel):
    """Say what you look at: one conversation and one order at a time. A null `id`: at none any more."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["looking"]
    subject: Literal["conversation", "order"]
    id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None
    editing: bool = False


ServerFrame = Annotated[Hello | CaughtUp | ChangeFrame | Reset | PresenceFrame | Ping, Field(discriminator="type")]
ClientFrame = Looking
CLIENT_FRAME: TypeAdapter[Looking] = TypeAdapter(ClientFrame)


class WebSocketFrames(BaseModel):
    """The frames of either side. Ignore types and members that you do not know: there may be more one day."""

    from_server: ServerFrame
    from_client: ClientFrame
