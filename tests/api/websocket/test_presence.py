"""Who looks at what, over all processes."""

import pytest

from api.database import Database
from api.identity.models import User
from api.settings import Settings
from api.websocket.frames import Person
from api.websocket.presence import BELIEVED_SECONDS, Presence, Room
from tests.committed_shop import Shop, open_shop
from tests.factories import make_token
from tests.live_server import Ear, LiveServer, live_server


def people(ear: Ear) -> dict[str, bool]:
    """Who is said to look, and whether they edit."""
    return {person["name"]: person["editing"] for person in ear.next("presence", 3)["people"]}


def test_two_who_look_at_one_order_hear_of_each_other(
    server: LiveServer, shop: Shop, token: str, agent_token: str
) -> None:
    me = shop.admin.name
    with server.open(token) as one:
        one.say(type="looking", subject="order", id=5)
        assert people(one) == {me: False}
        with server.open(agent_token) as two:
            two.say(type="looking", subject="order", id=5, editing=True)
            assert people(two) == {me: False, "Ravi": True}
            assert people(one) == {me: False, "Ravi": True}
            two.say(type="looking", subject="order", id=6)
            assert people(one) == {me: False}
            two.say(type="looking", subject="order", id=5)
            assert people(one) == {me: False, "Ravi": False}
        assert people(one) == {me: False}  # hers was closed


def test_a_conversation_and_an_order_are_looked_at_together(server: LiveServer, token: str, agent_token: str) -> None:
    with server.open(token) as one, server.open(agent_token) as two:
        for subject in ("order", "conversation"):
            one.say(type="looking", subject=subject, id=5)
            people(one)
            two.say(type="looking", subject=subject, id=5)
            assert len(people(one)) == 2
        two.say(type="looking", subject="conversation", id=None)
        assert one.next("presence")["subject"] == "conversation"


def test_another_business_sees_nobody(server: LiveServer, token: str, fresh_database: Database) -> None:
    other = open_shop(fresh_database)
    with fresh_database.transaction() as session:
        theirs = make_token(session, other.admin)
    with server.open(token) as one, server.open(theirs) as two:
        one.say(type="looking", subject="order", id=5)
        people(one)
        two.say(type="looking", subject="order", id=5)
        assert people(two) == {other.admin.name: False}


def test_processes_know_of_each_other_also_one_that_comes_later(
    settings: Settings,
    server: LiveServer,
    shop: Shop,
    token: str,
    agent_token: str,
    fresh_database: Database,
    fresh_database_url: str,
) -> None:
    with server.open(token) as one:
        one.say(type="looking", subject="order", id=5)
        people(one)
        with live_server(settings, fresh_database, fresh_database_url) as second, second.open(agent_token) as two:
            two.next("hello")
            two.say(type="looking", subject="order", id=5)
            while len(seen := people(two)) < 2:
                pass
            assert seen == {shop.admin.name: False, "Ravi": False}
            assert people(one) == seen
        assert people(one) == {shop.admin.name: False}


class Watcher:
    """Somebody who looks."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []

    def see(self, _room: Room, people: object) -> None:
        assert isinstance(people, list)
        self.seen.append([person.user_id for person in people])


ROOM = Room(1, "order", 5)
ASHA, RAVI = Person(user_id=1, name="Asha", editing=False), Person(user_id=2, name="Ravi", editing=True)


def exchange(one: Presence, two: Presence) -> None:
    for said, heard in ((one, two), (two, one)):
        for word in said.take_words():
            heard.hear(word)


def test_a_process_that_dies_is_forgotten() -> None:
    now = 0.0
    here, there = (Presence(publish=lambda: None, clock=lambda: now) for _ in range(2))
    watcher = Watcher()
    here.enter(watcher, ROOM, ASHA)
    there.enter(Watcher(), ROOM, RAVI)
    exchange(here, there)
    assert watcher.seen[-1] == [1, 2]
    now = BELIEVED_SECONDS + 1
    here.tell_all()
    assert watcher.seen[-1] == [1]


def test_what_is_told_again_changes_nothing_and_keeps_people_there() -> None:
    now = 0.0
    here, there = (Presence(publish=lambda: None, clock=lambda: now) for _ in range(2))
    watcher = Watcher()
    here.enter(watcher, ROOM, ASHA)
    there.enter(Watcher(), ROOM, RAVI)
    exchange(here, there)
    told = len(watcher.seen)
    for now in (BELIEVED_SECONDS * 0.9, BELIEVED_SECONDS * 1.8):  # noqa: B007 - the clock reads it
        there.tell_all()
        exchange(here, there)
        here.tell_all()
    assert len(watcher.seen) == told


def test_one_person_at_two_screens_is_one_and_edits_where_either_does() -> None:
    presence = Presence(publish=lambda: None)
    presence.enter(Watcher(), ROOM, RAVI)
    presence.enter(Watcher(), ROOM, RAVI.model_copy(update={"editing": False}))
    assert presence.people(ROOM) == [RAVI]


def test_a_crowd_fits_into_what_postgres_carries(agent: User) -> None:
    presence = Presence(publish=lambda: None)
    for number in range(200):
        presence.enter(Watcher(), ROOM, Person(user_id=number, name="न" * 200, editing=False))
    assert max(len(word.encode()) for word in presence.take_words()) < 8000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "\0",
        '{"type":"shouting"}',
        '{"type":"looking","subject":"user","id":1}',
        '{"type":"looking","subject":"order","id":0}',
        '{"type":"looking","subject":"order","id":99999999999999999999}',
        '{"type":"looking","subject":"order"}',
    ],
)
def test_what_is_no_frame_closes_it(server: LiveServer, token: str, text: str) -> None:
    with server.open(token) as ear:
        ear.connection.send(text)
        assert ear.close_code() == 1008


def test_a_frame_that_is_too_long_closes_it(server: LiveServer, token: str) -> None:
    with server.open(token) as ear:
        ear.connection.send("x" * 5000)
        assert ear.close_code() == 1009


def test_whoever_chatters_is_closed(server: LiveServer, token: str) -> None:
    with server.open(token) as ear:
        for number in range(1, 70):
            ear.say(type="looking", subject="order", id=number)
        assert ear.close_code() == 1008
