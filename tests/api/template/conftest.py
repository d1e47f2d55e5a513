"""A Graph API of the test's own that lists templates, and a number that asks it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from api.channel.token import set_access_token
from api.database import Database
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.models import Channel
from api.settings import Settings
from api.template.sync import TemplateSync
from tests.graph_server import VERSION, Asked, GraphServer, Reply, running_graph

WABA = "102290129340398"


@dataclass
class Account:
    """A WhatsApp Business Account at Meta: its templates, two a page."""

    graph: GraphServer
    templates: list[dict[str, Any]] = field(default_factory=list)
    refused: Reply | None = None

    def answer(self, asked: Asked) -> Reply:
        if self.refused is not None:
            return self.refused
        query = parse_qs(urlsplit(asked.path).query)
        first = int(query.get("after", ["0"])[0])
        page = self.templates[first : first + 2]
        told = {"data": page, "paging": {"cursors": {"before": str(first), "after": str(first + 2)}}}
        return Reply(json.dumps(told).encode())  # also what is no good Unicode


@pytest.fixture
def account() -> Iterator[Account]:
    with running_graph() as graph:
        account = Account(graph)
        graph.answer = account.answer
        yield account


@pytest.fixture
def settings(settings: Settings, account: Account) -> Settings:
    return settings.model_copy(update={"graph_url": account.graph.url})


@pytest.fixture
def sender(session: Session, channel: Channel, settings: Settings) -> Channel:
    """A number with a token and an account."""
    channel.waba_id = WABA
    set_access_token(channel, "EAAG", Vault(settings.secret_keys))
    session.commit()
    return channel


@pytest.fixture
def sync(database: Database, account: Account, settings: Settings, sender: Channel) -> Iterator[TemplateSync]:
    graph = GraphClient(account.graph.url, VERSION, timeout=1)
    yield TemplateSync(database, graph, Vault(settings.secret_keys))
    graph.close()
