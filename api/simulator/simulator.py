"""The simulator in a thread of this process, for tests and for the demo."""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import uvicorn
from fastapi import FastAPI

from api.errors import OperatorError
from api.simulator.app import create_app
from api.simulator.chat import Entry
from api.simulator.handset import Handset
from api.simulator.json_value import Json
from api.simulator.network import Network
from api.simulator.options import Options

_START_SECONDS = 30.0
_LOOK_SECONDS = 0.02
Result = TypeVar("Result")


class SimulatorError(OperatorError):
    """Raised where the simulator does not start, or does not get where it is waited for."""


class Simulator:
    """A WhatsApp at `address`, running while the `with` block does.

    with Simulator(Options(...)) as whatsapp:
        ...  # start the service with WHATSAPP_GRAPH_URL=whatsapp.address
        whatsapp.connect("http://127.0.0.1:8000/webhook/whatsapp")
        asha = whatsapp.phone("919000000001", "Asha")
        asha.say("2 kg sugar bhej do")
        whatsapp.wait_until_delivered()
    """

    def __init__(self, options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.options = options or Options()
        self._socket = listening_socket(host, port)
        self.address = address_of(self._socket, host)
        self._app: FastAPI = create_app(self.options, self.address)
        config = server_config(self._app)
        self._server = uvicorn.Server(config)
        self._loop = (config.get_loop_factory() or asyncio.new_event_loop)()
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._until(lambda: self._server.started or not self._thread.is_alive(), _START_SECONDS, "it did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()

    def connect(self, webhook_url: str) -> None:
        """Deliver to this address, once it is verified."""
        self.do(lambda network: network.postman.connect(webhook_url))

    def phone(self, wa_id: str, name: str = "", phone_number_id: str | None = None) -> "Phone":
        """The phone of a customer, to write to a number with: the first one, if none is named."""
        number_id = phone_number_id or self.options.numbers[0].phone_number_id
        return Phone(self, wa_id, number_id, name)

    def wait_until_delivered(self, seconds: float = 60.0) -> None:
        """Return once the service has taken all webhooks there are; raise SimulatorError where it takes longer."""
        self._until(lambda: self.waiting == 0, seconds, "webhooks were not delivered")

    @property
    def waiting(self) -> int:
        """Messages and statuses that the service has not taken yet."""
        return self.do(lambda network: network.postman.waiting)

    @property
    def counts(self) -> Counter[str]:
        """How many webhooks were delivered, duplicated, held back and refused."""
        return self.do(lambda network: Counter(network.postman.counts))

    @property
    def accepted(self) -> dict[str, str | None]:
        """What the service has sent, by wamid, with its `biz_opaque_callback_data`."""
        return self.do(lambda _: dict(self._app.state.outbox.accepted))

    def entries(self, wa_id: str) -> list[Entry]:
        """All messages of a customer's chats, as they stand now."""
        return self.do(
            lambda network: [
                entry
                for chat in network.chats.values()
                if chat.customer.wa_id == wa_id
                for entry in chat.entries.values()
            ]
        )

    def advance(self, seconds: float) -> None:
        """Set the simulator's time forward."""
        self.do(lambda network: network.clock.advance(seconds))

    def do(self, work: Callable[[Network], Result]) -> Result:
        """Do something with the network, on its event loop."""

        async def on_loop() -> Result:
            return work(self._app.state.network)

        return asyncio.run_coroutine_threadsafe(on_loop(), self._loop).result()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))
        finally:
            self._loop.close()

    def _until(self, done: Callable[[], bool], seconds: float, problem: str) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                raise SimulatorError(f"the simulator: {problem} within {seconds:g} seconds")
            time.sleep(_LOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class Phone:
    """A customer's phone, from another thread than the simulator's. What is sent returns its wamid."""

    simulator: Simulator
    wa_id: str
    phone_number_id: str
    name: str = ""

    def say(self, text: str, *, quote: str | None = None) -> str:
        """Write a text."""
        return self._do(lambda handset: handset.say(text, quote=quote))

    def send_file(self, kind: str, content: bytes, mime_type: str, **said: Any) -> str:  # noqa: ANN401 - Handset's
        """Send a picture, a film, a document, a sticker or a sound; see `Handset.send_file`."""
        return self._do(lambda handset: handset.send_file(kind, content, mime_type, **said))

    def send_location(self, latitude: float, longitude: float, name: str = "", address: str = "") -> str:
        """Send a place."""
        return self._do(lambda handset: handset.send_location(latitude, longitude, name, address))

    def send_cart(self, items: Sequence[Json], *, text: str = "") -> str:
        """Send a cart; an item has product_retailer_id, quantity, item_price and currency."""
        return self._do(lambda handset: handset.send_cart(items, text=text))

    def send(self, kind: str, content: Any, *, quote: str | None = None) -> str:  # noqa: ANN401 - any JSON
        """Send a message of any type, with its content as webhooks have it."""
        return self._do(lambda handset: handset.send(kind, content, quote=quote))

    def tap(self, wamid: str, button: str) -> str:
        """Tap a button or a row, by its id, or by its text under a template."""
        return self._do(lambda handset: handset.tap(wamid, button))

    def answer_form(self, wamid: str, name: str, values: Json) -> str:
        """Fill in an address form or a flow."""
        return self._do(lambda handset: handset.answer_form(wamid, name, values))

    def pay(self, wamid: str, status: str = "captured") -> str:
        """Pay what an `order_details` message asks for; `status` may also be `pending` or `failed`."""
        return self._do(lambda handset: handset.pay(wamid, status))

    def react(self, wamid: str, emoji: str) -> str:
        """React to a message; an empty emoji takes the reaction away."""
        return self._do(lambda handset: handset.react(wamid, emoji))

    def edit(self, wamid: str, text: str) -> str:
        """Change an own message's words."""
        return self._do(lambda handset: handset.edit(wamid, text))

    def delete(self, wamid: str) -> str:
        """Delete an own message for everyone."""
        return self._do(lambda handset: handset.delete(wamid))

    def _do(self, act: Callable[[Handset], str]) -> str:
        def on_network(network: Network) -> str:
            customer = network.customer(self.wa_id, self.name)
            return act(Handset(network, network.chat(network.number(self.phone_number_id), customer)))

        return self.simulator.do(on_network)


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens; raise SimulatorError where the address is taken."""
    try:
        return socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise SimulatorError(f"the simulator cannot listen on {host}:{port}: {error.strerror}") from None


def address_of(listening: socket.socket, host: str) -> str:
    """Where the simulator answers."""
    return f"http://{host}:{listening.getsockname()[1]}"


def server_config(app: FastAPI) -> uvicorn.Config:
    """How it is served: quietly, with connections that are kept as long as Meta's, and an end that waits for nobody."""
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
