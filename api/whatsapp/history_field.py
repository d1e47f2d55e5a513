"""Reads the chats that the shop's phone had before it was connected: thousands of messages, in chunks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from api.conversation.models import Direction
from api.customer.person import Person
from api.whatsapp.item import Item, OtherEvent, Source
from api.whatsapp.json_value import as_object, clean_object, text_at
from api.whatsapp.message_item import message
from api.whatsapp.person_field import items_of
from api.whatsapp.sender import digits, person_at, person_by, person_of

Value = Mapping[str, object]


def history(source: Source, value: Value) -> Iterator[Item]:
    """The messages of a chunk's threads, and how far the history has come.

    A later webhook brings the files of those messages that had only a place for them, in a list of its own.
    """
    for place, chunk in items_of(source, value, "history"):
        known = as_object(chunk)
        yield OtherEvent(place, clean_object({name: told for name, told in known.items() if name != "threads"}))
        for thread_place, thread in items_of(place, known, "threads"):
            yield from _thread(thread_place, thread)
    for key in ("messages", "message_echoes"):
        for place, item in items_of(source, value, key):
            yield _message(place, Person(), item)
    if not any(key in value for key in ("history", "messages", "message_echoes")):
        yield OtherEvent(source, clean_object(value))


def _thread(source: Source, thread: object) -> Iterator[Item]:
    known = as_object(thread)
    named, context = person_by(text_at(known, "id")), person_of(known.get("context"))
    person = replace(context, wa_id=context.wa_id or named.wa_id, user_id=context.user_id or named.user_id)
    for place, item in items_of(source, known, "messages"):
        yield _message(place, person, item)


def _message(source: Source, thread: Person, item: object) -> Item:
    context = as_object(as_object(item).get("history_context"))
    own = _is_own(source, thread, item)
    there = person_at(item, "to" if own else "from")
    return message(
        source,
        Direction.OUTBOUND if own else Direction.INBOUND,
        thread if thread.keys else there,
        item,
        historic=True,
        told_status=text_at(context, "status"),
    )


def _is_own(source: Source, thread: Person, item: object) -> bool:
    """Whether the shop wrote it; its number may stand there in another form than the shop's own."""
    told = as_object(as_object(item).get("history_context")).get("from_me")
    if isinstance(told, bool):
        return told
    number, theirs = digits(source.display_phone_number), set(thread.keys)
    if number is not None and digits(text_at(item, "from")) == number:
        return True
    return theirs.isdisjoint(person_at(item, "from").keys) and not theirs.isdisjoint(person_at(item, "to").keys)
