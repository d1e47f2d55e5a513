"""The simulator's web application: Graph API, media, and the phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from api.simulator.graph_endpoints import files
from api.simulator.graph_endpoints import router as graph
from api.simulator.graph_error import GraphError
from api.simulator.handset import NotThereError
from api.simulator.network import Network
from api.simulator.options import Options
from api.simulator.outbox import Outbox
from api.simulator.phone_endpoints import page
from api.simulator.phone_endpoints import router as phone


def create_app(options: Options, address: str, webhook_url: str | None = None) -> FastAPI:
    """The application that answers at `address`; webhooks go to `webhook_url` where there is one."""

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        network = Network(options, address)
        app.state.network = network
        app.state.outbox = Outbox(network)
        network.postman.start()
        if webhook_url:
            network.postman.connect(webhook_url)
        yield
        await network.postman.stop()

    app = FastAPI(title="WhatsApp simulator", lifespan=running, openapi_url=None, docs_url=None, redoc_url=None)
    app.add_exception_handler(GraphError, _refused)
    app.add_exception_handler(NotThereError, _not_there)
    for router in (page, phone, files, graph):
        app.include_router(router)
    return app


def _refused(_request: Request, error: Exception) -> JSONResponse:
    """Meta's answer to a request that it refuses."""
    assert isinstance(error, GraphError)  # noqa: S101 - what the handler was added for
    text = str(error.error["message"]).encode("ascii", "replace").decode()
    headers = {"WWW-Authenticate": f'OAuth "Facebook Platform" "invalid_request" "{text}"'}
    return JSONResponse(error.body, error.status, headers)


def _not_there(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 404)
