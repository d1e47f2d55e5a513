"""Many people at once, each with a connection of her own: real commits, real locks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.customer import service as customers
from api.customer.models import Customer
from api.database import Database
from api.idempotency.service import Once
from api.order import edit, settle, view
from api.order.models import Order, OrderStatus
from api.order.schemas import OrderDetail
from api.stock.models import Stock, StockMovement
from api.stock.service import InsufficientStock
from tests.shop import Shop, make_conversation, read, wish

Result = TypeVar("Result")
PEOPLE = 6


@pytest.fixture
def together(fresh_database: Database) -> Iterator[Callable[..., list[object]]]:
    """Runs one job for each of `PEOPLE` at the same moment, each in a transaction; results or errors."""
    gate = Barrier(PEOPLE, timeout=30)

    def one(job: Callable[[Session, int], object], person: int) -> object:
        gate.wait()
        try:
            with fresh_database.transaction() as session:
                return job(session, person)
        except Exception as error:  # noqa: BLE001 - errors are results here
            return error

    with ThreadPoolExecutor(PEOPLE) as pool:
        yield lambda job: list(pool.map(lambda person: one(job, person), range(PEOPLE)))


def draft_for_each(session: Session, shop: Shop, *skus: str) -> list[tuple[int, int]]:
    """A draft in a conversation of its own for each person; their ids and versions."""
    drafts = []
    for person in range(PEOPLE):
        conversation = make_conversation(session, shop.business, shop.channel)
        lines = [wish(sku) for sku in (skus if person % 2 else reversed(skus))]
        draft = read(session, conversation, *lines)
        assert draft is not None
        drafts.append((draft.id, draft.version))
    return drafts


def test_last_unit_is_sold_once(fresh_database: Database, together: Callable[..., list[object]]) -> None:
    with fresh_database.transaction() as session:
        shop = Shop.open(session, S=1)
        drafts = draft_for_each(session, shop, "KURTI-S")
    results = together(lambda session, person: settle.confirm(session, shop.agent, *drafts[person]))
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, InsufficientStock) for result in results) == PEOPLE - 1
    with fresh_database.transaction() as session:
        assert session.scalars(select(Stock.quantity)).one() == 0
        confirmed = select(func.count()).where(Order.status == OrderStatus.CONFIRMED)
        assert session.scalar(confirmed) == 1


def test_orders_of_the_same_goods_in_any_order_do_not_block_each_other_for_ever(
    fresh_database: Database, together: Callable[..., list[object]]
) -> None:
    with fresh_database.transaction() as session:
        shop = Shop.open(session, S=PEOPLE, M=PEOPLE, SAREE=PEOPLE)
        drafts = draft_for_each(session, shop, "KURTI-S", "KURTI-M", "SAREE")
    results = together(lambda session, person: settle.confirm(session, shop.agent, *drafts[person]))
    assert all(isinstance(result, Order) for result in results), results
    with fresh_database.transaction() as session:
        assert set(session.scalars(select(Stock.quantity))) == {Decimal(0)}


def test_one_order_confirmed_by_many_takes_its_stock_once(
    fresh_database: Database, together: Callable[..., list[object]]
) -> None:
    with fresh_database.transaction() as session:
        shop = Shop.open(session, S=10)
        draft = read(session, shop.conversation, wish("KURTI-S", quantity="3"))
        assert draft is not None
        order_id, version = draft.id, draft.version
    results = together(lambda session, _person: settle.confirm(session, shop.agent, order_id, version))
    assert all(isinstance(result, Order) for result in results), results
    with fresh_database.transaction() as session:
        assert list(session.scalars(select(StockMovement.delta).where(StockMovement.order_id.is_not(None)))) == [-3]


def test_conversation_gets_one_draft_whoever_makes_it(
    fresh_database: Database, together: Callable[..., list[object]]
) -> None:
    with fresh_database.transaction() as session:
        shop = Shop.open(session)
        ids = (shop.conversation.id, shop.conversation.customer_id)

    def propose_or_make(session: Session, person: int) -> object:
        if person % 2:
            return edit.make_order(session, shop.agent, customer_id=ids[1], conversation_id=ids[0])
        return read(session, session.get_one(Conversation, ids[0]), wish("KURTI-S"))

    results = together(propose_or_make)
    assert not [result for result in results if isinstance(result, Exception)]
    with fresh_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_request_that_is_sent_many_times_at_once_is_done_once(
    fresh_database: Database, together: Callable[..., list[object]]
) -> None:
    with fresh_database.transaction() as session:
        shop = Shop.open(session)
    once = Once("call-17", "POST /orders", b"same body")

    def make(session: Session) -> OrderDetail:
        order = edit.make_order(session, shop.agent, customer_id=shop.conversation.customer_id, conversation_id=None)
        assert order is not None
        return view.detail(session, order)

    def answer(session: Session, _person: int) -> object:
        return orjson.loads(once.answer(session, shop.business.id, lambda: make(session)).body)

    first, *others = together(answer)
    assert all(other == first for other in others)
    with fresh_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_customer_who_writes_twice_at_once_is_one(
    fresh_database: Database, together: Callable[..., list[object]]
) -> None:
    with fresh_database.transaction() as session:
        business_id = Shop.open(session).business.id
        before = session.scalar(select(func.count()).select_from(Customer))
    results = together(
        lambda session, _person: customers.upsert(session, business_id, "919000099999", "IN.77", "Asha").id
    )
    assert len(set(results)) == 1, results
    with fresh_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == (before or 0) + 1
