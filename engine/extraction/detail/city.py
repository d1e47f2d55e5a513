"""The city of an address, by its common English name."""

import re

from engine.extraction.detail.address import Block, Piece
from engine.extraction.detail.vocabulary import Phrase
from engine.extraction.utterance import COMMA

_US_END = re.compile(r"([A-Za-z .'-]+?),?\s+([A-Z]{2})$")
_AFTER = frozenset({"address.state", "address.direction"})


def city_of(block: Block) -> str | None:
    """The last city that stands as a part of its own or ends a part; None where there is none."""
    found = [(piece, phrase) for piece in block.pieces for phrase in _cities(piece)]
    own = [phrase for piece, phrase in found if _ends_part(piece, phrase)]
    return own[-1].value if own else _american(block.text)


def _cities(piece: Piece) -> list[Phrase]:
    inside = [p for p in piece.heard.phrases if p.kind == "city" and piece.start <= p.start and p.end <= piece.end]
    return [p for p in inside if not any(o.start <= p.start and p.end <= o.end and o is not p for o in inside)]


def _ends_part(piece: Piece, phrase: Phrase) -> bool:
    """Whether nothing of the same part follows but a state or "West": not the "Tonk" of "Tonk Road"."""
    breaks = piece.heard.breaks
    if phrase.end >= piece.end or breaks[phrase.end] >= COMMA or piece.heard.tokens[phrase.end].raw == "-":
        return True
    return bool(piece.heard.kinds[phrase.end] & _AFTER)


def _american(text: str) -> str | None:
    """What stands before a state's two letters: "…, Bend, OR"."""
    match = _US_END.search(text)
    return match.group(1).strip(" ,") if match else None
