"""Whatever people and readings do in whatever order: goods are neither lost nor invented."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.database import Database
from api.order import edit, repository, settle
from api.order.edit import LineWish
from api.order.models import Order, OrderStatus
from api.order.proposal import ProposalStage
from api.order.settle import NotReady
from api.order.status import WrongStatus
from api.problem import NotFound, Problem
from api.stock.models import MovementKind, Stock, StockMovement
from api.stock.service import InsufficientStock, change_quantity
from tests.shop import Shop, live_lines, make_conversation, read, wish

SKUS = ("KURTI-S", "KURTI-M", "SAREE")
QUANTITIES = st.integers(1, 4)
INITIAL = {"S": 5, "M": 3, "SAREE": 8}


class OrdersAndStock(RuleBasedStateMachine):
    """Readings, agents and the storekeeper on one shop; `orders` are the ids of all that was drafted."""

    orders: Bundle[int] = Bundle("orders")

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.session = Session(database.bind, expire_on_commit=False, join_transaction_mode="create_savepoint")
        self.shop = Shop.open(self.session, **INITIAL)
        self.received = Decimal(0)
        self.touched: dict[int, tuple[str | None, Decimal]] = {}
        self.removed: set[int] = set()

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def order(self, order_id: int) -> Order:
        return self.session.get_one(Order, order_id)

    def attempt(self, action: Callable[[], object], *refusals: type[Problem]) -> bool:
        """Do it as a request would: all or nothing. Whether it was done."""
        with suppress(*refusals), self.session.begin_nested():
            action()
            return True
        self.session.expire_all()
        return False

    @rule(target=orders, lines=st.dictionaries(st.sampled_from(SKUS), QUANTITIES, min_size=1))
    def new_chat(self, lines: dict[str, int]) -> int:
        self.shop.conversation = make_conversation(self.session, self.shop.business, self.shop.channel)
        draft = read(self.session, self.shop.conversation, *self.wishes(lines))
        assert draft is not None
        return draft.id

    @rule(lines=st.dictionaries(st.sampled_from(SKUS), QUANTITIES), stage=st.sampled_from(ProposalStage))
    def read_latest_chat_again(self, lines: dict[str, int], stage: ProposalStage) -> None:
        wishes = self.wishes(lines) if stage is ProposalStage.ORDER else []
        read(self.session, self.shop.conversation, *wishes, stage=stage)

    @rule(order_id=orders, sku=st.sampled_from(SKUS), quantity=QUANTITIES)
    def change_a_line(self, order_id: int, sku: str, quantity: int) -> None:
        order = self.order(order_id)
        lines = live_lines(self.session, order)
        if not lines:
            return
        line_id, change = lines[0].id, LineWish(sku=sku, quantity=Decimal(quantity))
        if self.attempt(
            lambda: edit.change_line(self.session, self.shop.agent, order, line_id, change), WrongStatus, NotFound
        ):
            self.touched[line_id] = (sku, Decimal(quantity))

    @rule(order_id=orders)
    def remove_a_line(self, order_id: int) -> None:
        order = self.order(order_id)
        lines = live_lines(self.session, order)
        if lines and self.attempt(
            lambda: edit.remove_line(self.session, self.shop.agent, order, lines[-1].id), WrongStatus
        ):
            self.touched.pop(lines[-1].id, None)
            self.removed.add(lines[-1].id)

    @rule(order_id=orders, stale=st.booleans())
    def confirm(self, order_id: int, stale: bool) -> None:
        version = self.order(order_id).version - (2 if stale else 0)
        done = self.attempt(
            lambda: settle.confirm(self.session, self.shop.agent, order_id, version),
            *(InsufficientStock, NotReady, WrongStatus) if not stale else (Problem,),
        )
        assert not (done and stale)

    @rule(order_id=orders)
    def cancel(self, order_id: int) -> None:
        version = self.order(order_id).version
        self.attempt(lambda: settle.cancel(self.session, self.shop.agent, order_id, version, None), WrongStatus)

    @rule(order_id=orders)
    def fulfill(self, order_id: int) -> None:
        version = self.order(order_id).version
        self.attempt(lambda: settle.fulfill(self.session, self.shop.agent, order_id, version), WrongStatus)

    @rule(name=st.sampled_from(sorted(INITIAL)), delta=st.integers(-3, 3))
    def correct_stock(self, name: str, delta: int) -> None:
        variant = self.shop.variants[name]
        if self.attempt(
            lambda: change_quantity(self.session, variant, MovementKind.ADJUST, Decimal(delta)), InsufficientStock
        ):
            self.received += delta

    @invariant()
    def stock_and_what_was_taken_are_what_there_was(self) -> None:
        taken = Decimal(0)
        for order in self.all_orders(OrderStatus.CONFIRMED, OrderStatus.FULFILLED):
            taken += sum((line.quantity for line in live_lines(self.session, order)), Decimal(0))
        left = self.session.scalars(select(Stock.quantity).where(Stock.business_id == self.shop.business.id)).all()
        assert min(left) >= 0
        assert sum(left) + taken == sum(INITIAL.values()) + self.received

    @invariant()
    def movements_sum_up(self) -> None:
        mine = StockMovement.business_id == self.shop.business.id
        sums = select(StockMovement.variant_id, func.sum(StockMovement.delta)).where(mine).group_by("variant_id")
        left = select(Stock.variant_id, Stock.quantity).where(Stock.business_id == self.shop.business.id)
        assert dict(self.session.execute(sums).all()) == dict(self.session.execute(left).all())

    @invariant()
    def totals_are_those_of_the_lines_that_count(self) -> None:
        for order in self.all_orders(*OrderStatus):
            lines = live_lines(self.session, order)
            assert order.total_amount == sum(line.quantity * (line.unit_price_minor or 0) for line in lines)

    @invariant()
    def what_a_person_decided_stands(self) -> None:
        lines = {
            line.id: line
            for order in self.all_orders(*OrderStatus)
            for line in repository.lines_of(self.session, order)
        }
        for line_id, decided in self.touched.items():
            assert (lines[line_id].sku, lines[line_id].quantity) == decided
            assert lines[line_id].removed_at is None
        assert all(lines[gone].removed_at is not None for gone in self.removed & lines.keys())

    def all_orders(self, *statuses: OrderStatus) -> list[Order]:
        mine = (Order.business_id == self.shop.business.id, Order.status.in_(statuses))
        return list(self.session.scalars(select(Order).where(*mine)))

    def wishes(self, lines: dict[str, int]) -> list:
        return [wish(sku, quantity=str(quantity)) for sku, quantity in lines.items()]


def test_goods_are_neither_lost_nor_invented(database: Database) -> None:
    run_state_machine_as_test(
        lambda: OrdersAndStock(database),
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
