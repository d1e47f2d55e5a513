"""Orders over HTTP, many at once: the list, its counts, its export; and what happened to one."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from sqlalchemy import Select, func
from sqlalchemy.orm import InstrumentedAttribute

from api.audit import service as audit
from api.database import Database, DatabaseSession, database_of
from api.identity import repository as identity
from api.identity.current_user import SignedIn
from api.identity.schemas import AuditEntryOut
from api.order import repository, view
from api.order.exporting import export_orders
from api.order.filter import OrderFilters
from api.order.models import Order, OrderStatus
from api.order.schemas import OrderSummary
from api.pagination import Page, PageQuery, fetch_page
from api.problem import NotFound

router = APIRouter(prefix="/orders", tags=["orders"])


class OrderSort(StrEnum):
    """What a list of orders begins with."""

    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"
    SUREST = "surest"


SORTS: dict[OrderSort, tuple[list[InstrumentedAttribute[Any]], bool]] = {
    OrderSort.NEWEST: ([Order.id], True),
    OrderSort.OLDEST: ([Order.id], False),
    OrderSort.UPDATED: ([Order.updated_at, Order.id], True),
    OrderSort.SUREST: ([Order.confidence, Order.id], True),
}


class OrderCounts(BaseModel):
    """How many orders there are, by status."""

    by_status: dict[OrderStatus, int] = Field(examples=[{"draft": 12, "confirmed": 40}])
    total: int


@router.get("")
def list_orders(
    session: DatabaseSession,
    user: SignedIn,
    page: PageQuery,
    filters: Annotated[OrderFilters, Depends()],
    sort: Annotated[OrderSort, Query(description="`surest` lists only what a reading proposed.")] = OrderSort.NEWEST,
) -> Page[OrderSummary]:
    """The business's orders, the newest first unless `sort` says otherwise."""
    query = filters.narrow(user.business_id, identity.business(session, user.business_id).time_zone)
    if sort is OrderSort.SUREST:
        query = query.where(Order.confidence.is_not(None))
    by, descending = SORTS[sort]
    rows = fetch_page(session, query, page, by=by, descending=descending)
    return Page(items=view.summaries(session, rows.items), next=rows.next)


@router.get("/counts")
def count_orders(session: DatabaseSession, user: SignedIn, filters: Annotated[OrderFilters, Depends()]) -> OrderCounts:
    """How many orders of the same list there are, by status. A status without any is 0."""
    query = filters.narrow(user.business_id, identity.business(session, user.business_id).time_zone)
    counted = query.with_only_columns(Order.status, func.count()).group_by(Order.status)
    found = dict(session.execute(counted).all())
    return OrderCounts(by_status={status: found.get(status, 0) for status in OrderStatus}, total=sum(found.values()))


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def export_orders_file(
    user: SignedIn,
    session: DatabaseSession,
    database: Annotated[Database, Depends(database_of)],
    filters: Annotated[OrderFilters, Depends()],
) -> StreamingResponse:
    """The same list as a CSV file, one row a line, oldest first. What a spreadsheet would run begins with `'`."""
    time_zone = identity.business(session, user.business_id).time_zone
    pieces = _pieces(database, filters.narrow(user.business_id, time_zone), time_zone)
    headers = {"Content-Disposition": 'attachment; filename="orders.csv"'}
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{order_id}/history")
def list_order_history(
    order_id: Annotated[int, Path(ge=1, le=2**63 - 1)], user: SignedIn, session: DatabaseSession, page: PageQuery
) -> Page[AuditEntryOut]:
    """Who did what to an order, the newest first; a reading's changes have no user."""
    if repository.find(session, user.business_id, order_id) is None:
        raise NotFound(f"there is no order {order_id}")
    rows = audit.entries(session, user.business_id, page, audit.Wanted(subject_type="order", subject_id=order_id))
    names = identity.names(session, user.business_id, (row.user_id for row in rows.items))
    return Page(items=[AuditEntryOut.of(row, names) for row in rows.items], next=rows.next)


def _pieces(database: Database, orders: Select[Order], time_zone: str) -> Iterator[str]:
    """The file, read in a transaction of its own: the request's is over before the answer is sent."""
    with database.transaction() as session:
        yield from export_orders(session, orders, time_zone)
