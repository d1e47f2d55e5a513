"""How far a typed word may stray from a word of the catalogue."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from engine.language.english import english_words
from engine.text import latin, loan, skeleton, sound, stem

# How sure a way of meeting is.
EXACT = 1.0
_STEM, _SOUND, _SKELETON, _PREFIX, _LOAN = 0.98, 0.88, 0.78, 0.75, 0.84
_ONE_EDIT, _TWO_EDITS = 0.86, 0.74
_OTHER_FIRST_LETTER = 0.1  # people rarely mistype the first letter
_SHORT_PREFIX = 0.85  # of three letters, as a share of a longer one's
_LONG = 5
_LEAST_BEGUN = 0.4  # the share of a word that stands for all of it
_MOST_SHORT = 7  # letters of a word that three letters may stand for


class Spellings:
    """Finds the words that a typed word may stand for."""

    def __init__(self, words: Sequence[str]) -> None:
        """Index words by sound, consonants, beginning, and by what is left with letters taken out."""
        self._words = words
        self._ids = {word: index for index, word in enumerate(words)}
        plain = [(index, word) for index, word in enumerate(words) if ":" not in word and not word[:1].isdigit()]
        self._by_sound = _keyed(plain, sound, 3)
        self._by_loan = _keyed(plain, lambda word: loan(latin(word)), 2)
        self._by_skeleton = _keyed(plain, lambda word: skeleton(latin(word)), 3)
        self._by_delete: dict[str, list[int]] = defaultdict(list)
        self._by_prefix: dict[str, list[int]] = defaultdict(list)
        for index, word in plain:
            if len(word) >= 4:
                for key in _deletes(word):
                    self._by_delete[key].append(index)
                self._by_prefix[word[:3]].append(index)

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
            return
        yield from self._misspelled(stem(script))

    def _lengthened(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of the catalogue that go on a letter or two after an English one ("silicon", "silicone")."""
        for index in self._by_prefix.get(word[:3], ()):
            other = self._words[index]
            if len(word) >= _LONG and other.startswith(word) and len(other) - len(word) <= 2:
                yield index, _ONE_EDIT

    def _borrowed(self, word: str) -> Iterator[tuple[int, float]]:
        """English words of the catalogue that a Devanagari word may spell."""
        key = loan(word)
        if len(key) == 1 and key in self._ids:
            yield self._ids[key], _LOAN
        for index in self._by_loan.get(key, ()):
            yield index, _LOAN * (0.7 + 0.3 * ratio(latin(word), self._words[index]) / 100)

    def _misspelled(self, word: str) -> Iterator[tuple[int, float]]:
        for index in self._by_sound.get(sound(word), ()):
            yield index, _SOUND
        for index in self._by_skeleton.get(skeleton(word), ()):
            yield index, _SKELETON * (0.6 + 0.4 * ratio(word, self._words[index]) / 100)
        if len(word) >= 4:
            yield from self._edited(word)
        yield from self._begun(word)

    def _begun(self, word: str) -> Iterator[tuple[int, float]]:
        """Longer words of the catalogue that a word begins ("choco")."""
        for index in self._by_prefix.get(word[:3], ()):
            other = self._words[index]
            if len(word) == 3 and len(other) <= _MOST_SHORT:
                yield index, _PREFIX * _SHORT_PREFIX
            elif len(word) > 3 and other.startswith(word) and len(word) >= _LEAST_BEGUN * len(other):
                yield index, _PREFIX

    def _edited(self, word: str) -> Iterator[tuple[int, float]]:
        near = {index for key in _deletes(word) for index in self._by_delete.get(key, ())}
        for index in near:
            other = self._words[index]
            edits = OSA.distance(word, other, score_cutoff=2)
            shorter = min(len(word), len(other))
            if edits == 1 and shorter >= 4:
                yield index, _ONE_EDIT if word[0] == other[0] else _ONE_EDIT - _OTHER_FIRST_LETTER
            elif edits == 2 and shorter >= 7 and word[0] == other[0]:
                yield index, _TWO_EDITS


def _keyed(plain: Iterable[tuple[int, str]], key_of: Callable[[str], str], shortest: int) -> dict[str, list[int]]:
    keyed: dict[str, list[int]] = defaultdict(list)
    for index, word in plain:
        key = key_of(word)
        if len(key) >= shortest:
            keyed[key].append(index)
    return dict(keyed)


def _deletes(word: str) -> set[str]:
    """The word, and it with each one letter left out; of long words with two, over the first eight letters."""
    ones = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < 7:
        return {word} | ones
    return {word} | ones | {one[:i] + one[i + 1 :] for one in ones for i in range(min(8, len(one)))}
