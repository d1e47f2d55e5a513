"""What the tagger sees of each token of a message: its kinds and shape, its neighbors', its segment's, the chat's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.extraction.detail.heard import Heard
from engine.extraction.token import Token
from engine.extraction.utterance import COMMA
from engine.language import Role

_PLACE_ENDING = re.compile(
    r"(?:nagar|nagara|pur|pura|puram|wadi|vadi|pet|peth|petta|pettai|palli|pally|palle|ganj|abad|garh|halli|palya|guda|gudem|"
    r"palem|wala|kuppam|cheri|chery|patnam|patti|khurd|budruk|gaon|gram|kunj|vihar|bagh|tola|danga|para|hat|"
    r"street|road|field|wood|shire|bury|town|ville|ton|ham|burgh|"
    r"नगर|पुर|गंज|बाद|वाड़ी|पुरा|गढ़|गाँव|विहार)$"
)
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
        "address.firm", "address.house", "address.street", "address.landmark", "address.area", "address.admin", "address.state", "city",
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
_TALK = frozenset({"role.stop", "role.want", "role.give", "role.question", "delivery.verbs", "role.not", "item"})


@dataclass(frozen=True)
class Segment:
    """Tokens between two commas or line breaks, and what is in them."""

    start: int
    end: int
    kinds: frozenset[str]
    pattern: str


def token_features(heard: Heard, taken: dict[int, str], *, after_address: bool) -> list[list[str]]:
    """Names of the features of each token. `taken` names tokens of numbers already read: "phone", "pin"."""
    kinds = [_token_kinds(heard, index, token, taken) for index, token in enumerate(heard.tokens)]
    segments = _segments(heard, kinds)
    where = [number for number, segment in enumerate(segments) for _ in range(segment.start, segment.end)]
    around = _message_features(heard, kinds, after_address=after_address)
    per_segment = [_segment_features(segments, number) for number in range(len(segments))]
    return [
        _features(index, kinds, segments[where[index]], per_segment[where[index]], around)
        for index in range(len(kinds))
    ]


def _token_kinds(heard: Heard, index: int, token: Token, taken: dict[int, str]) -> frozenset[str]:
    if index in taken:
        return frozenset({taken[index]})
    kinds = set(heard.kinds[index] & _KINDS)
    kinds.update(f"role.{role.value}" for role in heard.roles[index] & _ROLES)
    kinds.add(_shape(token))
    if index in heard.goods:
        kinds.add("item")
    if len(token.word) > 4 and _PLACE_ENDING.search(token.word):
        kinds.add("place ending")
    return frozenset(kinds)


def _shape(token: Token) -> str:
    if token.is_number:
        return "number" if len(token.word) < 5 else "long number"
    if not token.is_word:
        return f"sign {token.raw}" if token.raw in {",", ".", "-", "/", ":", "(", ")", "#", "?", "!"} else "sign"
    if any(char.isdigit() for char in token.raw):
        return "mixed"
    if not token.raw.isascii() and not token.raw[:1].isupper():
        return "script"
    if len(token.raw) == 1:
        return "letter"
    if token.raw.isupper():
        return "capitals"
    return "Title" if token.raw[:1].isupper() else "lower"


def _segments(heard: Heard, kinds: Sequence[frozenset[str]]) -> list[Segment]:
    breaks = heard.breaks
    starts = [index for index in range(len(kinds)) if index == 0 or breaks[index] >= COMMA]
    ends = [*starts[1:], len(kinds)]
    return [
        Segment(start, end, frozenset().union(*kinds[start:end]), _pattern(kinds[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _pattern(kinds: Sequence[frozenset[str]]) -> str:
    """The first words of a segment in outline: "number word place"."""
    return " ".join(_outline(k)[0] for k in kinds[:_LONGEST_PATTERN])


def _segment_features(segments: Sequence[Segment], number: int) -> list[str]:
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
    return features


def _is_sign(segment: Segment) -> bool:
    return segment.end - segment.start == 1 and any(kind.startswith("sign") for kind in segment.kinds)


def _message_features(heard: Heard, kinds: Sequence[frozenset[str]], *, after_address: bool) -> list[str]:
    every = frozenset().union(*kinds) if kinds else frozenset()
    features = [f"asked {what}" for what in heard.asked & {"address", "name", "phone"}]
    features += [
        f"message {kind}" for kind in ("pin", "phone", "city", "address.house", "cue.address") if kind in every
    ]
    places = sum(bool(k & set(_PLACES)) for k in kinds)
    features += [f"places {min(places, 4)}", f"tokens {min(len(kinds) // 4, 6)}"]
    features.append(f"intent {heard.intent.value if heard.intent else None}")
    if after_address:
        features.append("after address")
    return features


def _features(
    index: int, kinds: Sequence[frozenset[str]], segment: Segment, in_segment: Iterable[str], around: Iterable[str]
) -> list[str]:
    here = kinds[index]
    features = ["bias", *(f"0 {kind}" for kind in here), *in_segment, *around]
    for offset in (-2, -1, 1, 2):
        neighbor = kinds[index + offset] if 0 <= index + offset < len(kinds) else ("edge",)
        features += [f"{offset} {kind}" for kind in neighbor]
    features += [
        f"{o} {'/'.join(_outline(kinds[index + o]))} & {'/'.join(_outline(here))}"
        for o in (-1, 1)
        if 0 <= index + o < len(kinds)
    ]
    if index == segment.start:
        features.append("begins segment")
    if index == segment.end - 1:
        features.append("ends segment")
    features += [f"{a} & {b}" for a in _outline(here) for b in (*in_segment, *around)]
    return features


def _outline(kinds: frozenset[str]) -> list[str]:
    """The token in one or two words, for joining with what is around it."""
    outline = [
        name
        for name, of in (
            ("place", {*_PLACES, "address.admin", "address.state", "place ending"}),
            ("person", {"people.given", "people.family"}),
            ("talk", _TALK),
            ("number", {"number", "mixed", "letter"}),
            ("sign", {"sign ,", "sign -", "sign /", "sign .", "sign"}),
        )
        if kinds & of
    ]
    return outline or ["word"]
