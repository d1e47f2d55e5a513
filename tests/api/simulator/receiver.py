"""A service's webhook, played by a plain HTTP server: keeps what comes, and answers as it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass
class Receiver:
    """What came: bodies with their signatures. `answer` says with which status the n-th one is answered."""

    url: str = ""
    verify_token: str = "verify-token"
    protocol: str = "HTTP/1.1"
    answer: Callable[[int], int] = lambda _number: 200
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    @property
    def webhooks(self) -> list[Json]:
        return [json.loads(body) for body in self.bodies]

    def items(self, part: str) -> list[Json]:
        """The messages or statuses of all webhooks, in the order in which they came."""
        return [
            item
            for webhook in self.webhooks
            for entry in webhook["entry"]
            for change in entry["changes"]
            for item in change["value"].get(part, [])
        ]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        @property
        def protocol_version(self) -> str:  # type: ignore[override]
            return receiver.protocol

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            receiver.asked.append(asked)
            right = asked.get("hub.verify_token") == [receiver.verify_token]
            self.respond(200 if right else 403, asked["hub.challenge"][0].encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.bodies.append(body)
            receiver.signatures.append(self.headers["X-Hub-Signature-256"])
            self.respond(receiver.answer(len(receiver.bodies)), b"")

        def respond(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/webhook/whatsapp"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
