"""Numbers in messages: their value, and what their neighbors make of them."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from engine.conversation import Message, Sender
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Annotator
from engine.language import Lexicon, languages

EVERYDAY = tuple(code for code, language in languages().items() if language.always)


def numbers_in(text: str) -> list[Number]:
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    return list(Annotator(lambda _: False).read(message, Lexicon.of(EVERYDAY)).numbers)


def kinds(text: str) -> list[tuple[NumberKind, str]]:
    """Kind and value of each number."""
    return [(number.kind, f"{number.value.normalize():f}") for number in numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("send 3 shirts", "3"),
        ("twenty four shirts", "24"),
        ("two hundred and five shirts", "205"),
        ("2 hundred shirts", "200"),
        ("a couple of mugs", "2"),
        ("teen shirt bhejo", "3"),
        ("pachees shirt", "25"),
        ("ek sau bees shirt", "120"),
        ("13 lakh", "1300000"),
        ("तीन शर्ट भेजो", "3"),
        ("पच्चीस शर्ट", "25"),
        ("३ शर्ट", "3"),
        ("12 शर्ट", "12"),
    ],
)
def test_number_alone_is_bare(text: str, value: str) -> None:
    assert kinds(text) == [(NumberKind.BARE, value)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2 kg", "2", "kg"),
        ("1.5kg", "1.5", "kg"),
        ("500gm", "500", "g"),
        ("half litre milk", "0.5", "L"),
        ("½ kg", "0.5", "kg"),
        ("1½ kg", "1.5", "kg"),
        ("3/4 kg", "0.75", "kg"),
        ("6 ft", "6", "ft"),
        ("33 watt", "33", "W"),
        ("128 GB", "128", "GB"),
        ("aadha litre doodh", "0.5", "L"),
        ("dedh kilo", "1.5", "kg"),
        ("dhai kilo", "2.5", "kg"),
        ("saadhe teen kilo", "3.5", "kg"),
        ("sava kilo", "1.25", "kg"),
        ("sava do kilo", "2.25", "kg"),
        ("paune do kilo", "1.75", "kg"),
        ("pav kilo", "0.25", "kg"),
        ("आधा लीटर", "0.5", "L"),
        ("डेढ़ किलो", "1.5", "kg"),
        ("साढ़े तीन किलो", "3.5", "kg"),
        ("५०० ग्राम", "500", "g"),
    ],
)
def test_number_before_a_unit_is_a_measure(text: str, value: str, unit: str) -> None:
    (number,) = numbers_in(text)
    assert (number.kind, number.value, number.unit) == (NumberKind.MEASURE, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("2 packets", 2),
        ("5 pcs", 5),
        ("2nos", 2),
        ("3 pairs", 3),
        ("shirt x3", 3),
        ("3x shirt", 3),
        ("shirt *4", 4),
        ("XL-4", 4),
        ("2 dozen", 24),
        ("dozen eggs", 12),
        ("half dozen eggs", 6),
        ("do packet", 2),
        ("do darjan", 24),
        ("teen jodi", 3),
        ("दो पैकेट", 2),
        ("एक दर्जन", 12),
    ],
)
def test_number_beside_a_counting_word_or_sign_is_a_count(text: str, quantity: int) -> None:
    (number,) = numbers_in(text)
    assert (number.kind, number.quantity) == (NumberKind.COUNT, quantity)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rs 499", "499"),
        ("₹499", "499"),
        ("499/-", "499"),
        ("499 rs", "499"),
        ("Rs. 1,200", "1200"),
        ("@120", "120"),
        ("total 897", "897"),
        ("1,00,000", "100000"),
        ("499 rupaye", "499"),
        ("४९९ रुपये", "499"),
    ],
)
def test_number_beside_a_currency_is_a_price(text: str, value: str) -> None:
    assert kinds(text) == [(NumberKind.PRICE, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5 pm", ["5"]),
        ("12:30", ["12", "30"]),
        ("5 to 6 pm", ["5", "6"]),
        ("5 march", ["5"]),
        ("march 5", ["5"]),
        ("2 days", ["2"]),
        ("5 baje", ["5"]),
        ("5-6 baje", ["5", "6"]),
        ("10 tarikh", ["10"]),
        ("3 din", ["3"]),
        ("शाम 5 बजे", ["5"]),
    ],
)
def test_number_beside_a_time_says_when(text: str, values: list[str]) -> None:
    assert kinds(text) == [(NumberKind.WHEN, value) for value in values]


@pytest.mark.parametrize("text", ["1st", "2nd", "3rd", "5th"])
def test_number_with_an_ordinal_ending_is_ordinal(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [NumberKind.ORDINAL]


@pytest.mark.parametrize("text", ["1) rice", "2. rice", "please send:\n3) rice", "१) चावल"])
def test_number_that_begins_a_list_line_is_an_index(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [NumberKind.INDEX]


@pytest.mark.parametrize("text", ["9000012345", "560034", "order 12345678", "९०००००१२३४"])
def test_number_of_many_digits_is_long(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [NumberKind.LONG]


@pytest.mark.parametrize("text", ["flat 203", "house no 14", "#61", "sector 21", "makan 12", "सेक्टर 7"])
def test_number_of_a_house_or_a_road_is_a_place(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [NumberKind.PLACE]


@pytest.mark.parametrize("text", ["bhej do", "kurti de do", "भेज दो", "pav bhaji", "hello ji"])
def test_do_as_give_and_pav_as_bread_are_no_numbers(text: str) -> None:
    assert numbers_in(text) == []


@pytest.mark.parametrize("text", ["499 wala", "50 ki mirchi", "20 rupay wali", "100 worth of chilli"])
def test_number_before_a_word_of_worth_may_be_money(text: str) -> None:
    (number,) = numbers_in(text)
    assert number.worth or number.kind is NumberKind.PRICE


def test_numbers_stand_in_order_and_none_inside_another() -> None:
    found = numbers_in("1) 2 dozen eggs rs 140, dedh kilo dal, flat 203, 5 pm, 9000012345")
    assert [number.kind.value for number in found] == ["index", "count", "price", "measure", "place", "when", "long"]
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (".5 kg", "0.5"),
        ("two and a half kilo", "2.5"),
        ("5 and a quarter kg", "5.25"),
        ("एक सौ और तीन चौथाई", "100.75"),
        ("two point five kg", "2.5"),
        ("two hundred point zero three", "200.03"),
        ("hundred thousand", "100000"),
        ("two thousand and two hundred", "2200"),
        ("fifty - two", "52"),
        ("sava sau gram", "125"),
        ("sadhe teen sau gram", "350"),
        ("dhai sau gram", "250"),
        ("five and a half lakh", "550000"),
        ("4 हजार 3 सौ और 21", "4321"),
        ("2.5k", "2500"),
        ("फिफ्टी टू", "52"),
        ("quarter kg", "0.25"),
    ],
)
def test_value_is_said_in_many_ways(text: str, value: str) -> None:
    assert [f"{number.value.normalize():f}" for number in numbers_in(text)] == [value]


@pytest.mark.parametrize("text", ["quarter pounder", "I want thin crust"])
def test_word_that_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbers_in(text) == []


def test_comma_parts_sizes_and_joins_thousands() -> None:
    assert [number.value for number in numbers_in("38,40,42 sizes")] == [38, 40, 42]
    assert [number.value for number in numbers_in("1,20,000")] == [120000]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("3-inch pipe", "3", "inch"), ("68-ounce can", "68", "oz"), ("20 (kg)", "20", "kg"), ("6in nails", "6", "inch")],
)
def test_sign_between_number_and_unit_parts_them_not(text: str, value: str, unit: str) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["2 in red", "cover scp-173m", "24703L202"])
def test_letter_or_preposition_behind_a_number_is_no_unit(text: str) -> None:
    assert all(number.unit is None for number in numbers_in(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [("quero 1,5 kg de arroz", ["1.5"]), ("total R$ 1.250,50", ["1250.50"]), ("manda 2,5 litros", ["2.5"])],
)
def test_decimal_comma_is_read_where_people_write_it(text: str, values: list[str]) -> None:
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    found = Annotator(lambda _: False).read(message, Lexicon.of(("pt", "en"))).numbers
    assert [f"{number.value:f}" for number in found] == values
