"""A Graph API of a test's own, on a real socket: it notes what it is asked, and answers as the test says."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import orjson

from tests.local_server import running

VERSION = "v25.0"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    token: str
    content_type: str
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.raw)
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: JSON or bytes; with `hang_up`, the connection is closed instead."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False


def refusal(code: int, details: str = "because", *, status: int = 400, **extra: object) -> Reply:
    """An error as Meta answers it."""
    error = {"message": f"(#{code}) title", "code": code, "error_data": {"details": details}, "fbtrace_id": "T"} | extra
    return Reply({"error": error}, status)


Answering = Callable[[Asked], Reply]


class GraphServer(ThreadingHTTPServer):
    """Answers by `answer`; without one, takes every message and gives it a wamid."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.answer: Answering = self.take
        self.lock = threading.Lock()
        self._numbers = count(1)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The bodies of the messages that came, in their order."""
        with self.lock:
            return [asked.body for asked in self.asked if asked.path.endswith("/messages")]

    def take(self, asked: Asked) -> Reply:
        """What Meta answers to a good message."""
        with self.lock:
            wamid = f"wamid.SENT{next(self._numbers):06}"
        to = asked.body.get("to") or asked.body.get("recipient")
        return Reply({"messaging_product": "whatsapp", "contacts": [{"input": to}], "messages": [{"id": wamid}]})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: GraphServer

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        asked = Asked(self.command, self.path, token, self.headers.get("Content-Type", ""), self.rfile.read(length))
        with self.server.lock:
            self.server.asked.append(asked)
        reply = self.server.answer(asked)
        if reply.hang_up:
            self.close_connection = True
            return
        body = reply.body if isinstance(reply.body, bytes) else orjson.dumps(reply.body)
        self.send_response(reply.status)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(len(body))} | reply.headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = _handle  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        pass


def running_graph() -> AbstractContextManager[GraphServer]:
    """A Graph API while the block runs."""
    return running(GraphServer())
