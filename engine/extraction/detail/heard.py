"""A chat's messages as the readers of details hear them: each with its words' kinds and what had just been asked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from engine.conversation import Span
from engine.extraction.detail.vocabulary import Phrase, Vocabulary
from engine.extraction.remembered import remembered
from engine.extraction.token import Token
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role, Tag
from engine.lazy import lazy
from engine.order import Intent
from engine.text import fold

_NOTHING: frozenset[str] = frozenset()
_STATE_CODE = "address.state_code"
_QUESTION_MARKS = frozenset("?¿")
_US_CODES = frozenset({4, 5, 9})  # digits; a leading zero may be lost


class Turn(NamedTuple):
    """One message in order, of either side.

    `intent` is what was read from a customer's message; None where nothing was. `item_tokens` are the
    tokens that a wish for goods took: they belong to no detail.
    """

    utterance: Utterance
    intent: Intent | None = None
    item_tokens: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """The characters of its message."""
        return self.utterance.size


@dataclass(frozen=True, eq=False)
class Heard:
    """A turn, the phrases in it, and what the seller's last messages asked for ("address", "day", …).

    Its tokens are whole words, also where the utterance cut them to read goods ("12B", "Sunanda"): names
    and places are no goods. `tags` are the utterance's that begin and end at whole words.
    """

    index: int
    turn: Turn
    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    roles: tuple[frozenset[Role], ...]
    goods: frozenset[int]
    breaks: tuple[int, ...]
    sentences: tuple[int, ...]
    phrases: tuple[Phrase, ...]
    asked: frozenset[str] = _NOTHING

    @classmethod
    def of(cls, index: int, turn: Turn, asked: frozenset[str] = _NOTHING) -> "Heard":
        """A turn with its words whole again."""
        utterance = turn.utterance
        words = _whole_words(utterance)
        return cls(
            index,
            turn,
            words.tokens,
            words.tags,
            _roles(words.tags, len(words.tokens)),
            _goods(utterance.tokens, turn.item_tokens),
            words.breaks,
            words.sentences,
            _phrases(words.tokens),
            asked,
        )

    def understood(self, turn: Turn) -> "Heard":
        """The same words, now that the turn's intent and its wishes for goods are known."""
        return _understood(self, turn)

    @property
    def size(self) -> int:
        """The characters of its message."""
        return self.turn.size

    @property
    def has_digits(self) -> bool:
        """Whether any sign of its message stands for a number, in whatever script."""
        return self.turn.utterance.has_digits

    @property
    def text(self) -> str:
        """The message's text."""
        return self.turn.utterance.message.text

    @property
    def from_customer(self) -> bool:
        """Whether the customer wrote it."""
        return self.turn.utterance.message.from_customer

    @property
    def intent(self) -> Intent | None:
        """What was read from it."""
        return self.turn.intent

    def sentence_asks(self, index: int) -> bool:
        """Whether the sentence of a token ends in a question mark."""
        return any(self.tokens[i].raw in _QUESTION_MARKS for i in self.sentence(index))

    def sentence(self, index: int) -> range:
        """The tokens of the sentence that a token is in."""
        mine = self.sentences[index]
        return range(bisect_left(self.sentences, mine), bisect_right(self.sentences, mine))

    def clause(self, start: int, end: int) -> range:
        """The tokens between the commas or line breaks around tokens `start` to `end` (exclusive)."""
        while start > 0 and self.breaks[start] < COMMA:
            start -= 1
        while end < len(self.tokens) and self.breaks[end] < COMMA:
            end += 1
        return range(start, end)

    @lazy
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
        first = bisect_right(self.tokens, start, key=attrgetter("end"))
        last = bisect_left(self.tokens, end, key=attrgetter("start"))
        return range(first, last) if first < last else range(0)


def hear(turns: Sequence[Turn]) -> list[Heard]:
    """The turns, each with its phrases and the questions that it stands under."""
    heard: list[Heard] = []
    asked = _NOTHING
    for index, turn in enumerate(turns):
        h = _heard(turn, index, asked)
        if not h.from_customer:
            after_customer = index == 0 or heard[-1].from_customer
            asked = _asks(h.phrases) | (_NOTHING if after_customer else asked)
        heard.append(h)
    return heard


@remembered
def _heard(turn: Turn, index: int, asked: frozenset[str]) -> Heard:
    return Heard.of(index, turn, asked)


@remembered
def _understood(heard: Heard, turn: Turn) -> Heard:
    known = object.__new__(Heard)  # with all that was found out of its words, which stay
    vars(known).update(vars(heard), turn=turn, goods=_goods(turn.utterance.tokens, turn.item_tokens))
    return known


class _Words(NamedTuple):
    """What an utterance tells of whole words."""

    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    breaks: tuple[int, ...]
    sentences: tuple[int, ...]


def _whole_words(utterance: Utterance) -> _Words:
    """An utterance by whole words: most have no other."""
    tokens, tags, breaks, sentences = utterance.tokens, utterance.tags.all, utterance.breaks, utterance.sentences
    starts = _word_starts(tokens)
    if len(starts) == len(tokens):
        return _Words(tokens, tags, breaks, sentences)
    ends = [*starts[1:], len(tokens)]
    first = {start: n for n, start in enumerate(starts)}
    last = {end: n + 1 for n, end in enumerate(ends)}
    return _Words(
        tuple(_joined(tokens[start:end]) for start, end in zip(starts, ends, strict=True)),
        tuple(
            Tag(first[t.start], last[t.end], t.role, t.value, t.final, t.by_sound)
            for t in tags
            if t.start in first and t.end in last
        ),
        tuple(breaks[start] for start in starts),
        tuple(sentences[start] for start in starts),
    )


def _goods(tokens: Sequence[Token], items: frozenset[int]) -> frozenset[int]:
    """The whole words of which a wish for goods took a part."""
    if not items:
        return frozenset()
    starts = _word_starts(tokens)
    if len(starts) == len(tokens):
        return items
    ends = [*starts[1:], len(tokens)]
    return frozenset(
        n for n, (start, end) in enumerate(zip(starts, ends, strict=False)) if items.intersection(range(start, end))
    )


def _word_starts(tokens: Sequence[Token]) -> list[int]:
    """Where whole words begin: at every token but those that go on right where a letter or digit ended."""
    return [
        i
        for i, token in enumerate(tokens)
        if i == 0 or token.start > tokens[i - 1].end or not (token.raw[0].isalnum() and tokens[i - 1].raw[-1].isalnum())
    ]


def _joined(tokens: Sequence[Token]) -> Token:
    if len(tokens) == 1:
        return tokens[0]
    raw = "".join(token.raw for token in tokens)
    return Token.of(tokens[0].start, raw, fold(raw))


def _roles(tags: Iterable[Tag], count: int) -> tuple[frozenset[Role], ...]:
    found: list[set[Role]] = [set() for _ in range(count)]
    for tag in tags:
        for index in range(tag.start, tag.end):
            found[index].add(tag.role)
    return tuple(map(frozenset, found))


def _phrases(tokens: Sequence[Token]) -> tuple[Phrase, ...]:
    """The phrases of a message; "OR" is a state and "or" is none, unless it ends a street's address."""
    found = Vocabulary.shared().phrases([token.word for token in tokens])
    codes = [p for p in found if p.kind == _STATE_CODE]
    kept = tuple(p for p in found if p.kind != _STATE_CODE)
    streets = [p.end for p in kept if p.kind == "address.street"]
    states = [p for p in codes if tokens[p.start].raw.isupper() or _ends_address(tokens, p.end, streets)]
    return (*kept, *(Phrase(p.start, p.end, "address.state", p.value) for p in states))


def _ends_address(tokens: Sequence[Token], end: int, streets: Sequence[int]) -> bool:
    """Whether a postal code or nothing follows, and a street stood before: "12 oak street salem or 97301"."""
    is_last = end == len(tokens) or (tokens[end].word.isdigit() and len(tokens[end].word) in _US_CODES)
    return is_last and any(street < end for street in streets)


def _asks(phrases: Iterable[Phrase]) -> frozenset[str]:
    return frozenset(phrase.kind.removeprefix("ask.") for phrase in phrases if phrase.kind.startswith("ask."))
