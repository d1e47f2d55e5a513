"""Customers with what they ordered: the list, and one of them with all that a person wants to know of her."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from api.customer import service as customers
from api.customer import tag
from api.customer.endpoints import CustomerId
from api.customer.models import Customer, CustomerTag
from api.customer.schemas import CustomerOut, TagOut
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.order import customer_view
from api.order.customer_schemas import CustomerDetail, CustomerInList
from api.pagination import Page, PageQuery, fetch_page

router = APIRouter(prefix="/customers", tags=["customers"])

NAME = func.lower(func.coalesce(Customer.name, Customer.profile_name, Customer.phone, ""))


class CustomerSort(StrEnum):
    """What a list of customers begins with."""

    NEWEST = "newest"
    NAME = "name"
    ORDERS = "orders"
    SPENT = "spent"


SORTS: dict[CustomerSort, tuple[list[InstrumentedAttribute[Any] | ColumnElement[Any]], bool]] = {
    CustomerSort.NEWEST: ([Customer.id], True),
    CustomerSort.NAME: ([NAME, Customer.id], False),
    CustomerSort.ORDERS: ([Customer.order_count, Customer.id], True),
    CustomerSort.SPENT: ([Customer.spent_minor, Customer.id], True),
}


@router.get("")
def list_customers(
    session: DatabaseSession,
    user: SignedIn,
    page: PageQuery,
    q: Annotated[str, Query(max_length=200, description="Part of a name, or digits of a phone number.")] = "",
    tag_id: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Only those who have this tag.")] = None,
    sort: Annotated[CustomerSort, Query(description="By name from A, by all else the most first.")] = (
        CustomerSort.NEWEST
    ),
) -> Page[CustomerInList]:
    """The business's customers with their tags and what they spent, the newest first unless `sort` says otherwise."""
    query = customers.customers(user.business_id, search=q)
    if tag_id is not None:
        tagged = select(CustomerTag.customer_id).where(
            CustomerTag.business_id == user.business_id, CustomerTag.tag_id == tag_id
        )
        query = query.where(Customer.id.in_(tagged))
    by, descending = SORTS[sort]
    rows = fetch_page(session, query, page, by=by, descending=descending)
    tags = tag.tags_of(session, (row.id for row in rows.items))
    last = customer_view.last_orders(session, user.business_id, list(tags))
    items = [
        CustomerInList(
            **CustomerOut.model_validate(row).model_dump(),
            tags=[TagOut.model_validate(each) for each in tags[row.id]],
            last_order_at=last.get(row.id),
        )
        for row in rows.items
    ]
    return Page(items=items, next=rows.next)


@router.get("/{customer_id}")
def get_customer(customer_id: CustomerId, session: DatabaseSession, user: SignedIn) -> CustomerDetail:
    """One customer: who she is, what she spent and where it went, her chats, tags and latest orders."""
    return customer_view.detail(session, customers.customer(session, user.business_id, customer_id))
