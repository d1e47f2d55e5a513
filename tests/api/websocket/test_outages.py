"""A database that restarts, a reader that does not read, a server that stops."""

import threading
from pathlib import Path

import pytest

from api.database import Database
from api.live.cursor import Cursor
from api.live.service import announce
from api.migrations import upgrade
from api.postgres import EmbeddedPostgres
from api.settings import Settings
from api.websocket.frames import ChangeFrame, PresenceFrame
from api.websocket.outbox import MOST_WAITING, Outbox, Overflow
from tests.api.conftest import FAST
from tests.committed_shop import open_shop
from tests.factories import make_token
from tests.live_server import LiveServer, live_server


def change(number: int) -> ChangeFrame:
    return ChangeFrame(id=number, subject="order", subject_id=number, cursor="1-1")


@pytest.mark.anyio
async def test_what_waits_already_is_not_put_in_again() -> None:
    outbox = Outbox()
    for number in (1, 2, 1, 1):
        outbox.put(change(number))
    for editing in ([], []):
        outbox.put(PresenceFrame(subject="order", id=5, people=editing))
    assert [await outbox.take(0.01) for _ in range(4)] == [
        change(1),
        change(2),
        PresenceFrame(subject="order", id=5, people=[]),
        None,
    ]


@pytest.mark.anyio
async def test_whoever_takes_nothing_is_given_up() -> None:
    outbox = Outbox()
    for number in range(MOST_WAITING + 1):
        outbox.put(change(number))
    with pytest.raises(Overflow):
        await outbox.take(0.01)


def test_a_reader_that_does_not_read_is_closed_and_resumes(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, fresh_database: Database, fresh_database_url: str
) -> None:
    monkeypatch.setattr("api.websocket.outbox.MOST_WAITING", 50)
    shop = open_shop(fresh_database)
    with fresh_database.transaction() as session:
        token = make_token(session, shop.admin)
    with live_server(settings, fresh_database, fresh_database_url) as server:
        with server.open(token) as ear:
            cursor = ear.next("hello")["cursor"]
            with fresh_database.transaction() as session:
                for number in range(1, 200):
                    announce(session, "order", number, business_id=shop.business.id)
            assert ear.close_code() == 4408
        with server.open(token, f"?cursor={cursor}") as ear:
            heard = []
            while (frame := ear.next())["type"] != "caught_up":
                heard.append(frame.get("subject_id"))
    assert heard[1:] == list(range(1, 200))


def test_nothing_is_lost_where_the_database_restarts(settings: Settings, data_folder: Path) -> None:
    embedded = EmbeddedPostgres(data_folder, options=FAST)
    url = embedded.start()
    upgrade(url)
    database = Database.connect(url)
    shop = open_shop(database)
    with database.transaction() as session:
        token = make_token(session, shop.admin)

    def tell(number: int) -> None:
        with database.transaction() as session:
            announce(session, "order", number, business_id=shop.business.id)

    try:
        with live_server(settings, database, url) as server, server.open(token) as ear:
            ear.next("hello")
            tell(1)
            assert ear.next("change")["subject_id"] == 1
            embedded.stop()
            embedded.start()
            tell(2)  # perhaps before anybody listens again
            heard = ear.next("change", 20)
            while heard["subject_id"] != 2:
                heard = ear.next("change", 20)
            tell(3)
            assert 3 in {number for _, number in ear.changes(1)}
            assert Cursor.parse(heard["cursor"])
    finally:
        database.close()
        embedded.stop()


def test_a_server_that_stops_closes_what_is_open_and_ends(server: LiveServer, token: str) -> None:
    """The fixture's end fails where the server does not stop in time."""
    codes: list[int | None] = []

    def listen() -> None:
        with server.open(token) as ear:
            opened.set()
            codes.append(ear.close_code(30))

    opened = threading.Event()
    listener = threading.Thread(target=listen)
    listener.start()
    opened.wait(10)
    server.stop()
    listener.join(10)
    assert codes == [1012]


def test_without_a_database_it_says_to_come_again(settings: Settings, fresh_database: Database) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    with live_server(settings, fresh_database, nowhere) as server, server.open("satya_any") as ear:
        assert ear.close_code() == 1013
