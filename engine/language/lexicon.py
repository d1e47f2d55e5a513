"""The words of all languages in use, found in a message by longest match."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from engine.language.english import english_words
from engine.language.language import Language, languages
from engine.language.role import Role, Tag
from engine.text import sound

_REMEMBERED = 65_536  # words whose roles are kept at hand
_SHORTEST_SOUND = 3  # shorter keys meet too many words
# A language that is not always read needs this many of its own words, and this share of all words.
_OWN_WORDS, _OWN_SHARE = 2, 0.08
_SHORTEST_OWN = 3
_MOST_OTHERS = 2  # languages beside those always read
_WELL_HEARD = 9  # own words of an everyday language beside which another that nobody speaks goes unread
_RIVAL = 0.25  # an everyday language goes unread where it has fewer words, as a share of the other language's own
_NAMES = frozenset({Role.GOODS, Role.COLOR, Role.OPTION, Role.SUPERLATIVE})  # roles of words that take endings
_LONG = 6  # letters of a word that is no other by chance
_ACTS = frozenset({
    Role.WANT, Role.GIVE, Role.ADD, Role.REMOVE, Role.CHANGE, Role.INSTEAD, Role.CANCEL, Role.REVIVE, Role.THANKS,
})  # fmt: skip
_BORROWED = frozenset({Role.GOODS, Role.SIZE, Role.PACK, Role.PAYMENT, Role.PLACE, Role.HONORIFIC})


class Lexicon:
    """The words of some languages, looked up together.

    A language that stands before the everyday ones keeps its words to itself: in `("es", "en")`, "once" is
    eleven alone. Otherwise a word has what every language gives it, the first language's roles first.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        """Look words up in the languages with these codes."""
        self.codes = tuple(codes)
        read = [languages()[code] for code in self.codes]
        self.decimal_comma = bool(read) and read[0].decimal_comma
        self.unit_first = bool(read) and read[0].unit_first
        self._languages = list(zip(read, _claimed(read), strict=True))
        self._single = frozenset[str]().union(*(language.single for language in read))
        self._parts = frozenset[str]().union(*(language.parts for language in read))
        self._after: dict[str, frozenset[str]] = {}  # to the first word of longer phrases the second ones
        for language in read:
            for first, second in language.after.items():
                self._after[first] = second | self._after[first] if first in self._after else second
        self._beginning = lru_cache(maxsize=_REMEMBERED)(self._phrases_from)
        self._alone = lru_cache(maxsize=_REMEMBERED)(self._tags_alone)

    def __contains__(self, word: str) -> bool:
        return word in self._single

    def holds(self, word: str) -> bool:
        """Whether a word stands in the lexicon, alone or as part of a phrase."""
        return word in self._parts

    def begins_phrase(self, words: Sequence[str]) -> bool:
        """Whether two of the words in a row may begin a phrase; where none do, each word's tags are its own."""
        after = self._after
        if after.keys().isdisjoint(words):
            return False
        return any(left in after and right in after[left] for left, right in pairwise(words))

    @staticmethod
    @cache
    def of(codes: tuple[str, ...]) -> "Lexicon":
        """The shared lexicon of these languages."""
        return Lexicon(codes)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """Every role of every word and phrase in a folded message; of one role at one place the longest.

        Hyphens do not part a phrase: "abu-abu" is "abu abu".
        """
        if "-" not in words:
            return [tag for start in range(len(words)) for tag in self._tags_at(words, start)]
        places = [index for index, word in enumerate(words) if word != "-"]
        plain = [words[index] for index in places]
        return [
            Tag(places[tag.start], places[tag.end - 1] + 1, tag.role, tag.value, tag.final, tag.by_sound)
            for start in range(len(plain))
            for tag in self._tags_at(plain, start)
        ]

    def _tags_at(self, words: Sequence[str], start: int) -> list[Tag]:
        after = self._after.get(words[start])
        if after is not None and start + 1 < len(words) and words[start + 1] in after:
            return self._longest(words, start) or self._tags_by_sound(words[start], start)
        end = start + 1
        return [Tag(start, end, *can) for can in self._alone(words[start])]

    def _tags_alone(self, word: str) -> tuple[tuple[Role, str, bool, bool], ...]:
        """What a word can do that begins no phrase: the role, value, `final` and `by_sound` of its tags."""
        tags = self._longest((word,), 0) or self._tags_by_ending(word) or self._tags_by_sound(word, 0)
        return tuple((tag.role, tag.value, tag.final, tag.by_sound) for tag in tags)

    def _phrases_from(self, first: str) -> tuple[tuple[tuple[str, ...], Role, str, bool], ...]:
        """The phrases that begin with a word: each one's words, role, value and whether its language is verb-final."""
        return tuple(
            (said, role, value, language.verb_final)
            for language, claimed in self._languages
            for said, role, value in language.by_first.get(first, ())
            if len(said) > 1 or first not in claimed
        )

    def _longest(self, words: Sequence[str], start: int) -> list[Tag]:
        longest: dict[tuple[Role, str], Tag] = {}
        lengths: dict[Role, int] = {}
        for phrase, role, value, final in self._beginning(words[start]):
            size = len(phrase)
            if size > 1 and tuple(words[start : start + size]) != phrase:
                continue
            if size > lengths.get(role, 0):
                longest = {key: tag for key, tag in longest.items() if key[0] is not role}
                lengths[role] = size
            if size >= lengths[role]:
                longest[role, value] = Tag(start, start + size, role, value, final)
        return list(longest.values())

    def _tags_by_ending(self, word: str) -> list[Tag]:
        """What a word names whose ending says what becomes of it: "chinir" (of sugar), "gulanya" (the sugar)."""
        if word in english_words():
            return []
        for language, claimed in self._languages:
            for ending in language.endings:
                begin = word.removesuffix(ending)
                if begin != word and len(begin) >= _SHORTEST_SOUND and begin not in claimed:
                    can = {(role, value) for said, role, value in language.by_first.get(begin, ()) if said == (begin,)}
                    if named := [
                        Tag(0, 1, *one, language.verb_final, by_sound=True) for one in can if one[0] in _NAMES
                    ]:
                        return named
        return []

    def _tags_by_sound(self, word: str, start: int) -> list[Tag]:
        if (len(word) < 4 and word.isascii()) or word in english_words():
            return []
        key = sound(word)
        if len(key) < _SHORTEST_SOUND:
            return []
        can = dict.fromkeys(
            (role, value, language.verb_final)
            for language, claimed in self._languages
            for said, role, value in language.by_sound.get(key, ())
            if said[0] not in claimed
        )
        return [Tag(start, start + 1, role, value, final, by_sound=True) for role, value, final in can]


def _claimed(read: Sequence[Language]) -> Iterator[frozenset[str]]:
    """Of each language the single words that another, which stands before it, keeps to itself."""
    claimed = frozenset[str]()
    for language in read:
        yield claimed if language.always else frozenset()
        if not language.always:
            claimed |= language.single


@cache
def _own(code: str, others: tuple[str, ...]) -> frozenset[str]:
    """The words, alone or in phrases, that tell a language from the others: none for things, which people borrow."""
    return _without(
        code, others, (w for said, role, _ in languages()[code].words if role not in _BORROWED for w in said)
    )


@cache
def _acting(code: str, others: tuple[str, ...]) -> frozenset[str]:
    """Its own words for what is done in orders."""
    return _without(code, others, (w for said, role, _ in languages()[code].words if role in _ACTS for w in said))


@cache
def _things(code: str, others: tuple[str, ...]) -> frozenset[str]:
    """Its words for things that the others do not have."""
    words = languages()[code].words
    return _without(code, others, (said[0] for said, role, _ in words if role in _BORROWED and len(said) == 1))


def _without(code: str, others: tuple[str, ...], said: Iterable[str]) -> frozenset[str]:
    """Words that no other language has, none of them very short."""
    shared = frozenset[str]().union(*(languages()[other].parts for other in others if other != code))
    return frozenset(word for word in {*said} - shared if len(word) >= _SHORTEST_OWN or not word.isascii())


def _heard(counts: Counter[str], vocabulary: frozenset[str]) -> int:
    return sum(counts[word] for word in vocabulary.intersection(counts))


def _loud(counts: Counter[str], code: str, others: tuple[str, ...]) -> int:
    """How many words of a message are a language's own, if they tell it.

    Two words do, or one of asking, giving and the like where it is long or beside a thing.
    """
    telling = _own(code, others).intersection(counts)
    if not telling:
        return 0
    things = _things(code, others).intersection(counts)
    acting = telling & _acting(code, others)
    is_told = len(telling) >= _OWN_WORDS or any(things or len(word) >= _LONG for word in acting)
    return sum(counts[word] for word in telling | things) if is_told else 0


def spoken(words: Iterable[str], is_sold: Callable[[str], bool] | None = None) -> tuple[str, ...]:
    """The languages that a chat is written in, judged by its folded words; the order is how to read them.

    Those always read come first and others behind, unless another one leads: it has at least as many words of its
    own as each of the everyday ones. An everyday language that is not mixed into the one that leads (`beside`) and
    hardly heard is left out; the name of what `is_sold` is heard in no language.
    """
    counts = Counter(word for word in words if word.isalpha() or not word.isascii())
    everyday = tuple(code for code, language in languages().items() if language.always)
    others = _others(counts, everyday)
    if not others:
        return _everyday(counts, everyday, is_sold)
    first = others[0]
    own = _heard(counts, _own(first, everyday))
    heard = {code: _heard(counts, _own(code, (*everyday, first))) for code in everyday}
    read = tuple(c for c in everyday if c in languages()[first].beside or heard[c] >= max(1, _RIVAL * own))
    return (*others, *read) if own >= max(heard.values()) else (*read, *others)


def _everyday(
    counts: Counter[str], everyday: tuple[str, ...], is_sold: Callable[[str], bool] | None
) -> tuple[str, ...]:
    """The everyday languages without those of which nothing is heard where another is heard well: "fir" is a tree."""
    said = counts.keys() | {word.removesuffix("s") for word in counts}
    own = {code: _own(code, everyday) & said for code in everyday}
    first = max(everyday, key=lambda code: len(own[code]))
    if len(own[first]) < _WELL_HEARD:
        return everyday
    beside = {first, *languages()[first].beside}

    def is_heard(code: str) -> bool:
        is_said = any(is_sold is None or not is_sold(word) for word in own[code])
        return is_said or not _things(code, everyday).isdisjoint(said)

    return tuple(code for code in everyday if code in beside or is_heard(code))


def _others(counts: Counter[str], everyday: tuple[str, ...]) -> tuple[str, ...]:
    """Languages beside the everyday ones: the most heard, then what it leaves unexplained."""
    found: tuple[str, ...] = ()
    while len(found) < _MOST_OTHERS:
        known = (*everyday, *found)
        heard = {code: _loud(counts, code, known) for code in languages() if code not in known}
        enough = {code: loud for code, loud in heard.items() if loud >= max(1, _OWN_SHARE * counts.total())}
        if not enough:
            break
        found = (*found, max(enough, key=lambda code: enough[code]))
    return found
