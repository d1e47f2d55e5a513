"""The name that the goods go to."""

from collections.abc import Iterable, Sequence

from engine.conversation import Span
from engine.extraction.detail.address import Block, Piece, Tagged
from engine.extraction.detail.heard import Heard
from engine.extraction.detail.introduction import introduced
from engine.extraction.detail.phone import Phone
from engine.extraction.detail.tagger import NAME
from engine.language import Role

_TALK = frozenset({Role.STOP, Role.GIVE, Role.WANT, Role.THIS, Role.SAME, Role.QUESTION, Role.LATER})
_PERSON = frozenset({"people.given", "people.family"})
_NO_NAME = frozenset({
    "payment.upi", "payment.cod", "payment.bank", "cue.other_person", "cue.their", "cue.own", "cue.phone",
})  # fmt: skip
_AROUND = frozenset({"person.honorific", "introduction.is", "introduction.after"})  # "Dr Rao here"
_NEAR = 2  # turns


def choose_name(tagged: Sequence[Tagged], block: Block | None, phone: Phone | None) -> Piece | None:
    """The name beside the address or the phone number, else the last one given."""
    found = [_without_honorific(piece) for message in tagged for piece in _joined(message.runs(NAME))]
    named = [piece for piece in found if piece is not None] or [p for message in tagged for p in introduced(message)]
    if not named:
        return None
    return max(named, key=lambda piece: (_nearness(piece, block, phone), piece.heard.index, piece.start))


def _joined(runs: Iterable[Piece]) -> list[Piece]:
    """Pieces of a name that a hyphen joins made one: "Lopez-Smith"."""
    joined: list[Piece] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and run.start == last.end + 1 and _is_hyphen(run.heard, last.end):
            joined[-1] = Piece(run.heard, last.start, run.end)
        else:
            joined.append(run)
    return joined


def _is_hyphen(heard: Heard, index: int) -> bool:
    before, sign, after = heard.tokens[index - 1 : index + 2]
    return sign.raw == "-" and before.end == sign.start and sign.end == after.start


def _nearness(piece: Piece, block: Block | None, phone: Phone | None) -> int:
    places = [p.heard.index for p in block.pieces] if block else []
    places += [phone.heard.index] if phone else []
    if not places:
        return 0
    distance = min(abs(piece.heard.index - place) for place in places)
    return 2 if distance == 0 else int(distance <= _NEAR)


def _without_honorific(piece: Piece) -> Piece | None:
    start, end = _with_initials(piece), piece.end
    kinds = piece.heard.kinds
    while start < end and _drops(kinds[start], piece.heard.tokens[start].raw):
        start += 1
    while end > start and _drops(kinds[end - 1], piece.heard.tokens[end - 1].raw):
        end -= 1
    return Piece(piece.heard, start, end) if _says_somebody(piece.heard, start, end) else None


def _says_somebody(heard: Heard, start: int, end: int) -> bool:
    """Whether any word is a common name or more than a small word of talk: no "her", no "will gpay"."""
    return any(
        bool(heard.kinds[i] & _PERSON)
        or (not heard.roles[i] & _TALK and not heard.kinds[i] & _NO_NAME and len(heard.tokens[i].word) > 1)
        for i in range(start, end)
    )


def _with_initials(piece: Piece) -> int:
    """The start of a name with its initials: "S. O." of "S. O. Balogun"."""
    start = piece.start
    tokens = piece.heard.tokens
    while (
        start > 1
        and tokens[start - 1].raw == "."
        and len(tokens[start - 2].raw) == 1
        and tokens[start - 2].raw.isupper()
    ):
        start -= 2
    return start


def _drops(kinds: frozenset[str], raw: str) -> bool:
    return not any(char.isalnum() for char in raw) or (bool(kinds & _AROUND) and len(raw) > 1)


def name_text(span: Span) -> str:
    """A name on one line."""
    return " ".join(span.text.split())
