"""What tests share: one embedded PostgreSQL for the whole run, and databases on it."""

import logging
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from api import log
from api.app import create_app
from api.database import Database, psycopg_url
from api.identity.models import Business, Channel, Role, User
from api.migrations import upgrade
from api.postgres import EmbeddedPostgres
from api.settings import Settings
from tests.committed_shop import Shop, open_shop
from tests.factories import make_business, make_channel, make_token, make_user
from tests.postgres_server import Server

# Nothing here has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Send our logs through pytest's own capture, plain and quick."""
    log.configure()
    logging.getLogger().handlers.clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of the run's own, with a migrated database and a template of it."""
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        yield from running_server(Path(folder))


def running_server(folder: Path) -> Iterator[Server]:
    """A server with the template, while it is needed."""
    embedded = EmbeddedPostgres(folder, options=FAST)
    server = Server(embedded.start())
    try:
        server.execute(f"CREATE DATABASE {server.template}")
        upgrade(server.address(server.template))
        yield server
    finally:
        embedded.stop()


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A folder for a server. Not in pytest's own, which another run closes to the server's user."""
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def shared_url(postgres: Server) -> str:
    """The database in which tests work inside transactions that are rolled back."""
    return postgres.copy("shared")


@pytest.fixture
def database(shared_url: str) -> Iterator[Database]:
    """A database whose every commit is undone at the test's end. For one thread at a time."""
    engine = create_engine(psycopg_url(shared_url), poolclass=NullPool)
    with engine.connect() as connection:
        transaction = connection.begin()
        yield Database(connection)
        transaction.rollback()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on `database`; flush to see rows, they are undone at the test's end."""
    with Session(database.bind, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
        yield session


@pytest.fixture(scope="session")
def fresh_database_names() -> Iterator[str]:
    """Names that no database has yet."""
    return (f"fresh_{number}" for number in count(1))


@pytest.fixture
def fresh_database_url(postgres: Server, fresh_database_names: Iterator[str]) -> Iterator[str]:
    """The URL of a migrated database of the test's own: for commits, threads and processes."""
    name = next(fresh_database_names)
    yield postgres.copy(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_database(fresh_database_url: str) -> Iterator[Database]:
    """A database of the test's own, with real commits and many connections."""
    database = Database.connect(fresh_database_url)
    yield database
    database.close()


@pytest.fixture
def shop(fresh_database: Database) -> Shop:
    """A business with a number, an admin and a small catalogue, in a database of its own."""
    return open_shop(fresh_database)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the developer's environment, `.env` and data folder out of the tests."""
    for field in Settings.model_fields.values():
        if field.alias:
            monkeypatch.delenv(field.alias, raising=False)
    monkeypatch.setenv("SATYASELL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def settings() -> Settings:
    """The settings of a service that may receive webhooks."""
    return Settings(
        whatsapp_app_secret=SecretStr("app-secret"),
        whatsapp_verify_token=SecretStr("verify-token"),
        secret_key=SecretStr("00" * 32),
        graph_url="http://127.0.0.1:1",  # nobody listens there: no test asks Meta
    )


@pytest.fixture
def business(session: Session) -> Business:
    """A business, in the test's transaction."""
    return make_business(session)


@pytest.fixture
def channel(session: Session, business: Business) -> Channel:
    """A WhatsApp number of `business`."""
    return make_channel(session, business)


@pytest.fixture
def admin(session: Session, business: Business) -> User:
    """An admin of `business`."""
    return make_user(session, business)


@pytest.fixture
def agent(session: Session, business: Business) -> User:
    """An agent of `business`."""
    return make_user(session, business, role=Role.AGENT)


@pytest.fixture
def anonymous(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service over HTTP, without a token, in the test's transaction."""
    with TestClient(create_app(settings, database)) as client:
        yield client


@pytest.fixture
def client(anonymous: TestClient, session: Session, admin: User) -> TestClient:
    """The service over HTTP, logged in as `admin`."""
    anonymous.headers["Authorization"] = f"Bearer {make_token(session, admin)}"
    return anonymous


@pytest.fixture
def agent_client(client: TestClient, session: Session, agent: User) -> TestClient:
    """The service over HTTP, logged in as `agent`."""
    return TestClient(client.app, headers={"Authorization": f"Bearer {make_token(session, agent)}"})
