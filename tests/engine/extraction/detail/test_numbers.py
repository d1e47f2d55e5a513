from collections.abc import Callable

import pytest

from engine.order import Details

Read = Callable[..., Details]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("my number is 90000 41877", "9000041877"),
        ("+91 90000-41877", "919000041877"),
        ("ph 9000041877", "9000041877"),
        ("mobile 07700 900142", "07700900142"),
        ("call me at (515) 555-0127", "5155550127"),
        ("her line is 0800 002 7719", "08000027719"),
        ("cel 722 000 4418", "7220004418"),
        ("telefone (19) 90000-4471", "19900004471"),
        ("HP 0812-0000-3391", "081200003391"),
        ("324005 90000 91733", "9000091733"),
    ],
)
def test_phone_is_read_in_any_grouping(read: Read, text: str, digits: str) -> None:
    assert read(f"c: {text}").phone == digits


@pytest.mark.parametrize(
    "text",
    [
        "paid by gpay ref 607120044512",
        "utr 9000041877",
        "order id 9000041877 kaha hai",
        "tracking 9000041877",
        "rs 395007 pay kar diya",
        "2 kg 500 gm aur 12 pcs",
    ],
)
def test_references_and_prices_are_no_phones(read: Read, text: str) -> None:
    assert read(f"c: {text}").phone is None


def test_sellers_own_number_is_not_the_customers(read: Read) -> None:
    assert read("b: our number is 90000 33081", "c: ok").phone is None


def test_recipients_number_goes_before_the_senders(read: Read) -> None:
    details = read("c: her no. 90000 61230", "c: Mine is 90000 61299 for any payment query")
    assert details.phone == "9000061230"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Flat 9, Shivneri Apts, Nagpur 440010", "440010"),
        ("rowhouse 18, ashwin nagar, nashik 422 009", "422009"),
        ("17 Fosse Gardens, Acomb, York YO24 3PQ", "YO24 3PQ"),
        ("1187 Tanager Loop, Bend, OR 97702", "97702"),
        ("Rua das Hortênsias 77 ap 31, Campinas 13073-220", "13073-220"),
        ("Calle Nogal 45 int 3, col. Santa María, CDMX, cp 06400", "06400"),
        ("flat 12B, pocket 4, mayur vihar phase 1, delhi-110091", "110091"),
        ("Flat 11022, wing 11, Sobha Dream Acres, Panathur 560087", "560087"),
    ],
)
def test_postal_code_is_read_beside_an_address(read: Read, text: str, code: str) -> None:
    details = read("b: address please", f"c: {text}")
    assert details.pincode == code
    assert details.address is not None
    assert code not in details.address.text


def test_corrected_postal_code_replaces_the_first(read: Read) -> None:
    details = read("b: address?", "c: flat 1104, tower C, sec 45 noida", "c: 201301", "c: sry 201303*")
    assert details.pincode == "201303"


def test_amount_is_no_postal_code(read: Read) -> None:
    assert read("c: total 125000 hua kya").pincode is None
