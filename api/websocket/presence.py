"""Who looks at what, over all processes.

Each process tells the others who looks at a thing through its own WebSockets, whenever that changes and every some
seconds: so a process that has died is forgotten. Nothing of it is stored.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, NamedTuple, Protocol

import orjson

from api.websocket.frames import Person

CHANNEL = "satyasell_presence"
HEARTBEAT_SECONDS = 10.0
# What another process told is believed for so long.
BELIEVED_SECONDS = 30.0
# More people than this at one thing are not told by name: PostgreSQL carries 8000 bytes at most.
_MOST_PEOPLE = 25
_NAME_LENGTH = 60


class Room(NamedTuple):
    """A thing that people of one business look at."""

    business_id: int
    subject: str
    subject_id: int


class Visitor(Protocol):
    """Somebody who looks at things. The call may not block."""

    def see(self, room: Room, people: Sequence[Person]) -> None:
        """These are in a room that she is in too, or were there until now."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What another process told of a room, and until when that is believed."""

    people: tuple[Person, ...]
    until: float


class Presence:
    """Who is in which room. `publish` is called where there is something to tell the other processes.

    Not for threads: call it from the event loop.
    """

    def __init__(self, *, publish: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._process = token_hex(8)
        self._here: dict[Room, dict[Visitor, Person]] = defaultdict(dict)
        self._elsewhere: dict[Room, dict[str, _Told]] = defaultdict(dict)
        self._dirty: set[Room] = set()
        self._asks = False
        self._publish = publish
        self._clock = clock

    def enter(self, visitor: Visitor, room: Room, person: Person) -> None:
        """`visitor` looks at the room, or does so otherwise than before."""
        self._here[room][visitor] = person
        self._note(room)

    def leave(self, visitor: Visitor, room: Room) -> None:
        """`visitor` looks away."""
        people = self._here.get(room)
        if people is None or people.pop(visitor, None) is None:
            return
        if not people:
            del self._here[room]
        self._note(room)

    def people(self, room: Room) -> list[Person]:
        """Who is in the room, each person once."""
        told = self._elsewhere.get(room, {}).values()
        everybody = [*self._here.get(room, {}).values(), *(person for each in told for person in each.people)]
        merged: dict[int, Person] = {}
        for person in everybody:
            known = merged.get(person.user_id)
            if known is None or person.editing:
                merged[person.user_id] = person
        return sorted(merged.values(), key=lambda person: person.user_id)

    def ask(self) -> None:
        """Have the other processes tell what they know: there may be a gap."""
        self._asks = True
        self.tell_all()

    def tell_all(self) -> None:
        """Tell the others all that is known here, and forget what they have not told for long."""
        self._dirty.update(self._here)
        self._forget_silent()
        self._publish()

    def take_words(self) -> list[str]:
        """What is to be said to the other processes."""
        rooms, self._dirty = self._dirty, set()
        words = [self._word(room) for room in sorted(rooms)]
        if self._asks:
            self._asks = False
            words.append(orjson.dumps({"process": self._process}).decode())
        return words

    def hear(self, payload: str) -> None:
        """Another process said something."""
        said = orjson.loads(payload)
        if said["process"] == self._process:
            return
        if "people" not in said:
            self.tell_all()
            return
        room = Room(said["business_id"], said["subject"], said["subject_id"])
        before = self.people(room)
        self._believe(room, said["process"], tuple(_people(said["people"])))
        if self.people(room) != before:
            self._show(room)

    def _note(self, room: Room) -> None:
        self._dirty.add(room)
        self._show(room)
        self._publish()

    def _show(self, room: Room) -> None:
        people = self.people(room)
        for visitor in tuple(self._here.get(room, ())):
            visitor.see(room, people)

    def _believe(self, room: Room, process: str, people: tuple[Person, ...]) -> None:
        told = self._elsewhere[room]
        if people:
            told[process] = _Told(people, self._clock() + BELIEVED_SECONDS)
        else:
            told.pop(process, None)
        if not told:
            del self._elsewhere[room]

    def _forget_silent(self) -> None:
        now = self._clock()
        for room, told in tuple(self._elsewhere.items()):
            silent = [process for process, each in told.items() if each.until < now]
            for process in silent:
                self._believe(room, process, ())
            if silent:
                self._show(room)

    def _word(self, room: Room) -> str:
        people = list(self._here.get(room, {}).values())[:_MOST_PEOPLE]
        said: dict[str, Any] = {"process": self._process, **room._asdict()}
        said["people"] = [[person.user_id, person.name[:_NAME_LENGTH], person.editing] for person in people]
        return orjson.dumps(said).decode()


def _people(told: Iterable[tuple[int, str, bool]]) -> Iterator[Person]:
    return (Person(user_id=user_id, name=name, editing=editing) for user_id, name, editing in told)
