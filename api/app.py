"""The web application: every feature's endpoints under one roof."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp

import api.tables  # noqa: F401 - foreign keys need every table
from api import problem
from api.analytics.endpoints import router as analytics
from api.broker import Hinting, NoHints
from api.catalog.endpoints import router as catalog
from api.catalog_file.endpoints import router as catalog_files
from api.catalog_file.job_endpoints import router as import_jobs
from api.channel.endpoints import router as channels
from api.conversation.endpoints import router as threads
from api.customer.endpoints import router as customers
from api.customer.tag_endpoints import router as tags
from api.database import Database, database_of
from api.first_run.endpoints import router as first_run
from api.graph.client import GraphClient
from api.identity.endpoints import routers as identity
from api.identity.login import LoginGuard
from api.inbox.endpoints import router as conversations
from api.media.endpoints import router as media
from api.media.file_store import FileStore
from api.note.endpoints import router as notes
from api.order.customer_endpoints import router as customer_details
from api.order.endpoints import router as orders
from api.order.list_endpoints import router as order_lists
from api.order.reply_endpoints import router as suggested_replies
from api.order.summary_endpoints import router as order_summary
from api.page.endpoints import router as page
from api.reading.endpoints import router as readings
from api.request_log import RequestLog
from api.saved_reply.endpoints import router as saved_replies
from api.sending.endpoints import router as messages
from api.settings import Settings
from api.stock.endpoints import router as stocks
from api.stock.search_endpoints import router as catalog_search
from api.template.endpoints import router as templates
from api.webhook_event.endpoints import router as webhook_events
from api.webhook_event.inbox import Inbox
from api.websocket.endpoints import describe_frames
from api.websocket.endpoints import router as websocket
from api.websocket.sockets import Sockets
from api.whatsapp.endpoints import router as webhook
from api.whatsapp.gate import WebhookGate

DESCRIPTION = """
Customers' WhatsApp messages become draft orders, which a person confirms.

All but the webhook, the health checks, the first setup, links to join and the login need a token:
`POST /sessions` gives one, to be sent as `Authorization: Bearer …`. Lists come in pages; ask for the next one by
`cursor`. Errors are `application/problem+json` (RFC 9457). Money is in minor units (paise, cents) with its currency.
"""

TAGS = [
    {"name": "sessions", "description": "Log in and out."},
    {"name": "businesses", "description": "Your business."},
    {"name": "channels", "description": "Your business's WhatsApp numbers."},
    {"name": "users", "description": "Your business's people."},
    {"name": "audit", "description": "Who did what."},
    {"name": "conversations", "description": "What customers and your business said."},
    {"name": "messages", "description": "Messages to customers."},
    {"name": "notes", "description": "What your people write for each other."},
    {"name": "saved replies", "description": "What your people answer again and again."},
    {"name": "media", "description": "Files of messages."},
    {"name": "templates", "description": "Messages that Meta approved before."},
    {"name": "orders", "description": "Drafts and what became of them."},
    {"name": "customers", "description": "Who buys."},
    {"name": "catalog", "description": "What you sell."},
    {"name": "stocks", "description": "How much there is of it."},
    {"name": "analytics", "description": "How your business does."},
    {"name": "setup", "description": "From an empty installation to the first draft."},
    {"name": "live", "description": "Hear what changes, over a WebSocket."},
    {"name": "health", "description": "Whether the service runs. Needs no token."},
]

health = APIRouter(tags=["health"])

ROUTERS = (
    *identity,
    channels,
    conversations,
    threads,
    media,
    messages,
    templates,
    readings,
    webhook_events,
    suggested_replies,
    notes,
    saved_replies,
    order_lists,  # before the orders: /orders/counts is no order's id
    orders,
    order_summary,
    customers,
    customer_details,
    tags,
    catalog,
    catalog_files,
    import_jobs,
    catalog_search,
    stocks,
    websocket,
    analytics,
    first_run,
)


class Application(FastAPI):
    """FastAPI, with the request log around all that it does itself, and the webhooks' own way in before it."""

    def build_middleware_stack(self) -> ASGIApp:
        """What a request passes through, outermost first."""
        logged = RequestLog(super().build_middleware_stack())
        inbox: Inbox | None = self.state.inbox
        return WebhookGate(logged, inbox, self.state.settings.app_secrets) if inbox else logged


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the inbox and the WebSockets open while requests are served."""
    parts: list[Inbox | Sockets] = [part for part in (app.state.inbox, app.state.sockets) if part is not None]
    for part in parts:
        await part.start()
    yield
    for part in parts:
        await part.stop()
    if app.state.graph.cache_info().currsize:
        app.state.graph().close()


def create_app(
    settings: Settings,
    database: Database,
    *,
    hints: Hinting | None = None,
    inbox: Inbox | None = None,
    sockets: Sockets | None = None,
) -> FastAPI:
    """The application on a database that is migrated already.

    `hints` tell workers that there is work; without them workers find it by themselves, some seconds
    later. Webhooks are received where there is an `inbox`, changes are told where there are `sockets`.
    """
    app = Application(
        title="SatyaSell",
        version=version("satyasell"),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,  # these pages load scripts from elsewhere; /openapi.json opens in any viewer
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        max_body_size=settings.max_body_bytes,
        responses=problem.RESPONSES,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.hints = hints or NoHints()
    app.state.graph = cache(lambda: GraphClient.of(settings))  # made where Meta is asked first: TLS takes its time
    app.state.files = FileStore.of(settings)
    app.state.inbox = inbox
    app.state.sockets = sockets
    app.state.login_guard = LoginGuard()
    problem.install(app)
    describe_frames(app)
    for router in (health, webhook, page, *ROUTERS):
        app.include_router(router)
    return app


@health.get("/health")
def health_check() -> dict[str, str]:
    """Whether this process answers."""
    return {"status": "ok"}


@health.get("/ready")
def ready(database: Annotated[Database, Depends(database_of)]) -> dict[str, str]:
    """Whether this process can do its work: 503 while the database does not answer."""
    try:
        with database.transaction() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise problem.Unavailable("the database does not answer") from error
    return {"status": "ok"}


def _operation_id(route: APIRoute) -> str:
    """What generated clients call an operation: its function's name."""
    return route.name
