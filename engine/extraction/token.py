"""A message's words with their places in it. spaCy splits; no `Doc` leaves this file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

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
_MOST_WORDS = 50_000  # spaCy keeps every word it has seen; start afresh before that costs memory


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign: `text[start:end] == raw`; `word` is it folded.

    `is_number`: it is written in digits of any script. `is_word`: it holds a letter.
    """

    start: int
    end: int
    raw: str
    word: str
    is_number: bool = field(init=False)
    is_word: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tell numbers, in digits of any script, from words, which hold a letter."""
        is_number, is_word = _kind(self.word)
        object.__setattr__(self, "is_number", is_number)
        object.__setattr__(self, "is_word", is_word)


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

    @staticmethod
    def _new_tokenizer() -> Tokenizer:
        return Tokenizer(
            Vocab(), prefix_search=_PREFIX.search, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer
        )

    def split(self, text: str, is_known: Callable[[str], bool]) -> list[Token]:
        """The tokens of `text`. A mix of letters and digits stays whole only where `is_known`."""
        if len(self._tokenizer.vocab) > _MOST_WORDS:
            self._tokenizer = self._new_tokenizer()
        doc = self._tokenizer(text)
        whole = ((token.idx, token.text) for token in doc if not token.text.isspace())
        return [piece for start, raw in whole for piece in _pieces(start, raw, is_known)]


def _own(word: str) -> str:
    """A folded word without the English possessive."""
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 3 else word


def _is_mixed(raw: str) -> bool:
    """Whether both letters and digits are in it."""
    return not raw.isalpha() and any(map(str.isdigit, raw)) and any(map(str.isalpha, raw))


def _pieces(start: int, raw: str, is_known: Callable[[str], bool]) -> Iterator[Token]:
    if not _is_mixed(raw) or is_known(fold(raw)):
        yield Token(start, start + len(raw), raw, _own(fold(raw)))
        return
    for match in re.finditer(r"\d+(?:[.,]\d+)*|[^\d]+", raw):
        piece = match.group()
        yield Token(start + match.start(), start + match.end(), piece, fold(piece))


def split_joined(token: Token, is_known: Callable[[str], bool]) -> list[Token]:
    """A word made of two known words as those two; else the word itself.

    The longest known beginning wins; parts of under three letters are not believed.
    """
    word = token.word
    if len(word) < 6 or len(word) != len(token.raw) or is_known(word):
        return [token]
    for cut in range(len(word) - 3, 2, -1):
        if is_known(word[:cut]) and is_known(word[cut:]):
            middle = token.start + cut
            return [
                Token(token.start, middle, token.raw[:cut], word[:cut]),
                Token(middle, token.end, token.raw[cut:], word[cut:]),
            ]
    return [token]
