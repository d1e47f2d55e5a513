"""Customers over HTTP. A single one with her orders is `api.order.customer_endpoints`."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.audit import service as audit
from api.customer import service
from api.customer.models import Customer
from api.customer.schemas import CustomerChange, CustomerOut, NewCustomer
from api.database import DatabaseSession
from api.idempotency.service import RunOnce
from api.identity.current_user import SignedIn
from api.pagination import Page, PageQuery, fetch_page

router = APIRouter(prefix="/customers", tags=["customers"])

CustomerId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("")
def list_customers(
    session: DatabaseSession,
    user: SignedIn,
    page: PageQuery,
    q: Annotated[str, Query(max_length=200, description="Part of a name, or digits of a phone number.")] = "",
) -> Page[CustomerOut]:
    """The business's customers, the newest first."""
    rows = fetch_page(session, service.customers(user.business_id, search=q), page, by=[Customer.id])
    return Page(items=[CustomerOut.model_validate(row) for row in rows.items], next=rows.next)


@router.post("", response_model=CustomerOut, status_code=HTTPStatus.CREATED)
def add_customer(wish: NewCustomer, session: DatabaseSession, user: SignedIn, once: RunOnce) -> Response:
    """Add a person who has not written yet. When she does, she is known by her number."""

    def add() -> CustomerOut:
        customer = service.add(session, user.business_id, wish.phone, wish.name)
        audit.record(
            session,
            business_id=user.business_id,
            user_id=user.id,
            action="customer.added",
            subject_type="customer",
            subject_id=customer.id,
        )
        return CustomerOut.model_validate(customer)

    return once.answer(session, user.business_id, add, status=HTTPStatus.CREATED)


@router.patch("/{customer_id}")
def change_customer(
    customer_id: CustomerId, change: CustomerChange, session: DatabaseSession, user: SignedIn
) -> CustomerOut:
    """Give a customer the name by which your people know her."""
    customer = service.customer(session, user.business_id, customer_id)
    customer.name, customer.name_synced_at = change.name, None  # the phone's name does not come back over it
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action="customer.changed",
        subject_type="customer",
        subject_id=customer.id,
        fields=["name"],  # not the name itself: the audit log is no place for it
    )
    return CustomerOut.model_validate(customer)
