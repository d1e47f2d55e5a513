"""What a message that is sent says, in the form in which conversations show and store messages."""

from typing import Any

from api.conversation.content import Location, MessageContent
from api.sending.interactive import ButtonMessage, ListMessage
from api.sending.known_template import KnownTemplate
from api.sending.message import (
    ContactsMessage,
    InteractiveContent,
    InteractiveMessage,
    LocationMessage,
    OutgoingMessage,
    ReactionMessage,
    TemplateMessage,
    TextMessage,
)
from api.sending.plain import File
from api.sending.template_content import (
    AnyParameter,
    CurrencyParameter,
    DateTimeParameter,
    TextParameter,
)


def shown(message: OutgoingMessage, known: KnownTemplate | None) -> MessageContent:
    """The words of a message, and what else there is to see of it; of a template, where it is `known`."""
    match message:
        case InteractiveMessage():
            return _interactive(message.content)
        case TemplateMessage():
            return _template(message, known)
        case LocationMessage():
            return _location(message)
        case TextMessage() | ReactionMessage() | ContactsMessage():
            return _words(message)
        case _:
            return _file(message.type, message.content)


def _words(message: TextMessage | ReactionMessage | ContactsMessage) -> MessageContent:
    if isinstance(message, TextMessage):
        return MessageContent(type=message.type, text=message.content.body)
    if isinstance(message, ReactionMessage):
        return MessageContent(type=message.type, emoji=message.content.emoji)
    names = ", ".join(contact.name.formatted_name for contact in message.content)
    return MessageContent(type=message.type, text=names, parts={"contacts": message.told()["content"]})


def _file(type_: str, file: File) -> MessageContent:
    told = file.told()
    parts: dict[str, Any] = {name: told[name] for name in ("link", "filename", "voice") if name in told}
    return MessageContent(type=type_, text=told.get("caption", ""), media_id=file.id, parts=parts)


def _location(message: LocationMessage) -> MessageContent:
    place = message.content
    location = Location(place.latitude, place.longitude, place.name or "", place.address or "")
    return MessageContent(type=message.type, location=location)


def _interactive(content: InteractiveContent) -> MessageContent:
    told = content.told()
    text = content.body.text if content.body else ""
    parts: dict[str, Any] = {
        "interactive": content.type,
        "header": told.get("header"),
        "footer": told.get("footer", {}).get("text"),
        "choices": choices_of(content),
        "action": told["action"],
    }
    return MessageContent(type="interactive", text=text, parts=parts)


def choices_of(content: InteractiveContent) -> list[dict[str, str]]:
    """The answers that a customer can tap: their ids and titles."""
    if isinstance(content, ButtonMessage):
        return [{"id": button.reply.id, "title": button.reply.title} for button in content.action.buttons]
    if isinstance(content, ListMessage):
        return [{"id": row.id, "title": row.title} for section in content.action.sections for row in section.rows]
    return []


def _template(message: TemplateMessage, known: KnownTemplate | None) -> MessageContent:
    content = message.content
    values = values_of(content.body_values)
    text = known.rendered(values) if known else ""
    template = {"name": content.name, "language": content.language.code, "values": list(values.values())}
    return MessageContent(type=message.type, text=text, parts={"template": template})


def values_of(parameters: tuple[AnyParameter, ...]) -> dict[str, str]:
    """The values of variables by name, or by number counted from 1."""
    return {
        parameter.parameter_name or str(number): _value(parameter) for number, parameter in enumerate(parameters, 1)
    }


def _value(parameter: AnyParameter) -> str:
    match parameter:
        case TextParameter():
            return parameter.text
        case CurrencyParameter():
            return parameter.currency.fallback_value
        case DateTimeParameter():
            return parameter.date_time.fallback_value
        case _:
            return f"[{parameter.type}]"
