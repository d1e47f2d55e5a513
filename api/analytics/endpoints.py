"""How the business does, over HTTP. `from` and `to` are days where the business is; both are counted whole."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from api.analytics import drafts, messages, orders
from api.analytics.period import Asked
from api.analytics.schemas import (
    BusiestHours,
    DraftCounts,
    MessageCounts,
    OrderTotals,
    ResponseTimes,
    TopProducts,
)
from api.database import DatabaseSession

router = APIRouter(prefix="/analytics", tags=["analytics"])


class ProductSort(StrEnum):
    """What a list of products begins with."""

    REVENUE = "revenue"
    QUANTITY = "quantity"


@router.get("/messages")
def count_messages(session: DatabaseSession, asked: Asked) -> MessageCounts:
    """Messages from customers and to them, by day."""
    return messages.count_messages(session, asked)


@router.get("/responses")
def measure_responses(session: DatabaseSession, asked: Asked) -> ResponseTimes:
    """How long customers waited for the first answer of a person, by day and by who answered."""
    return messages.response_times(session, asked)


@router.get("/hours")
def count_hours(session: DatabaseSession, asked: Asked) -> BusiestHours:
    """When customers write, by hour of the week."""
    return messages.count_hours(session, asked)


@router.get("/drafts")
def count_drafts(session: DatabaseSession, asked: Asked) -> DraftCounts:
    """What became of the drafts that readings proposed, and how right they were, as people's edits show."""
    return drafts.count_drafts(session, asked)


@router.get("/orders")
def count_confirmed_orders(session: DatabaseSession, asked: Asked) -> OrderTotals:
    """Confirmed orders and what they come to, by currency and day."""
    return orders.count_orders(session, asked)


@router.get("/products")
def list_top_products(
    session: DatabaseSession,
    asked: Asked,
    sort: Annotated[ProductSort, Query(description="By what it brought, or by how much was sold.")] = (
        ProductSort.REVENUE
    ),
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> TopProducts:
    """What sold best."""
    return orders.top_products(session, asked, by_quantity=sort is ProductSort.QUANTITY, limit=limit)
