"""The client of Meta's Graph API."""

import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Self
from urllib.parse import quote, urlsplit

import httpx
import structlog

from api.graph.error import GraphError, GraphRefused, GraphUncertain, GraphUnreachable, TooLarge, UntrustedAddress
from api.settings import Settings

logger = structlog.get_logger(__name__)

# Where Meta keeps files: the token is sent to these, to the Graph API itself, and nowhere else.
FILE_HOSTS = ("facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net")
MOST_PAGES = 1000
CHUNK_BYTES = 64 * 1024
# The request has not left: to repeat it is safe.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that comes in: its type as the server says it, its length where it says one, and its bytes."""

    mime_type: str
    length: int | None
    chunks: Iterator[bytes]


class GraphClient:
    """Asks the Graph API. Share one between all threads of a process; `close` it at the end.

    `token` is the access token of the channel that asks. A path is relative to the API's version:
    `"106540352242922/messages"`. Answers are JSON objects.

    Every method raises GraphRefused (Meta answers with an error), GraphUnreachable (nothing was done: safe
    to repeat), or, of those that change something, GraphUncertain (it may have been done).
    """

    def __init__(self, url: str, version: str, *, timeout: float = 30.0) -> None:
        self._root = f"{url.rstrip('/')}/{version}"
        self._host = _host(url)
        self._scheme = urlsplit(url).scheme
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0)),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=20),
            follow_redirects=False,  # a redirect would carry the token to another host
            headers={"User-Agent": "SatyaSell"},
        )

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The client of the Graph API that the settings name."""
        return cls(settings.graph_url, settings.graph_version, timeout=settings.graph_timeout_seconds)

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def get(self, path: str, *, token: str, **query: str | int) -> dict[str, Any]:
        """What `path` holds."""
        return self._ask("GET", path, token, params=query)

    def pages(self, path: str, *, token: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """The items of a list, one by one, page after page."""
        after: dict[str, str | int] = {}
        for _ in range(MOST_PAGES):
            answer = self.get(path, token=token, **{**query, **after})
            items = answer.get("data")
            yield from (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))
            cursor = _next_cursor(answer)
            if cursor is None or cursor == after.get("after"):
                return
            after = {"after": cursor}

    def post(self, path: str, body: Mapping[str, Any], *, token: str) -> dict[str, Any]:
        """What the Graph API answers to a JSON body, such as a message."""
        return self._ask("POST", path, token, json=body)

    def delete(self, path: str, *, token: str, **query: str | int) -> dict[str, Any]:
        """Delete what `path` names."""
        return self._ask("DELETE", path, token, params=query)

    def upload(self, phone_number_id: str, file: BinaryIO, *, mime_type: str, filename: str, token: str) -> str:
        """Give Meta a file to send, and get its media id, which is good for 30 days."""
        answer = self._ask(
            "POST",
            f"{phone_number_id}/media",
            token,
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (filename, file, mime_type)},
        )
        media_id = answer.get("id")
        if not isinstance(media_id, str):
            raise GraphUncertain("Meta took the file and told no media id")
        return media_id

    @contextmanager
    def download(self, url: str, *, token: str, max_bytes: int) -> Iterator[Download]:
        """The file at `url`, as `get` of its media id told it; such a URL is good for five minutes.

        Raises also:
            UntrustedAddress: `url` is not one of Meta's.
            TooLarge: The file has more than `max_bytes`, at the start or while it is read.
        """
        self._check_address(url)
        with _translated("GET"), self._client.stream("GET", url, headers=_authorization(token)) as response:
            if not response.is_success:
                response.read()
                raise _refusal(response)
            length = _length(response)
            if length is not None and length > max_bytes:
                raise TooLarge(f"the file has {length} bytes, more than {max_bytes}")
            mime_type = response.headers.get("content-type", "application/octet-stream")
            yield Download(mime_type, length, _bounded(response, max_bytes))

    def _ask(self, method: str, path: str, token: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own
        url = f"{self._root}/{quote(path.lstrip('/'))}"
        with _translated(method):
            response = self._client.request(method, url, headers=_authorization(token), **content)
        return _answer(method, response)

    def _check_address(self, url: str) -> None:
        parts, host = urlsplit(url), _host(url)
        if host == self._host and parts.scheme == self._scheme:
            return
        trusted = any(host == name or host.endswith(f".{name}") for name in FILE_HOSTS)
        if parts.scheme != "https" or not trusted or _is_address(host):
            raise UntrustedAddress("the file's address is not one of Meta's: it was not fetched")


def _authorization(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def _translated(method: str) -> Iterator[None]:
    """Raise httpx's errors as ours: what matters is whether something may have been done."""
    try:
        yield
    except _NOT_SENT as error:
        raise GraphUnreachable(f"the Graph API cannot be reached: {type(error).__name__}") from error
    except httpx.RequestError as error:
        raise _no_answer(method, f"the Graph API gave no answer: {type(error).__name__}") from error


def _no_answer(method: str, reason: str) -> GraphError:
    return GraphUnreachable(reason) if method == "GET" else GraphUncertain(reason)


def _answer(method: str, response: httpx.Response) -> dict[str, Any]:
    body = _json(response)
    told = isinstance(body, dict) and isinstance(body.get("error"), dict)
    if response.is_success and isinstance(body, dict) and not told:
        return body
    if told or response.is_client_error:
        raise _refusal(response)
    # A gateway's time-out, or a body that broke off: what stands behind it may have done the work.
    raise _no_answer(method, f"the Graph API answered {response.status_code} without saying what happened")


def _refusal(response: httpx.Response) -> GraphRefused:
    body = _json(response)
    error = body.get("error") if isinstance(body, dict) else None
    told = error if isinstance(error, dict) else {}
    refused = GraphRefused(response.status_code, told, retry_after=_retry_after(response))
    logger.info(
        "graph.refused", status=response.status_code, code=refused.code, subcode=refused.subcode, trace=refused.trace_id
    )
    return refused


def _json(response: httpx.Response) -> object:
    try:
        return response.json()
    except ValueError:  # no JSON, or bytes that are no text
        return None


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else None


def _next_cursor(answer: Mapping[str, Any]) -> str | None:
    paging = answer.get("paging")
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and after and answer.get("data") else None


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _bounded(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    seen = 0
    with _translated("GET"):
        for chunk in response.iter_bytes(CHUNK_BYTES):
            seen += len(chunk)
            if seen > max_bytes:
                raise TooLarge(f"the file has more than {max_bytes} bytes")
            yield chunk


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
