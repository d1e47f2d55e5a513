"""A customer with what she ordered."""

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.customer import service as customers
from api.customer.endpoints import CustomerId
from api.customer.models import Customer
from api.customer.schemas import CustomerOut
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.order import view
from api.order.models import Order, OrderStatus
from api.order.schemas import OrderSummary

router = APIRouter(prefix="/customers", tags=["customers"])

BOUGHT = (OrderStatus.CONFIRMED, OrderStatus.FULFILLED)
SHOWN = 20


class Spent(BaseModel):
    """What a customer's confirmed and fulfilled orders come to, in one currency."""

    order_count: int
    amount_minor: int = Field(description="In minor units.", examples=[249500])
    currency: str = Field(examples=["INR"])


class CustomerDetail(CustomerOut):
    """A customer with what she spent and her latest orders."""

    spent: list[Spent]
    latest_orders: list[OrderSummary] = Field(description="The latest twenty; all are under `/orders?customer_id=`.")


@router.get("/{customer_id}")
def get_customer(customer_id: CustomerId, session: DatabaseSession, user: SignedIn) -> CustomerDetail:
    """One customer: who she is, what she spent, and her latest orders."""
    customer = customers.customer(session, user.business_id, customer_id)
    hers = select(Order).where(Order.business_id == user.business_id, Order.customer_id == customer.id)
    return CustomerDetail(
        **CustomerOut.model_validate(customer).model_dump(),
        spent=_spent(session, customer),
        latest_orders=view.summaries(session, session.scalars(hers.order_by(Order.id.desc()).limit(SHOWN)).all()),
    )


def _spent(session: Session, customer: Customer) -> list[Spent]:
    query = (
        select(func.count(), func.sum(Order.total_amount), Order.currency)
        .where(Order.business_id == customer.business_id, Order.customer_id == customer.id, Order.status.in_(BOUGHT))
        .group_by(Order.currency)
        .order_by(Order.currency)
    )
    rows = session.execute(query)
    return [Spent(order_count=count, amount_minor=int(amount), currency=currency) for count, amount, currency in rows]
