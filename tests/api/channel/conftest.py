"""A Graph API of the test's own that knows one number, and a service that asks it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.settings import Settings
from tests.graph_server import Asked, GraphServer, Reply, refusal, running_graph

NUMBER_ID, WABA = "106540352242922", "102290129340398"
TOKEN = "EAAG-secret"
GOOD = {"is_valid": True, "expires_at": 0, "scopes": ["whatsapp_business_messaging", "whatsapp_business_management"]}


@dataclass
class Number:
    """What Meta knows of the number and its token; a test changes it."""

    graph: GraphServer
    about: dict[str, Any] = field(
        default_factory=lambda: {
            "id": NUMBER_ID,
            "display_phone_number": "+91 98450 12345",
            "verified_name": "Kiran Sarees",
            "quality_rating": "GREEN",
            "throughput": {"level": "STANDARD"},
            "platform_type": "CLOUD_API",
        }
    )
    token: Reply = field(default_factory=lambda: Reply({"data": GOOD}))
    numbers: list[str] = field(default_factory=lambda: ["999", NUMBER_ID])
    subscribed: list[str] = field(default_factory=list)
    refused: Reply | None = None

    def answer(self, asked: Asked) -> Reply:
        if self.refused is not None:
            return self.refused
        if not asked.token.startswith("EAAG"):
            return refusal(190, "Error validating access token", status=401)
        path = asked.path.partition("?")[0].removeprefix("/v25.0/")
        answers: dict[str, Callable[[], Reply]] = {
            NUMBER_ID: lambda: Reply(json.dumps(self.about).encode()),  # also what is no good Unicode
            "debug_token": lambda: self.token,
            f"{WABA}/phone_numbers": lambda: Reply({"data": [{"id": each} for each in self.numbers]}),
            f"{WABA}/subscribed_apps": self._subscribe,
        }
        return answers.get(path, lambda: refusal(100, "Object does not exist", error_subcode=33))()

    def _subscribe(self) -> Reply:
        self.subscribed.append(WABA)
        return Reply({"success": True})


@pytest.fixture
def number() -> Iterator[Number]:
    with running_graph() as graph:
        number = Number(graph)
        graph.answer = number.answer
        yield number


@pytest.fixture
def asking_settings(settings: Settings, number: Number) -> Settings:
    """The settings of a service that asks this Graph API."""
    return settings.model_copy(update={"graph_url": number.graph.url, "graph_timeout_seconds": 1.0})
