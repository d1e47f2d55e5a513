"""The service in a thread of the test, on a port of its own, as one API process of several."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import orjson
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from api.app import create_app
from api.database import Database
from api.settings import Settings
from api.websocket.sockets import Sockets

PATIENCE = 30.0  # seconds: machines that test are busy


@dataclass(frozen=True)
class LiveServer:
    """A running API process."""

    host: str
    stop: Callable[[], None]

    @contextmanager
    def open(self, token: str | None = None, query: str = "", **headers: str) -> "Iterator[Ear]":
        """A WebSocket, with a token in its header where one is given."""
        sent = headers | ({"Authorization": f"Bearer {token}"} if token else {})
        with connect(f"ws://{self.host}/ws{query}", additional_headers=sent, open_timeout=PATIENCE) as connection:
            yield Ear(connection)


class Ear:
    """The client's end of a WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def next(self, type_: str | None = None, seconds: float = PATIENCE) -> dict[str, Any]:
        """The next frame, of the given type; others are passed over."""
        deadline = time.monotonic() + seconds
        while True:
            frame: dict[str, Any] = orjson.loads(self.connection.recv(timeout=max(0.01, deadline - time.monotonic())))
            if type_ in {None, frame["type"]}:
                return frame

    def changes(self, seconds: float = 0.3) -> list[tuple[str, int]]:
        """What is told to have changed until nothing comes for so long."""
        found = []
        with suppress(TimeoutError):
            while True:
                frame = self.next("change", seconds)
                found.append((frame["subject"], frame["subject_id"]))
        return found

    def say(self, **frame: object) -> None:
        self.connection.send(orjson.dumps(frame).decode())

    def close_code(self, seconds: float = PATIENCE) -> int | None:
        """With which code the server closes it."""
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.connection.recv(timeout=max(0.01, deadline - time.monotonic()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@contextmanager
def live_server(settings: Settings, database: Database, url: str) -> Iterator[LiveServer]:
    """An API process that answers while the block runs."""
    app = create_app(settings, database, sockets=Sockets(url, database, settings))
    config = uvicorn.Config(app, log_config=None, ws_max_size=4096, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)

        def stop() -> None:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "open WebSockets keep the server from stopping"

        thread.start()
        try:
            yield LiveServer(f"127.0.0.1:{listening.getsockname()[1]}", stop)
        finally:
            stop()
