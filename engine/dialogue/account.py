"""What of a chat its draft accounts for: what is left over of words and numbers, and what the seller told back."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from engine.act import Draft, DraftLine
from engine.clause.wish import Wish
from engine.conversation import MessageKind
from engine.dialogue.fold import ReadTurn
from engine.dialogue.purpose import likely_to_order
from engine.dialogue.state import State
from engine.extraction.number import NumberKind
from engine.extraction.token import Token
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.order import Intent

InCatalog = Callable[[str], bool]

_ORDERS = 0.5  # how likely a message has to order for its words to be accounted for
_COUNTING = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})


@dataclass(frozen=True)
class _Heard:
    """A customer's message, whether it changed the draft, and how likely it was to."""

    turn: ReadTurn
    changed: bool
    ordering: float

    @property
    def acts(self) -> bool:
        """Whether it is one that orders, as far as can be told."""
        return self.changed or self.ordering >= _ORDERS


@dataclass(frozen=True)
class _Left:
    """How much of a message no line stands for: words that nobody knows, goods of the shop, numbers."""

    strange: int = 0
    known: int = 0
    numbers: int = 0


def account(state: State, turns: Sequence[ReadTurn], in_catalog: InCatalog) -> dict[str, float]:
    """All that tells of a whole chat how well its draft can be trusted, by name."""
    heard = list(_heard(turns))
    return {
        **_of_messages(heard),
        **_of_words(heard, state, in_catalog),
        **_of_wishes(heard, state.draft),
        **_of_seller(state, turns),
        **_of_lines(state.draft.lines),
    }


def _heard(turns: Sequence[ReadTurn]) -> Iterator[_Heard]:
    before = Draft()
    for turn in turns:
        if turn.utterance.message.from_customer:
            yield _Heard(turn, turn.draft != before, likely_to_order(turn.probabilities))
        before = turn.draft


def _of_messages(heard: Sequence[_Heard]) -> dict[str, float]:
    """What messages did, and what they hardly did."""
    acting = [one.turn.utterance for one in heard if one.acts]
    probabilities = [one.turn.probabilities for one in heard]
    return {
        "customers_messages": min(len(heard), 15) / 5,
        "acting": min(len(acting), 6.0),
        "acts_once": float(len(acting) == 1),
        "ignored": float(min(sum(one.ordering >= _ORDERS and not one.changed for one in heard), 4)),
        "doubt": min(sum(one.ordering for one in heard if not one.changed), 4.0),
        "calling_off": max((p.get(Intent.CANCEL, 0.0) for p in probabilities), default=0.0),
        "modifying": min(sum(p.get(Intent.MODIFY, 0.0) for p in probabilities), 4.0),
        "asks": float(min(sum(utterance.asks for utterance in acting), 3)),
        "more": float(any(utterance.has(Role.MORE) for utterance in acting)),
        "pictures": float(min(sum(one.turn.utterance.message.kind is MessageKind.IMAGE for one in heard), 2)),
        "quotes": float(min(sum(one.turn.utterance.message.reply_to is not None for one in heard), 3)),
    }


def _of_words(heard: Sequence[_Heard], state: State, in_catalog: InCatalog) -> dict[str, float]:
    """The words and numbers that no line stands for."""
    told = _evidence(state.draft.lines)
    left = [(one.acts, _left(one.turn.utterance, told, in_catalog)) for one in heard]
    words = sum(token.is_word for one in heard for token in one.turn.utterance.tokens)
    strange = sum(rest.strange for acts, rest in left if acts)
    return {
        "strange": min(strange, 8.0),
        "strange_share": strange / max(words, 1),
        "known_left": float(min(sum(rest.known for acts, rest in left if acts), 8)),
        "goods_elsewhere": float(min(sum(rest.known for acts, rest in left if not acts), 6)),
        "numbers_left": float(any(rest.numbers for acts, rest in left if acts)),
    }


def _evidence(lines: Sequence[DraftLine]) -> dict[str, list[tuple[int, int]]]:
    """By message, from where to where the words of lines stand."""
    told: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        for span in line.evidence:
            told.setdefault(span.message_id, []).append((span.start, span.end))
    return told


def _left(utterance: Utterance, told: dict[str, list[tuple[int, int]]], in_catalog: InCatalog) -> _Left:
    """What of a message stands neither in a line nor among the details of the delivery."""
    tokens = utterance.tokens
    open_to = _outside(tokens, told.get(utterance.message.id, ()))
    words = [i for i in open_to if tokens[i].is_word and i not in utterance.number_at and i not in utterance.details]
    sold = {i for i in words if in_catalog(tokens[i].word)}
    free = set(open_to) - utterance.withdrawn
    return _Left(
        strange=sum(i not in sold and not utterance.tags.roles(i) for i in words),
        known=sum(Role.STOP not in utterance.tags.roles(i) for i in sold),
        numbers=sum(number.kind in _COUNTING and number.start in free for number in utterance.numbers),
    )


def _outside(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> list[int]:
    """The tokens that stand in none of the spans."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    reach = [0, *accumulate((end for _, end in ordered), max)]  # how far those reach that begin so early
    return [i for i, token in enumerate(tokens) if reach[bisect_right(starts, token.start)] < token.end]


def _of_wishes(heard: Sequence[_Heard], draft: Draft) -> dict[str, float]:
    """Wishes for goods of the shop that came to nothing."""
    groups = _groups(draft.lines)
    acting: list[Sequence[Wish]] = [one.turn.wishes for one in heard if one.acts]
    unheard = sum(wish.group is not None and wish.group not in groups for wishes in acting for wish in wishes)
    return {
        "unheard": float(min(unheard, 5)),
        "most_wishes": min(max(map(len, acting), default=0), 10) / 4,
    }


def _groups(lines: Sequence[DraftLine]) -> set[int | None]:
    return {line.group for line in lines} | {rival for line in lines for rival in line.rivals}


def _of_seller(state: State, turns: Sequence[ReadTurn]) -> dict[str, float]:
    """What the seller told back, and whether the draft says the same."""
    told = state.summary or state.confirmed
    lines = {(line.skus, line.quantity) for line in state.draft.lines}
    settled = any(
        after.draft != before.draft for before, after in pairwise(turns) if not after.utterance.message.from_customer
    )
    return {
        "told_back": float(bool(told)),
        "told_the_same": float(bool(told) and {(line.skus, line.quantity) for line in told} == lines),
        "told_otherwise": float(any(_is_full(line) and (line.skus, line.quantity) not in lines for line in told)),
        "seller_settled": float(settled),
        "agreed_to": float(bool(state.confirmed)),
        "is_closed": float(state.is_closed),
    }


def _is_full(line: DraftLine) -> bool:
    return line.is_complete and line.said_quantity


def _of_lines(lines: Sequence[DraftLine]) -> dict[str, float]:
    """What the weakest line has to say for itself."""
    features = [line.features for line in lines]
    return {
        "unsure_size": float(any(line.unsure_size for line in lines)),
        "same_product": float(len({line.group for line in lines}) < len(lines)),
        "uncounted": float(any(not line.said_quantity for line in lines)),
        "most_variants": max((one.get("variants", 0.0) for one in features), default=0.0),
        "most_implied": max((one.get("implied", 0.0) for one in features), default=0.0),
        "most_unsaid": max((one.get("unsaid", 0.0) for one in features), default=0.0),
        "least_spelled": min((one.get("spelled", 1.0) for one in features), default=1.0),
    }
