"""Offices that send to a Graph API on a real socket."""

from collections.abc import Iterator

import pytest

from api.database import Database
from tests.graph_server import GraphServer, running_graph
from tests.post_office import PostOffice, open_office


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running_graph() as server:
        yield server


@pytest.fixture
def office(database: Database, server: GraphServer) -> Iterator[PostOffice]:
    """An office for one thread, undone at the test's end."""
    with open_office(database, server) as office:
        yield office


@pytest.fixture
def busy_office(fresh_database: Database, server: GraphServer) -> Iterator[PostOffice]:
    """An office for many threads, with a database of its own."""
    with open_office(fresh_database, server) as office:
        yield office
