from collections.abc import Callable
from datetime import date

import pytest

from engine.order import Details, Intent, Payment

Read = Callable[..., Details]


@pytest.mark.parametrize(
    ("text", "payment"),
    [
        ("cash on delivery", Payment.COD),
        ("will pay by credit card", Payment.CARD),
        ("gpay kar dungi", Payment.UPI),
        ("payment by NEFT", Payment.BANK),
        ("नकद दूँगी", Payment.COD),
        ("pago con tarjeta", Payment.CARD),
        ("khate me likh lo", None),
    ],
)
def test_way_to_pay_is_read(read: Read, text: str, payment: Payment | None) -> None:
    assert read(f"c: {text}", m0=Intent.DETAILS).payment is payment


def test_asking_for_cod_chooses_nothing(read: Read) -> None:
    assert read("c: COD milega?", m0=Intent.INQUIRY).payment is None


def test_yes_to_the_sellers_way_chooses_it(read: Read) -> None:
    assert read("b: COD?", "c: haan", m1=Intent.CONFIRM).payment is Payment.COD


def test_paying_after_asking_chooses_what_was_asked(read: Read) -> None:
    chat = ("c: UPI ok?", "b: yes same number", "c: sent 2850, please check")
    assert read(*chat, m0=Intent.INQUIRY, m2=Intent.PAYMENT).payment is Payment.UPI


def test_later_choice_wins(read: Read) -> None:
    chat = ("c: cod rakhna", "c: nahi gpay kar deta hu")
    assert read(*chat, m0=Intent.DETAILS, m1=Intent.DETAILS).payment is Payment.UPI


def test_refused_way_is_not_chosen(read: Read) -> None:
    assert read("c: cash dungi, phonepe nahi chalta", m0=Intent.DETAILS).payment is Payment.COD


def test_memory_card_pays_nothing(read: Read) -> None:
    assert read("c: 64gb memory card 2 pc", m0=Intent.PURCHASE).payment is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("please deliver tomorrow morning", date(2026, 3, 3)),
        ("aaj shaam tak bhej do", date(2026, 3, 2)),
        ("parso bhejna", date(2026, 3, 4)),
        ("send it on friday", date(2026, 3, 6)),
        ("deliver on 5th March", date(2026, 3, 5)),
        ("28 ko bhej dena", date(2026, 3, 28)),
        ("delivery on 12/03 please", date(2026, 3, 12)),
        ("कल भेज देना", date(2026, 3, 3)),
        ("deliver on Sunday, 8th March", date(2026, 3, 8)),
        ("entrega amanhã por favor", date(2026, 3, 3)),
    ],
)
def test_day_is_counted_from_the_message(read: Read, text: str, day: date) -> None:
    assert read(f"c: {text}", m0=Intent.DETAILS).deliver_on == day


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kal batati hu puch ke", Intent.SMALLTALK),
        ("are you open on sunday?", Intent.INQUIRY),
        ("31 ko hisab karenge", Intent.DETAILS),
        ("last friday wala hi bhej do", Intent.PURCHASE),
        ("3rd floor, Marina building, Adyar, Chennai", Intent.DETAILS),
    ],
)
def test_other_days_are_none_for_delivery(read: Read, text: str, intent: Intent) -> None:
    assert read(f"c: {text}", m0=intent).deliver_on is None


def test_delivery_day_is_told_from_the_feast(read: Read) -> None:
    details = read("c: party is on sunday, deliver on saturday", m0=Intent.DETAILS)
    assert details.deliver_on == date(2026, 3, 7)


def test_changed_day_wins(read: Read) -> None:
    chat = ("b: kab chahiye?", "c: kal", "c: sorry, parso bhejna")
    assert read(*chat, m1=Intent.DETAILS, m2=Intent.MODIFY).deliver_on == date(2026, 3, 4)


def test_day_of_the_sellers_summary_counts_once_agreed_to(read: Read) -> None:
    chat = ("b: 2 cakes, friday 6 march, total 900. ok?", "c: haan pakka")
    assert read(*chat, m1=Intent.CONFIRM).deliver_on == date(2026, 3, 6)
    assert read(*chat, m1=Intent.SMALLTALK).deliver_on is None
