"""Names told by the words around them, for where the tagger finds none: "naam Omkar", "Karthik here"."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.extraction.detail.address import Piece, Tagged
from engine.extraction.detail.heard import Heard
from engine.extraction.detail.tagger import ADDRESS, OUTSIDE
from engine.extraction.utterance import COMMA
from engine.language import Role
from engine.language.english import english_words

_LONGEST = 3  # words of a name
_JOINTS = frozenset(":-=.")
_JOINT_WORDS = frozenset({"introduction.is", "person.honorific"})
_TALK = frozenset(
    {
        Role.STOP, Role.GIVE, Role.WANT, Role.QUESTION, Role.YES, Role.NO, Role.NOT, Role.THANKS, Role.GREETING,
        Role.PAYMENT,
        Role.DAY, Role.UNIT, Role.COUNT, Role.NUMBER, Role.COLOR, Role.GOODS, Role.SAME, Role.THIS, Role.THAT, Role.AND,
    }
)  # fmt: skip
_PERSON = frozenset({"people.given", "people.family"})


@dataclass(frozen=True, slots=True)
class Introduction:
    """A way to tell a name; `says` are messages and the name in them."""

    name: str
    says: tuple[tuple[str, str], ...]


INTRODUCTIONS = (
    Introduction("after a word for name", (("naam Omkar 9000023871", "Omkar"), ("Name: asha rao", "asha rao"))),
    Introduction(
        "before a word for name",
        (
            ("parcel Heena Shah ke naam se", "Heena Shah"),
            ("Pooja naam likh lo", "Pooja"),
            ("bunty naam h, 2 baje aaunga", "bunty"),
        ),
    ),
    Introduction("presenting oneself", (("Karthik here, need 2", "Karthik"), ("hi this is Joanne", "Joanne"))),
    Introduction("beside a phone number", (("rohit 9000064703", "rohit"),)),
    Introduction("signing", (("Picking up on the 30th. Priya xx", "Priya"),)),
    Introduction("last, after the address", (("18, Anand Nagar, Nashik 422011. Namrata", "Namrata"),)),
)


def introduced(message: Tagged) -> Iterator[Piece]:
    """The names that the words around tell in a message."""
    heard = message.heard
    called = {phrase.start: phrase.end for phrase in heard.phrases if phrase.kind == "cue.name"}
    for phrase in heard.phrases:
        if phrase.kind in {"introduction.before", "introduction.before_known"}:
            yield from _from(message, phrase.end, known=phrase.kind == "introduction.before_known")
        is_name = phrase.kind == "introduction.name" and called.get(phrase.start, phrase.end) == phrase.end
        if phrase.kind == "introduction.after" or is_name:
            yield from _up_to(message, phrase.start, known=not (is_name and _is_said_so(heard, phrase.end)))
    for index in (*_after_codes(message), *_signatures(message)):
        yield from _from(message, index, known=True)
    for index in _before_phones_and_addresses(message):
        yield from _up_to(message, index)


def _from(message: Tagged, start: int, *, known: bool) -> Iterator[Piece]:
    """The name that begins at a token; where a person must be `known`, a common one or in capitals."""
    tokens, kinds = message.heard.tokens, message.heard.kinds
    while start < len(tokens) and (tokens[start].raw in _JOINTS or kinds[start] & _JOINT_WORDS):
        start += 1
    end = start
    while end < len(tokens) and end - start < _LONGEST and _may_be_name(message, end):
        end += 1
    if end > start and (not known or _is_person(message.heard, start, end)):
        yield Piece(message.heard, start, end)


def _is_said_so(heard: Heard, index: int) -> bool:
    """ "vikas naam hai": whether "is" closes a clause behind the word for a name."""
    is_told = index < len(heard.tokens) and "introduction.is" in heard.kinds[index]
    return is_told and (index + 1 == len(heard.tokens) or heard.breaks[index + 1] >= COMMA)


def _up_to(message: Tagged, end: int, *, known: bool = True) -> Iterator[Piece]:
    """The name that ends before a token; where a person must be `known`, a common one or in capitals."""
    start = end
    while start > 0 and end - start < _LONGEST and _may_be_name(message, start - 1):
        start -= 1
    if start < end and not known:
        yield Piece(message.heard, start, end)
        return
    while start < end and not message.heard.kinds[start] & _PERSON and not message.heard.tokens[start].raw[0].isupper():
        start += 1
    if start < end and _is_person(message.heard, start, end):
        yield Piece(message.heard, start, end)


def _may_be_name(message: Tagged, index: int) -> bool:
    token, heard = message.heard.tokens[index], message.heard
    kinds = heard.kinds[index]
    if (
        not token.is_word
        or any(char.isdigit() for char in token.raw)
        or message.labels[index] != OUTSIDE
        or index in heard.goods
    ):
        return False
    if kinds & _PERSON:
        return True
    return not (
        heard.roles[index] & _TALK
        or any(k.startswith(("address.", "cue.", "delivery.", "payment.", "day.", "city")) for k in kinds)
    )


def _is_person(heard: Heard, start: int, end: int) -> bool:
    """Whether a common name is among the words, or all begin with capitals and are no English or alone in a clause."""
    if any(heard.kinds[i] & _PERSON for i in range(start, end)):
        return True
    if start and all(_is_proper(heard, i) for i in range(start, end)):
        return True
    alone = (start == 0 or heard.breaks[start] >= COMMA) and (end == len(heard.tokens) or heard.breaks[end] >= COMMA)
    return alone and start > 0 and all(heard.tokens[i].raw[0].isupper() for i in range(start, end))


def _is_proper(heard: Heard, index: int) -> bool:
    """Whether a word of Latin letters begins with a capital, goes on without, and is no common English word."""
    token = heard.tokens[index]
    return token.raw.istitle() and len(token.word) > 2 and token.word not in english_words()


def _after_codes(message: Tagged) -> Iterator[int]:
    """Where something follows the postal code of an address."""
    for code in message.codes:
        if code.end + 1 < len(message.heard.tokens) and message.heard.tokens[code.end].raw in {".", ",", "\u0964"}:
            yield code.end + 1


def _signatures(message: Tagged) -> Iterator[int]:
    """Where a common given name is the whole last sentence: "Picking up on the 30th. Priya xx"."""
    heard = message.heard
    kisses = [i for i, token in enumerate(heard.tokens) if token.word.strip("x") and token.is_word]
    last = kisses[-1] if kisses else 0
    if last and heard.sentences[last] != heard.sentences[last - 1] and "people.given" in heard.kinds[last]:
        yield last


def _before_phones_and_addresses(message: Tagged) -> Iterator[int]:
    heard = message.heard
    for start in (*(phone.start for phone in message.phones), *(piece.start for piece in message.runs(ADDRESS))):
        end = start
        while end > 0 and heard.tokens[end - 1].raw in {",", "-", ".", "("}:
            end -= 1
        yield end
