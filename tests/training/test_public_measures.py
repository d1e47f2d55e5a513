"""What is measured on others' data: spans, order turns, false orders; and rows where the data is absent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.catalog import Catalog, Variant
from engine.conversation import Message, Sender
from training.false_orders import false_orders, hinglish
from training.multidogo import Kind, chats, menu, read_fast_food
from training.public_goals import public_goals
from training.shops import Shop

HEADER = "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n"
ADDRESS = "12 rose villa main road pune"
SHOP = Shop("roses", "own", Path("roses.csv"), Path("roses.jsonl"))
SHOP.__dict__["catalog"] = Catalog([Variant("R", "ROSE", "Rose"), Variant("L", "LILY", "Lily")])


def turns(*rows: tuple[str, int, str, str, str]) -> str:
    return HEADER + "".join(f"{chat}\t{n}\tu\t{text}\t{labels}\t{intent}\n" for chat, n, text, labels, intent in rows)


@pytest.fixture
def fast_food(tmp_path: Path) -> Path:
    named = [(f"t{n}", 0, "2 roti", "quantity food_item", "orderpizzaintent") for n in range(3)]
    (tmp_path / "fastfood_train.tsv").write_text(turns(*named), encoding="utf-8")
    dev = turns(
        ("a", 0, "send 2 roti", "O quantity food_item", "orderpizzaintent<div>orderdrinkintent"),
        ("a", 2, "my number is 9000012345", "O O O phonenumber", "contentonly"),
        ("a", 4, ADDRESS, " ".join(["address"] * 6), "contentonly"),
        ("b", 0, "good morning to you", "O O", "outofdomain"),
    )
    (tmp_path / "fastfood_dev.tsv").write_text(dev, encoding="utf-8")
    return tmp_path


def test_turns_of_a_chat_keep_the_places_of_the_unheard_shop(fast_food: Path) -> None:
    first, second = chats(fast_food / "fastfood_dev.tsv")

    assert [message.sender for message in first.messages()] == [
        Sender.CUSTOMER, Sender.BUSINESS, Sender.CUSTOMER, Sender.BUSINESS, Sender.CUSTOMER,
    ]  # fmt: skip
    assert first.turns[0].orders
    assert first.turns[0].spans("quantity") == {(1, 2)}
    assert second.turns[0].labels == ()


def test_menu_is_what_the_training_half_names_often(fast_food: Path) -> None:
    assert [variant.title for variant in menu(fast_food).variants] == ["roti"]


def test_spans_and_order_turns_are_counted(fast_food: Path) -> None:
    result = read_fast_food(fast_food, menu(fast_food))

    assert (result.orders.right, result.orders.false, result.orders.missing) == (1, 0, 0)
    assert {kind: count.f1 for kind, count in result.spans.items()} == dict.fromkeys(Kind, 1.0)
    assert result.misread == []


def test_order_that_nobody_asked_for_is_false(tmp_path: Path) -> None:
    header = "en_query\tcs_query\ten_parse\tcs_parse\tdomain\n"
    rows = 'x\t"2 rose bhej do\tx\tx\talarm\nx\tkal barish hogi kya\tx\tx\tweather\n'
    (tmp_path / "validation.tsv").write_text(header + rows, encoding="utf-8")

    result = false_orders(hinglish(tmp_path), [SHOP])

    assert result.read == 6
    assert result.share == result.share_of_messages == 0.5
    assert {one.draft.lines[0].sku for one in result.found} == {"R"}


def test_share_of_messages_counts_those_that_a_false_line_stands_on() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    talk = [Message(str(n), Sender.CUSTOMER, at, text=text) for n, text in enumerate(("hello", "send 2 rose"))]

    result = false_orders([talk], [SHOP])

    assert (result.share, result.share_of_messages) == (1.0, 0.5)


def test_rows_say_so_where_public_data_is_absent(tmp_path: Path) -> None:
    parts: list[None] = []

    goals = list(public_goals(tmp_path, [SHOP], lambda: parts.append(None)))

    assert len(parts) == 5
    assert all(goal.reached is None and goal.cells[3] == "data not here" for goal in goals)
    assert {"Hinglish-TOP, validation", "MultiDoGO services, dev"} <= {goal.on for goal in goals}
