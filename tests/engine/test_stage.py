"""What a message is to do to the draft, and whether there is an order at the end."""

from decimal import Decimal

import pytest

from engine.act import Draft, DraftLine
from engine.clause.wish import Wish
from engine.dialogue.purpose import purpose
from engine.dialogue.stage import stage
from engine.dialogue.state import State
from engine.extraction.utterance import Annotator, Utterance
from engine.language import Lexicon
from engine.order import Intent, Stage
from tests.golden import engine_of, messages_of

PALAZZO, DUPATTA = 3, 4
COUNTED = Wish(PALAZZO, quantity=Decimal(2), has_product_words=True)
NAMED = Wish(PALAZZO, has_product_words=True)


def said(text: str) -> Utterance:
    (message,) = messages_of([f"C: {text}"])
    return Annotator(lambda _: False).read(message, Lexicon.of(("en", "hi")))


def read_stage(*written: str) -> Stage:
    return engine_of("clothes").read(list(messages_of(list(written)))).stage


def test_message_without_intent_does_nothing() -> None:
    assert purpose(said(""), [], {}) is None


def test_buying_and_changing_add_up_against_the_rest() -> None:
    probabilities = {Intent.PURCHASE: 0.25, Intent.MODIFY: 0.3, Intent.CONFIRM: 0.45}
    assert purpose(said("palazzo"), [NAMED], probabilities) is Intent.MODIFY


def test_counted_product_orders_where_an_order_is_nearly_as_likely() -> None:
    probabilities = {Intent.PURCHASE: 0.45, Intent.INQUIRY: 0.55}
    assert purpose(said("2 palazzo"), [COUNTED], probabilities) is Intent.PURCHASE


def test_product_that_is_not_counted_waits_for_the_likelier_question() -> None:
    probabilities = {Intent.PURCHASE: 0.45, Intent.INQUIRY: 0.55}
    assert purpose(said("palazzo"), [NAMED], probabilities) is Intent.INQUIRY


def test_likely_cancel_is_no_order_whatever_it_counts() -> None:
    assert purpose(said("2 palazzo"), [COUNTED], {Intent.CANCEL: 0.6, Intent.PURCHASE: 0.4}) is Intent.CANCEL


def test_wish_for_more_is_no_mere_yes() -> None:
    probabilities = {Intent.PURCHASE: 0.3, Intent.CONFIRM: 0.7}
    assert purpose(said("ek aur bhej do wahi"), [], probabilities) is Intent.PURCHASE
    assert purpose(said("haan wahi bhej do"), [], probabilities) is Intent.CONFIRM


def test_cancel_that_is_hardly_likely_calls_nothing_off() -> None:
    assert purpose(said("rehne do"), [], {Intent.CANCEL: 0.35, Intent.DETAILS: 0.3}) is Intent.DETAILS


@pytest.mark.parametrize(("cancelled", "expected"), [(True, Stage.CANCELLED), (False, Stage.NONE)])
def test_draft_without_lines_is_cancelled_only_where_it_was_called_off(cancelled: bool, expected: Stage) -> None:
    assert stage(State(draft=Draft(cancelled=cancelled)), []) is expected


def test_line_of_a_conversation_without_a_buyer_makes_no_order() -> None:
    line = DraftLine(PALAZZO, ("PZ-BLK",), Decimal(1), "palazzo")
    assert stage(State(draft=Draft((line,))), []) is not Stage.ORDER


@pytest.mark.parametrize(
    "written",
    [
        (
            "C: Order 3312. 2 of the black palazzo I bought last week have torn seams",
            "B: so sorry, please send a photo",
        ),
        ("C: I paid for 3 dupattas and got 2, please refund", "B: very sorry madam"),
        ("C: what would 20 black palazzo cost for my shop?", "B: 350 each", "C: ok will ask my partner and come back"),
        ("C: sir main darzi hu, 6 saal ka kaam aata hai, naukri milegi?", "B: abhi nahi"),
    ],
)
def test_complaint_inquiry_or_job_seeker_is_no_order(written: tuple[str, ...]) -> None:
    assert read_stage(*written) is Stage.NONE


@pytest.mark.parametrize("written", ["2 black palazzo please", "1 red dupatta aur 1 banarasi saree bhej do"])
def test_single_message_is_an_order(written: str) -> None:
    assert read_stage(f"C: {written}") is Stage.ORDER
