"""Logs: event names with fields, one line each, on standard error.

Never log a customer's words, phone number or a token: ids say enough.
"""

import logging
import sys
from typing import TextIO

import structlog
from structlog.types import Processor

# Libraries that log each step at INFO, some with whole addresses.
QUIET = ("alembic", "httpx", "httpx2", "pika", "sqlalchemy.engine", "uvicorn.access", "uvicorn.error")


def configure(*, level: str = "INFO", style: str = "auto", stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's logs to standard error, or to `stream`.

    `style` is `json`, `console`, or `auto`: console on a terminal, JSON elsewhere.
    """
    stream = stream or sys.stderr
    console = stream.isatty() if style == "auto" else style == "console"
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # modules make their loggers when imported, before this is called
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_rendering(console=console))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _rendering(*, console: bool) -> list[Processor]:
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if console:
        plain = structlog.dev.plain_traceback  # rich tracebacks print local variables: customers' words
        return [remove, structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    return [remove, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
