"""What a seller sees of a draft order at the terminal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

from rich.console import Console

from api.reading.terminal import show_draft
from engine.catalog import Catalog, Variant
from engine.chat_file import Chat
from engine.conversation import Message, Sender, Span
from engine.order import (
    Address,
    Candidate,
    Details,
    DraftOrder,
    OrderLine,
    Payment,
    Question,
    QuestionKind,
    Stage,
)

CATALOG = Catalog(
    [
        Variant("R-M", "R", "Kurti [cotton]", {"color": "red", "size": "M"}),
        Variant("R-L", "R", "Kurti [cotton]", {"color": "red", "size": "L"}),
        Variant("S", "S", "Saree"),
    ]
)
CHAT = Chat("Asha [Rao]", (Message("m1", Sender.CUSTOMER, datetime(2026, 3, 5, tzinfo=UTC), text="2 red kurti M"),))
RED_M = OrderLine(
    Decimal(2), 0.95, sku="R-M", item_group_id="R", evidence=(Span("m1", 0, 13, "2 red kurti M"),),
    candidates=(Candidate("R", "R-M", "Kurti", 0.9), Candidate("R", "R-L", "Kurti", 0.8)),
)  # fmt: skip


def shown(draft: DraftOrder) -> str:
    console = Console(width=140, file=StringIO())
    show_draft(CHAT, draft, CATALOG, console)
    return console.file.getvalue()


def test_a_line_shows_number_product_sku_sureness_and_words() -> None:
    row = next(line for line in shown(DraftOrder(Stage.ORDER, (RED_M,))).splitlines() if "R-M" in line)

    for part in ("2", "Kurti [cotton] · red · M", "95%", "2 red kurti M"):
        assert part in row


def test_only_an_unsure_line_shows_what_else_it_may_be() -> None:
    assert "or R-L" not in shown(DraftOrder(Stage.ORDER, (RED_M,)))
    assert "or R-L" in shown(DraftOrder(Stage.ORDER, (replace(RED_M, confidence=0.5),)))


def test_each_form_of_a_line_says_what_is_open() -> None:
    text = shown(
        DraftOrder(
            Stage.ORDER,
            (
                OrderLine(Decimal(1), 0.6, item_group_id="R", options={"color": "red"}, missing=("size",)),
                OrderLine(
                    Decimal(1), 0.4, candidates=(Candidate("R", None, "Kurti", 1), Candidate("S", None, "Saree", 1))
                ),
                OrderLine(Decimal("1.5"), 0.3, text="dupatta"),
            ),
        )
    )

    assert "Kurti [cotton] · red  which size?" in text
    assert "one of: Kurti, Saree" in text
    assert "not in the catalogue: dupatta" in text
    assert "1.5" in text


def test_details_and_questions_follow_the_lines() -> None:
    details = Details(
        "Asha", "9000012345", Address("12 Lake View"), "560034", "Bengaluru", Payment.COD, date(2026, 3, 5)
    )

    text = shown(
        DraftOrder(Stage.ORDER, (RED_M,), details, questions=(Question(QuestionKind.ADDRESS, "Which floor?"),))
    )

    for part in ("Asha [Rao]", "9000012345", "12 Lake View", "560034", "Bengaluru", "cod", "Thursday, 05 March 2026"):
        assert part in text
    assert "Ask: Which floor?" in text


def test_a_chat_without_an_order_says_so() -> None:
    assert "no order" in shown(DraftOrder(Stage.NONE))
    assert "cancelled" in shown(DraftOrder(Stage.CANCELLED))
