"""The service as anybody sees it who has a login: over HTTP, nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self
from uuid import uuid4

import httpx

from api.conversation.schemas import MessageOut
from api.errors import OperatorError
from api.inbox.schemas import ConversationOut
from api.order.schemas import OrderDetail, OrderSummary
from api.simulator.envelope import headers, raw_body
from api.stock.schemas import StockOut

_ANSWER_SECONDS = 0.5


class DemoError(OperatorError):
    """Raised when the service does not do what the demo shows; says what."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What the API shows of a shop at one moment: messages oldest first, orders by number."""

    conversations: Mapping[int, ConversationOut]
    messages: tuple[MessageOut, ...]
    orders: tuple[OrderDetail, ...]

    @property
    def is_read(self) -> bool:
        """Whether the engine has read all of it."""
        return not any(each.reading_is_due for each in self.conversations.values())


class Client:
    """A client of the service at `address`, in the role of Meta and of an agent."""

    def __init__(self, address: str, app_secret: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._secret = app_secret

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def is_ready(self) -> bool:
        """Whether the service answers yet."""
        try:
            # The port takes connections before there is a process to answer them.
            return self._http.get("/ready", timeout=_ANSWER_SECONDS).is_success
        except httpx.TransportError:
            return False

    def log_in(self, email: str, password: str) -> None:
        """Act as this user from now on."""
        token = self._post("/sessions", json={"email": email, "password": password})["token"]
        self._http.headers["Authorization"] = f"Bearer {token}"

    def import_catalog(self, file: bytes) -> int:
        """Import a catalogue file with its stock; return the number of its rows."""
        files = {"file": ("catalog.csv", file, "text/csv")}
        rows: int = self._post("/catalog/imports", params={"set_stock": True}, files=files)["rows"]
        return rows

    def deliver(self, webhook: object) -> None:
        """Send a webhook, signed as Meta signs."""
        body = raw_body(webhook)
        _accepted(self._http.post("/webhook/whatsapp", content=body, headers=headers(body, self._secret)))

    def shop(self) -> Shop:
        """The shop as it is now."""
        conversations = {each.id: each for each in map(ConversationOut.model_validate, self._all("/conversations"))}
        messages = [
            MessageOut.model_validate(message)
            for conversation in conversations
            for message in self._all(f"/conversations/{conversation}/messages")
        ]
        orders = [self.order(int(each["id"])) for each in self._all("/orders", sort="oldest")]
        return Shop(conversations, tuple(sorted(messages, key=_moment)), tuple(orders))

    def order(self, order_id: int) -> OrderDetail:
        """One order."""
        return OrderDetail.model_validate(self._get(f"/orders/{order_id}"))

    def surest_drafts(self) -> list[OrderSummary]:
        """The drafts, those first that the reading is surest of."""
        return [OrderSummary.model_validate(each) for each in self._all("/orders", status="draft", sort="surest")]

    def confirm(self, order: OrderDetail) -> OrderDetail:
        """Confirm an order, at the version that was seen, once."""
        headers = {"If-Match": f'"{order.version}"', "Idempotency-Key": str(uuid4())}
        return OrderDetail.model_validate(self._post(f"/orders/{order.id}/confirm", headers=headers))

    def stock(self, variant_id: int) -> Decimal:
        """How much is left of a variant that is counted."""
        return StockOut.model_validate(self._get(f"/stocks/{variant_id}")).quantity or Decimal(0)

    def _all(self, path: str, **params: str) -> Iterator[Any]:
        """The items of all pages of a list."""
        page = self._get(path, limit=200, **params)
        yield from page["items"]
        while page["next"]:
            page = self._get(path, limit=200, cursor=page["next"], **params)
            yield from page["items"]

    def _get(self, path: str, **params: str | int) -> Any:  # noqa: ANN401 - any JSON
        return _accepted(self._http.get(path, params=params)).json()

    def _post(self, path: str, **request: Any) -> Any:  # noqa: ANN401 - any JSON
        return _accepted(self._http.post(path, **request)).json()


def _accepted(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        request = answer.request
        raise DemoError(f"{request.method} {request.url.path} answered {answer.status_code}: {answer.text[:500]}")
    return answer


def _moment(message: MessageOut) -> tuple[datetime, int]:
    return message.timestamp, message.id
