"""Confirming takes stock once; cancelling gives it back."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.catalog.service import Editor, change_variant
from api.order import edit, settle
from api.order.edit import LineWish
from api.order.models import Order, OrderStatus
from api.order.settle import NotReady
from api.order.status import WrongStatus
from api.problem import NotFound, Unprocessable
from api.stock.models import Stock, StockMovement
from api.stock.service import InsufficientStock
from api.versioning import StaleVersion
from tests.shop import Shop, live_lines, read, wish


def left(session: Session, shop: Shop, name: str) -> Decimal:
    return session.scalars(select(Stock.quantity).where(Stock.variant_id == shop.variants[name].id)).one()


def movements(session: Session, order: Order) -> list[Decimal]:
    query = select(StockMovement.delta).where(StockMovement.order_id == order.id).order_by(StockMovement.id)
    return list(session.scalars(query))


def drafted(session: Session, shop: Shop, **quantities: str) -> Order:
    lines = [wish(shop.variants[name].sku, None, quantity) for name, quantity in quantities.items()]
    draft = read(session, shop.conversation, *lines)
    assert draft is not None
    return draft


def test_confirming_takes_stock_and_fixes_the_total(session: Session) -> None:
    shop = Shop.open(session, S=5, SAREE=1)
    order = drafted(session, shop, S="2", SAREE="1")
    settle.confirm(session, shop.agent, order.id, order.version)
    assert (order.status, order.total_amount) == (OrderStatus.CONFIRMED, 2 * 49900 + 250000)
    assert (order.confirmed_by, order.confirmed_at is not None) == (shop.agent.id, True)
    assert (left(session, shop, "S"), left(session, shop, "SAREE")) == (3, 0)


def test_lines_of_one_sku_are_summed_before_stock_is_looked_at(session: Session) -> None:
    shop = Shop.open(session, S=3)
    order = drafted(session, shop, S="2")
    edit.add_line(session, shop.agent, order, LineWish(sku="KURTI-S", quantity=Decimal(2)))
    with pytest.raises(InsufficientStock) as refused:
        settle.confirm(session, shop.agent, order.id, order.version)
    assert refused.value.extra["shortages"] == [
        {"variant_id": shop.variants["S"].id, "sku": "KURTI-S", "wanted": "4", "available": "3"}
    ]


def test_all_shortages_are_reported_at_once_and_nothing_is_taken(session: Session) -> None:
    shop = Shop.open(session, S=1, M=9, SAREE=0)
    order = drafted(session, shop, S="2", M="1", SAREE="1")
    with pytest.raises(InsufficientStock) as refused:
        settle.confirm(session, shop.agent, order.id, order.version)
    assert [shortage.sku for shortage in refused.value.shortages] == ["KURTI-S", "SAREE"]
    assert (left(session, shop, "M"), movements(session, order)) == (9, [])
    assert order.status is OrderStatus.DRAFT


def test_what_is_not_counted_never_runs_out(session: Session) -> None:
    shop = Shop.open(session)
    order = drafted(session, shop, S="1000")
    settle.confirm(session, shop.agent, order.id, order.version)
    assert movements(session, order) == []


def test_confirming_twice_is_confirming_once(session: Session) -> None:
    shop = Shop.open(session, S=5)
    order = drafted(session, shop, S="2")
    version = order.version
    settle.confirm(session, shop.agent, order.id, version)
    settle.confirm(session, shop.agent, order.id, version)
    settle.confirm(session, shop.agent, order.id, order.version)
    assert (left(session, shop, "S"), movements(session, order)) == (3, [-2])


def test_confirming_what_another_agent_has_changed_since_is_refused(session: Session) -> None:
    shop = Shop.open(session, S=5)
    order = drafted(session, shop, S="1")
    seen = order.version
    edit.change_line(session, shop.agent, order, live_lines(session, order)[0].id, LineWish(quantity=Decimal(2)))
    with pytest.raises(StaleVersion, match=f"version {order.version}, you saw {seen}"):
        settle.confirm(session, shop.agent, order.id, seen)
    settle.confirm(session, shop.agent, order.id, order.version)
    with pytest.raises(StaleVersion):
        settle.confirm(session, shop.agent, order.id, seen)


def test_cancelling_gives_back_exactly_what_was_taken(session: Session) -> None:
    shop = Shop.open(session, S=5)
    order = drafted(session, shop, S="2", M="4")
    settle.confirm(session, shop.agent, order.id, order.version)
    settle.cancel(session, shop.agent, order.id, order.version, "changed her mind")
    assert left(session, shop, "S") == 5
    assert movements(session, order) == [-2, 2]
    with pytest.raises(WrongStatus):
        settle.cancel(session, shop.agent, order.id, order.version, None)


def test_cancelling_a_draft_moves_no_stock(session: Session) -> None:
    shop = Shop.open(session, S=5)
    order = drafted(session, shop, S="2")
    settle.cancel(session, shop.agent, order.id, order.version, None)
    assert movements(session, order) == []


def test_fulfilled_order_can_not_be_cancelled(session: Session) -> None:
    shop = Shop.open(session, S=5)
    order = drafted(session, shop, S="2")
    settle.confirm(session, shop.agent, order.id, order.version)
    settle.fulfill(session, shop.agent, order.id, order.version)
    with pytest.raises(WrongStatus):
        settle.cancel(session, shop.agent, order.id, order.version, None)


def test_everything_that_stands_in_the_way_is_named_at_once(session: Session) -> None:
    shop = Shop.open(session)
    shop.variants["S"].price_minor = None
    order = read(
        session,
        shop.conversation,
        wish(None, "KURTI", missing=("size",)),
        wish(text="maggi"),
        wish("KURTI-S", "KURTI"),
        wish("SAREE", "SAREE", "0.5"),
    )
    assert order is not None
    with pytest.raises(NotReady) as refused:
        settle.confirm(session, shop.agent, order.id, order.version)
    assert [point.message for point in refused.value.points] == [
        "'Anarkali kurti' is no SKU yet; choose its size",
        "'maggi' is no SKU yet; choose a SKU or remove it",
        "KURTI-S has no price; set one",
        "SAREE is only sold whole, not 0.5 of it",
    ]
    assert {point.line_id for point in refused.value.points} == {line.id for line in live_lines(session, order)}


def test_order_whose_lines_were_all_removed_is_not_confirmed(session: Session) -> None:
    shop = Shop.open(session)
    order = drafted(session, shop, S="1")
    edit.remove_line(session, shop.agent, order, live_lines(session, order)[0].id)
    with pytest.raises(NotReady, match="no lines"):
        settle.confirm(session, shop.agent, order.id, order.version)


def test_variant_that_was_archived_since_is_not_confirmed(session: Session) -> None:
    shop = Shop.open(session)
    order = drafted(session, shop, S="1")
    variant = shop.variants["S"]
    change_variant(session, Editor(shop.business.id, None), variant.id, variant.version, {"archived": True})
    with pytest.raises(NotReady, match="no longer in the catalogue"):
        settle.confirm(session, shop.agent, order.id, order.version)


def test_goods_sold_by_measure_may_be_ordered_in_parts(session: Session) -> None:
    shop = Shop.open(session, S="2.5")
    shop.variants["S"].fractional = True
    order = drafted(session, shop, S="0.75")
    settle.confirm(session, shop.agent, order.id, order.version)
    assert (left(session, shop, "S"), order.total_amount) == (Decimal("1.75"), 37425)


def test_person_can_not_order_half_of_what_is_sold_whole(session: Session) -> None:
    shop = Shop.open(session)
    order = drafted(session, shop, S="1")
    line = live_lines(session, order)[0]
    with pytest.raises(Unprocessable, match="only sold whole"):
        edit.change_line(session, shop.agent, order, line.id, LineWish(quantity=Decimal("0.5")))


def test_order_of_another_business_is_not_there(session: Session) -> None:
    shop, other = Shop.open(session), Shop.open(session)
    order = drafted(session, shop, S="1")
    for step in (settle.confirm, settle.fulfill):
        with pytest.raises(NotFound):
            step(session, other.agent, order.id, order.version)


def test_persons_price_stays_and_another_sku_takes_the_catalogues(session: Session) -> None:
    shop = Shop.open(session)
    order = drafted(session, shop, S="2")
    line = live_lines(session, order)[0]
    edit.change_line(session, shop.agent, order, line.id, LineWish(unit_price_minor=40000))
    assert order.total_amount == 80000
    edit.change_line(session, shop.agent, order, line.id, LineWish(sku="SAREE"))
    assert order.total_amount == 500000


def test_movements_sum_up_to_the_quantity(session: Session) -> None:
    shop = Shop.open(session, S=5, M=7)
    for quantity in ("1", "2"):
        order = drafted(session, shop, S=quantity, M="1")
        settle.confirm(session, shop.agent, order.id, order.version)
    settle.cancel(session, shop.agent, order.id, order.version, None)
    sums = session.execute(select(StockMovement.variant_id, func.sum(StockMovement.delta)).group_by("variant_id"))
    assert dict(sums.all()) == dict(session.execute(select(Stock.variant_id, Stock.quantity)).all())
