"""A shop, its people's logins, and the service on a port."""

from collections.abc import Iterator

import pytest

from api.database import Database
from api.identity.models import Role, User
from api.settings import Settings
from tests.committed_shop import Shop
from tests.factories import make_token, make_user
from tests.live_server import LiveServer, live_server


@pytest.fixture
def server(settings: Settings, fresh_database: Database, fresh_database_url: str) -> Iterator[LiveServer]:
    """One API process."""
    with live_server(settings, fresh_database, fresh_database_url) as server:
        yield server


@pytest.fixture
def token(fresh_database: Database, shop: Shop) -> str:
    """A login of the shop's admin."""
    with fresh_database.transaction() as session:
        return make_token(session, shop.admin)


@pytest.fixture
def agent(fresh_database: Database, shop: Shop) -> User:
    """An agent of the shop."""
    with fresh_database.transaction() as session:
        return make_user(session, shop.business, role=Role.AGENT, name="Ravi")


@pytest.fixture
def agent_token(fresh_database: Database, agent: User) -> str:
    """A login of the agent."""
    with fresh_database.transaction() as session:
        return make_token(session, agent)
