"""Layouts of exported chats: phones, clocks, orders of the date, languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.chat_file import ChatFileError, DateOrder, parse_export

KOLKATA = ZoneInfo("Asia/Kolkata")
EVENING = datetime(2026, 3, 12, 21, 41, tzinfo=KOLKATA)


@pytest.mark.parametrize(
    "line",
    [
        "12/03/26, 9:41 pm - Asha: hi",
        "12/03/2026, 21:41 - Asha: hi",
        "12/03/26, 9:41\u202fpm - Asha: hi",
        "12/3/2026 21:41 - Asha: hi",
        "12/3/26 9:41 p.\u00a0m. - Asha: hi",
        "12/3/26, 9:41 p. m. - Asha: hi",
        "12.03.26, 21:41 - Asha: hi",
        "12-03-2026 21:41 - Asha: hi",
        "12/03/26 21.41 - Asha: hi",
        "2026-03-12, 9:41 p.m. - Asha: hi",
        "2026/03/12, 21:41 - Asha: hi",
        "3/13/26, 9:41 PM - Asha: hi",
        "१२/०३/२६, ९:४१ pm - Asha: hi",
        "12/03/26, 9:41 अपराह्न - Asha: hi",
        "2026/3/12 下午9:41 - Asha: hi",
        "[12/03/26, 9:41:00 PM] Asha: hi",
        "\u200e[12/03/26, 9:41:00\u202fPM] Asha: hi",
        "[12/03/2026, 21:41:00] Asha: hi",
        "[12/03/2026 21:41:00] Asha: hi",
        "[12.03.26, 21:41:00] Asha: hi",
        "[12.3.2026 klo 21.41.00] Asha: hi",
        "[2026-03-12, 9:41:00 PM] Asha: hi",
    ],
)
def test_one_line_is_read_in_every_layout(line: str) -> None:
    (message,) = parse_export(line, "chat.txt", zone=KOLKATA)

    expected = EVENING.replace(day=13) if "13" in line else EVENING
    assert (message.sender, message.at, message.text) == ("Asha", expected, "hi")


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("12:05 am", 0), ("12:05 pm", 12), ("1:05 am", 1), ("11:05 pm", 23), ("0:05", 0), ("23:05", 23), ("13:05 pm", 13)],
)
def test_both_clocks_know_midnight_and_noon(clock: str, hour: int) -> None:
    (message,) = parse_export(f"12/03/26, {clock} - Asha: hi", "chat.txt", zone=UTC)

    assert message.at.hour == hour


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["12/03/26", "13/03/26"], (2026, 3, 12)),
        (["3/12/26", "3/13/26"], (2026, 3, 12)),
        (["2026/03/12", "2026/03/31"], (2026, 3, 12)),
        (["05/04/26", "06/04/26"], (2026, 4, 5)),
        # Nothing is impossible here, but only one order never goes back in time.
        (["11/10/26", "12/10/26", "01/11/26"], (2026, 10, 11)),
        (["10/11/26", "10/12/26", "11/01/26"], (2026, 10, 11)),
        # One order is a chat of four days, the other one of four firsts of a month.
        (["1/5/26", "2/5/26", "3/5/26", "4/5/26"], (2026, 5, 1)),
        (["5/1/26", "5/2/26", "5/3/26", "5/4/26"], (2026, 5, 1)),
    ],
)
def test_the_order_of_dates_is_what_makes_sense_of_the_whole_file(
    dates: list[str], first: tuple[int, int, int]
) -> None:
    text = "\n".join(f"{date}, 9:41 - Asha: hi" for date in dates)

    messages = parse_export(text, "chat.txt", zone=UTC)

    assert (messages[0].at.year, messages[0].at.month, messages[0].at.day) == first


def test_an_unclear_date_is_day_month_year() -> None:
    (message,) = parse_export("05/04/26, 9:41 pm - Asha: hi", "chat.txt", zone=UTC)

    assert (message.at.month, message.at.day) == (4, 5)


def test_an_unclear_date_in_the_american_layout_is_month_day_year() -> None:
    (message,) = parse_export("5/4/26, 9:41\u202fPM - Asha: hi", "chat.txt", zone=UTC)

    assert (message.at.month, message.at.day) == (5, 4)


def test_the_order_of_dates_can_be_said() -> None:
    (message,) = parse_export("05/04/26, 9:41 pm - Asha: hi", "chat.txt", zone=UTC, order=DateOrder.MDY)

    assert (message.at.month, message.at.day) == (5, 4)


def test_times_are_in_the_zone_that_is_said() -> None:
    (message,) = parse_export("12/03/26, 9:41 pm - Asha: hi", "chat.txt", zone=KOLKATA)

    assert message.at.isoformat() == "2026-03-12T21:41:00+05:30"


def test_times_without_a_zone_are_the_computers() -> None:
    (message,) = parse_export("12/03/26, 9:41 pm - Asha: hi", "chat.txt")

    assert message.at == datetime(2026, 3, 12, 21, 41).astimezone()


@pytest.mark.parametrize("text", ["Dear sir\nsend 2 kg atta", "id,title\nS1,Soap", "99/99/99, 99:99 - Asha: hi"])
def test_an_unknown_layout_says_what_was_tried_and_what_to_do(text: str) -> None:
    with pytest.raises(ChatFileError) as raised:
        parse_export(text, "notes.txt")

    said = str(raised.value)
    assert said.startswith("notes.txt, line 1: no known chat layout")
    assert repr(text.splitlines()[0]) in said
    assert "12/03/26, 9:41 pm - Name: text" in said
    assert "[12/03/26, 9:41:07 PM] Name: text" in said
    assert "Export chat" in said
