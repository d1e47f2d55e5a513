"""Customers over HTTP: added and changed. Lists and details are `api.order.customer_endpoints`."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.audit import service as audit
from api.customer import service
from api.customer.schemas import CustomerChange, CustomerOut, NewCustomer
from api.database import DatabaseSession
from api.idempotency.service import RunOnce
from api.identity.current_user import SignedIn
from api.live.service import announce

router = APIRouter(prefix="/customers", tags=["customers"])

CustomerId = Annotated[int, Path(ge=1, le=2**63 - 1)]


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
    """Give a customer the name by which your people know her, or note whether she wants marketing messages."""
    customer = service.customer(session, user.business_id, customer_id)
    if "name" in change.model_fields_set:
        customer.name, customer.name_synced_at = change.name, None  # the phone's name does not come back over it
    if "marketing_stopped" in change.model_fields_set:
        now = datetime.now(UTC)
        customer.marketing_changed_at, customer.marketing_stopped_at = now, now if change.marketing_stopped else None
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action="customer.changed",
        subject_type="customer",
        subject_id=customer.id,
        fields=sorted(change.model_fields_set),  # not the name itself: the audit log is no place for it
    )
    announce(session, "customer", customer.id, business_id=user.business_id)
    return CustomerOut.model_validate(customer)
