"""A message's words with their places in it. spaCy splits; no `Doc` leaves this file."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from engine.extraction.spacy_tokenizer import Tokenizer, Vocab
from engine.text import fold

# A comma stays inside a number where it parts thousands or lakhs ("1,00,000"), not in "38,40,42".
# Marks of Indic scripts are no "\w" to Python, yet belong to the word; so do apostrophes and numbers' points.
_WORD = r"\w\u0900-\u0963\u0970-\u0d7f\u200c\u200d"
_SIGN = rf"[^{_WORD}\s.,'’]"
_INFIX = re.compile(
    rf"{_SIGN}|(?<!\d)[.,]|[.,](?!\d)|(?<=\d),(?=\d)(?!(?:\d\d,)*\d\d\d(?!\d))|(?<=[A-Za-z])['’](?![A-Za-z])"
)
_PREFIX = re.compile(rf"^(?:{_SIGN}|['’.,](?!\d))")
_SUFFIX = re.compile(rf"(?:{_SIGN}|['’.,])$")
_ALIKE = re.compile(r"\d+(?:[.,]\d+)*|[^\d]+")
_SHORTEST_JOINED, _SHORTEST_PART = 6, 3  # letters of a word made of two, and of each
_CHUNK = re.compile(r"\S{1,500}")  # nobody writes more in one; spaCy takes the square of it
_LONGEST_CHUNK = 40  # characters between two spaces, up to which they are kept in mind as they were split
_MOST_WORDS = 50_000  # spaCy keeps every word it has seen; start afresh before that costs memory


class Token(NamedTuple):
    """One word, number or sign: `text[start:end] == raw`; `word` is it folded.

    `is_number`: it is written in digits of any script. `is_word`: it holds a letter.
    """

    start: int
    end: int
    raw: str
    word: str
    is_number: bool
    is_word: bool

    @classmethod
    def of(cls, start: int, raw: str, word: str) -> "Token":
        """What is written as `raw` at `start`: a number, in digits of any script, or a word, which holds a letter."""
        return cls(start, start + len(raw), raw, word, *_kind(word))


@lru_cache(maxsize=_MOST_WORDS)
def _kind(word: str) -> tuple[bool, bool]:
    """Whether it is a number, and whether it is a word."""
    digits = (word[:1].isdigit() or word[1:].isdecimal()) and word.replace(".", "", 1).replace(",", "").isdigit()
    return digits, word.isalpha() or (not digits and any(map(str.isalpha, word)))


class Splitter:
    """Splits messages; safe to share between threads."""

    def __init__(self) -> None:
        """Prepare the tokenizer: rules only, nothing trained, nothing downloaded."""
        self._tokenizer = self._new_tokenizer()
        self._remembered = lru_cache(maxsize=_MOST_WORDS)(self._split_chunk)

    @staticmethod
    @cache
    def shared() -> "Splitter":
        """The one splitter: what stands between two spaces is split the same in every shop."""
        return Splitter()

    @staticmethod
    def _new_tokenizer() -> Tokenizer:
        return Tokenizer(
            Vocab(), prefix_search=_PREFIX.search, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer
        )

    def split(self, text: str, is_known: Callable[[str], bool]) -> list[Token]:
        """The tokens of `text`. A mix of letters and digits stays whole only where `is_known`."""
        tokens: list[Token] = []
        for chunk in _CHUNK.finditer(text):
            first, said = chunk.start(), chunk.group()
            pieces = self._remembered(said) if len(said) <= _LONGEST_CHUNK else self._split_chunk(said)
            for (start, end, raw, word, is_number, is_word), is_mixed in pieces:
                if is_mixed and not is_known(fold(raw)):
                    tokens += _parted(first + start, raw)
                else:
                    tokens.append(Token(first + start, first + end, raw, word, is_number, is_word))
        return tokens

    def _split_chunk(self, chunk: str) -> tuple[tuple[Token, bool], ...]:
        """What stands between two spaces: its pieces, counted from its beginning, and whether each is mixed.

        A chunk is split the same in every message.
        """
        if len(self._tokenizer.vocab) > _MOST_WORDS:
            self._tokenizer = self._new_tokenizer()
        pieces = ((token.idx, token.text) for token in self._tokenizer(chunk))
        return tuple((Token.of(start, raw, _own(fold(raw))), _is_mixed(raw)) for start, raw in pieces)


def _own(word: str) -> str:
    """A folded word without the English possessive."""
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 3 else word


def _is_mixed(raw: str) -> bool:
    """Whether both letters and digits are in it."""
    return not raw.isalpha() and any(map(str.isdigit, raw)) and any(map(str.isalpha, raw))


def _parted(start: int, raw: str) -> Iterator[Token]:
    """Letters and digits apart."""
    for match in _ALIKE.finditer(raw):
        piece = match.group()
        yield Token.of(start + match.start(), piece, fold(piece))


def joined_at(word: str, is_known: Callable[[str], bool]) -> int:
    """Where a word that is made of two known words is to be cut; 0 where it is not.

    The longest known beginning wins; parts of under three letters are not believed.
    """
    if len(word) < _SHORTEST_JOINED or is_known(word):
        return 0
    cuts = range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1)
    return next((cut for cut in cuts if is_known(word[:cut]) and is_known(word[cut:])), 0)


def cut_joined(token: Token, cut: int) -> tuple[Token, Token]:
    """The two words that a joined one is made of."""
    return (
        Token.of(token.start, token.raw[:cut], token.word[:cut]),
        Token.of(token.start + cut, token.raw[cut:], token.word[cut:]),
    )
