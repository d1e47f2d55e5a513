"""The city of an address, by its common English name."""

import re

from engine.extraction.detail.address import Block, Piece
from engine.extraction.detail.part import without_state
from engine.extraction.detail.vocabulary import Phrase, Vocabulary
from engine.extraction.utterance import COMMA
from engine.text import fold

_US_END = re.compile(r"([A-Za-z .'-]+?),?\s+([A-Z]{2})$")
_AFTER = frozenset({"address.state", "address.direction"})
_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_INDIAN_CODE = re.compile(r"[1-9]\d{5}")
_BRITISH_CODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_MOST_WORDS = 2  # of a city that no list knows
_SHORTEST = 3  # letters
_ZONE = 3  # most digits of a city's zone: "Pune 52"
# Where an Indian code begins so, what stands before it is more often a part of a large city than a town.
_LARGE = frozenset(
    (
        "110 121 122 141 143 144 160 180 201 208 226 248 302 342 360 380 390 395 400 411 422 440 452 462 474 482 492"
        " 500 520 530 560 570 580 600 620 625 641 673 682 695 700 711 751 781 800 831 834"
    ).split()
)


def city_of(block: Block) -> str | None:
    """The last city that stands as a part of its own or ends a part, else what stands where cities do."""
    found = [(piece, phrase) for piece in block.pieces for phrase in _cities(piece)]
    own = [(_is_city(piece, phrase), phrase.value) for piece, phrase in found if _ends_part(piece, phrase)]
    towns = [value for is_city, value in own if is_city] or [value for _, value in own]
    return towns[-1] if towns else _american(block.text) or _by_place(block)


def _cities(piece: Piece) -> list[Phrase]:
    inside = [p for p in piece.heard.phrases if p.kind == "city" and piece.start <= p.start and p.end <= piece.end]
    return [p for p in inside if not any(o.start <= p.start and p.end <= o.end and o is not p for o in inside)]


def _is_city(piece: Piece, phrase: Phrase) -> bool:
    """Whether a city stands for itself, and not for its district: "at post Karad, dist Satara"."""
    return phrase.start == piece.start or "address.district" not in piece.heard.kinds[phrase.start - 1]


def _ends_part(piece: Piece, phrase: Phrase) -> bool:
    """Whether nothing of the same part follows but a state, "West" or a zone: not the "Tonk" of "Tonk Road"."""
    h = piece.heard
    end = phrase.end
    if end < piece.end and h.tokens[end].is_number and len(h.tokens[end].word) <= _ZONE:
        end += 1
    if end >= piece.end or h.breaks[end] >= COMMA or h.tokens[end].raw == "-":
        return True
    return bool(h.kinds[end] & _AFTER)


def _american(text: str) -> str | None:
    """What stands before a state's two letters: "…, Bend, OR"."""
    match = _US_END.search(text)
    return match.group(1).strip(" ,") if match else None


def _by_place(block: Block) -> str | None:
    """A town that no list knows: what stands last before a small town's code, or before a state."""
    parts = [part.strip() for part in block.text.split(",")]
    last, has_state = without_state(parts[-1])
    if has_state and not last and len(parts) > 1:
        parts, last = parts[:-1], parts[-2]
    code = block.pincode.code if block.pincode else ""
    is_british = bool(_BRITISH_CODE.fullmatch(code)) and " " not in last and not _may_be_town(parts[-2:][0])
    if not has_state and not is_british and not _is_of_town(code):
        return None
    words = last.split()
    if len(words) > _MOST_WORDS and any(char.isdigit() for char in words[-2]):
        words = words[-1:]  # "ward 6 kotdwar"
    is_whole = len(parts) == 1 and len(words) == len(last.split())
    town = " ".join(words)
    return None if is_whole or len(words) > _MOST_WORDS or not _may_be_town(town) else town.title()


def _is_of_town(code: str) -> bool:
    return bool(_INDIAN_CODE.fullmatch(code)) and code[:3] not in _LARGE


def _may_be_town(text: str) -> bool:
    """Whether words are letters alone, and none of them tells a street, a house or an area."""
    words = text.split()
    if not all(_WORDS.fullmatch(word) and len(word) >= _SHORTEST for word in words):
        return False
    return not Vocabulary.shared().phrases([fold(word) for word in words])
