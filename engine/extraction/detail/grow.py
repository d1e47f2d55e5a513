"""Grows a tagged address to whole parts: the tagger may miss the "Plot 9" before "Unity Estate"."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from engine.extraction.detail.heard import Heard
from engine.extraction.detail.tagger import ADDRESS, NAME, OUTSIDE
from engine.extraction.token import Token
from engine.extraction.utterance import COMMA, LINE
from engine.language import Role

PLACES = frozenset({"address.house", "address.street", "address.landmark", "address.area", "address.firm", "city"})
_TALK = frozenset(
    {
        Role.GIVE, Role.WANT, Role.QUESTION, Role.PAYMENT, Role.DAY, Role.TIME, Role.YES, Role.NO, Role.NOT,
        Role.THANKS,
        Role.GREETING, Role.PAID, Role.COUNT, Role.UNIT, Role.GOODS, Role.COLOR,
    }
)  # fmt: skip
_PAYMENT = frozenset({"payment.cod", "payment.upi", "payment.bank", "payment.card", "payment.credit"})
_NAME_LENGTHS = frozenset({2, 3})  # words
_LONGEST = 8  # tokens of one part
_MOST_PARTS = 3  # that may be added on each side


def grown(heard: Heard, labels: Sequence[int], taken: Collection[int]) -> list[int]:
    """Labels with every part that holds tagged words filled, and the parts beside it that name a place."""
    out = list(labels)
    if ADDRESS not in labels:
        return out
    parts = _parts(heard)
    fits = [_fits(heard, part, labels, taken) for part in parts]
    inside = [any(labels[i] == ADDRESS for i in part) for part in parts]
    for number, tagged in enumerate(inside):
        if tagged:
            for at in (
                *_beside(heard, parts, fits, inside, number, -1),
                *_beside(heard, parts, fits, inside, number, 1),
            ):
                out[parts[at].start : parts[at].stop] = [ADDRESS] * len(parts[at])
            _fill(heard, parts[number], out, taken)
    for part in parts:
        if _is_payment(heard, part):
            out[part.start : part.stop] = [OUTSIDE] * len(part)
    _bridge(heard, out, taken)
    _trim(heard, out)
    return out


def _parts(heard: Heard) -> list[range]:
    """The stretches between commas that hold words."""
    count = len(heard.tokens)
    starts = [i for i in range(count) if i == 0 or heard.breaks[i] >= COMMA]
    ranges = [range(a, b) for a, b in zip(starts, [*starts[1:], count], strict=True)]
    return [r for r in ranges if any(heard.tokens[i].raw[0].isalnum() for i in r)]


def _fill(heard: Heard, part: range, labels: list[int], taken: Collection[int]) -> None:
    """Grow what is tagged in a part outward, up to a word that speaks of other things."""
    tagged = [i for i in part if labels[i] == ADDRESS]
    for outward in (range(tagged[0] - 1, part.start - 1, -1), range(tagged[-1] + 1, part.stop)):
        for i in outward:
            if labels[i] != OUTSIDE or i in taken or not is_quiet(heard, i) or _is_next_sentence(heard, i, tagged[-1]):
                break
            labels[i] = ADDRESS
    for i in range(tagged[0], tagged[-1]):
        labels[i] = ADDRESS if labels[i] == OUTSIDE and i not in taken else labels[i]


def _is_next_sentence(heard: Heard, index: int, last: int) -> bool:
    """Whether a word stands behind the full stop that ends an address: "…, Rumuomasi. Use GIG"."""
    return index > last and heard.sentences[index] != heard.sentences[last]


def is_quiet(heard: Heard, index: int) -> bool:
    """Whether a word may be of an address: it names a place, or is no word of talk, cue or goods."""
    kinds = heard.kinds[index]
    if index in heard.goods:
        return False
    if kinds & PLACES and "cue.address" not in kinds:
        return True
    return not (
        heard.roles[index] & (_TALK | {Role.STOP})
        or any(k.startswith(("cue.", "delivery.", "payment.")) for k in kinds)
    )


def _fits(heard: Heard, part: range, labels: Sequence[int], taken: Collection[int]) -> bool:
    """Whether a part may be of an address as a whole: short, nothing taken, named or talked of in it."""
    if len(part) > _LONGEST:
        return False
    return not any(
        i in taken or i in heard.goods or labels[i] not in {OUTSIDE, ADDRESS} or not is_quiet(heard, i) for i in part
    )


def _beside(
    heard: Heard, parts: Sequence[range], fits: Sequence[bool], inside: Sequence[bool], number: int, step: int
) -> list[int]:
    """The parts next to one on its line that fit and name a place or a house number."""
    found: list[int] = []
    at = number + step
    while 0 <= at < len(parts) and len(found) < _MOST_PARTS and fits[at] and not inside[at]:
        before, after = (parts[at], parts[at - step]) if step < 0 else (parts[at - step], parts[at])
        if _is_parted(heard, before, after) or not _names_place(heard, parts[at], of_digits=step < 0):
            break
        found.append(at)
        at += step
    return found


def _is_parted(heard: Heard, before: range, after: range) -> bool:
    """Whether a line break or a full stop stands between two parts."""
    between = range(before.stop, after.start + 1)
    return (
        any(heard.breaks[i] == LINE for i in between) or heard.sentences[before.start] != heard.sentences[after.start]
    )


def _names_place(heard: Heard, part: range, *, of_digits: bool) -> bool:
    words = [i for i in part if heard.tokens[i].raw[0].isalnum()]
    if any(heard.kinds[i] & PLACES for i in words):
        return True
    return of_digits and len(words) <= 2 and any(char.isdigit() for char in heard.tokens[words[0]].raw)


def _is_payment(heard: Heard, part: range) -> bool:
    """Whether a part is nothing but a way to pay: the "bank transfer" behind an address."""
    words = [i for i in part if heard.tokens[i].raw[0].isalnum()]
    return all(heard.kinds[i] & _PAYMENT or Role.PAYMENT in heard.roles[i] for i in words)


def _bridge(heard: Heard, labels: list[int], taken: Collection[int]) -> None:
    """Give the signs between two stretches of an address to it."""
    inside = [i for i, label in enumerate(labels) if label == ADDRESS]
    for a, b in pairwise(inside):
        gap = range(a + 1, b)
        if gap and not any(i in taken or heard.tokens[i].raw[0].isalnum() for i in gap):
            labels[a + 1 : b] = [ADDRESS] * len(gap)


def _trim(heard: Heard, labels: list[int]) -> None:
    """Take the "and" between an address and what else is said from its edges."""
    for index in (*range(len(labels)), *reversed(range(len(labels)))):
        if labels[index] != ADDRESS or Role.AND not in heard.roles[index] or "address.state" in heard.kinds[index]:
            continue
        beside = [labels[i] for i in (index - 1, index + 1) if 0 <= i < len(labels)]
        if len(beside) < 2 or beside != [ADDRESS, ADDRESS]:
            labels[index] = OUTSIDE


def with_name_line(heard: Heard, labels: Sequence[int]) -> list[int]:
    """With names to the end of their part, and a line of plain words above a house number as the name."""
    out = list(labels)
    if _is_full_name(heard):
        return [NAME] * len(out)
    if ADDRESS not in out:
        return out
    for part in _parts(heard) if NAME in out else ():
        if {out[i] for i in part} == {NAME, ADDRESS} and out[part.start] == NAME and _is_plain(heard, part):
            out[part.start : part.stop] = [NAME] * len(part)  # "Dana Whitfield"
    line = next((i for i in range(1, len(out)) if heard.breaks[i] == LINE), 0)
    if NAME in out or line not in _NAME_LENGTHS or line == len(out) or not heard.tokens[line].raw[0].isdigit():
        return out
    if _is_plain(heard, range(line)) and out[0] == out[line] == ADDRESS:
        out[:line] = [NAME] * line
    return out


def _is_full_name(heard: Heard) -> bool:
    """Whether a message is somebody's name and nothing else, though the family is called like a city: "Anita Poole"."""
    tokens, kinds = heard.tokens, heard.kinds
    is_plain = len(tokens) in _NAME_LENGTHS and all(map(_is_of_letters, tokens))
    is_name = is_plain and "people.given" in kinds[0] and not kinds[0] & PLACES and not heard.roles[0] & _TALK
    return is_name and "city" in kinds[-1] and not any(kind & (PLACES - {"city"}) for kind in kinds)


def _is_plain(heard: Heard, part: range) -> bool:
    """Whether a part is two or three words of letters, none of which names a place."""
    return len(part) in _NAME_LENGTHS and all(
        _is_of_letters(heard.tokens[i]) and not heard.kinds[i] & PLACES for i in part
    )


def _is_of_letters(token: Token) -> bool:
    """Whether a token is letters alone, of scripts that write signs onto them as well: "Rao", "झा"."""
    return token.is_word and not any(char.isdigit() for char in token.raw)
