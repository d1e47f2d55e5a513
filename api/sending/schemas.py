"""What the endpoints of sending take and give."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from api.sending.limit import Part
from api.sending.message import (
    AudioMessage,
    ContactsMessage,
    DocumentMessage,
    ImageMessage,
    InteractiveMessage,
    LocationMessage,
    ReactionMessage,
    StickerMessage,
    TemplateMessage,
    TextMessage,
    VideoMessage,
)
from api.sending.recipient import Recipient

RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]
USER_ID = r"^[A-Z]{2}\.[A-Za-z0-9.]{1,128}$"


class Addressed(Part):
    """To whom: name one of `conversation_id`, `customer_id`, `to` and `recipient`."""

    conversation_id: RowId | None = Field(default=None, examples=[7])
    customer_id: RowId | None = None
    to: Annotated[str, Field(min_length=5, max_length=40)] | None = Field(
        default=None, description="A phone number.", examples=["+919000000001"]
    )
    recipient: Annotated[str, Field(pattern=USER_ID)] | None = Field(
        default=None,
        description="Meta's id of a person who hides her phone number.",
        examples=["IN.13491208655302741918"],
    )
    channel_id: RowId | None = Field(
        default=None, description="The number to write from, where your business has several and it is no conversation."
    )
    reply_to_id: RowId | None = Field(default=None, description="The message that it quotes.", examples=[31])

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        named = (self.conversation_id, self.customer_id, self.to, self.recipient)
        if sum(each is not None for each in named) != 1:
            raise ValueError("name one of conversation_id, customer_id, to and recipient")
        return self

    @property
    def whom(self) -> Recipient:
        """The recipient in plain values."""
        return Recipient(
            conversation_id=self.conversation_id,
            customer_id=self.customer_id,
            phone=self.to,
            user_id=self.recipient,
            channel_id=self.channel_id,
        )


class SendText(TextMessage, Addressed):
    """Words to be sent."""


class SendImage(ImageMessage, Addressed):
    """A picture to be sent."""


class SendVideo(VideoMessage, Addressed):
    """A video to be sent."""


class SendAudio(AudioMessage, Addressed):
    """Sound to be sent."""


class SendDocument(DocumentMessage, Addressed):
    """A document to be sent."""


class SendSticker(StickerMessage, Addressed):
    """A sticker to be sent."""


class SendLocation(LocationMessage, Addressed):
    """A pin on the map to be sent."""


class SendContacts(ContactsMessage, Addressed):
    """People's cards to be sent."""


class SendReaction(ReactionMessage, Addressed):
    """A reaction to be sent."""


class SendInteractive(InteractiveMessage, Addressed):
    """A message with something to tap, to be sent."""


class SendTemplate(TemplateMessage, Addressed):
    """A template to be sent."""


SendRequest = Annotated[
    SendText
    | SendImage
    | SendVideo
    | SendAudio
    | SendDocument
    | SendSticker
    | SendLocation
    | SendContacts
    | SendReaction
    | SendInteractive
    | SendTemplate,
    Field(discriminator="type"),
]


class ReadReceipt(Part):
    """What to show the customer beside the blue ticks."""

    typing: bool = Field(default=False, description="Also that somebody writes, for 25 seconds or until a message.")


class Told(BaseModel):
    """What will be told to Meta in a moment."""

    message_id: int = Field(description="The customer's message that it is about.", examples=[31])
