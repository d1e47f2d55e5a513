"""How far a typed word may stray from a word of the catalogue."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from engine.catalog_match.key_table import DeleteTable, KeyTable
from engine.language.english import english_words
from engine.text import latin, loan, loans, skeleton, skeletons, sound, sounds, stem

# How sure a way of meeting is.
EXACT = 1.0
_STEM, _SOUND, _SKELETON, _PREFIX, _LOAN = 0.98, 0.88, 0.78, 0.75, 0.84
_ONE_EDIT, _TWO_EDITS = 0.86, 0.74
_OTHER_FIRST_LETTER = 0.1  # people rarely mistype the first letter
_SHORT_PREFIX = 0.85  # of three letters, as a share of a longer one's
_SHORTEST = 4  # letters of words that are met by edits and beginnings
_LONG, _LONG_NAME = 5, 8
_LEAST_BEGUN = 0.4  # the share of a word that stands for all of it
_MOST_SHORT = 7  # letters of a word that three letters may stand for


class Spellings:
    """Finds the words that a typed word may stand for."""

    def __init__(self, words: Sequence[str]) -> None:
        """Index words by sound, consonants, beginning, and by what is left with letters taken out."""
        self._words = words
        self._ids = {word: index for index, word in enumerate(words)}
        plain = [(index, word) for index, word in enumerate(words) if ":" not in word and not word[:1].isdigit()]
        numbers, spelled = [index for index, _ in plain], [word for _, word in plain]
        self._by_sound = KeyTable(numbers, sounds(spelled), 3)
        self._by_loan = KeyTable(numbers, loans(spelled), 2)
        self._by_skeleton = KeyTable(numbers, skeletons(spelled), 3)
        self._by_delete = DeleteTable(plain, _SHORTEST)
        alphabetic = sorted((word, index) for index, word in plain if len(word) >= _SHORTEST)
        self._alphabetic = [word for word, _ in alphabetic]
        self._places = [index for _, index in alphabetic]

    def near(self, word: str) -> Iterator[tuple[int, float]]:
        """The numbers of the words that `word` may stand for, with similarity 0..1; some several times."""
        if (exact := self._ids.get(word)) is not None:
            yield exact, EXACT
        if (stemmed := self._ids.get(stem(word))) is not None:
            yield stemmed, _STEM
        script = latin(word)
        if script != word:
            yield from self._borrowed(word)
        if any(char.isdigit() for char in word) or len(word) < 3:
            return
        if script != word and (transliterated := self._ids.get(script)) is not None:
            yield transliterated, _STEM
        if exact is not None or stemmed is not None:
            return
        if len(word) > 3 and word in english_words():
            yield from self._lengthened(word)
            yield from self._coined(word)
            return
        yield from self._misspelled(script)
        if (stemmed_script := stem(script)) != script:
            yield from self._misspelled(stemmed_script)

    def _lengthened(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of the catalogue that go on a letter or two after an English one ("silicon", "silicone")."""
        for index, other in self._beginning(word) if len(word) >= _LONG else ():
            if len(other) - len(word) <= 2:
                yield index, _ONE_EDIT

    def _coined(self, word: str) -> Iterator[tuple[int, float]]:
        """Names that are no English words and a letter away from a long one: "expression" for "Xpression"."""
        for index in self._by_delete.near(word) if len(word) >= _LONG_NAME else ():
            other = self._words[index]
            if other not in english_words() and OSA.distance(word, other, score_cutoff=1) == 1:
                yield index, _ONE_EDIT

    def _beginning(self, word: str) -> Iterator[tuple[int, str]]:
        """The words that begin with a word, and their numbers."""
        for place in range(bisect_left(self._alphabetic, word), len(self._alphabetic)):
            if not self._alphabetic[place].startswith(word):
                return
            yield self._places[place], self._alphabetic[place]

    def _borrowed(self, word: str) -> Iterator[tuple[int, float]]:
        """English words of the catalogue that a Devanagari word may spell."""
        key = loan(word)
        if len(key) == 1 and key in self._ids:
            yield self._ids[key], _LOAN
        for index in self._by_loan.get(key):
            yield index, _LOAN * (0.7 + 0.3 * ratio(latin(word), self._words[index]) / 100)

    def _misspelled(self, word: str) -> Iterator[tuple[int, float]]:
        for index in self._by_sound.get(sound(word)):
            yield index, _SOUND
        for index in self._by_skeleton.get(skeleton(word)):
            yield index, _SKELETON * (0.6 + 0.4 * ratio(word, self._words[index]) / 100)
        if len(word) >= _SHORTEST:
            yield from self._edited(word)
        yield from self._begun(word)

    def _begun(self, word: str) -> Iterator[tuple[int, float]]:
        """Longer words of the catalogue that a word begins ("choco")."""
        for index, other in self._beginning(word):
            if len(word) == 3 and len(other) <= _MOST_SHORT:
                yield index, _PREFIX * _SHORT_PREFIX
            elif len(word) > 3 and len(word) >= _LEAST_BEGUN * len(other):
                yield index, _PREFIX

    def _edited(self, word: str) -> Iterator[tuple[int, float]]:
        for index in self._by_delete.near(word):
            other = self._words[index]
            edits = OSA.distance(word, other, score_cutoff=2)
            shorter = min(len(word), len(other))
            if edits == 1 and shorter >= 4:
                yield index, _ONE_EDIT if word[0] == other[0] else _ONE_EDIT - _OTHER_FIRST_LETTER
            elif edits == 2 and shorter >= 7 and word[0] == other[0]:
                yield index, _TWO_EDITS
