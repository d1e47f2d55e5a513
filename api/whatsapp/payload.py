"""What a webhook's JSON holds: every message, status and other event of every entry and change.

Pure: parsed JSON of any shape in, values out, never an exception. What cannot be understood becomes a
`Malformed` item that says where and why, and never blocks its neighbors. The raw body is stored beside.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.conversation.content import MessageContent
from api.conversation.models import Direction
from api.customer.person import Person
from api.whatsapp.json_value import as_list, as_object, clean_object, text_at, time_at
from api.whatsapp.message_type import read_content, reply_to

_MAX_NAME = 64


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the payload an item stood, and the number it came in by (None where it names none)."""

    path: str
    field: str
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None

    def at(self, path: str) -> "Source":
        """The same source, further down at `path`."""
        return Source(f"{self.path}.{path}", self.field, self.waba_id, self.phone_number_id, self.display_phone_number)


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message between `person` and the number: hers (inbound), or the shop's own from its phone (outbound).

    `timestamp` is None where Meta's is missing or absurd; `raw` is Meta's item, fit for JSONB.
    """

    source: Source
    wamid: str
    direction: Direction
    person: Person
    timestamp: datetime | None
    content: MessageContent
    reply_to_wamid: str | None
    raw: Mapping[str, object]

    @property
    def name(self) -> str:
        """What to count it as."""
        prefix = "message" if self.direction is Direction.INBOUND else "echo"
        return f"{prefix}.{self.content.type}"


@dataclass(frozen=True, slots=True)
class ReceivedStatus:
    """A status of a message that was sent: Meta's own word, known to us or not."""

    source: Source
    wamid: str
    status: str
    timestamp: datetime | None
    raw: Mapping[str, object]

    @property
    def name(self) -> str:
        """What to count it as."""
        return f"status.{self.status}"


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """A change that is neither: stored by its field's name, not acted on."""

    source: Source
    raw: Mapping[str, object]

    @property
    def name(self) -> str:
        """What to count it as."""
        return self.source.field


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something that is not what Meta documents: where it stood and what is wrong."""

    source: Source
    reason: str
    raw: Mapping[str, object]
    name: str = "malformed"


Item = ReceivedMessage | ReceivedStatus | OtherEvent | Malformed
ChangeReader = Callable[[Source, Mapping[str, object]], Iterator[Item]]


def parse(payload: object) -> list[Item]:
    """All items of a webhook's JSON, in their order. Never raises."""
    root = Source("$", "payload")
    entries = as_object(payload).get("entry")
    if not isinstance(entries, list):
        return [_malformed(root, "has no list called entry", payload)]
    return [item for index, entry in enumerate(entries) for item in _entry(root.at(f"entry[{index}]"), entry)]


def _entry(source: Source, entry: object) -> Iterator[Item]:
    changes = as_object(entry).get("changes")
    if not isinstance(changes, list):
        yield _malformed(source, "has no list called changes", entry)
        return
    for index, change in enumerate(changes):
        yield from _change(source.at(f"changes[{index}]"), text_at(entry, "id"), change)


def _change(parent: Source, waba_id: str | None, change: object) -> Iterator[Item]:
    value = as_object(change).get("value")
    source = Source(
        path=f"{parent.path}.value",
        field=(text_at(change, "field") or "messages")[:_MAX_NAME],
        waba_id=waba_id,
        phone_number_id=text_at(value, "metadata", "phone_number_id"),
        display_phone_number=text_at(value, "metadata", "display_phone_number"),
    )
    if not isinstance(value, dict):
        yield _malformed(source, "is no object", change)
        return
    found = FIELDS.get(source.field, _other)(source, value)
    yield from found


def _other(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    yield OtherEvent(source, clean_object(value))


def _messages(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    """Messages, statuses and errors of the field `messages`."""
    contacts = as_list(value.get("contacts"))
    for item_source, item in _items(source, value, "messages"):
        yield _inbound(item_source, contacts, item)
    for item_source, item in _items(source, value, "statuses"):
        yield _status(item_source, item)
    for item_source, item in _items(source, value, "errors"):
        yield OtherEvent(Source(item_source.path, "errors", source.waba_id, source.phone_number_id), clean_object(item))
    if not any(key in value for key in ("messages", "statuses", "errors")):
        yield from _other(source, value)


def _echoes(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    """Messages that the shop wrote in its WhatsApp Business app (coexistence)."""
    for item_source, item in _items(source, value, "message_echoes"):
        yield _echo(item_source, item)
    if "message_echoes" not in value:
        yield from _other(source, value)


def _items(source: Source, value: Mapping[str, object], key: str) -> Iterator[tuple[Source, object]]:
    listed = value.get(key)
    for index, item in enumerate(listed if isinstance(listed, list) else [listed] if listed else []):
        yield source.at(f"{key}[{index}]"), item


def _inbound(source: Source, contacts: list[object], item: object) -> Item:
    return _message(source, Direction.INBOUND, _sender(contacts, item), item)


def _echo(source: Source, item: object) -> Item:
    person = Person(wa_id=digits(text_at(item, "to")), user_id=text_at(item, "to_user_id"))
    return _message(source, Direction.OUTBOUND, person, item)


def _message(source: Source, direction: Direction, person: Person, item: object) -> Item:
    wamid = text_at(item, "id")
    if not isinstance(item, dict):
        return _malformed(source, "is no object", item)
    if wamid is None or not person.ids or not source.phone_number_id:
        return _malformed(source, "lacks an id, a person or a phone_number_id", item)
    known = as_object(item)
    return ReceivedMessage(
        source=source,
        wamid=wamid,
        direction=direction,
        person=person,
        timestamp=time_at(item, "timestamp"),
        content=read_content(known),
        reply_to_wamid=reply_to(known),
        raw=clean_object(item),
    )


def _status(source: Source, item: object) -> Item:
    wamid, status = text_at(item, "id"), text_at(item, "status")
    if not wamid or not status or not source.phone_number_id:
        return _malformed(source, "lacks an id, a status or a phone_number_id", item)
    return ReceivedStatus(source, wamid, status[:_MAX_NAME], time_at(item, "timestamp"), clean_object(item))


def _sender(contacts: list[object], item: object) -> Person:
    """Who wrote `item`: her ids are the message's own, completed by the contact that belongs to it."""
    wa_id, user_id = digits(text_at(item, "from")), text_at(item, "from_user_id")
    contact = _contact(contacts, wa_id, user_id)
    # Some countries' numbers have two forms, so that the only contact is hers although its id differs.
    named = contact if contact is not None or len(contacts) != 1 else contacts[0]
    return Person(
        wa_id=wa_id or digits(text_at(contact, "wa_id")),
        user_id=user_id or text_at(contact, "user_id"),
        profile_name=text_at(named, "profile", "name"),
    )


def _contact(contacts: list[object], wa_id: str | None, user_id: str | None) -> object:
    """The contact with one of these ids, or None."""
    for contact in contacts:
        if wa_id and wa_id == digits(text_at(contact, "wa_id")):
            return contact
        if user_id and user_id == text_at(contact, "user_id"):
            return contact
    return None


def digits(number: str | None) -> str | None:
    """A phone number as Meta writes wa_ids: digits alone.

    >>> digits("+91 90000 00001")
    '919000000001'
    """
    if number is None:
        return None
    return number.removeprefix("+").replace(" ", "").replace("-", "") or None


def _malformed(source: Source, reason: str, raw: object) -> Malformed:
    return Malformed(source, reason, clean_object(raw))


# A field that has no reader is kept as an `OtherEvent`.
FIELDS: Mapping[str, ChangeReader] = {
    "messages": _messages,
    "smb_message_echoes": _echoes,
}
