"""A message to be sent: its type and its content, in the form of Meta's Cloud API."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from api.sending.interactive import (
    AddressMessage,
    ButtonMessage,
    CatalogMessage,
    FlowMessage,
    LinkMessage,
    ListMessage,
    LocationRequestMessage,
    ProductListMessage,
    ProductMessage,
)
from api.sending.limit import AnyCaseType, Part
from api.sending.payment import OrderDetailsMessage, OrderStatusMessage
from api.sending.plain import (
    AudioContent,
    Contacts,
    DocumentContent,
    ImageContent,
    LocationContent,
    ReactionContent,
    StickerContent,
    TextContent,
    VideoContent,
)
from api.sending.template_content import TemplateContent

InteractiveContent = Annotated[
    ButtonMessage
    | ListMessage
    | LinkMessage
    | LocationRequestMessage
    | AddressMessage
    | ProductMessage
    | ProductListMessage
    | CatalogMessage
    | FlowMessage
    | OrderDetailsMessage
    | OrderStatusMessage,
    Field(discriminator="type"),
    AnyCaseType,
]


class TextMessage(Part):
    """A message of words."""

    type: Literal["text"]
    content: TextContent


class ImageMessage(Part):
    """A message with a picture."""

    type: Literal["image"]
    content: ImageContent


class VideoMessage(Part):
    """A message with a video."""

    type: Literal["video"]
    content: VideoContent


class AudioMessage(Part):
    """A message with sound."""

    type: Literal["audio"]
    content: AudioContent


class DocumentMessage(Part):
    """A message with a document."""

    type: Literal["document"]
    content: DocumentContent


class StickerMessage(Part):
    """A message with a sticker."""

    type: Literal["sticker"]
    content: StickerContent


class LocationMessage(Part):
    """A message with a pin on the map."""

    type: Literal["location"]
    content: LocationContent


class ContactsMessage(Part):
    """A message with people's cards."""

    type: Literal["contacts"]
    content: Contacts


class ReactionMessage(Part):
    """A reaction to a message."""

    type: Literal["reaction"]
    content: ReactionContent


class InteractiveMessage(Part):
    """A message that the customer answers by tapping."""

    type: Literal["interactive"]
    content: InteractiveContent


class TemplateMessage(Part):
    """A message that Meta approved before: the only kind that opens a conversation."""

    type: Literal["template"]
    content: TemplateContent


OutgoingMessage = (
    TextMessage
    | ImageMessage
    | VideoMessage
    | AudioMessage
    | DocumentMessage
    | StickerMessage
    | LocationMessage
    | ContactsMessage
    | ReactionMessage
    | InteractiveMessage
    | TemplateMessage
)
_ANY: TypeAdapter[OutgoingMessage] = TypeAdapter(Annotated[OutgoingMessage, Field(discriminator="type")])


def outgoing(type_: str, content: Any) -> OutgoingMessage:  # noqa: ANN401 - any JSON
    """The message of this type and content; raise pydantic's ValidationError where WhatsApp would refuse it."""
    return _ANY.validate_python({"type": type_, "content": content})


def body_of(message: OutgoingMessage) -> dict[str, Any]:
    """The message as Meta is told it, without the recipient."""
    told = message.told()
    return {"type": message.type, message.type: told["content"]}
