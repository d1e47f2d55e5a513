"""Pages of a list: every row once, whatever is added meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.customer.models import Customer
from api.identity.models import Business
from api.pagination import PageRequest, fetch_page
from api.problem import BadRequest
from tests.factories import make_customer

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BY_TIME: list[InstrumentedAttribute[object]] = [Customer.created_at, Customer.id]  # type: ignore[list-item]


@pytest.fixture
def customers(session: Session, business: Business) -> list[Customer]:
    # Two at each instant: the id decides between them.
    return [make_customer(session, business, created_at=NOON + timedelta(hours=n // 2)) for n in range(7)]


def pages(session: Session, limit: int, *, descending: bool = True) -> list[list[int]]:
    found: list[list[int]] = []
    cursor: str | None = None
    while True:
        page = PageRequest(limit, cursor)
        rows = fetch_page(session, select(Customer), page, by=BY_TIME, descending=descending)
        found.append([row.id for row in rows.items])
        cursor = rows.next
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("descending", [True, False])
def test_pages_hold_every_row_once_in_order(
    session: Session, customers: list[Customer], limit: int, *, descending: bool
) -> None:
    ids = [customer.id for customer in customers]
    found = pages(session, limit, descending=descending)

    assert [row for page in found for row in page] == (ids[::-1] if descending else ids)
    assert all(len(page) == limit for page in found[:-1])


def test_row_that_is_added_meanwhile_moves_no_other(
    session: Session, business: Business, customers: list[Customer]
) -> None:
    first = fetch_page(session, select(Customer), PageRequest(3), by=BY_TIME)
    make_customer(session, business, created_at=NOON + timedelta(days=1))
    second = fetch_page(session, select(Customer), PageRequest(3, first.next), by=BY_TIME)

    ids = [customer.id for customer in reversed(customers)]
    assert [row.id for row in [*first.items, *second.items]] == ids[:6]


def test_empty_list_is_one_empty_page(session: Session) -> None:
    rows = fetch_page(session, select(Customer), PageRequest(), by=[Customer.id])

    assert (list(rows.items), rows.next) == ([], None)


@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "é", "", "WzFd", "WyJub29uIiwxXQ", "eyJhIjoxfQ", "bnVsbA", "WzEsMiwzXQ", "WyIyMDI2Iiwib25lIl0"],
)
def test_cursor_that_is_not_ours_is_refused(session: Session, customers: list[Customer], cursor: str) -> None:
    with pytest.raises(BadRequest, match="cursor"):
        fetch_page(session, select(Customer), PageRequest(3, cursor), by=BY_TIME)
