"""The parts of an address: house, street, landmark, area, city, state."""

import re

from engine.extraction.detail.vocabulary import Vocabulary
from engine.order import Address
from engine.text import fold

_WORDS = re.compile(r"[\w\u0900-\u0963\u0970-\u0d7f]+(?:['\u2019][a-z]+)?|[^\w\s]")
_ORDER = ("landmark", "house", "street", "area")


def parts_of(text: str, city: str | None, pincode: str | None) -> Address:
    """The address `text` with what was recognised in it.

    >>> address = parts_of("Flat 9 Shivneri Apts, near SBI, Dharampeth, Nagpur", "Nagpur", None)
    >>> address.house, address.landmark, address.area
    ('Flat 9 Shivneri Apts', 'near SBI', 'Dharampeth')
    """
    found: dict[str, list[str]] = {}
    for segment in (part.strip() for part in text.split(",")):
        if segment:
            found.setdefault(_kind(segment, first=not found), []).append(segment)
    joined = {kind: ", ".join(segments) for kind, segments in found.items()}
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


def _kind(segment: str, *, first: bool) -> str:
    words = [fold(word) for word in _WORDS.findall(segment)]
    phrases = Vocabulary.shared().phrases(words)
    kinds = {phrase.kind for phrase in phrases}
    whole = {phrase.kind for phrase in phrases if phrase.start == 0 and phrase.end == len(words)}
    if whole & {"city", "address.state"}:
        return "city" if "city" in whole else "state"
    if "address.landmark" in kinds:
        return "landmark"
    if "address.house" in kinds or (first and any(char.isdigit() for char in segment)):
        return "house"
    return "street" if "address.street" in kinds else "area"
