"""Readings: when a conversation is read, by what, and what is kept of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from api.conversation.incoming import ReadingDelay
from api.conversation.models import Conversation, Message
from api.database import Database
from api.identity.models import Business
from api.order.models import Order, OrderLine, OrderStatus
from api.reading import service as reading_service
from api.reading.engines import Engines
from api.reading.models import Reading
from api.reading.service import READ_CONVERSATION, Reader
from tests.api.pipeline.conftest import Line, make_line
from tests.committed_shop import Shop, add_variant
from tests.factories import make_business
from tests.payloads import message, messages_of


def test_a_message_becomes_a_draft_with_its_evidence(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, message("bhaiya 2 kg aata bhej do")))
    (reading,), (row,), (ordered,) = line.all(Reading), line.all(Message), line.all(OrderLine)
    assert reading.current
    assert reading.last_message_id == row.id
    (read,) = reading.draft["lines"]
    assert (read["sku"], Decimal(read["quantity"])) == ("AATA-1KG", 2)
    assert all(row.content[span["start"] : span["end"]] == span["text"] for span in read["evidence"])
    assert {span["message_id"] for span in read["evidence"]} == {row.id}
    assert (ordered.sku, ordered.quantity, ordered.unit_price_minor) == ("AATA-1KG", 2, 6500)


def test_a_cart_becomes_a_draft(line: Line, shop: Shop) -> None:
    cart = {"product_items": [{"product_retailer_id": "SUGAR-1KG", "quantity": 3, "item_price": 1, "currency": "INR"}]}
    line.deliver(messages_of(shop.number, message(type="order", order=cart)))
    (ordered,) = line.all(OrderLine)
    assert (ordered.sku, ordered.quantity, ordered.unit_price_minor) == ("SUGAR-1KG", 3, 4800)


def test_a_later_message_is_read_with_all_before_it_and_only_the_latest_reading_is_current(
    line: Line, shop: Shop
) -> None:
    line.deliver(messages_of(shop.number, message("2 kg aata")))
    line.deliver(messages_of(shop.number, message("aur 1 kg sugar")))
    assert [reading.current for reading in line.all(Reading)] == [False, True]
    assert {ordered.sku for ordered in line.all(OrderLine)} == {"AATA-1KG", "SUGAR-1KG"}
    assert len(line.all(Order)) == 1


def test_a_burst_is_read_once(database: Database, shop: Shop) -> None:
    patient = make_line(database, ReadingDelay(after_last_message=60, at_most=300))
    burst = [messages_of(shop.number, message(text)) for text in ("2 kg", "aata", "jaldi")]
    for payload in burst:
        patient.store(payload)
    patient.pipeline.events.run()
    (conversation,) = patient.all(Conversation)
    assert list(patient.hints.waiting) == [(READ_CONVERSATION, (conversation.id,))]
    patient.hints.listen()
    assert patient.all(Reading) == []
    with database.transaction() as session:
        session.execute(update(Conversation).values(reading_due_at=datetime.now(UTC)))
    for _ in burst:
        patient.pipeline.reader.read(patient.all(Conversation)[0].id)
    assert len(patient.all(Reading)) == 1
    assert patient.all(Conversation)[0].reading_due_at is None


def test_a_customer_who_never_pauses_is_read_at_last(database: Database, shop: Shop) -> None:
    patient = make_line(database, ReadingDelay(after_last_message=60, at_most=90))
    patient.deliver(messages_of(shop.number, message("2 kg")))
    with database.transaction() as session:
        earlier = datetime.now(UTC) - timedelta(seconds=80)
        session.execute(update(Conversation).values(reading_requested_at=earlier))
    patient.deliver(messages_of(shop.number, message("aata")))
    (conversation,) = patient.all(Conversation)
    assert conversation.reading_due_at == earlier + timedelta(seconds=90)


def test_a_chat_that_the_engine_fails_at_is_given_up_after_three_attempts_and_read_after_the_next_message(
    line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engines: Engines, _business_id: int) -> None:
        raise ZeroDivisionError("2 kg aata")  # an engine's error may hold the customer's words

    monkeypatch.setattr(Engines, "of", fail)
    line.store(messages_of(shop.number, message("2 kg aata")))
    line.pipeline.events.run()
    for _ in range(5):
        make_due(line.database)
        line.pipeline.reader.read(line.all(Conversation)[0].id)
    (conversation,) = line.all(Conversation)
    assert (conversation.reading_attempts, conversation.reading_due_at) == (3, None)
    assert conversation.reading_error == "the engine failed: ZeroDivisionError"
    line.hints.waiting.clear()
    monkeypatch.undo()
    line.deliver(messages_of(shop.number, message("hello?")))
    assert line.all(Conversation)[0].reading_error is None
    assert len(line.all(Order)) == 1


def test_a_chat_that_breaks_the_process_is_given_up_after_three_attempts(
    line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.store(messages_of(shop.number, message("2 kg aata")))
    line.pipeline.events.run()
    (conversation,) = line.all(Conversation)
    with monkeypatch.context() as patch:
        patch.setattr(Reader, "_read", lambda *_: None)  # as if the process had died: nothing is written
        for _ in range(3):
            make_due(line.database)
            line.pipeline.reader.read(conversation.id)
    make_due(line.database)
    line.pipeline.reader.read(conversation.id)
    (conversation,) = line.all(Conversation)
    assert conversation.reading_error == "its reading broke off 3 times without an error"
    assert line.all(Reading) == []


def while_thinking(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Have something happen, once, between a reading's beginning and its end."""
    real = reading_service.messages_of

    def interrupted(*arguments: Any) -> Any:  # noqa: ANN401 - as they come
        monkeypatch.setattr(reading_service, "messages_of", real)
        happens()
        return real(*arguments)

    monkeypatch.setattr(reading_service, "messages_of", interrupted)


def test_a_message_that_comes_while_the_engine_thinks_is_read_next(
    line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another_message() -> None:
        line.store(messages_of(shop.number, message("aur 1 kg sugar")))
        line.pipeline.events.run()

    while_thinking(monkeypatch, another_message)
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    assert {ordered.sku for ordered in line.all(OrderLine)} == {"AATA-1KG", "SUGAR-1KG"}
    assert [reading.current for reading in line.all(Reading)] == [False, True]
    assert line.all(Conversation)[0].reading_due_at is None


def test_a_reading_that_was_overtaken_is_not_kept(line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def another_turn() -> None:  # this one is so slow that its turn is given to another worker
        make_due(line.database)
        line.pipeline.reader.read(line.all(Conversation)[0].id)

    while_thinking(monkeypatch, another_turn)
    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    assert [reading.current for reading in line.all(Reading)] == [True]
    assert len(line.all(OrderLine)) == 1


def test_an_order_that_is_settled_while_the_engine_thinks_does_not_come_again(
    line: Line, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle_order() -> None:
        with line.database.transaction() as session:
            session.execute(update(Order).values(status=OrderStatus.CONFIRMED))

    line.deliver(messages_of(shop.number, message("2 kg aata bhej do")))
    while_thinking(monkeypatch, settle_order)
    line.deliver(messages_of(shop.number, message("shukriya")))
    assert [order.status for order in line.all(Order)] == [OrderStatus.CONFIRMED]
    assert line.all(Conversation)[0].reading_due_at is None


def test_an_engine_is_kept_until_the_catalogue_changes(database: Database, shop: Shop) -> None:
    engines = Engines(database)
    first = engines.of(shop.business.id)
    assert engines.of(shop.business.id) is first
    with database.transaction() as session:
        add_variant(session, shop.business, "GHEE-1L", "Ghee 1 l", 70000)
        session.execute(update(Business).values(catalog_version=Business.catalog_version + 1))
    assert engines.of(shop.business.id) is not first


def test_engines_of_many_businesses_do_not_fill_the_memory(database: Database) -> None:
    with database.transaction() as session:
        ids = [make_business(session).id for _ in range(3)]
    engines = Engines(database, at_most=2)
    first = engines.of(ids[0])
    for business_id in ids:
        engines.of(business_id)
    assert engines.of(ids[0]) is not first


def make_due(database: Database) -> None:
    """Let the time pass until a reading is due."""
    with database.transaction() as session:
        due = Conversation.reading_due_at.is_not(None)
        session.execute(update(Conversation).where(due).values(reading_due_at=datetime.now(UTC) - timedelta(seconds=1)))
