"""What the tagger sees of each token of a message: its kinds and shape, its neighbors', its segment's, the chat's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

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
_REACH = 2  # tokens on either side that are seen
_AROUND = ((-2, "-2"), (-1, "-1"), (1, "1"), (2, "2"))
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


@dataclass(frozen=True, slots=True)
class Cross:
    """A token's outline together with each of the features around it: "place & in length 3"."""

    outline: str
    around: Names

    def __iter__(self) -> Iterator[str]:
        return (f"{self.outline} & {name}" for name in self.around)


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The features of a token's kinds and those of the two tokens on either side; there is one for equal ones."""

    groups: tuple[Names, ...]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.groups)


Group = Names | Cross | Own


@dataclass(frozen=True)
class Segment:
    """Tokens between two commas or line breaks, and what is in them."""

    start: int
    end: int
    kinds: frozenset[str]
    pattern: str
    outlines: frozenset[str]


def token_features(heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[list[Group]]:
    """Names of the features of each token, in groups: many tokens share a group, which is then scored once.

    `taken` names tokens of numbers already read: "phone", "pin". `after_address`: the customer's
    message before was of an address.
    """
    kinds = [_token_kinds(heard, index, token, taken) for index, token in enumerate(heard.tokens)]
    segments = _segments(heard, kinds)
    around = _message_features(heard, kinds, after_address=after_address)
    padded = (*[_EDGE] * _REACH, *kinds, *[_EDGE] * _REACH)
    features: list[list[Group]] = []
    for number, segment in enumerate(segments):
        shared = _segment_features(segments, number) + around
        crossed = {name: Cross(name, shared) for name in segment.outlines}
        for index in range(segment.start, segment.end):
            crosses = [crossed[name] for name in _outline(kinds[index])]
            own = _own(padded[index : index + 2 * _REACH + 1], index == segment.start, index == segment.end - 1)
            features.append([shared, *crosses, own])
    return features


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
    outlines = [_outline(k) for k in kinds]
    pattern = " ".join(outline[0] for outline in outlines[:_LONGEST_PATTERN])  # "number word place"
    return Segment(start, end, frozenset().union(*kinds), pattern, frozenset().union(*outlines))


def _segment_features(segments: Sequence[Segment], number: int) -> Names:
    """Of a token's own segment, and of the nearest ones beside it that hold more than signs."""
    segment = segments[number]
    length = segment.end - segment.start
    features = [f"in {kind}" for kind in segment.kinds if kind in _STRONG or kind in _TALK]
    features += [f"in length {min(length, 7)}", f"segment {min(number // 2, 4)}"]
    features.append(f"pattern {segment.pattern}")
    if not segment.kinds & _TALK:
        features.append("in no talk")
    for name, others in (("next", segments[number + 1 :]), ("last", segments[:number][::-1])):
        other = next((s for s in others if not _is_sign(s)), None)
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


@lru_cache(maxsize=16384)
def _own(kinds: tuple[frozenset[str], ...], begins: bool, ends: bool) -> Own:
    """Of a token's `kinds`, those of the two before and behind it, and where it stands in its segment."""
    here = kinds[_REACH]
    groups = [_named("0", here)]
    for offset, name in _AROUND:
        beside = kinds[_REACH + offset]
        groups.append(_named(name, beside))
        if beside is not _EDGE and abs(offset) == 1:
            groups.append(_pair(offset, beside, here))
    groups += [("begins segment",)] * begins + [("ends segment",)] * ends
    return Own(tuple(groups))


@lru_cache(maxsize=16384)
def _named(prefix: str, kinds: frozenset[str]) -> Names:
    return tuple(f"{prefix} {kind}" for kind in sorted(kinds))


@lru_cache(maxsize=4096)
def _pair(offset: int, beside: frozenset[str], here: frozenset[str]) -> Names:
    return (f"{offset} {'/'.join(_outline(beside))} & {'/'.join(_outline(here))}",)


@lru_cache(maxsize=4096)
def _outline(kinds: frozenset[str]) -> Names:
    """The token in one or two words, for joining with what is around it."""
    return tuple(name for name, of in _OUTLINES if kinds & of) or ("word",)
