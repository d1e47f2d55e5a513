"""The words of an utterance as a product's options see them."""

from collections.abc import Iterable

from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.measure import Measure, parse_size
from engine.catalog_match.value import Word
from engine.catalog_match.word import CONCEPT_ROLES, concept
from engine.clause.evidence import Evidence
from engine.extraction.number import Number, NumberKind, is_counted_by
from engine.extraction.utterance import Utterance
from engine.language import Role, Tag
from engine.text import stem

_SPELLED, _STEMMED, _TRANSLATED = 1.0, 0.99, 0.97  # how sure a way of meeting a value's word is
_BEHIND = 2  # tokens between "4 wala" and its pack
_SMALL_COUNTS = 10  # a smaller number in words counts, or is none ("do", "be")
_JOINING = frozenset({Role.AND, Role.OR})
_PLURAL = "s"  # of figures
_SHORT = 2  # letters that may be the first ones of two words
_CONCEPTS = frozenset(CONCEPT_ROLES)


class WordReader:
    """Tells what each word of an utterance may be in the catalogue's options."""

    def __init__(self, utterance: Utterance, evidence: Evidence, index: CatalogIndex) -> None:
        """Read this utterance against this catalogue."""
        self._utterance = utterance
        self._evidence = evidence
        self._index = index
        self._phrases = _phrases(utterance)
        self._read: dict[int, Word] = {}

    def words(self, positions: Iterable[int]) -> list[Word]:
        """The words at these positions, each read once."""
        return [self.word(position) for position in positions]

    def word(self, position: int) -> Word:
        """The word at a position."""
        found = self._read.get(position)
        if found is None:
            found = self._read[position] = self._find(position)
        return found

    def _find(self, position: int) -> Word:
        if phrase := self._phrases.get(position):
            return Word(position, {concept(phrase.role, phrase.value): _TRANSLATED})
        number = self._utterance.number_at.get(position)
        if number is None:
            is_short = len(self._utterance.tokens[position].word) == _SHORT
            return Word(position, self._keys(position), is_abbreviated=is_short)
        if position == number.start:
            return self._number(number)
        is_pack = position >= number.digits and self._utterance.tags.at(position, Role.PACK) is not None
        return Word(position, self._keys(position) if is_pack else {})

    def _keys(self, position: int) -> dict[str, float]:
        """The catalogue words, and things of any language, that a token may be."""
        token, tags = self._utterance.tokens[position], self._utterance.tags
        keys = {token.word: _SPELLED, stem(token.word): _STEMMED}
        begun = tags.beginning(position)
        for role in CONCEPT_ROLES if begun else ():
            for tag in tags.every(position, role):
                keys[concept(role, tag.value)] = _TRANSLATED
        if token.is_word and tags.roles(position) <= _CONCEPTS:
            for hit in self._index.hits(token.word):
                keys.setdefault(self._index.words[hit.word], hit.similarity)
        return keys

    def _number(self, number: Number) -> Word:
        if number.kind is NumberKind.RANGE:
            return Word(number.start, dict.fromkeys(number.between, _SPELLED))
        is_bare, is_count = number.kind is NumberKind.BARE, number.kind is NumberKind.COUNT
        word = self._written(number)
        glued = self._glued(number)
        measure = self._of_pack(number) or (parse_size(glued) if is_bare else None)
        is_one = number.digits == number.start + 1  # no "3/4"
        keys = {word: _SPELLED} if (is_bare or is_count) and is_one else {}
        return Word(
            number.start,
            {**keys, glued: _SPELLED} if glued else keys,
            number.value if is_bare else None,
            Measure.of(number.value, number.unit or "") if number.kind is NumberKind.MEASURE else measure,
            is_count,
            self._is_size(number),
            any(self._evidence.content[max(0, number.start - 2) : number.start]),
            is_abbreviated=bool(glued),
        )

    def _written(self, number: Number) -> str:
        """A number as the catalogue writes it: one in words that tells a size in digits ("pachas wala")."""
        token = self._utterance.tokens[number.start]
        is_in_words = token.is_word and (number.worth or number.value >= _SMALL_COUNTS)
        return f"{number.value.normalize():f}" if is_in_words else token.word

    def _of_pack(self, number: Number) -> Measure | None:
        """ "pack of 6", "6 wala pack": how many pieces the pack holds that is meant."""
        tags, tokens = self._utterance.tags, self._utterance.tokens
        if number.kind is not NumberKind.BARE:
            return None
        start = number.start
        is_held = (
            start > 1 and Role.OF in tags.roles(start - 1) and tags.at(self._head(start - 2), Role.PACK) is not None
        )
        worth = tags.at(number.end, Role.WORTH)
        behind = range(worth.end, worth.end + _BEHIND) if worth else ()
        is_called = any(tags.at(place, Role.PACK) for place in behind if place < len(tokens))
        is_called &= not any(place in self._utterance.number_at for place in behind)  # "24 wale 3 dabbe"
        is_hyphened = number.end < len(tokens) and tokens[number.end].raw == "-"  # "4-pack"
        is_called |= is_hyphened and tags.at(number.end + 1, Role.PACK) is not None
        return Measure.of(number.value, "pc") if is_held or is_called else None

    def _head(self, place: int) -> int:
        """Where the word stands that the "of" behind a place is said of: the pack of "packs of 3 and of 6"."""
        number = self._utterance.number_at.get(place - 1)
        is_joined = number is not None and self._utterance.tags.roles(place) & _JOINING
        return number.start - 2 if number is not None and is_joined else place

    def _glued(self, number: Number) -> str:
        """A number with the letters that are written onto it ("10a", "6m"); empty where there are none."""
        tokens, end = self._utterance.tokens, number.digits
        if end >= len(tokens) or not tokens[end].is_word or tokens[end].start != tokens[end - 1].end:
            return ""
        return tokens[number.start].word + tokens[end].word if end == number.start + 1 else ""

    def _is_size(self, number: Number) -> bool:
        """Whether a word beside a number says that it is a size, or which one ("the 4 wala", "38/2")."""
        if number.start in self._evidence.listed or self._is_plural(number):
            return True
        following = self._utterance.number_at.get(number.end + 1)
        if following and self._evidence.content[number.start] and is_counted_by(number, following):
            return True
        if worth := self._utterance.tags.at(number.end, Role.WORTH):
            return not self._is_of_name(worth)
        before = number.start - 1
        sign = before - (before > 0 and self._utterance.tokens[before].raw == ".")  # "no.10"
        is_counted = sign - 1 in self._utterance.number_at  # "120 no 20": the number before has the word
        is_told = not is_counted and self._says_size(sign, is_before=True)
        return is_told or self._says_size(number.end, is_before=False)

    def _is_plural(self, number: Number) -> bool:
        """ "the 10s are finished": whether a plural's ending is written onto it, no letter size as in "2s 3m"."""
        is_ended = bool(self._glued(number)) and self._utterance.tokens[number.digits].word == _PLURAL
        return is_ended and not self._evidence.content[number.digits]

    def _says_size(self, position: int, *, is_before: bool) -> bool:
        """ "size 38", "UK 9", "9 us": whether a word makes the number beside it a size; no "send us 9"."""
        roles = self._utterance.tags.roles(position)
        option = self._utterance.tags.at(position, Role.OPTION)
        if (option and option.value == "size") or (is_before and Role.NUMBER_SIGN in roles and Role.AND not in roles):
            return True
        is_talk = is_before and Role.STOP in roles
        return Role.SIZE_SIGN in roles and not (is_talk and self._utterance.tokens[position].raw.islower())

    def _is_of_name(self, worth: Tag) -> bool:
        """ "500 ka kaju": whether what the number is of comes right behind, so that it is money's worth.

        Who means a size says "wala".
        """
        is_of = Role.OF in self._utterance.tags.roles(worth.start)
        return is_of and worth.end < len(self._evidence.naming) and self._evidence.naming[worth.end]


def _phrases(utterance: Utterance) -> dict[int, Tag]:
    """To each token inside a phrase of several words for one thing ("sky blue"), that phrase."""
    return {
        position: tag
        for tag in utterance.tags.all
        if tag.end - tag.start > 1 and tag.role in _CONCEPTS
        for position in range(tag.start, tag.end)
    }
