"""The words of an utterance as a product's options see them."""

from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.measure import Measure
from engine.catalog_match.value import Word
from engine.catalog_match.word import CONCEPT_ROLES, concept
from engine.clause.evidence import Evidence
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role, Tag
from engine.text import stem

_SPELLED, _STEMMED, _TRANSLATED = 1.0, 0.99, 0.97  # how sure a way of meeting a value's word is
_CONCEPTS = frozenset(CONCEPT_ROLES)
_SIZE_WORDS = frozenset({
    "size", "sz", "no", "number", "num", "uk", "us", "eu", "euro", "saiz", "talla", "tamanho", "ukuran", "नंबर", "साइज",
    "साइज़",
})  # fmt: skip


class WordReader:
    """Tells what each word of an utterance may be in the catalogue's options."""

    def __init__(self, utterance: Utterance, evidence: Evidence, index: CatalogIndex) -> None:
        """Read this utterance against this catalogue."""
        self._utterance = utterance
        self._evidence = evidence
        self._index = index
        self._phrases = _phrases(utterance)

    def words(self) -> list[Word]:
        """One word for each token."""
        return [self._word(position) for position in range(len(self._utterance.tokens))]

    def _word(self, position: int) -> Word:
        if phrase := self._phrases.get(position):
            return Word(position, {concept(phrase.role, phrase.value): _TRANSLATED})
        number = self._utterance.number_at.get(position)
        if number is None:
            return Word(position, self._keys(position))
        return self._number(number) if position == number.start else Word(position, {})

    def _keys(self, position: int) -> dict[str, float]:
        """The catalogue words, and things of any language, that a token may be."""
        token, tags = self._utterance.tokens[position], self._utterance.tags
        keys = {token.word: _SPELLED, stem(token.word): _STEMMED}
        for role in CONCEPT_ROLES:
            if tag := tags.at(position, role):
                keys[concept(role, tag.value)] = _TRANSLATED
        if token.is_word and tags.roles(position) <= _CONCEPTS:
            for hit in self._index.hits(token.word):
                keys.setdefault(self._index.words[hit.word], hit.similarity)
        return keys

    def _number(self, number: Number) -> Word:
        is_bare, is_count = number.kind is NumberKind.BARE, number.kind is NumberKind.COUNT
        word = self._utterance.tokens[number.start].word
        return Word(
            number.start,
            {word: _SPELLED} if is_bare or is_count else {},
            number.value if is_bare else None,
            Measure.of(number.value, number.unit or "") if number.kind is NumberKind.MEASURE else None,
            is_count,
            self._is_size(number),
            any(self._evidence.content[max(0, number.start - 2) : number.start]),
        )

    def _is_size(self, number: Number) -> bool:
        """Whether a word beside a number says that it is a size, or which one ("the 4 wala")."""
        tokens = self._utterance.tokens
        if self._utterance.tags.at(number.end, Role.WORTH):
            return True
        before = number.start > 0 and tokens[number.start - 1].word in _SIZE_WORDS
        return before or (number.end < len(tokens) and tokens[number.end].word in _SIZE_WORDS)


def _phrases(utterance: Utterance) -> dict[int, Tag]:
    """To each token inside a phrase of several words for one thing ("sky blue"), that phrase."""
    return {
        position: tag
        for tag in utterance.tags.all
        if tag.end - tag.start > 1 and tag.role in _CONCEPTS
        for position in range(tag.start, tag.end)
    }
