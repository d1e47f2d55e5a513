"""A simulator with a service's webhook beside it, and Graph as the service asks it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from api.simulator.options import Delays, Limits, Number, Options, Retries
from api.simulator.simulator import Simulator
from tests.api.simulator.receiver import Receiver, receiving

NUMBER = Number()
ASHA = "919000000001"
QUICK = Delays(sent=0.01, delivered=0.02, read=0.02)
NO_LIMITS = Limits(pair_burst=10**6, standard_per_second=10**6)
Json = dict[str, Any]


@dataclass
class Graph:
    """Graph API of a simulator, asked with its token."""

    simulator: Simulator
    http: httpx.Client

    def send(self, message: Json) -> httpx.Response:
        return self.http.post(f"/v25.0/{NUMBER.phone_number_id}/messages", json=message)

    def message(self, **content: Any) -> httpx.Response:  # noqa: ANN401 - any JSON
        return self.send({"messaging_product": "whatsapp", "to": f"+{ASHA}", **content})

    def sent(self, **content: Any) -> str:  # noqa: ANN401 - any JSON
        """Send a message that is accepted; return its wamid."""
        answer = self.message(**content)
        assert answer.status_code == 200, answer.text
        wamid: str = answer.json()["messages"][0]["id"]
        return wamid

    def code(self, **content: Any) -> int | None:  # noqa: ANN401 - any JSON
        """The error's code of a message that is refused; None where it is not."""
        code: int | None = self.message(**content).json().get("error", {}).get("code")
        return code


def simulating(options: Options) -> Iterator[Graph]:
    headers = {"Authorization": f"Bearer {options.tokens[0]}"}
    with Simulator(options) as simulator, httpx.Client(base_url=simulator.address, headers=headers) as http:
        yield Graph(simulator, http)


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    """A simulator that sends no webhooks and limits nothing but what is checked."""
    yield from simulating(Options(limits=NO_LIMITS))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def start(receiver: Receiver) -> Iterator[Callable[..., Graph]]:
    """Starts a simulator that is connected to the receiver, with such options."""
    running: list[Iterator[Graph]] = []

    def starter(**options: Any) -> Graph:  # noqa: ANN401 - Options'
        given = Options(**{"delays": QUICK, "retries": Retries(first_seconds=0.02), **options})
        simulation = simulating(given)
        running.append(simulation)
        graph = next(simulation)
        graph.simulator.connect(receiver.url)
        return graph

    yield starter
    for simulation in running:
        next(simulation, None)


def until(done: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)
