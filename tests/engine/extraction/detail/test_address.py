from collections.abc import Callable

import pytest

from engine.extraction.detail.introduction import INTRODUCTIONS
from engine.order import Details, Intent

Read = Callable[..., Details]


def text_of(details: Details) -> str | None:
    return details.address.text if details.address else None


def test_address_over_many_messages_is_joined_by_commas(read: Read) -> None:
    details = read(
        "b: address bhejo",
        "c: rowhouse 18, ashwin nagar",
        "c: near ganesh mandir",
        "c: nashik 422009",
    )
    assert text_of(details) == "rowhouse 18, ashwin nagar, near ganesh mandir, nashik"
    assert details.city == "Nashik"
    assert details.pincode == "422009"


def test_name_phone_and_code_stay_out_of_the_address(read: Read) -> None:
    details = read(
        "b: address?", "c: Anjali Rao, Flat 9, Lake View Apartments, Indiranagar, Bangalore 560038. mob 90000 41877"
    )
    assert text_of(details) == "Flat 9, Lake View Apartments, Indiranagar, Bangalore"
    assert (details.name, details.phone, details.city) == ("Anjali Rao", "9000041877", "Bengaluru")


def test_order_words_stay_out_of_the_address(read: Read) -> None:
    details = read("c: please deliver to 22 Rose Villa, Park Street, Kolkata 700016", m0=Intent.DETAILS)
    assert text_of(details) == "22 Rose Villa, Park Street, Kolkata"


def test_later_address_replaces_the_earlier(read: Read) -> None:
    details = read(
        "b: address?",
        "c: flat 12, Green Park society, Baner, Pune 411045",
        "b: ok noted",
        "c: not this, send to 7 Lotus Villa, Karve Road, Kothrud, Pune 411038",
    )
    assert text_of(details) == "7 Lotus Villa, Karve Road, Kothrud, Pune"
    assert details.pincode == "411038"


@pytest.mark.parametrize("text", ["flat no is 304 not 403", "403 nahi 304", "sorry 304, not 403"])
def test_number_put_right_changes_only_itself(read: Read, text: str) -> None:
    details = read("b: address?", "c: flat 403, Lotus Towers, Andheri East, Mumbai", f"c: {text}")
    assert text_of(details) == "flat 304, Lotus Towers, Andheri East, Mumbai"


def test_pickup_has_no_address(read: Read) -> None:
    assert text_of(read("b: delivery or pickup?", "c: pickup, will come by 5")) is None


def test_place_that_one_comes_from_is_no_address(read: Read) -> None:
    assert text_of(read("c: mulgi pune varun yete")) is None


def test_shops_own_location_is_no_address(read: Read) -> None:
    assert text_of(read("c: shop kaha hai", "b: 12 Main Road, near SBI, Wakad, Pune 411057", "c: ok")) is None


@pytest.mark.parametrize(
    ("text", "house", "street", "landmark", "area", "city"),
    [
        ("Flat 9 Sai Apts, near SBI, Dharampeth, Nagpur", "Flat 9 Sai Apts", None, "near SBI", "Dharampeth", "Nagpur"),
        ("H.No 12, MG Road, Sector 4 Nagar, Agra", "H.No 12", "MG Road", None, "Sector 4 Nagar", "Agra"),
        ("7 Rose Lane near SBI, Camp Nagar Agra", "7", "Rose Lane", "near SBI", "Camp Nagar", "Agra"),
    ],
)  # fmt: skip
def test_parts_are_recognised(
    read: Read, text: str, house: str, street: str | None, landmark: str | None, area: str, city: str
) -> None:
    address = read("b: address?", f"c: {text}").address
    assert address is not None
    found = (address.house, address.street, address.landmark, address.area, address.city)
    assert found == (house, street, landmark, area, city)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("8 Tulsi Bungalows, Ghod Dod Road, surat", "Surat"),
        ("Hill View Guest House, Tonk Road, Jaipur", "Jaipur"),
        ("Flat 7B, Palm Grove CHS, Marve Road, blr", "Bengaluru"),
        ("66 Cobbler Creek Rd, Boone NC", "Boone"),
        ("12 नेहरू मार्ग, शिव मंदिर के पास, लखनऊ", "Lucknow"),
    ],
)
def test_city_is_told_by_its_common_name(read: Read, text: str, city: str) -> None:
    assert read("b: address please", f"c: {text}").city == city


@pytest.mark.parametrize(("text", "name"), [says for rule in INTRODUCTIONS for says in rule.says])
def test_introductions_read_their_examples(read: Read, text: str, name: str) -> None:
    assert read(f"c: {text}").name == name


def test_honorific_is_dropped_from_a_name(read: Read) -> None:
    assert read("b: name?", "c: Mrs. Asha Rao").name == "Asha Rao"


def test_wish_on_a_cake_names_nobody(read: Read) -> None:
    assert read("b: message on the cake?", "c: Happy 5th Birthday Aarav").name is None


def test_evidence_points_into_the_text(read: Read) -> None:
    lines = ("b: address?", "c: Anjali Rao, Flat 9, Rose Villa, Agra 282001", "c: kal bhej dena, cod")
    details = read(*lines)
    assert {"name", "address", "pincode", "city", "payment", "deliver_on"} <= set(details.evidence)
    for spans in details.evidence.values():
        for span in spans:
            assert lines[int(span.message_id[1:])][3:][span.start : span.end] == span.text
