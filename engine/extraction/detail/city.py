"""The city of an address, by its common English name."""

import re

from engine.extraction.detail.address import Block, Piece
from engine.extraction.detail.part import parts_of
from engine.extraction.detail.vocabulary import Phrase
from engine.extraction.utterance import COMMA

_US_END = re.compile(r"([A-Za-z .'-]+?),?\s+([A-Z]{2})$")
_MOST_WORDS = 3  # of a town's name
_AFTER = frozenset({"address.state", "address.direction"})


def city_of(block: Block) -> str | None:
    """The last city that stands as a part of its own or ends a part; None where there is none."""
    found = [(piece, phrase) for piece in block.pieces for phrase in _cities(piece)]
    own = [phrase for piece, phrase in found if _ends_part(piece, phrase)]
    return own[-1].value if own else _before_state(block) or _before_code(block)


def _cities(piece: Piece) -> list[Phrase]:
    inside = [p for p in piece.heard.phrases if p.kind == "city" and piece.start <= p.start and p.end <= piece.end]
    return [p for p in inside if not any(o.start <= p.start and p.end <= o.end and o is not p for o in inside)]


def _ends_part(piece: Piece, phrase: Phrase) -> bool:
    """Whether nothing of the same part follows but a state or "West": not the "Tonk" of "Tonk Road"."""
    breaks = piece.heard.breaks
    if phrase.end >= piece.end or breaks[phrase.end] >= COMMA or piece.heard.tokens[phrase.end].raw == "-":
        return True
    return bool(piece.heard.kinds[phrase.end] & _AFTER)


def _before_state(block: Block) -> str | None:
    """What stands before a state that ends an address: "…, Bend, OR", "…, Decorah, Iowa"."""
    match = _US_END.search(block.text)
    if match:
        return match.group(1).strip(" ,")
    *_, before, last = ["", "", *(part.strip() for part in block.text.split(","))]
    state = parts_of(last, None, None).state
    return before if state == last and _is_town(before) else None


def _before_code(block: Block) -> str | None:
    """The town right before a British postal code, behind a street: "40 Station Road, Ely CB7 4ZZ"."""
    *before, last = (part.strip() for part in block.text.split(","))
    is_british = block.pincode is not None and block.pincode.code[:1].isalpha()
    is_behind_street = bool(before) and not _is_town(before[-1])
    return last if is_british and is_behind_street and last.isalpha() and _is_town(last) else None


def _is_town(part: str) -> bool:
    """Whether a part of an address may be a town: a few plain words that are no house, street or landmark."""
    words = part.split()
    is_plain = 0 < len(words) <= _MOST_WORDS and all(word.replace("-", "").isalpha() for word in words)
    return is_plain and parts_of(part, None, None).area == part
