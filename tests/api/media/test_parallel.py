"""Many workers download at the same time, and each file once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from api.broker import NoHints
from api.channel.token import set_access_token
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.models import Channel
from api.media.file_store import FileStore
from api.media.incoming import expect_files
from api.media.models import Media
from api.media.outgoing import MetaFiles
from api.media.tasks import Downloader
from tests.api.media.conftest import Letter
from tests.committed_shop import Shop
from tests.graph_server import VERSION, refusal
from tests.media_files import PDF
from tests.media_server import TOKEN, MediaServer

FILES = 24


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore("", tmp_path / "media")


@pytest.fixture
def graph(meta: MediaServer) -> GraphClient:
    return GraphClient(meta.graph.url, VERSION, timeout=10)


def receive(database: Database, shop: Shop, vault: Vault) -> None:
    with database.transaction() as session:
        channel = session.get_one(Channel, shop.channel.id)
        set_access_token(channel, TOKEN, vault)
        letters = [Letter("document", {}, {"media_id": f"m{number}"}) for number in range(FILES)]
        assert expect_files(session, channel, letters) == FILES


def test_each_file_is_asked_for_once(
    fresh_database: Database, shop: Shop, meta: MediaServer, vault: Vault, store: FileStore, graph: GraphClient
) -> None:
    receive(fresh_database, shop, vault)
    for number in range(FILES):
        meta.hold(f"m{number}", PDF + str(number).encode(), "application/pdf")
    workers = [Downloader(fresh_database, NoHints(), graph, vault, store, at_once=2) for _ in range(4)]

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda worker: worker.run(), workers * 12))
    graph.close()

    with fresh_database.transaction() as session:
        states = Counter(session.scalars(select(Media.state)))
    asked = Counter(asked.path.partition("?")[0] for asked in meta.graph.asked)
    assert states == {"stored": FILES}
    assert len(asked) == 2 * FILES
    assert set(asked.values()) == {1}


def test_meta_is_not_refused_more_often_by_more_workers(
    fresh_database: Database, shop: Shop, meta: MediaServer, vault: Vault, store: FileStore, graph: GraphClient
) -> None:
    receive(fresh_database, shop, vault)
    meta.refused = refusal(131000, "Something went wrong")
    workers = [Downloader(fresh_database, NoHints(), graph, vault, store, at_once=4) for _ in range(4)]

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda worker: worker.run(), workers * 6))
    graph.close()

    assert len(meta.graph.asked) == 9


def test_what_is_not_refused_costs_nothing(
    fresh_database: Database, shop: Shop, meta: MediaServer, vault: Vault, store: FileStore, graph: GraphClient
) -> None:
    receive(fresh_database, shop, vault)
    for number in range(FILES):
        meta.hold(f"m{number}", PDF, "application/pdf", sha256="ab" * 32 if number % 2 else "")

    downloader = Downloader(fresh_database, NoHints(), graph, vault, store)
    for _ in range(5):  # a hand works for some seconds, which a busy machine may find short
        downloader.run()
    graph.close()

    with fresh_database.transaction() as session:
        until = session.get_one(Channel, shop.channel.id).media_errors_until
        tried = session.scalars(select(Media.attempts)).all()
    assert all(tried)
    assert until is not None
    assert until < datetime.now(UTC) + timedelta(minutes=1)


def test_file_that_many_send_at_once_ends_with_one_id(
    fresh_database: Database, shop: Shop, meta: MediaServer, vault: Vault, store: FileStore, graph: GraphClient
) -> None:
    receive(fresh_database, shop, vault)
    meta.hold("m0", PDF, "application/pdf")
    Downloader(fresh_database, NoHints(), graph, vault, store).run()
    with fresh_database.transaction() as session:
        media_id = session.scalars(select(Media.id).where(Media.meta_media_id == "m0")).one()
    files = MetaFiles(fresh_database, graph, vault, store)

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: files.meta_media_id(shop.channel.id, media_id), range(8)))
    later = files.meta_media_id(shop.channel.id, media_id)
    graph.close()

    assert later in given
    assert len(meta.uploads) <= 8
