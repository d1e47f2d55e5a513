"""Phone numbers: found by shape, told from references and PINs, and whose they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from engine.conversation import Span
from engine.extraction.detail.heard import Heard

_GROUPS = re.compile(r"\+?\(?\d+\)?(?:[ \u00a0.\-\u2013/()]{1,2}\(?\d+\)?)*")
_DIGITS = re.compile(r"\d+")
_MOST_GROUPS = 6
# National shapes, without and with the trunk zero or the country's code. Digits alone.
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:0|91|0091)?[6-9]\d{9}",  # India
        r"(?:44|0)7\d{9}|0[12]\d{8,9}",  # United Kingdom
        r"(?:0|234)[789]\d{9}",  # Nigeria
        r"(?:0|233)[235]\d{8}",  # Ghana
        r"1?[2-9]\d{2}[2-9]\d{6}",  # United States, Canada
        r"(?:52|521)?[2-9]\d{9}",  # Mexico
        r"(?:57)?3\d{9}",  # Colombia
        r"(?:55)?[1-9]\d9\d{8}|(?:55)?[1-9]\d[2-5]\d{7}",  # Brazil
        r"(?:0|62)8\d{8,11}",  # Indonesia
    )
)
_LOOK_BACK = 4  # tokens before a number that may say what it is
_SHORTEST, _LONG, _REFERENCE, _LONGEST = 7, 8, 12, 15  # digits; references of payments have twelve
_OTHERS = frozenset({"pincode", "payment"})  # what else a shop asks for that is a number
_FOREIGN_PLUS = re.compile(r"\+\d{7,15}")


class Owner(IntEnum):
    """Whose number it is, as the words around tell; the recipient's is wanted most."""

    OTHER = 0
    SENDER = 1
    UNSAID = 2
    RECIPIENT = 3


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in a message, its tokens, digits and owner."""

    heard: Heard
    start: int
    end: int
    digits: str
    owner: Owner

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.heard.span(self.start, self.end)


def phones(heard: Heard) -> list[Phone]:
    """The phone numbers of a message.

    >>> [shape("90000 41877".replace(" ", "")), shape("607120044512"), shape("+14155550132"), shape("395007")]
    [True, False, True, False]
    """
    if not heard.has_digits:
        return []
    found = []
    for start, end, digits in _candidates(heard.text):
        place = heard.tokens_between(start, end)
        if place and not _is_reference(heard, place.start):
            place = _with_extension(heard, place)
            found.append(Phone(heard, place.start, place.stop, digits, _owner(heard, place)))
    return found or list(_by_words(heard))


def _with_extension(heard: Heard, place: range) -> range:
    """With the "x 204" or "ext 204" behind it."""
    last = place.stop + 1
    has_extension = last < len(heard.tokens) and "phone.extension" in heard.kinds[last - 1]
    has_extension = has_extension and heard.tokens[last].word.isdigit()
    return range(place.start, place.stop + 2 * has_extension)


def _by_words(heard: Heard) -> Iterator[Phone]:
    """A number of no known shape that is called a phone number, or that is a message by itself."""
    for index, token in enumerate(heard.tokens):
        if not token.word.isdigit() or not _SHORTEST <= len(token.word) <= _LONGEST or _is_reference(heard, index):
            continue
        if _is_called_phone(heard, index) or _is_alone(heard, index):
            place = _with_extension(heard, range(index, index + 1))
            yield Phone(heard, index, place.stop, token.word, _owner(heard, place))


def _is_called_phone(heard: Heard, index: int) -> bool:
    before = list(_before(heard, index))
    return any("cue.phone" in kinds for kinds in before) and not any("cue.reference" in kinds for kinds in before)


def _is_alone(heard: Heard, index: int) -> bool:
    """Whether a message is nothing but a number long enough, and no code or sum that the shop asked for."""
    is_whole = all(token.word.isdigit() or not token.is_word for token in heard.tokens)
    is_only = sum(token.word.isdigit() for token in heard.tokens) == 1
    return is_whole and is_only and _LONG <= len(heard.tokens[index].word) < _REFERENCE and not heard.asked & _OTHERS


def shape(digits: str) -> bool:
    """Whether digits, with a plus where one was typed, look like a phone number."""
    if _FOREIGN_PLUS.fullmatch(digits):
        return _is_possible(digits)
    return any(pattern.fullmatch(digits) for pattern in _SHAPES)


def _is_possible(digits: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - few chats hold a number with a plus, and every process would wait for it

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits))
    except phonenumbers.NumberParseException:
        return False


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Groups of digits that make a number together; those that make none are passed over."""
    for match in _GROUPS.finditer(text):
        groups = [(match.start() + g.start(), match.start() + g.end()) for g in _DIGITS.finditer(match.group())]
        first = 0
        while first < len(groups):
            last = _number_from(text, groups, first)
            if last is None:
                first += 1
                continue
            start, end = groups[first][0], groups[last][1]
            plus = "+" if text[max(0, start - 2) : start].strip("( ").endswith("+") else ""
            yield start, end, plus + "".join(_DIGITS.findall(text[start:end]))
            first = last + 1


def _number_from(text: str, groups: Sequence[tuple[int, int]], first: int) -> int | None:
    """The last group of the number that begins with a group."""
    plus = "+" if text[max(0, groups[first][0] - 2) : groups[first][0]].strip("( ").endswith("+") else ""
    digits = plus
    fits = None
    for last in range(first, min(first + _MOST_GROUPS, len(groups))):
        digits += text[groups[last][0] : groups[last][1]]
        if len(digits) >= 9 and shape(digits):
            fits = last
            if not plus:
                break
    return fits


def _before(heard: Heard, start: int) -> Iterator[frozenset[str]]:
    """The kinds of the words before a token, nearest first, within its sentence."""
    sentences = heard.sentences
    for index in range(start - 1, max(-1, start - 1 - _LOOK_BACK), -1):
        if sentences[index] != sentences[start]:
            return
        yield heard.kinds[index]


def _is_reference(heard: Heard, start: int) -> bool:
    for kinds in _before(heard, start):
        if "cue.phone" in kinds and not kinds & {"cue.reference"}:
            return False
        if "cue.reference" in kinds:
            return True
    return False


def _owner(heard: Heard, place: range) -> Owner:
    sentences = heard.sentences
    near = [
        heard.kinds[i]
        for i in range(max(0, place.start - 8), min(len(heard.tokens), place.stop + 1))
        if sentences[i] == sentences[place.start] and i not in place
    ]
    for kinds in reversed([heard.kinds[i] for i in range(max(0, place.start - 6), place.start)]):
        if "cue.their" in kinds:
            return Owner.RECIPIENT
        if kinds & {"cue.own", "cue.alternate"}:
            return Owner.SENDER
    if any("cue.other_person" in kinds for kinds in near):
        return Owner.OTHER
    return Owner.UNSAID


def choose_phone(found: Sequence[Phone]) -> Phone | None:
    """The number to call about the delivery: the recipient's before the sender's, the later before the earlier."""
    if not found:
        return None
    return max(found, key=lambda phone: (phone.owner, phone.heard.index, phone.start))
