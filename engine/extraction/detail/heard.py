"""A chat's messages as the readers of details hear them: each with its words' kinds and what had just been asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.conversation import Span
from engine.extraction.detail.vocabulary import Phrase, Vocabulary
from engine.extraction.token import Token
from engine.extraction.utterance import Utterance
from engine.order import Intent

_NOTHING: frozenset[str] = frozenset()
_STATE_CODE = "address.state_code"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message in order, of either side.

    `intent` is what was read from a customer's message; None where nothing was. `item_tokens` are the
    tokens that a wish for goods took: they belong to no detail.
    """

    utterance: Utterance
    intent: Intent | None = None
    item_tokens: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Heard:
    """A turn, the phrases in it, and what the seller's last messages asked for ("address", "day", …)."""

    index: int
    turn: Turn
    phrases: tuple[Phrase, ...]
    asked: frozenset[str] = _NOTHING
    answers: int = 0  # how many customer messages stand between the seller's last message and this one

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The message's tokens."""
        return self.turn.utterance.tokens

    @property
    def text(self) -> str:
        """The message's text."""
        return self.turn.utterance.message.text

    @property
    def from_customer(self) -> bool:
        """Whether the customer wrote it."""
        return self.turn.utterance.message.from_customer

    @cached_property
    def kinds(self) -> tuple[frozenset[str], ...]:
        """For each token, the kinds of phrases it is part of."""
        found: list[set[str]] = [set() for _ in self.tokens]
        for phrase in self.phrases:
            for index in range(phrase.start, phrase.end):
                found[index].add(phrase.kind)
        return tuple(frozenset(kinds) for kinds in found)

    def has(self, *kinds: str) -> bool:
        """Whether any phrase is of one of these kinds."""
        return any(phrase.kind in kinds for phrase in self.phrases)

    def span(self, start: int, end: int) -> Span:
        """The span of tokens `start` to `end` (exclusive)."""
        return Span.of(self.turn.utterance.message, self.tokens[start].start, self.tokens[end - 1].end)

    def tokens_between(self, start: int, end: int) -> range:
        """The tokens that lie in a stretch of the text."""
        inside = [i for i, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def hear(turns: Sequence[Turn]) -> list[Heard]:
    """The turns, each with its phrases and the questions that it stands under."""
    vocabulary = Vocabulary.shared()
    heard: list[Heard] = []
    asked, answers = _NOTHING, 0
    for index, turn in enumerate(turns):
        phrases = _phrases(turn.utterance.tokens, vocabulary)
        if turn.utterance.message.from_customer:
            heard.append(Heard(index, turn, phrases, asked, answers))
            answers += 1
        else:
            after_customer = index == 0 or turns[index - 1].utterance.message.from_customer
            asked = _asks(phrases) | (_NOTHING if after_customer else asked)
            answers = 0
            heard.append(Heard(index, turn, phrases, asked))
    return heard


def _phrases(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """The phrases of a message; "OR" is a state and "or" is none."""
    found = vocabulary.phrases([token.word for token in tokens])
    codes = [p for p in found if p.kind == _STATE_CODE and tokens[p.start].raw.isupper()]
    states = [Phrase(p.start, p.end, "address.state", p.value) for p in codes]
    return (*(p for p in found if p.kind != _STATE_CODE), *states)


def _asks(phrases: Iterable[Phrase]) -> frozenset[str]:
    return frozenset(phrase.kind.removeprefix("ask.") for phrase in phrases if phrase.kind.startswith("ask."))
