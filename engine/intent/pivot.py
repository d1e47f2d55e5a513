"""Words of any language as the English words that do the same, so that a classifier of English reads them all."""

from collections.abc import Iterator
from functools import cache

from engine.extraction.utterance import Utterance
from engine.language import Lexicon, Role, Tag, languages

_PIVOT = "en"
_NAMED = frozenset({Role.GOODS, Role.COLOR, Role.SIZE, Role.UNIT, Role.DAY, Role.PAYMENT, Role.SUPERLATIVE})
_COUNTING = frozenset({Role.NUMBER, Role.FRACTION, Role.QUARTER, Role.AMOUNT, Role.MULTIPLIER, Role.PLUS, Role.ADDED})
_SILENT = frozenset({Role.STOP, Role.OPTION})


def pivoted(utterance: Utterance) -> list[tuple[str, ...]]:
    """For each token the English words for what it does, none inside a phrase; words of everyday languages stay."""
    said: list[tuple[str, ...]] = [(token.word,) for token in utterance.tokens]
    is_everyday = _everyday().holds
    behind = 0
    for index, token in enumerate(utterance.tokens):
        if index < behind:
            said[index] = ()
        elif token.is_word and not is_everyday(token.word) and (tag := _foreign(utterance, index)) is not None:
            said[index], behind = tuple(_english(tag)), tag.end
    return said


def _foreign(utterance: Utterance, index: int) -> Tag | None:
    """The longest thing said from a token on that no everyday language has; None where nothing is said."""
    tags = utterance.tags.beginning(index)
    if not tags:
        return None
    tag = max(tags.values(), key=lambda one: (one.end, one.role not in _SILENT))
    return None if tag.by_sound else tag


def _english(tag: Tag) -> Iterator[str]:
    if tag.role in _COUNTING:
        yield "0"
    elif tag.role in _NAMED:
        yield from tag.value.casefold().replace("_", " ").split()
    elif tag.role not in _SILENT:
        yield from _first_words().get(tag.role, (tag.value,))


@cache
def _everyday() -> Lexicon:
    return Lexicon.of(tuple(code for code, language in languages().items() if language.always))


@cache
def _first_words() -> dict[Role, tuple[str, ...]]:
    """The first word or phrase that English has for each role."""
    first: dict[Role, tuple[str, ...]] = {}
    for said, role, _ in languages()[_PIVOT].words:
        first.setdefault(role, said)
    return first
