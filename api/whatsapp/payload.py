"""What a webhook's JSON holds: every message, status and other event of every entry and change.

Pure: parsed JSON of any shape in, values out, never an exception. What cannot be understood becomes a
`Malformed` item that says where and why, and never blocks its neighbors. The raw body is stored beside.
"""

from collections.abc import Callable, Iterator, Mapping

from api.whatsapp.history_field import history
from api.whatsapp.item import Item, Malformed, OtherEvent, ReceivedMessage, ReceivedStatus, Source
from api.whatsapp.json_value import as_list, as_object, clean_object, text_at, time_at
from api.whatsapp.message_item import echo, inbound, malformed, status
from api.whatsapp.person_field import items_of, phone_book, user_id_update, user_preferences
from api.whatsapp.sender import Contacts

__all__ = ["FIELDS", "Item", "Malformed", "OtherEvent", "ReceivedMessage", "ReceivedStatus", "Source", "parse"]

_MAX_NAME = 64
ChangeReader = Callable[[Source, Mapping[str, object]], Iterator[Item]]


def parse(payload: object) -> list[Item]:
    """All items of a webhook's JSON, in their order. Never raises."""
    root = Source("$", "payload")
    entries = as_object(payload).get("entry")
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list):
        return [malformed(root, "has no list called entry", payload)]
    return [item for index, entry in enumerate(entries) for item in _entry(root.at(f"entry[{index}]"), entry)]


def _entry(source: Source, entry: object) -> Iterator[Item]:
    changes = as_object(entry).get("changes")
    if isinstance(changes, dict):
        changes = [changes]
    if not isinstance(changes, list):
        yield malformed(source, "has no list called changes", entry)
        return
    for index, change in enumerate(changes):
        yield from _change(source.at(f"changes[{index}]"), entry, change)


def _change(parent: Source, entry: object, change: object) -> Iterator[Item]:
    value = as_object(change).get("value")
    source = Source(
        path=f"{parent.path}.value",
        field=(text_at(change, "field") or "messages")[:_MAX_NAME],
        waba_id=text_at(entry, "id"),
        phone_number_id=text_at(value, "metadata", "phone_number_id"),
        display_phone_number=text_at(value, "metadata", "display_phone_number")
        or text_at(value, "display_phone_number"),
        time=time_at(entry, "time"),
    )
    if not isinstance(value, dict):
        yield malformed(source, "is no object", change)
        return
    known: Mapping[str, object] = value
    yield from FIELDS.get(source.field, other)(source, known)


def other(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    """A field that is kept as a whole."""
    yield OtherEvent(source, clean_object(value))


def messages(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    """Messages, those that the shop wrote, statuses and errors."""
    contacts = Contacts(as_list(value.get("contacts")))
    for place, item in items_of(source, value, "messages"):
        yield from inbound(place, contacts, item)
    for place, item in items_of(source, value, "message_echoes"):
        yield echo(place, contacts, item)
    for place, item in items_of(source, value, "statuses"):
        yield status(place, item)
    for place, item in items_of(source, value, "errors"):
        yield OtherEvent(Source(place.path, "errors", source.waba_id, source.phone_number_id), clean_object(item))
    if value.keys().isdisjoint(("messages", "message_echoes", "statuses", "errors")):
        yield from other(source, value)


def echoes(source: Source, value: Mapping[str, object]) -> Iterator[Item]:
    """Messages that the shop wrote in its WhatsApp Business app (coexistence)."""
    contacts = Contacts(as_list(value.get("contacts")))
    for place, item in items_of(source, value, "message_echoes"):
        yield echo(place, contacts, item)
    if "message_echoes" not in value:
        yield from other(source, value)


# Each field that Meta documents. One that is not here is kept as a whole, too.
FIELDS: Mapping[str, ChangeReader] = {
    "messages": messages,
    "smb_message_echoes": echoes,
    "message_echoes": echoes,
    "history": history,
    "smb_app_state_sync": phone_book,
    "user_id_update": user_id_update,
    "user_preferences": user_preferences,
    "message_template_status_update": other,
    "message_template_quality_update": other,
    "message_template_components_update": other,
    "template_category_update": other,
    "phone_number_quality_update": other,
    "phone_number_name_update": other,
    "account_update": other,
    "account_alerts": other,
    "account_review_update": other,
    "account_settings_update": other,
    "business_capability_update": other,
    "payment_configuration_update": other,
    "automatic_events": other,
    "security": other,
    "flows": other,
    "calls": other,
    "group_lifecycle_update": other,
    "group_participants_update": other,
    "group_settings_update": other,
    "group_status_update": other,
    "partner_solutions": other,
    "errors": other,
}
