"""What the tagger sees of each token of a message: its kinds and shape, its neighbors', its segment's, the chat's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from engine.extraction.detail.heard import Heard
from engine.extraction.detail.vocabulary import Vocabulary
from engine.extraction.token import Token
from engine.extraction.utterance import COMMA
from engine.language import Role

# The roles of a language's words that tell address and name from talk.
_ROLES = frozenset(
    {
        Role.WANT, Role.GIVE, Role.YES, Role.NO, Role.NOT, Role.DAY, Role.MONTH, Role.PAYMENT, Role.UNIT, Role.COUNT,
        Role.GREETING, Role.THANKS, Role.STOP, Role.QUESTION, Role.AND, Role.GOODS, Role.COLOR, Role.PACK, Role.TIME,
        Role.THIS, Role.SAME, Role.CHANGE, Role.ADD, Role.PAID, Role.LATER, Role.CANCEL, Role.SIZE,
    }
)  # fmt: skip
_KINDS = frozenset(
    {
        "address.firm",
        "address.house", "address.street", "address.landmark", "address.area", "address.admin", "address.state", "city",
        "people.given", "people.family", "person.honorific", "person.relation", "cue.address", "cue.name",
        "cue.name_after", "cue.phone", "cue.pincode", "cue.reference", "cue.own", "cue.their", "delivery.verbs",
        "delivery.event", "delivery.paying", "payment.cod", "payment.upi", "payment.bank", "payment.card",
        "payment.credit", "day.tomorrow", "day.today", "cue.writing", "cue.other_person",
    }
)  # fmt: skip
_PLACES = ("address.house", "address.street", "address.landmark", "address.area", "address.firm", "city")
_STRONG = frozenset(
    {*_PLACES, "address.state", "people.given", "people.family", "person.honorific", "pin", "phone", "number", "mixed"}
)
_LONGEST_PATTERN = 4
REACH = 2  # tokens on either side that are seen
_SEEN = ((0, "0"), (2, "-2"), (1, "-1"), (-1, "1"), (-2, "2"))  # how many tokens further on, and what it is there
_SIGNS = frozenset(",.-/:()#?!")
_EDGE = frozenset({"edge"})
_TALK = frozenset({"role.stop", "role.want", "role.give", "role.question", "delivery.verbs", "role.not", "item"})

_OUTLINES = (
    ("place", frozenset({*_PLACES, "address.admin", "address.state", "place ending"})),
    ("person", frozenset({"people.given", "people.family"})),
    ("talk", _TALK),
    ("number", frozenset({"number", "mixed", "letter"})),
    ("sign", frozenset({"sign ,", "sign -", "sign /", "sign .", "sign"})),
)
Names = tuple[str, ...]
_ROLE_KINDS = {role: f"role.{role.value}" for role in _ROLES}


class Segment(NamedTuple):
    """Tokens between two commas or line breaks, and what is in them."""

    start: int
    end: int
    kinds: frozenset[str]
    pattern: str


@dataclass(frozen=True, slots=True)
class MessageFeatures:
    """What is seen of a message: each token's kinds, each segment with its features, and those of all tokens."""

    kinds: Sequence[frozenset[str]]
    segments: Sequence[tuple[Segment, Names]]
    around: Names

    @property
    def padded(self) -> tuple[frozenset[str], ...]:
        """The kinds, with as many edges on either side as a token sees."""
        return (*[_EDGE] * REACH, *self.kinds, *[_EDGE] * REACH)

    def names(self) -> Iterator[Names]:
        """The names of all features of each token."""
        padded, edge = self.padded, ((), ())
        seen = [seen_from(kinds) for kinds in padded]
        paired = [edge, *(paired_with(*both) for both in pairwise(self.kinds)), edge]
        for segment, shared in self.segments:
            for index in range(segment.start, segment.end):
                own = [seen[index + REACH - offset][place] for place, (offset, _) in enumerate(_SEEN)]
                pairs = (*paired[index][1], *paired[index + 1][0])
                names = (*chain.from_iterable(own), *pairs, *at_edges(segment, index), *shared, *self.around)
                outline = outline_of(self.kinds[index])
                yield (*names, *(f"{name} & {beside}" for name in outline for beside in (*shared, *self.around)))


def message_features(heard: Heard, taken: dict[int, str], *, after_address: bool) -> MessageFeatures:
    """The features of a message's tokens, in groups: many tokens share a group, and groups come again.

    `taken` names tokens of numbers already read: "phone", "pin". `after_address`: the customer's
    message before was of an address.
    """
    kinds = [_token_kinds(heard, index, token, taken) for index, token in enumerate(heard.tokens)]
    segments = _segments(heard, kinds)
    around = _message_features(heard, kinds, after_address=after_address)
    last, following = _last(segments), _last(segments[::-1])[::-1]
    beside = enumerate(zip(segments, last, following, strict=True))
    shared = [(one[0], _segment_features(number, *one)) for number, one in beside]
    return MessageFeatures(kinds, shared, around)


def _token_kinds(heard: Heard, index: int, token: Token, taken: dict[int, str]) -> frozenset[str]:
    if index in taken:
        return frozenset({taken[index]})
    return _kinds_of(token.raw, token.word, heard.kinds[index], heard.roles[index], index in heard.goods)


@cache
def _place_endings() -> tuple[str, ...]:
    return tuple(Vocabulary.shared().spellings("ending.place"))


@lru_cache(maxsize=16384)
def _kinds_of(raw: str, word: str, known: frozenset[str], roles: frozenset[Role], is_item: bool) -> frozenset[str]:
    """The kinds of a token of this spelling, with what phrases it is part of and what it can do."""
    kinds = {_shape(Token.of(0, raw, word)), *(known & _KINDS), *(_ROLE_KINDS[role] for role in roles & _ROLES)}
    if is_item:
        kinds.add("item")
    if len(word) > 4 and word.endswith(_place_endings()):
        kinds.add("place ending")
    return frozenset(kinds)


def _shape(token: Token) -> str:
    if token.is_number:
        return "number" if len(token.word) < 5 else "long number"
    if not token.is_word:
        sign = "." if token.raw == "\u0964" else token.raw
        return f"sign {sign}" if sign in _SIGNS else "sign"
    return _letters(token.raw)


def _letters(raw: str) -> str:
    if any(char.isdigit() for char in raw):
        return "mixed"
    if len(raw) == 1:
        return "letter"
    if not raw.isascii() and not raw[:1].isupper():
        return "script"
    if raw.isupper():
        return "capitals"
    return "Title" if raw[:1].isupper() else "lower"


def _segments(heard: Heard, kinds: Sequence[frozenset[str]]) -> list[Segment]:
    breaks = heard.breaks
    starts = [index for index in range(len(kinds)) if index == 0 or breaks[index] >= COMMA]
    ends = [*starts[1:], len(kinds)]
    return [_segment(start, end, kinds[start:end]) for start, end in zip(starts, ends, strict=True)]


def _segment(start: int, end: int, kinds: Sequence[frozenset[str]]) -> Segment:
    pattern = " ".join([outline_of(one)[0] for one in kinds[:_LONGEST_PATTERN]])  # "number word place"
    return Segment(start, end, frozenset().union(*kinds), pattern)


def _last(segments: Sequence[Segment]) -> list[Segment | None]:
    """To each segment the nearest one before it that holds more than signs."""
    last: Segment | None = None
    found: list[Segment | None] = []
    for segment in segments:
        found.append(last)
        last = last if _is_sign(segment) else segment
    return found


def _segment_features(number: int, segment: Segment, last: Segment | None, following: Segment | None) -> Names:
    """Of a token's own segment, and of the nearest ones beside it that hold more than signs."""
    length = segment.end - segment.start
    features = [f"in {kind}" for kind in segment.kinds if kind in _STRONG or kind in _TALK]
    features += [f"in length {min(length, 7)}", f"segment {min(number // 2, 4)}"]
    features.append(f"pattern {segment.pattern}")
    if not segment.kinds & _TALK:
        features.append("in no talk")
    for name, other in (("next", following), ("last", last)):
        features += [f"{name} {kind}" for kind in other.kinds if kind in _STRONG] if other else [f"no {name}"]
        if other:
            features.append(f"{name} pattern {other.pattern}")
        if other and other.kinds & _TALK:
            features.append(f"{name} talk")
    return tuple(features)


def _is_sign(segment: Segment) -> bool:
    return segment.end - segment.start == 1 and any(kind.startswith("sign") for kind in segment.kinds)


def _message_features(heard: Heard, kinds: Sequence[frozenset[str]], *, after_address: bool) -> Names:
    every = frozenset().union(*kinds) if kinds else frozenset()
    features = [f"asked {what}" for what in heard.asked & {"address", "name", "phone"}]
    features += [
        f"message {kind}" for kind in ("pin", "phone", "city", "address.house", "cue.address") if kind in every
    ]
    places = sum(not k.isdisjoint(_PLACES) for k in kinds)
    features += [f"places {min(places, 4)}", f"tokens {min(len(kinds) // 4, 6)}"]
    features.append(f"intent {heard.intent.value if heard.intent else None}")
    if after_address:
        features.append("after address")
    return tuple(features)


def seen_from(kinds: frozenset[str]) -> tuple[Names, ...]:
    """The features that a token of these `kinds` gives to itself and to the two on either side, in `_SEEN`'s order."""
    names = sorted(kinds)
    return tuple(tuple(f"{prefix} {kind}" for kind in names) for _, prefix in _SEEN)


def paired_with(left: frozenset[str], right: frozenset[str]) -> tuple[Names, Names]:
    """The features that two neighbors give together, to the left one and to the right one."""
    one, other = "/".join(outline_of(left)), "/".join(outline_of(right))
    return (f"1 {other} & {one}",), (f"-1 {one} & {other}",)


def at_edges(segment: Segment, index: int) -> Names:
    """The features of a token that begins or ends its segment."""
    return ("begins segment",) * (index == segment.start) + ("ends segment",) * (index == segment.end - 1)


@lru_cache(maxsize=4096)
def outline_of(kinds: frozenset[str]) -> Names:
    """The token in one or two words, for joining with what is around it."""
    return tuple(name for name, of in _OUTLINES if kinds & of) or ("word",)
