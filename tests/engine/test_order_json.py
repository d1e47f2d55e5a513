"""A draft order as JSON: one form a line, as scorers and the command's readers expect."""

import json
from datetime import date
from decimal import Decimal

from engine.conversation import Span
from engine.order import (
    Address,
    Candidate,
    Details,
    DraftOrder,
    Intent,
    MessageIntent,
    OrderLine,
    Payment,
    Question,
    QuestionKind,
    Stage,
)
from engine.order_json import order_to_json

SPAN = Span("m1", 0, 5, "2 red")
RED, BLUE = Candidate("K", "K-RED", "Kurti red", 0.91234), Candidate("K", "K-BLUE", "Kurti blue", 0.8)
OTHER = Candidate("S", None, "Saree", 0.5)


def only_line(line: OrderLine) -> dict[str, object]:
    (row,) = order_to_json(DraftOrder(Stage.ORDER, (line,)))["lines"]
    assert isinstance(row, dict)
    return row


def test_a_sku_line_names_its_sku_and_what_else_it_may_be() -> None:
    row = only_line(
        OrderLine(Decimal(2), 0.87654, sku="K-RED", item_group_id="K", candidates=(RED, BLUE), evidence=(SPAN,))
    )

    assert (row["sku"], row["quantity"], row["confidence"]) == ("K-RED", 2, 0.8765)
    assert row["alternatives"] == [
        {"item_group_id": "K", "sku": "K-RED", "title": "Kurti red", "score": 0.9123},
        {"item_group_id": "K", "sku": "K-BLUE", "title": "Kurti blue", "score": 0.8},
    ]
    assert row["evidence"] == [{"message_id": "m1", "start": 0, "end": 5, "text": "2 red"}]
    assert not {"item_group_id", "candidates", "text"} & row.keys()


def test_a_product_line_says_what_is_known_and_what_is_missing() -> None:
    row = only_line(OrderLine(Decimal(1), 0.5, item_group_id="K", options={"color": "red"}, missing=("size",)))

    assert (row["item_group_id"], row["options"], row["missing"]) == ("K", {"color": "red"}, ["size"])
    assert "sku" not in row


def test_candidates_are_products_each_named_once() -> None:
    assert only_line(OrderLine(Decimal(1), 0.5, candidates=(RED, BLUE, OTHER)))["candidates"] == ["K", "S"]


def test_a_wish_that_the_shop_does_not_sell_is_the_customers_words() -> None:
    row = only_line(OrderLine(Decimal("1.5"), 0.5, text="maggi"))

    assert (row["sku"], row["text"], row["quantity"]) == (None, "maggi", 1.5)


def test_details_questions_and_intents_are_plain_values() -> None:
    draft = DraftOrder(
        Stage.ORDER,
        details=Details(
            name="Asha",
            address=Address("12 Lake View", house="12", street="Lake View"),
            payment=Payment.COD,
            deliver_on=date(2026, 3, 5),
            evidence={"name": (SPAN,)},
        ),
        questions=(Question(QuestionKind.VARIANT, "Which size?", 0, "size", ("M", "L")),),
        intents=(MessageIntent("m1", Intent.PURCHASE, 0.9),),
    )

    row = json.loads(json.dumps(order_to_json(draft)))

    assert (row["name"], row["phone"], row["payment"], row["deliver_on"]) == ("Asha", None, "cod", "2026-03-05")
    assert (row["address"], row["address_parts"]) == ("12 Lake View", {"house": "12", "street": "Lake View"})
    assert row["evidence"]["name"][0]["text"] == "2 red"
    assert row["questions"] == [
        {"kind": "variant", "text": "Which size?", "line": 0, "option": "size", "choices": ["M", "L"]}
    ]
    assert row["intents"] == {"m1": "purchase"}


def test_a_chat_without_an_order_has_every_field_empty() -> None:
    row = order_to_json(DraftOrder(Stage.NONE))

    assert (row["stage"], row["lines"], row["name"], row["address"]) == ("none", [], None, None)
