"""Words that surely tell a detail, found before goods are: the "18" of "LS18 4ND" and the "14" of "14, Main Road"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from engine.conversation import Span
from engine.extraction.detail.address import Piece, Tagged, phones_and_codes, tag_all
from engine.extraction.detail.day import mentions
from engine.extraction.detail.grow import PLACES
from engine.extraction.detail.heard import Heard
from engine.extraction.detail.tagger import ADDRESS
from engine.extraction.remembered import remembered
from engine.extraction.utterance import Utterance
from engine.language import Role

_ORDERING = frozenset({Role.GIVE, Role.WANT, Role.NOT, Role.ADD, Role.REMOVE, Role.CHANGE})
_FEWEST_PLACES = 2  # words of places that make an address of what the tagger takes for one
_PLAIN_DATE = re.compile(r"\D*\d{1,2}[/.-]0\d.*|\D*\d{1,2}[/.-]\d{1,2}[/.-]\d+.*|.*[^\W\d_]{3,}.*", re.DOTALL)


def with_details(heard: Sequence[Heard]) -> list[Utterance]:
    """The messages as they were heard, the customer's with the tokens that surely tell a detail marked."""
    spans: dict[int, list[Span]] = {h.index: [*_numbers(h)] for h in heard if h.from_customer}
    for tagged in tag_all([h for h in heard if h.from_customer and _places(h, range(len(h.tokens))) >= _FEWEST_PLACES]):
        spans[tagged.heard.index] += _address(tagged)
    return [
        _marked(utterance, tuple(told)) if (told := spans.get(index)) else utterance
        for index, utterance in enumerate(h.turn.utterance for h in heard)
    ]


@remembered
def _numbers(heard: Heard) -> tuple[Span, ...]:
    """Phone numbers, postal codes and dates that cannot be read otherwise."""
    return tuple(_sure_numbers(heard))


def _sure_numbers(heard: Heard) -> Iterator[Span]:
    if not heard.has_digits:
        return
    told, codes = phones_and_codes(heard)
    yield from (phone.span for phone in told)
    yield from (code.span for code in codes if code.sure)
    yield from (day.span for day in mentions(heard) if day.form == "date" and _PLAIN_DATE.fullmatch(day.span.text))


def _places(heard: Heard, tokens: range) -> int:
    return sum([not PLACES.isdisjoint(heard.kinds[index]) for index in tokens])


def _address(tagged: Tagged) -> Iterator[Span]:
    pieces = [_behind_verbs(piece) for piece in tagged.runs(ADDRESS)]
    sure = [piece for piece in pieces if _places(tagged.heard, range(piece.start, piece.end)) >= _FEWEST_PLACES]
    yield from (piece.span for piece in sure)
    if sure:
        yield from (code.span for code in tagged.codes)


def _behind_verbs(piece: Piece) -> Piece:
    """A piece from behind the last word that asks for goods: goods are not known yet, and may stand before it."""
    roles = piece.heard.roles
    verbs = [index for index in range(piece.start, piece.end - 1) if roles[index] & _ORDERING]
    return Piece(piece.heard, verbs[-1] + 1, piece.end) if verbs else piece


@remembered
def _marked(utterance: Utterance, spans: tuple[Span, ...]) -> Utterance:
    starts = [token.start for token in utterance.tokens]
    inside = (i for s in spans for i in range(bisect_left(starts, s.start), bisect_left(starts, s.end)))
    marked = object.__new__(Utterance)  # with all that was found out of its words, which stay
    vars(marked).update(vars(utterance), details=frozenset(inside))
    return marked
