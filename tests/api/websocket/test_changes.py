"""What changes is told, to those whom it concerns, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.database import Database
from api.live.cursor import Cursor
from api.live.models import Change
from api.live.replay import KEPT, MOST_CHANGES, prune
from api.live.service import ALL, Subject, announce, announce_all
from api.settings import Settings
from tests.committed_shop import Shop, open_shop
from tests.live_server import LiveServer, live_server


def tell(database: Database, shop: Shop, *ids: int, subject: Subject = "order") -> None:
    with database.transaction() as session:
        announce_all(session, subject, ids, business_id=shop.business.id)


def test_the_first_frame_says_who_one_is_and_where_to_resume(server: LiveServer, shop: Shop, token: str) -> None:
    with server.open(token) as ear:
        hello = ear.next()
    assert (hello["type"], hello["resumed"], hello["user"]["id"]) == ("hello", False, shop.admin.id)
    assert Cursor.parse(hello["cursor"])


def test_a_change_is_told_once_it_is_committed(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    with server.open(token) as ear:
        ear.next("hello")
        with fresh_database.transaction() as session:
            announce(session, "order", 5, business_id=shop.business.id)
            session.flush()
            assert ear.changes() == []
        assert ear.changes() == [("order", 5)]


def test_another_business_hears_nothing(server: LiveServer, shop: Shop, token: str, fresh_database: Database) -> None:
    other = open_shop(fresh_database)
    with server.open(token) as ear:
        ear.next("hello")
        tell(fresh_database, other, 5)
        tell(fresh_database, shop, 6)
        assert ear.changes() == [("order", 6)]


def test_admins_alone_hear_of_the_audit_log_and_nobody_of_logins(
    server: LiveServer, shop: Shop, token: str, agent_token: str, fresh_database: Database
) -> None:
    with server.open(token) as admin, server.open(agent_token) as agent:
        admin.next("hello"), agent.next("hello")
        tell(fresh_database, shop, ALL, subject="audit")
        tell(fresh_database, shop, 7, subject="session")
        tell(fresh_database, shop, 8)
        assert admin.changes() == [("audit", ALL), ("order", 8)]
        assert agent.changes() == [("order", 8)]


def test_what_was_missed_is_told_from_the_cursor_on(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    with server.open(token) as ear:
        cursor = ear.next("hello")["cursor"]
    tell(fresh_database, shop, 1, 2)
    tell(fresh_database, shop, 2, 3)
    with server.open(token, f"?cursor={cursor}") as ear:
        assert ear.next("hello")["resumed"] is True
        told = [ear.next() for _ in range(4)]
    assert [frame.get("subject_id") for frame in told] == [1, 2, 3, None]
    assert told[-1]["type"] == "caught_up"
    with server.open(token, f"?cursor={told[-1]['cursor']}") as ear:
        ear.next("hello")
        assert ear.next()["type"] == "caught_up"


def test_many_changes_at_once_are_told_as_one(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    with server.open(token) as ear:
        ear.next("hello")
        tell(fresh_database, shop, *range(1, 10_001), subject="product")
        assert ear.changes() == [("product", ALL)]


@pytest.mark.parametrize("cursor", ["", "x", "1", "-", "99999999999999999999-1", "²-1"])
def test_a_cursor_that_is_none_has_the_page_start_over(server: LiveServer, token: str, cursor: str) -> None:
    with server.open(token, f"?cursor={cursor}") as ear:
        assert ear.next("hello")["resumed"] is False
        assert ear.next()["type"] == "reset"


def test_a_cursor_that_is_older_than_what_is_kept_has_the_page_start_over(
    server: LiveServer, shop: Shop, token: str
) -> None:
    with server.open(token) as ear:
        cursor = Cursor.parse(ear.next("hello")["cursor"])
    assert cursor is not None
    old = Cursor(cursor.horizon, cursor.at - 24 * 3600 - 60)
    with server.open(token, f"?cursor={old}") as ear:
        assert ear.next("reset")["cursor"] >= str(cursor)


def test_a_cursor_of_a_database_that_was_set_back_has_the_page_start_over(server: LiveServer, token: str) -> None:
    with server.open(token) as ear:
        cursor = Cursor.parse(ear.next("hello")["cursor"])
    assert cursor is not None
    with server.open(token, f"?cursor={Cursor(cursor.horizon + 10**6, cursor.at)}") as ear:
        assert ear.next("reset")


def test_whoever_missed_too_much_starts_over(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    with server.open(token) as ear:
        cursor = ear.next("hello")["cursor"]
    with fresh_database.transaction() as session:
        session.add_all(
            Change(business_id=shop.business.id, subject="order", subject_id=number)
            for number in range(MOST_CHANGES + 1)
        )
    with server.open(token, f"?cursor={cursor}") as ear:
        assert ear.next("reset")


@contextmanager
def open_transaction(database: Database) -> Iterator[Session]:
    with Session(database.bind) as session, session.begin():
        yield session


def test_a_change_that_is_committed_after_later_ones_is_not_lost(
    server: LiveServer, shop: Shop, token: str, fresh_database: Database
) -> None:
    """The slow transaction's change has the first id and comes last; meanwhile somebody hears the others and goes."""
    with open_transaction(fresh_database) as slow:
        announce(slow, "order", 1, business_id=shop.business.id)
        with server.open(token) as ear:
            cursor = ear.next("hello")["cursor"]
            for number in (2, 3):
                tell(fresh_database, shop, number)
                cursor = ear.next("change")["cursor"]
    with server.open(token, f"?cursor={cursor}") as ear:
        ear.next("hello")
        told = set()
        while (frame := ear.next())["type"] == "change":
            told.add(frame["subject_id"])
    assert 1 in told


def test_processes_tell_the_same(
    settings: Settings, server: LiveServer, shop: Shop, token: str, fresh_database: Database, fresh_database_url: str
) -> None:
    with live_server(settings, fresh_database, fresh_database_url) as second:
        with server.open(token) as one, second.open(token) as two:
            one.next("hello"), two.next("hello")
            tell(fresh_database, shop, 4)
            assert one.changes() == two.changes() == [("order", 4)]
        with server.open(token) as ear:
            cursor = ear.next("hello")["cursor"]
        tell(fresh_database, shop, 9)
        with second.open(token, f"?cursor={cursor}") as ear:  # no sticky sessions
            assert ear.next("change")["subject_id"] == 9


def test_old_changes_are_forgotten_and_newer_ones_kept(session: Session, shop: Shop, fresh_database: Database) -> None:
    tell(fresh_database, shop, 1, 2, 3)
    with fresh_database.transaction() as own:
        old = select(Change.id).where(Change.subject_id < 3)
        own.execute(update(Change).where(Change.id.in_(old)).values(created_at=Change.created_at - KEPT - timedelta(1)))
        prune(own)
        assert list(own.scalars(select(Change.subject_id))) == [3]
