"""Orders over HTTP, one at a time: read, edit, and decide. Lists of them are `api.order.list_endpoints`.

Whoever changes an order names the version that she saw (`If-Match`); requests that act may carry an
`Idempotency-Key`, so that repeating them is safe.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.customer.models import Customer
from api.database import DatabaseSession
from api.idempotency.service import RunOnce
from api.identity.current_user import CurrentUser, SignedIn
from api.order import edit, repository, settle, view
from api.order.edit import LineWish
from api.order.models import Order
from api.order.schemas import (
    Cancellation,
    DetailsChange,
    LineChange,
    NewLine,
    NewOrder,
    OrderDetail,
    Rejection,
)
from api.problem import Conflict, NotFound
from api.sending.endpoints import WorkerHints
from api.versioning import SeenVersion, etag

router = APIRouter(prefix="/orders", tags=["orders"])

OrderId = Annotated[int, Path(ge=1, le=2**63 - 1)]
LineId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("/{order_id}")
def get_order(order_id: OrderId, session: DatabaseSession, user: SignedIn, response: Response) -> OrderDetail:
    """One order: each line with where it was said, what else it may be, and what to look at."""
    order = repository.find(session, user.business_id, order_id)
    if order is None:
        raise NotFound(f"there is no order {order_id}")
    return _shown(session, order, response)


@router.post("", response_model=OrderDetail, status_code=HTTPStatus.CREATED)
def make_order(wish: NewOrder, session: DatabaseSession, user: SignedIn, once: RunOnce) -> Response:
    """A draft made by hand: of a conversation that has none, or of a customer who called."""

    def make() -> OrderDetail:
        customer_id = _customer_of(session, user, wish)
        order = edit.make_order(session, user, customer_id=customer_id, conversation_id=wish.conversation_id)
        if order is None:
            raise Conflict(f"conversation {wish.conversation_id} has a draft already; edit that one")
        for line in wish.lines:
            edit.add_line(session, user, order, _wish(line))
        if details := wish.details.given():
            edit.change_details(session, user, order, details)
        return view.detail(session, order)

    return once.answer(session, user.business_id, make, status=HTTPStatus.CREATED)


@router.patch("/{order_id}")
def change_order(
    order_id: OrderId,
    change: DetailsChange,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    response: Response,
) -> OrderDetail:
    """Set delivery details of a draft or a confirmed order; what you set, no reading overwrites."""
    order = edit.open_order(session, user, order_id, version)
    edit.change_details(session, user, order, change.given())
    return _shown(session, order, response)


@router.post("/{order_id}/lines", response_model=OrderDetail, status_code=HTTPStatus.CREATED)
def add_order_line(
    order_id: OrderId, line: NewLine, session: DatabaseSession, user: SignedIn, version: SeenVersion, once: RunOnce
) -> Response:
    """Add a SKU to a draft."""

    def add() -> OrderDetail:
        order = edit.open_order(session, user, order_id, version)
        edit.add_line(session, user, order, _wish(line))
        return view.detail(session, order)

    return once.answer(session, user.business_id, add, status=HTTPStatus.CREATED)


@router.patch("/{order_id}/lines/{line_id}")
def change_order_line(
    order_id: OrderId,
    line_id: LineId,
    change: LineChange,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    response: Response,
) -> OrderDetail:
    """Decide on a line of a draft: its SKU, quantity or price. No reading overwrites it from now on."""
    order = edit.open_order(session, user, order_id, version)
    edit.change_line(session, user, order, line_id, _wish(change))
    return _shown(session, order, response)


@router.delete("/{order_id}/lines/{line_id}")
def remove_order_line(
    order_id: OrderId,
    line_id: LineId,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    response: Response,
) -> OrderDetail:
    """Take a line off a draft. No reading adds it again."""
    order = edit.open_order(session, user, order_id, version)
    edit.remove_line(session, user, order, line_id)
    return _shown(session, order, response)


@router.post("/{order_id}/lines/{line_id}/restore")
def restore_order_line(
    order_id: OrderId,
    line_id: LineId,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    response: Response,
) -> OrderDetail:
    """Bring back a line of `removed_lines`, as it was. 404 where it was not removed, as for one sent twice."""
    order = edit.open_order(session, user, order_id, version)
    edit.restore_line(session, user, order, line_id)
    return _shown(session, order, response)


@router.post("/{order_id}/confirm", response_model=OrderDetail)
def confirm_order(
    order_id: OrderId,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    once: RunOnce,
    hints: WorkerHints,
) -> Response:
    """Confirm a draft: takes its stock, all or nothing. 409 names every open point, or every shortage.

    The customer is told where the business wants it: see `GET /businesses/current/order-summary`.
    """

    def confirm() -> OrderDetail:
        return view.detail(session, settle.confirm(session, user, order_id, version, hints))

    return once.answer(session, user.business_id, confirm)


@router.post("/{order_id}/reject", response_model=OrderDetail)
def reject_order(
    order_id: OrderId,
    rejection: Rejection,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    once: RunOnce,
) -> Response:
    """Turn down a draft that is no order."""

    def reject() -> OrderDetail:
        return view.detail(session, settle.reject(session, user, order_id, version, rejection.words, rejection.code))

    return once.answer(session, user.business_id, reject)


@router.post("/{order_id}/cancel", response_model=OrderDetail)
def cancel_order(
    order_id: OrderId,
    session: DatabaseSession,
    user: SignedIn,
    version: SeenVersion,
    once: RunOnce,
    cancellation: Cancellation | None = None,
) -> Response:
    """Call an order off. What a confirmed one took goes back into stock."""
    reason = cancellation.reason if cancellation else None

    def cancel() -> OrderDetail:
        return view.detail(session, settle.cancel(session, user, order_id, version, reason))

    return once.answer(session, user.business_id, cancel)


@router.post("/{order_id}/fulfill", response_model=OrderDetail)
def fulfill_order(
    order_id: OrderId, session: DatabaseSession, user: SignedIn, version: SeenVersion, once: RunOnce
) -> Response:
    """Note that a confirmed order is on its way."""

    def fulfill() -> OrderDetail:
        return view.detail(session, settle.fulfill(session, user, order_id, version))

    return once.answer(session, user.business_id, fulfill)


def _shown(session: Session, order: Order, response: Response) -> OrderDetail:
    shown = view.detail(session, order)
    response.headers["ETag"] = etag(shown.version)
    return shown


def _wish(line: NewLine | LineChange) -> LineWish:
    return LineWish(line.sku, line.quantity, line.unit_price_minor)


def _customer_of(session: Session, user: CurrentUser, wish: NewOrder) -> int:
    """The customer that a new order is of; raise NotFound where the business does not know her."""
    if wish.conversation_id is not None:
        query = select(Conversation.customer_id).where(Conversation.id == wish.conversation_id)
        found = session.scalar(query.where(Conversation.business_id == user.business_id))
    else:
        query = select(Customer.id).where(Customer.id == wish.customer_id)
        found = session.scalar(query.where(Customer.business_id == user.business_id))
    if found is None:
        raise NotFound("there is no such conversation or customer")
    return found
