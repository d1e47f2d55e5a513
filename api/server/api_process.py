"""One API process: requests answered until it is told to end."""

import socket

import uvicorn

from api.app import create_app
from api.broker import Hints, make_broker
from api.database import Database
from api.settings import Settings
from api.webhook_event.inbox import Inbox
from api.webhook_event.service import HANDLE_EVENTS
from api.websocket.sockets import Sockets

# Connections kept open, and as many again when many synchronous endpoints work at once.
_CONNECTIONS = 20
# Of a WebSocket: pages say little.
_FRAME_BYTES = 4096


def serve_until_told(settings: Settings, listening: socket.socket) -> None:
    """Answer requests on an open port until SIGTERM or SIGINT."""
    url = settings.database_url.get_secret_value()
    database = Database.connect(url, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS)
    broker = make_broker(settings.broker_url.get_secret_value() or url)
    hints = Hints(broker)
    inbox = Inbox(url, on_stored=lambda: hints.send(HANDLE_EVENTS))
    sockets = Sockets(url, database, settings)
    app = create_app(settings, database, hints=hints, inbox=inbox, sockets=sockets)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=_FRAME_BYTES,
        ws_per_message_deflate=False,  # frames are small, and a compressor for each connection is not
        timeout_graceful_shutdown=max(1, int(settings.shutdown_seconds * 0.6)),
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        hints.stop()
        broker.close()
        database.close()
