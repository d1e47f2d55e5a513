"""Reads the fields that tell of people: their ids, their wishes, and the shop's phone book."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from api.customer.person import Person
from api.whatsapp.item import Item, OtherEvent, ReceivedChoice, ReceivedContact, ReceivedIdentity, Source
from api.whatsapp.json_value import as_list, as_object, clean_object, text_at, time_at
from api.whatsapp.message_item import malformed
from api.whatsapp.sender import digits, person_by, person_of

Value = Mapping[str, object]
# The category of wishes that we know; others are kept and not acted on.
_MARKETING = "marketing_messages"


def items_of(source: Source, value: Value, key: str) -> Iterator[tuple[Source, object]]:
    """What is listed under `key`, each with its place; a single thing is a list of one."""
    listed = value.get(key)
    for index, item in enumerate(listed if isinstance(listed, list) else [listed] if listed else []):
        yield source.at(f"{key}[{index}]"), item


def user_id_update(source: Source, value: Value) -> Iterator[Item]:
    """People whose ids Meta made anew."""
    yield OtherEvent(source, clean_object(value))
    updates = list(items_of(source, value, "user_id_update")) or [(source, value)]
    for place, update in updates:
        yield _id_update(place, update)


def _id_update(source: Source, update: object) -> Item:
    number = digits(text_at(update, "wa_id"))
    previous = Person(
        user_id=text_at(update, "user_id", "previous") or text_at(update, "previous_user_id"),
        parent_user_id=text_at(update, "parent_user_id", "previous"),
    )
    current = Person(
        wa_id=number,
        user_id=text_at(update, "user_id", "current") or text_at(update, "user_id"),
        parent_user_id=text_at(update, "parent_user_id", "current"),
    )
    if current.user_id is None and current.parent_user_id is None:
        return malformed(source, "names no current id", update)
    return ReceivedIdentity(source, previous, current, time_at(update, "timestamp") or source.time)


def user_preferences(source: Source, value: Value) -> Iterator[Item]:
    """Customers who stopped marketing messages, or allowed them again."""
    yield OtherEvent(source, clean_object(value))
    contacts = [person_of(contact) for contact in as_list(value.get("contacts"))]
    for place, wish in items_of(source, value, "user_preferences"):
        told, person = (text_at(wish, "value") or "").lower(), _completed(person_of(wish), contacts)
        is_marketing = (text_at(wish, "category") or _MARKETING) == _MARKETING
        if person.keys and is_marketing and told in {"stop", "resume"}:
            yield ReceivedChoice(place, person, told == "stop", time_at(wish, "timestamp") or source.time)
        elif not person.keys:
            yield malformed(place, "names no person", wish)


def _completed(person: Person, contacts: list[Person]) -> Person:
    """`person`, or the only contact where it has no id."""
    return contacts[0] if not person.keys and len(contacts) == 1 else person


def phone_book(source: Source, value: Value) -> Iterator[Item]:
    """The contacts of the shop's phone."""
    for place, entry in items_of(source, value, "state_sync"):
        contact = as_object(entry).get("contact")
        person = _contact_person(contact)
        if not person.keys:
            yield malformed(place, "is no contact with a phone number", entry)
            continue
        removed = (text_at(entry, "action") or "").lower() in {"remove", "delete"}
        called = text_at(contact, "full_name") or text_at(contact, "first_name")
        at = time_at(as_object(entry).get("metadata"), "timestamp") or source.time
        yield ReceivedContact(place, person, None if removed else called, at)
    if "state_sync" not in value:
        yield OtherEvent(source, clean_object(value))


def _contact_person(contact: object) -> Person:
    number = person_by(text_at(contact, "phone_number") or text_at(contact, "wa_id"))
    return replace(number, user_id=text_at(contact, "user_id") or number.user_id, username=text_at(contact, "username"))
