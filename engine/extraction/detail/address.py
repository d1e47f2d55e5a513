"""The delivery address of a chat, put together from what was said of it over one or many messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.conversation import Span
from engine.extraction.detail.correction import Correction, correct
from engine.extraction.detail.grow import PLACES, grown, with_name_line
from engine.extraction.detail.heard import Heard
from engine.extraction.detail.phone import Phone, phones
from engine.extraction.detail.pincode import Pincode, pincodes, stands_alone
from engine.extraction.detail.tagger import ADDRESS, Tagger
from engine.extraction.remembered import remembered
from engine.language import Role
from engine.order import ORDERING
from engine.text import fold

_WORD = re.compile(r"[^\W_]+")
_EDGES = " \t\n,.;:-\u2013\u2014()[]|*_•\"'"  # signs that parts an address from its surroundings
_FAR = 3  # customer messages between two that may still be of one address
_LONGEST_TOWN = 3  # words
_HOUSES = frozenset({"address.street", "address.house", "address.area", "address.landmark"})
_WHOLE = 4  # words that make an address able to stand alone
_SHORTEST_CODE = 5
_FEWEST_PLACES = 2  # of a message that orders
_FEWEST_SIGNS = 5  # words and places of a message that alone makes an address


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one message that belong to the address."""

    heard: Heard
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands, without signs at its edges."""
        return _trimmed(self.heard.span(self.start, self.end), self.heard)

    @property
    def text(self) -> str:
        """Its words, on one line."""
        return ", ".join(line.strip(_EDGES) for line in self.span.text.splitlines() if line.strip(_EDGES))


@dataclass
class Block:
    """Pieces that make one address, and the postal code given with them."""

    pieces: list[Piece] = field(default_factory=list)
    pincode: Pincode | None = None
    corrections: list[Correction] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The turn of its last part."""
        return max([p.heard.index for p in self.pieces] + ([self.pincode.heard.index] if self.pincode else []))

    @property
    def first(self) -> int:
        """The turn of its first part."""
        return min(p.heard.index for p in self.pieces)

    @property
    def text(self) -> str:
        """All parts, comma joined."""
        text = ", ".join(piece.text for piece in self.pieces if piece.text)
        for correction in self.corrections:
            text = correction.apply(text)
        return text

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its parts stand."""
        return (*(piece.span for piece in self.pieces), *(correction.span for correction in self.corrections))

    def words(self) -> list[str]:
        """Its words, folded."""
        return words_of(self.text)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A message with the label of each token."""

    heard: Heard
    labels: Sequence[int]
    phones: Sequence[Phone]
    codes: Sequence[Pincode]

    def runs(self, label: int) -> list[Piece]:
        """Stretches of one label."""
        found: list[Piece] = []
        for index, got in enumerate(self.labels):
            if got != label:
                continue
            if found and found[-1].end == index:
                found[-1] = Piece(self.heard, found[-1].start, index + 1)
            else:
                found.append(Piece(self.heard, index, index + 1))
        return [piece for piece in found if _WORD.search(self.heard.span(piece.start, piece.end).text)]


def words_of(text: str) -> list[str]:
    """The folded words of a text.

    >>> words_of("Flat 9, M.G. Road")
    ['flat', '9', 'm', 'g', 'road']
    """
    return [fold(word) for word in _WORD.findall(text)]


def taken_tokens(told: Sequence[Phone], codes: Sequence[Pincode]) -> dict[int, str]:
    """The tokens of phone numbers and postal codes, which are no part of an address or a name."""
    taken = {index: "phone" for phone in told for index in range(phone.start, phone.end)}
    return taken | {index: "pin" for code in codes for index in range(code.start, code.end)}


def phones_and_codes(heard: Heard) -> tuple[list[Phone], list[Pincode]]:
    """The phone numbers and postal codes of a message, none of them both."""
    told = phones(heard)
    return told, pincodes(heard, taken_tokens(told, ()))


def tag_all(heard: Sequence[Heard]) -> list[Tagged]:
    """The customer's messages with their labels."""
    tagger = Tagger.trained()
    tagged: list[Tagged] = []
    after = False
    for h in heard:
        if not h.from_customer or not h.tokens:
            continue
        tagged.append(_tagged(h, tagger, after))
        after = ADDRESS in tagged[-1].labels
    return tagged


@remembered
def _tagged(heard: Heard, tagger: Tagger, after_address: bool) -> Tagged:
    told, codes = phones_and_codes(heard)
    taken = taken_tokens(told, codes)
    labels = with_name_line(heard, grown(heard, tagger.tag(heard, taken, after_address=after_address), taken))
    return Tagged(heard, labels, told, codes)


def blocks(tagged: Sequence[Tagged]) -> list[Block]:
    """The addresses of a chat in the order in which they were given."""
    found: list[Block] = []
    since = 0  # customer messages since the last part of an address
    early: Pincode | None = None
    for message in tagged:
        current = found[-1] if found else None
        correction = correct(message.heard, current.words()) if current else None
        if current and correction:
            current.corrections.append(correction)
            continue
        pieces = message.runs(ADDRESS)
        if pieces:
            if current is None or _starts_anew(current, pieces, since):
                found.append(Block(list(pieces), early if current is None else None))
            else:
                _extend(current, pieces)
            since = 0
        if found and (code := _code_for(message, found[-1], since, has_pieces=bool(pieces))):
            found[-1].pincode = code
        early = asked_code(message) or early
        if not pieces:
            since += 1
    return [block for block in found if _is_address(block)]


def asked_code(message: Tagged) -> Pincode | None:
    """The postal code that answers the shop's question for nothing else, before an address is given."""
    given = [code for code in message.codes if code.sure or stands_alone(code)]
    return given[-1] if given and "pincode" in message.heard.asked else None


def _is_address(block: Block) -> bool:
    """Whether pieces make an address: given when asked for, with a code, or naming places in some words."""
    if block.pincode or len(block.pieces) > 1:
        return True
    piece = block.pieces[0]
    h = piece.heard
    inside = range(piece.start, piece.end)
    if 2 * len(h.goods.intersection(inside)) > len(inside) or Role.SAME in h.roles[piece.start]:
        return False
    places = sum(bool(h.kinds[i] & PLACES) for i in inside)
    if not places and "address" not in h.asked:
        return False
    asked = "address" in h.asked or h.has("cue.address")
    if places < _FEWEST_PLACES and h.intent in ORDERING and not asked:
        return False  # "db 8 way 1"
    return len(words_of(piece.text)) + places + asked >= _FEWEST_SIGNS


def _starts_anew(current: Block, pieces: Sequence[Piece], since: int) -> bool:
    """Whether pieces of a later message are another address and no further part of the current one."""
    words = [word for piece in pieces for word in words_of(piece.text)]
    known = set(current.words())
    if known and len(known & set(words)) / len(known) >= 0.6:
        return True
    whole = len(words) >= _WHOLE and any(char.isdigit() for word in words for char in word)
    has_number = any(char.isdigit() for char in current.text)
    if since >= _FAR:
        return len(words) >= _WHOLE
    return whole and has_number and len(known) >= _WHOLE and (since > 0 or current.pincode is not None)


def _extend(current: Block, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        said = current.words()
        if not set(words_of(piece.text)) <= set(said):
            current.pieces.append(piece)


def _code_for(message: Tagged, block: Block, since: int, *, has_pieces: bool) -> Pincode | None:
    """The postal code that a message gives to an address: a sure one before a likely one, six digits before five."""
    near = since <= _FAR and (has_pieces or "pincode" in message.heard.asked or since <= 1)
    fits = [
        code
        for code in message.codes
        if code.sure
        or (has_pieces and (len(code.code) > _SHORTEST_CODE or _follows_address(message, code)))
        or (near and not has_pieces and (stands_alone(code) or block.pincode is None))
    ]
    return max(fits, key=lambda code: (code.sure, len(code.code), code.start), default=None)


def _follows_address(message: Tagged, code: Pincode) -> bool:
    """Whether the last word before a code is of the address: no "Flat 11022"."""
    before = next((i for i in reversed(range(code.start)) if message.heard.tokens[i].raw[0].isalnum()), None)
    after = message.labels[code.end : code.end + 2]
    follows = before is not None and message.labels[before] == ADDRESS
    return follows and (ADDRESS not in after or _leads_to_town(message.heard, code))


def _leads_to_town(heard: Heard, code: Pincode) -> bool:
    """ "44100 Guadalajara", "Guadalajara 44100, Jalisco": a town alone on its part, or the state, comes behind."""
    end = len(heard.tokens)
    behind = next((i for i in range(code.end, end) if heard.tokens[i].is_word), None)
    if behind is None or "address.state" in heard.kinds[behind]:
        return behind is not None
    part = heard.clause(code.start, code.end)
    is_first = part.start == code.start and code.end < part.stop <= code.end + _LONGEST_TOWN
    return is_first and all(heard.tokens[i].raw[0].isupper() and not heard.kinds[i] & _HOUSES for i in part[1:])


def _trimmed(span: Span, heard: Heard) -> Span:
    text = span.text
    start = span.start + len(text) - len(text.lstrip(_EDGES))
    end = span.end - (len(text) - len(text.rstrip(_EDGES)))
    if end < span.end and heard.text[end] == ")" and "(" in heard.text[start:end]:
        end += 1
    return Span.of(heard.turn.utterance.message, start, max(start, end))
