"""What can go wrong when the Graph API is asked."""

from collections.abc import Mapping
from typing import Any

from api.graph.advice import Advice, advise
from api.graph.text import storable

_MAX_TEXT = 500


class GraphError(Exception):
    """Raised when the Graph API did not do, or may not have done, what it was asked for."""


class GraphUnreachable(GraphError):  # noqa: N818 - a state of the world
    """Raised when a request did not reach Meta, or only asked for something: to repeat it is safe."""


class GraphUncertain(GraphError):  # noqa: N818 - as above
    """Raised when a request that changes something went out and no answer came: it may have been done.

    The Graph API has no idempotency keys: never repeat such a request blindly.
    """


class GraphRefused(GraphError):  # noqa: N818 - as above
    """Raised when Meta answers with an error.

    Build on `code` and `details`, as Meta advises, never on titles. `code` is None where Meta told none.
    `advice` says what to do. `retry_after` is in seconds, where Meta told it. `trace_id` is what Meta's
    support asks for.
    """

    def __init__(self, http_status: int, error: Mapping[str, Any], *, retry_after: float | None = None) -> None:
        self.http_status = http_status
        self.code = _integer(error.get("code"))
        self.subcode = _integer(error.get("error_subcode"))
        self.title = _text(error.get("message") or error.get("title"))
        data = error.get("error_data")
        details = data.get("details") if isinstance(data, Mapping) else data
        self.details = _text(details or error.get("error_user_msg") or error.get("message"))
        self.trace_id = _text(error.get("fbtrace_id"))
        self.retry_after = retry_after
        self.advice: Advice = advise(
            self.code, http_status=http_status, subcode=self.subcode, transient=error.get("is_transient") is True
        )
        super().__init__(f"Meta refused with code {self.code}: {self.details}")

    def as_json(self) -> dict[str, Any]:
        """What is stored beside a message that failed: Meta's code and words, and what to do."""
        return {
            "code": self.code,
            "title": self.title,
            "details": self.details,
            "trace_id": self.trace_id,
            **self.advice.as_json(),
        }


class UntrustedAddress(GraphError):  # noqa: N818 - as above
    """Raised when a file's address is not one of Meta's: the token is never sent there."""


class TooLarge(GraphError):  # noqa: N818 - as above
    """Raised when a file is larger than was asked for."""


def _integer(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def _text(value: object) -> str:
    return storable(value[:_MAX_TEXT]) if isinstance(value, str) else ""
