"""The steps that an order may take."""

import pytest

from api.order.models import OrderStatus
from api.order.status import STEPS, WrongStatus, check_details_open, check_lines_open, check_step


def test_every_status_has_its_steps() -> None:
    assert set(STEPS) == set(OrderStatus)


def test_draft_becomes_confirmed_then_fulfilled() -> None:
    check_step(OrderStatus.DRAFT, OrderStatus.CONFIRMED)
    check_step(OrderStatus.CONFIRMED, OrderStatus.FULFILLED)


@pytest.mark.parametrize("status", [OrderStatus.FULFILLED, OrderStatus.REJECTED, OrderStatus.CANCELLED])
def test_closed_order_goes_nowhere(status: OrderStatus) -> None:
    for to in OrderStatus:
        with pytest.raises(WrongStatus, match="make a new order"):
            check_step(status, to)


def test_refusal_names_the_status_and_the_way_out() -> None:
    with pytest.raises(WrongStatus, match="a confirmed order cannot be edited; it can only be cancelled or fulfilled"):
        check_lines_open(OrderStatus.CONFIRMED)


def test_confirmed_order_may_still_change_its_address_but_not_a_fulfilled_one() -> None:
    check_details_open(OrderStatus.CONFIRMED)
    with pytest.raises(WrongStatus):
        check_details_open(OrderStatus.FULFILLED)
