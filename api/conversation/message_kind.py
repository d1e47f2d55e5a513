"""What each of Meta's message types means to the people and the engine. Printed in docs/whatsapp-events.md."""

from collections.abc import Mapping
from dataclasses import dataclass

EDIT, REVOKE = "edit", "revoke"
# Messages that change an earlier one.
CHANGES = (EDIT, REVOKE)
# What a history shows in place of a file; the file's own message comes in a later webhook.
MEDIA_PLACEHOLDER = "media_placeholder"


@dataclass(frozen=True, slots=True)
class MessageKind:
    """How a type is treated.

    `placeholder` is shown to an agent where the message has no words. An inbound one is `unread` until an agent
    has seen it, `opens_window` for 24 hours, and is `read` by the engine, where these say so.
    """

    placeholder: str
    unread: bool = True
    opens_window: bool = True
    read: bool = True


KINDS: Mapping[str, MessageKind] = {
    "text": MessageKind("Empty message"),
    "image": MessageKind("Photo"),
    "video": MessageKind("Video"),
    "audio": MessageKind("Voice message"),
    "voice": MessageKind("Voice message"),
    "document": MessageKind("Document"),
    "sticker": MessageKind("Sticker"),
    "location": MessageKind("Location"),
    "contacts": MessageKind("Contact"),
    "order": MessageKind("Cart"),
    "interactive": MessageKind("Answer"),
    "button": MessageKind("Answer"),
    "reaction": MessageKind("Reaction", unread=False),
    EDIT: MessageKind("Edited message", opens_window=False),
    REVOKE: MessageKind("Deleted message", unread=False, opens_window=False),
    "system": MessageKind("Notice from WhatsApp", unread=False, opens_window=False, read=False),
    "request_welcome": MessageKind("Opened the chat", unread=False, opens_window=False, read=False),
    "unsupported": MessageKind("Message that cannot be shown", read=False),
    "unknown": MessageKind("Message that cannot be shown", read=False),
    "errors": MessageKind("Message that cannot be shown", read=False),
    "ephemeral": MessageKind("Disappearing message", read=False),
    "template": MessageKind("Template", opens_window=False),
    MEDIA_PLACEHOLDER: MessageKind("File that is still to come", opens_window=False, read=False),
}


def kind_of(type_: str) -> MessageKind:
    """How messages of a type are treated; one that is not known here is shown by its name."""
    return KINDS.get(type_) or MessageKind(f"[{type_}]")
