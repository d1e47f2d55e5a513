"""Files at a Graph API of the test's own, and a worker that downloads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.broker import NoHints
from api.channel.token import set_access_token
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.models import Business, Channel
from api.media.file_store import FileStore
from api.media.incoming import expect_files
from api.media.models import Media
from api.media.tasks import Downloader
from api.settings import Settings
from tests.graph_server import VERSION, running_graph
from tests.media_server import TOKEN, MediaServer


@dataclass
class Letter:
    """A message, as far as files are concerned."""

    type: str
    payload: dict[str, Any]
    attributes: dict[str, Any] = field(default_factory=dict)
    media_id: int | None = None


@dataclass
class Desk:
    """Where a test puts files at Meta and has them fetched."""

    meta: MediaServer
    database: Database
    store: FileStore
    downloader: Downloader
    channel: Channel

    def receive(self, media_id: str, kind: str = "image", **told: object) -> int:
        """A message with a file comes; return our id of the file."""
        letter = Letter(kind, {kind: {"id": media_id} | told}, {"media_id": media_id})
        with self.database.transaction() as session:
            channel = session.get_one(Channel, self.channel.id)
            assert expect_files(session, channel, [letter]) == 1
        assert letter.media_id is not None
        return letter.media_id

    def row(self, media_id: int) -> Media:
        with self.database.transaction() as session:
            return session.get_one(Media, media_id)

    def channel_now(self) -> Channel:
        with self.database.transaction() as session:
            return session.get_one(Channel, self.channel.id)

    def change(self, media_id: int, **values: object) -> None:
        with self.database.transaction() as session:
            session.execute(update(Media).where(Media.id == media_id).values(**values))

    def try_once(self, media_id: int) -> Media:
        """Have it tried now, however long it should wait."""
        self.change(media_id, due_at=func.now())
        self.downloader.run()
        return self.row(media_id)

    def seconds_until_due(self, media_id: int) -> float:
        with self.database.transaction() as session:
            wait = session.scalars(select(Media.due_at - func.clock_timestamp()).where(Media.id == media_id)).one()
        assert wait is not None
        return float(wait.total_seconds())


@pytest.fixture
def vault(settings: Settings) -> Vault:
    return Vault(settings.secret_keys)


@pytest.fixture
def store(client: TestClient) -> FileStore:
    """The store that the service serves from."""
    found: FileStore = client.app.state.files  # type: ignore[attr-defined]
    return found


@pytest.fixture
def meta() -> Iterator[MediaServer]:
    with running_graph() as graph:
        yield MediaServer(graph)


@pytest.fixture
def desk(
    meta: MediaServer, session: Session, channel: Channel, database: Database, store: FileStore, vault: Vault
) -> Iterator[Desk]:
    set_access_token(channel, TOKEN, vault)
    session.flush()
    session.commit()
    graph = GraphClient(meta.graph.url, VERSION, timeout=1)
    yield Desk(meta, database, store, Downloader(database, NoHints(), graph, vault, store), channel)
    graph.close()


@pytest.fixture
def other_business(session: Session) -> Business:
    from tests.factories import make_business

    return make_business(session)


@pytest.fixture
def media_folder(settings: Settings) -> Path:
    return settings.data_dir / "media"
