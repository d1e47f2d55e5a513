"""Who a message, a status or a contact is about: Meta's ids, wherever a payload has them."""

import re

from api.customer.person import Key, Person
from api.whatsapp.json_value import as_object, text_at

# Meta's id of a person for a portfolio: a country, for an enterprise ENT, and letters and digits.
_USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)
_MOVED = re.compile(r"changed from (\S+) to (\S+)")


def digits(number: str | None) -> str | None:
    """A phone number as Meta writes wa_ids: digits alone.

    >>> digits("+91 90000-00001")
    '919000000001'
    """
    if number is None or number.isdigit():
        return number
    return re.sub(r"[+\s().-]", "", number) or None


def person_by(value: str | None) -> Person:
    """The person with an id of either kind.

    >>> person_by("IN.1349").user_id
    'IN.1349'
    """
    if value is not None and _USER_ID.fullmatch(value):
        return Person(user_id=value)
    return Person(wa_id=digits(value))


def person_at(value: object, role: str) -> Person:
    """The person in a `role` of an item: `from`, `to` or `recipient`, by the ids that stand there."""
    known = as_object(value)
    named = person_by(text_at(known, role) or text_at(known, f"{role}_id"))
    user_id, parents = f"{role}_user_id", (f"{role}_parent_user_id", f"parent_{role}_user_id")
    if known.keys().isdisjoint((user_id, *parents)):
        return named
    parent = next((found for name in parents if (found := text_at(known, name))), None)
    return Person(wa_id=named.wa_id, user_id=text_at(known, user_id) or named.user_id, parent_user_id=parent)


def person_of(contact: object) -> Person:
    """The person whom an entry of `contacts`, or another object with her ids, describes."""
    named = person_by(text_at(contact, "wa_id"))
    return Person(
        wa_id=named.wa_id,
        user_id=text_at(contact, "user_id") or named.user_id,
        profile_name=text_at(contact, "profile", "name"),
        parent_user_id=text_at(contact, "parent_user_id"),
        username=text_at(contact, "profile", "username") or text_at(contact, "username"),
    )


class Contacts:
    """The people whom a webhook's `contacts` describe, read once for all its messages."""

    def __init__(self, entries: list[object]) -> None:
        self._people = [person_of(entry) for entry in entries]
        self._places: dict[Key, int] = {}  # of the first who is known by an id
        for place, person in enumerate(self._people):
            for key in person.keys:
                self._places.setdefault(key, place)

    def customer_of(self, item: object, role: str) -> Person:
        """Who wrote `item` (`from`) or gets it (`to`): her ids there, completed by the contact that belongs to it."""
        own = person_at(item, role)
        contact = self._known_as(own)
        # Some countries' numbers have two forms, so that the only contact is hers although its id differs. A message
        # that names nobody is the only contact's.
        shown = contact or (self._people[0] if len(self._people) == 1 else Person())
        theirs = shown if contact is not None or not own.keys else Person()
        return Person(
            wa_id=own.wa_id or theirs.wa_id,
            user_id=own.user_id or theirs.user_id,
            profile_name=shown.profile_name,
            parent_user_id=own.parent_user_id or theirs.parent_user_id,
            username=shown.username,
        )

    def _known_as(self, person: Person) -> Person | None:
        places = [place for key in person.keys if (place := self._places.get(key)) is not None]
        return self._people[min(places)] if places else None


def moved(item: object) -> tuple[Person, Person]:
    """Who a system message is about: as she was, and as she is. Either may have no id."""
    system = as_object(as_object(item).get("system"))
    words = _MOVED.search(text_at(system, "body") or "")
    told = [person_by(word.rstrip(".")) for word in words.groups()] if words else [Person(), Person()]
    was, now = told if all(_is_id(person) for person in told) else (Person(), Person())
    own = person_at(item, "from")
    previous = Person(
        wa_id=own.wa_id or digits(text_at(system, "customer")) or was.wa_id,
        user_id=text_at(system, "previous_user_id") or own.user_id or was.user_id,
        parent_user_id=text_at(system, "previous_parent_user_id") or own.parent_user_id,
    )
    current = Person(
        wa_id=digits(text_at(system, "wa_id") or text_at(system, "new_wa_id")) or now.wa_id,
        user_id=text_at(system, "user_id") or now.user_id,
        parent_user_id=text_at(system, "parent_user_id"),
    )
    return previous, current


def _is_id(person: Person) -> bool:
    return person.user_id is not None or bool(person.wa_id and person.wa_id.isdigit())
