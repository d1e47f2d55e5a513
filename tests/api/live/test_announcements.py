"""Whatever changes is announced: each request that changes something, and each webhook."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.identity.models import Business, Channel, User
from api.live.models import Change
from api.live.service import ALL, MANY, announce, announce_all
from api.stock.service import set_quantity
from tests.factories import make_business
from tests.shop import make_conversation, make_message, make_product, make_variant, read, wish


@dataclass(frozen=True)
class Desk:
    """A shop with a chat and its draft, and what its requests announce."""

    client: TestClient
    session: Session
    ids: dict[str, int]

    def announced(self, method: str, path: str, **request: Any) -> set[str]:  # noqa: ANN401 - httpx's own
        """The subjects that a request announces."""
        self.session.execute(delete(Change))
        answer = self.client.request(method, path.format(**self.ids), **request)
        assert answer.is_success, answer.text
        return set(self.session.scalars(select(Change.subject)))


@pytest.fixture
def desk(client: TestClient, session: Session, business: Business, channel: Channel, admin: User, agent: User) -> Desk:
    product = make_product(session, business, "KU")
    variant = make_variant(session, product, "KU-M", stock=5)
    conversation = make_conversation(session, business, channel)
    conversation.unread_count = 2
    message = make_message(session, conversation, "2 kurtis M")
    order = read(session, conversation, wish("KU-M", "KU", "2"))
    assert order is not None
    session.flush()
    return Desk(
        client,
        session,
        {
            "product": product.id,
            "variant": variant.id,
            "conversation": conversation.id,
            "customer": conversation.customer_id,
            "message": message.id,
            "order": order.id,
            "user": agent.id,
            "channel": channel.id,
        },
    )


SEEN = {"headers": {"If-Match": '"1"'}}


@pytest.mark.parametrize(
    ("method", "path", "request_", "subjects"),
    [
        ("POST", "/conversations/{conversation}/read", {}, {"conversation"}),
        ("PATCH", "/conversations/{conversation}", {"json": {"assigned_user_id": None}}, set()),
        ("PATCH", "/conversations/{conversation}", {"json": {"needs_answer": True}}, {"conversation"}),
        ("PATCH", "/orders/{order}", {"json": {"note": "ring twice"}, **SEEN}, {"order", "conversation", "audit"}),
        (
            "POST",
            "/orders/{order}/confirm",
            {"json": {}, **SEEN},
            {"order", "conversation", "variant", "audit"},
        ),
        ("POST", "/orders/{order}/reject", {"json": {"reason": "no"}, **SEEN}, {"order", "conversation", "audit"}),
        (
            "POST",
            "/products",
            {"json": {"item_group_id": "X", "title": "X", "variants": [{"sku": "X"}]}},
            {"product", "audit"},
        ),
        ("PATCH", "/products/{product}", {"json": {"title": "Kurti"}}, {"product", "audit"}),
        ("PATCH", "/variants/{variant}", {"json": {"price_minor": 100}, **SEEN}, {"variant", "audit"}),
        ("PATCH", "/stocks/{variant}", {"json": {"tracked": False}}, {"variant"}),
        ("POST", "/stocks/{variant}/movements", {"json": {"kind": "receive", "quantity": "3"}}, {"variant"}),
        ("PATCH", "/customers/{customer}", {"json": {"name": "Asha"}}, {"customer", "audit"}),
        ("POST", "/customers", {"json": {"phone": "+919000012345"}}, {"customer", "audit"}),
        ("PUT", "/businesses/current/order-summary", {"json": {"mode": "text"}}, {"business", "audit"}),
        ("PATCH", "/businesses/current", {"json": {"name": "Kiran"}}, {"business", "audit"}),
        ("PATCH", "/users/{user}", {"json": {"name": "Ravi"}}, {"user", "audit"}),
        ("PATCH", "/channels/{channel}", {"json": {"status": "disabled"}}, {"channel", "audit"}),
        ("DELETE", "/sessions/current", {}, {"session"}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_a_request_changes_is_announced(
    desk: Desk, method: str, path: str, request_: dict[str, Any], subjects: set[str]
) -> None:
    assert desk.announced(method, path, **request_) >= subjects


def test_reading_announces_nothing(desk: Desk) -> None:
    for path in (
        "/conversations",
        "/conversations/{conversation}/messages",
        "/orders/{order}",
        "/conversations/counts",
    ):
        assert desk.announced("GET", path) == set()


def test_many_changes_of_one_kind_are_one(session: Session, business: Business) -> None:
    announce_all(session, "variant", range(1, MANY + 2), business_id=business.id)
    announce_all(session, "product", range(1, MANY + 1), business_id=business.id)
    announce_all(session, "order", [], business_id=business.id)
    told = session.execute(select(Change.subject, Change.subject_id)).all()
    assert [(subject, id_) for subject, id_ in told if subject == "variant"] == [("variant", ALL)]
    assert len(told) == MANY + 1


def test_a_change_is_kept_under_its_transaction_and_undone_with_it(session: Session, business: Business) -> None:
    with session.begin_nested() as trial:
        announce(session, "order", 1, business_id=business.id)
        trial.rollback()
    announce(session, "order", 2, business_id=business.id)
    (kept,) = session.scalars(select(Change).where(Change.business_id == business.id))
    assert (kept.subject_id, kept.transaction_id > 0) == (2, True)


def test_an_import_of_stocks_is_a_few_changes(session: Session) -> None:
    business = make_business(session)
    product = make_product(session, business, "KU")
    variants = [make_variant(session, product, f"KU-{number}") for number in range(MANY + 1)]
    session.execute(delete(Change))
    set_quantity(session, business.id, {variant.id: 5 for variant in variants})  # type: ignore[misc]
    assert session.scalars(select(Change.subject_id)).all() == [ALL]


def test_a_conversation_of_another_business_is_never_in_ones_own_changes(session: Session, desk: Desk) -> None:
    desk.announced("POST", "/conversations/{conversation}/read")
    owner = session.get_one(Conversation, desk.ids["conversation"]).business_id
    assert set(session.scalars(select(Change.business_id))) == {owner}
