"""The parts of an address: house, street, landmark, area, city, state."""

import re
from collections.abc import Iterator

from engine.extraction.detail.vocabulary import Phrase, Vocabulary
from engine.order import Address
from engine.text import fold

_WORDS = re.compile(r"[\w\u0900-\u0963\u0970-\u0d7f]+(?:['\u2019][a-z]+)?|[^\w\s]")
_NUMBER = re.compile(r"\d[\w/-]*")
_STATE = "address.state"
_STATE_CODE = "address.state_code"


def parts_of(text: str, city: str | None, pincode: str | None) -> Address:
    """The address `text` with what was recognised in it.

    >>> address = parts_of("Flat 9 Shivneri Apts near SBI, Dharampeth Nagpur", "Nagpur", None)
    >>> address.house, address.landmark, address.area
    ('Flat 9 Shivneri Apts', 'near SBI', 'Dharampeth')
    >>> address = parts_of("12 Elm Close, Austin TX", "Austin", None)
    >>> address.house, address.street, address.state
    ('12', 'Elm Close', 'TX')
    """
    found: dict[str, list[str]] = {}
    for segment in (part.strip() for part in text.split(",")):
        for kind, piece in _pieces(segment, first=not found):
            found.setdefault(kind, []).append(piece)
    joined = {kind: ", ".join(pieces) for kind, pieces in found.items()}
    return Address(
        text=text,
        house=joined.get("house"),
        street=joined.get("street"),
        landmark=joined.get("landmark"),
        area=joined.get("area"),
        city=city,
        state=joined.get("state"),
        pincode=pincode,
    )


def _pieces(segment: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """What stands between two commas, by kind: "12 Elm Close near SBI, Pune MH" holds five things."""
    segment, ends = _without_city_and_state(segment)
    if segment:
        before, landmark = _before_landmark(segment)
        if before:
            yield from _place(before, first=first)
        if landmark:
            yield "landmark", landmark
    yield from ends


def _place(piece: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """A piece without landmark, city and state: a number before a street's name is the house's."""
    kind = _kind(piece, first=first)
    number = _NUMBER.match(piece)
    is_on_street = "address.street" in _kinds(piece) and "address.house" not in _kinds(piece)
    if kind == "house" and is_on_street and number and number.end() < len(piece):
        yield "house", number.group()
        yield "street", piece[number.end() :].strip(" .-")
    else:
        yield kind, piece


def _kind(piece: str, *, first: bool) -> str:
    kinds = _kinds(piece)
    if "address.landmark" in kinds:
        return "landmark"
    if "address.house" in kinds or (first and any(char.isdigit() for char in piece)):
        return "house"
    return "street" if "address.street" in kinds else "area"


def _without_city_and_state(segment: str) -> tuple[str, list[tuple[str, str]]]:
    """A segment without the city and the state at its end, and these, in their order."""
    ends: list[tuple[str, str]] = []
    while segment and (kind := _last(segment)):
        start, name = kind
        ends.insert(0, (name, segment[start:].strip()))
        segment = segment[:start].rstrip(" -")
    return segment, ends


def without_state(segment: str) -> tuple[str, bool]:
    """A segment without the state at its end, and whether there is one.

    >>> without_state("Karad Maharashtra"), without_state("Karad")
    (('Karad', True), ('Karad', False))
    """
    last = _last(segment)
    if last is None or last[1] != "state":
        return segment, False
    return segment[: last[0]].rstrip(" -"), True


def _last(segment: str) -> tuple[int, str] | None:
    """Where the city or the state begins that ends a segment, and which it is."""
    tokens = list(_WORDS.finditer(segment))
    for phrase in _phrases(segment):
        if phrase.end != len(tokens):
            continue
        begin = tokens[phrase.start].start()
        is_code = phrase.kind == _STATE_CODE and segment[begin:].isupper()
        if phrase.kind in {"city", _STATE} or is_code:
            return begin, "city" if phrase.kind == "city" else "state"
    return None


def _before_landmark(piece: str) -> tuple[str, str]:
    """A piece up to the "near" in it, and from there on; words like "ke paas" stand behind their landmark."""
    tokens = list(_WORDS.finditer(piece))
    for phrase in _phrases(piece):
        if phrase.kind == "address.landmark" and phrase.start > 0 and phrase.end < len(tokens):
            begin = tokens[phrase.start].start()
            return piece[:begin].rstrip(" -"), piece[begin:]
    return piece, ""


def _kinds(piece: str) -> set[str]:
    return {phrase.kind for phrase in _phrases(piece)}


def _phrases(piece: str) -> list[Phrase]:
    return Vocabulary.shared().phrases([fold(word) for word in _WORDS.findall(piece)])
