"""The demo's screen, drawn from what the API gives."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api.conversation.schemas import MessageOut
from api.demo.client import Shop
from api.demo.picture import draw_picture
from api.demo.screen import Screen
from api.inbox.schemas import ConversationOut
from api.order.schemas import OrderDetail

AT = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)


def conversation(**changes: Any) -> ConversationOut:  # noqa: ANN401 - any field
    values = dict.fromkeys(ConversationOut.model_fields) | {
        "id": 1,
        "channel_id": 1,
        "customer": {"id": 1, "name": None, "profile_name": "Asha Rao", "phone": "+919000000001"},
        "customer_phone": "+919000000001",
        "last_message": "hi",
        "last_updated": AT,
        "unread_count": 1,
        "assigned_user_id": None,
        "window_closes_at": None,
        "reading_is_due": False,
        "opted_out": False,
        "needs_answer": True,
        "created_at": AT,
    }
    return ConversationOut.model_validate(values | changes)


def message(number: int, content: str = "2 blue kurtis", **changes: Any) -> MessageOut:  # noqa: ANN401 - any field
    values = dict.fromkeys(MessageOut.model_fields) | {
        "id": number,
        "conversation_id": 1,
        "wamid": f"wamid.{number}",
        "direction": "inbound",
        "type": "text",
        "content": content,
        "attributes": {},
        "reply_to_id": None,
        "status": "received",
        "error": None,
        "historic": False,
        "timestamp": AT,
    }
    return MessageOut.model_validate(values | changes)


def order() -> OrderDetail:
    span = {"message_id": 1, "start": 0, "end": 13, "text": "2 blue kurtis"}
    line = {
        "id": 1,
        "sku": "KU-BLU",
        "variant_id": 1,
        "item_group_id": "KU",
        "title": "Kurti",
        "options": {"color": "blue"},
        "missing": [],
        "text": "",
        "quantity": "2",
        "unit_price_minor": 49900,
        "amount_minor": 99800,
        "currency": "INR",
        "confidence": 0.93,
        "origin": "engine",
        "touched": False,
        "removed": False,
        "chat_says": None,
        "evidence": [span],
        "candidates": [],
        "reasons": [],
        "in_stock": "5",
        "warnings": [],
    }
    details = dict.fromkeys(OrderDetail.model_fields["details"].annotation.model_fields)  # type: ignore[union-attr]
    values = {
        "id": 1,
        "number": 7,
        "status": "draft",
        "conversation_id": 1,
        "customer": {"id": 1, "name": "Asha Rao", "phone": "+919000000001"},
        "line_count": 1,
        "total_amount": 99800,
        "currency": "INR",
        "confidence": 0.9,
        "stage": "order",
        "reading_disagrees": False,
        "reason": None,
        "reason_code": None,
        "first_lines": [],
        "open_line_count": 0,
        "question_count": 1,
        "touched": False,
        "version": 1,
        "created_at": AT,
        "updated_at": AT,
        "confirmed_at": None,
        "payment_status": None,
        "paid_at": None,
        "payment_reference": None,
        "payments": [],
        "details": details | {"address_parts": {}},
        "touched_fields": [],
        "details_evidence": {},
        "lines": [line],
        "removed_lines": [],
        "questions": [{"kind": "address", "text": "Which address?", "line_id": None, "option": None, "choices": []}],
    }
    return OrderDetail.model_validate(values)


def drawn(shop: Shop, *, width: int = 120, height: int = 20) -> str:
    console = Console(width=width, height=height, file=io.StringIO(), record=True)
    console.print(Screen("Rangoli", "Asia/Kolkata").draw(shop))
    return console.export_text()


@pytest.mark.parametrize("width", [60, 120])
def test_a_message_and_the_order_that_it_makes_are_seen_together(width: int) -> None:
    text = drawn(Shop({1: conversation()}, (message(1),), (order(),)), width=width)

    assert "09:30 Asha" in text
    for shown in ("2 Kurti · blue", "93%", "“2 blue kurtis”", "order 7", "998.00 INR", "Ask: Which address?"):
        assert shown in text


def test_the_last_messages_are_seen_where_not_all_have_room() -> None:
    messages = tuple(message(number, f"message {number}") for number in range(1, 100))

    text = drawn(Shop({1: conversation()}, messages, ()))

    assert "message 99" in text
    assert "message 1 " not in text


def test_who_ordered_nothing_is_named_once_she_is_read() -> None:
    assert "Asha Rao: no order" in drawn(Shop({1: conversation()}, (message(1),), ()))
    assert "no order" not in drawn(Shop({1: conversation(reading_is_due=True)}, (message(1),), ()))


def test_what_is_more_than_words_is_named() -> None:
    messages = (
        message(1, "", type="order", attributes={"items": [{"sku": "KU-BLU", "quantity": "2"}]}),
        message(2, "", type="location", attributes={"location": {"name": "Home", "address": "1 Main Road"}}),
        message(3, "this one", type="image"),
        message(4, "Yes", type="interactive"),
        message(5, "", type="brand_new"),
    )

    text = drawn(Shop({1: conversation()}, messages, ()))

    for shown in ("[cart] 2 KU-BLU", "[location] Home, 1 Main Road", "[photo] this one", "[tapped] Yes"):
        assert shown in text


def test_a_picture_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    shop = Shop({1: conversation()}, (message(1),), (order(),))

    draw_picture(Screen("Rangoli", "Asia/Kolkata", 20).draw(shop), tmp_path / "demo.svg")

    svg = (tmp_path / "demo.svg").read_text()
    assert "Kurti" in svg
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg") == 1
