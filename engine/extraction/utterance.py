"""A message, read word by word: tokens, tags, numbers, breaks."""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from unicodedata import category

from engine.conversation import Message
from engine.extraction.correction import corrected
from engine.extraction.number import Number, NumberKind, numbers
from engine.extraction.row import with_places, with_terms, with_unit_shared
from engine.extraction.tag_table import TagTable
from engine.extraction.token import Splitter, Token, cut_joined, joined_at
from engine.extraction.ware import Wares, as_sold
from engine.language import Lexicon, Role, Tag
from engine.language.role import NUMERIC
from engine.lazy import lazy

# How hard a sign between two words parts them.
NO_BREAK, SOFT, COMMA, LINE = 0, 1, 2, 3
_COMMAS = frozenset(",;|.!?।•()[]{}–—=:")
_SOFT_SIGNS = frozenset("/-&+")
_QUOTED = re.compile(r"(?<!\d)\"[^\"\n]{3,}\"|“[^”\n]{3,}”|(?<!\w)['‘](?=\w)[^'’\n]*\s[^'’\n]*['’](?!\w)")
_NO_ROLES: frozenset[Role] = frozenset()
_LONGEST_UNIT, _SHORTEST_GOOD = 6, 3  # letters of "litres", and of what is weighed
_REMEMBERED = 20_000  # words of which it is kept in mind whether they are two
_THINGS = NUMERIC | {Role.GOODS, Role.COLOR, Role.SIZE, Role.UNIT, Role.PACK}  # may be meant by their sound
_GLUED = frozenset({Role.UNIT, Role.COUNT})  # what is written in one with a number: "2kg", "2x"
_PICTURE = "So"  # as Unicode calls signs that are no letters, nor money
_STOPS = frozenset(".!?।")
_PAIR = 2  # words
_PLACE_SIGNS = frozenset(":-.–=")
_QUESTION_MARKS = frozenset("?¿？")


@dataclass(frozen=True, eq=False)
class Utterance:
    """One message with everything that language alone tells about its words; as a key it is itself and no other.

    `details` are the tokens that surely tell a detail of the delivery, and no goods.
    """

    message: Message
    tokens: tuple[Token, ...]
    tags: TagTable
    numbers: tuple[Number, ...]
    withdrawn: frozenset[int] = frozenset()  # tokens that are taken back at once: the "10 nahi" of "10 nahi 6"
    details: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """The characters of its message."""
        return self.message.size

    @lazy
    def has_digits(self) -> bool:
        """Whether any sign of its message stands for a number, in whatever script."""
        return any(map(str.isnumeric, self.message.text))

    @lazy
    def breaks(self) -> tuple[int, ...]:
        """Before each token, how hard it is parted from the one before; punctuation itself is a break."""
        text = self.message.text
        listed = {number.start for number in self.numbers if number.kind is NumberKind.INDEX}  # "1. soap 2. sugar"
        parting = [self._parts_beside(index) for index in range(len(self.tokens))]
        found = [LINE] * len(parting)
        for index, (before, here) in enumerate(pairwise(self.tokens), 1):
            if index not in listed and (before.end == here.start or "\n" not in text[before.end : here.start]):
                found[index] = max(parting[index - 1], parting[index])
        return tuple(found)

    def _parts_beside(self, index: int) -> int:
        """How hard a token parts what stands before from what stands behind it."""
        raw = self.tokens[index].raw
        if raw in _COMMAS or (not raw.isascii() and self._is_picture(index)):
            return COMMA
        return SOFT if raw in _SOFT_SIGNS else NO_BREAK

    def _is_picture(self, index: int) -> bool:
        """Whether a token is a face or a picture that stands for no word."""
        return category(self.tokens[index].raw[0]) == _PICTURE and not self.tags.roles(index)

    @lazy
    def number_at(self) -> dict[int, Number]:
        """The number that each token is part of."""
        return {index: number for number in self.numbers for index in range(number.start, number.end)}

    @lazy
    def sentences(self) -> tuple[int, ...]:
        """For each token, which sentence it is in: parted by line breaks and full stops, not by commas."""
        stops = {i + 1 for i, token in enumerate(self.tokens) if token.raw in _STOPS and not self._is_dotted(i)}
        begun = (index in stops or hard == LINE for index, hard in enumerate(self.breaks[1:], 1))
        return tuple(accumulate(begun, initial=0)) if self.tokens else ()

    def _is_dotted(self, index: int) -> bool:
        """Whether a full stop belongs to an abbreviation ("no.", "h.no") or a list index."""
        if self.tokens[index].raw != "." or index == 0:
            return False
        glued = index + 1 < len(self.tokens) and self.tokens[index + 1].start == self.tokens[index].end
        return (
            glued
            or (self.number_at.get(index - 1, None) is not None and self.number_at[index - 1].kind is NumberKind.INDEX)
            or Role.ABBREVIATION in self.tags.roles(index - 1)
        )

    @lazy
    def quoted(self) -> frozenset[int]:
        """Tokens inside quotation marks: words to be written on something, not wished for."""
        inside: set[int] = set()
        for match in _QUOTED.finditer(self.message.text):
            inside |= {i for i, t in enumerate(self.tokens) if match.start() <= t.start < match.end()}
        return frozenset(inside)

    @property
    def asks(self) -> bool:
        """Whether a question mark stands in it."""
        return bool(self.asking)

    def sentence_asks(self, index: int) -> bool:
        """Whether the sentence of a token ends in a question mark."""
        return self.sentences[index] in self.asking

    @lazy
    def asking(self) -> frozenset[int]:
        """The sentences in which a question mark stands."""
        marks = [i for i, token in enumerate(self.tokens) if token.raw in _QUESTION_MARKS]
        return frozenset([self.sentences[i] for i in marks])

    def begins_listed(self, index: int) -> bool:
        """Whether an "a" stands at a place, first of all or behind a comma or an "and"."""
        if index < 0 or Role.ARTICLE not in self.tags.roles(index):
            return False
        return index == 0 or self.breaks[index] >= COMMA or Role.AND in self.tags.roles(index - 1)

    def leads_to_place(self, index: int) -> bool:
        """Whether a word leads to an address; one that adds, too, only before a sign: "add: 4 Park Street"."""
        roles = self.tags.roles(index)
        is_sign = index + 1 < len(self.tokens) and self.tokens[index + 1].raw in _PLACE_SIGNS
        return Role.AT_ADDRESS in roles and (Role.ADD not in roles or is_sign)

    def roles_begun(self, sentence: int) -> frozenset[Role]:
        """All that the words and phrases which begin in a sentence can do."""
        return self._roles_begun.get(sentence, _NO_ROLES)

    def roles_within(self, sentence: int) -> frozenset[Role]:
        """All that the words of a sentence can do, alone or in a phrase that began before."""
        return self._roles_within.get(sentence, _NO_ROLES)

    @lazy
    def _roles_begun(self) -> dict[int, frozenset[Role]]:
        return _gathered((self.sentences[tag.start], (tag.role,)) for tag in self.tags.all)

    @lazy
    def _roles_within(self) -> dict[int, frozenset[Role]]:
        return _gathered((sentence, self.tags.roles(i)) for i, sentence in enumerate(self.sentences))

    def has(self, *roles: Role) -> bool:
        """Whether any word or phrase can do one of these roles."""
        return not self.tags.kinds.isdisjoint(roles)


def _gathered(said: Iterable[tuple[int, Iterable[Role]]]) -> dict[int, frozenset[Role]]:
    """The roles said of each sentence, together."""
    gathered: dict[int, set[Role]] = {}
    for sentence, roles in said:
        gathered.setdefault(sentence, set()).update(roles)
    return {sentence: frozenset(roles) for sentence, roles in gathered.items()}


class Annotator:
    """Reads messages against a lexicon; knows which words the catalogue holds, to keep or split tokens by."""

    def __init__(
        self,
        in_catalog: Callable[[str], bool],
        is_spelled: Callable[[str], bool] | None = None,
        wares: Wares | None = None,
    ) -> None:
        """Remember how to ask the catalogue for a word, and whether it spells letters and digits as one ("m14")."""
        self._splitter = Splitter.shared()
        self._in_catalog = in_catalog
        self._is_spelled = is_spelled or in_catalog
        self._joined_at = lru_cache(maxsize=_REMEMBERED)(partial(_joined_at, in_catalog))
        self._unit_end = lru_cache(maxsize=_REMEMBERED)(partial(_unit_end, in_catalog))
        self._wares = wares

    def read(self, message: Message, lexicon: Lexicon) -> Utterance:
        """The utterance of a message."""

        def is_whole(word: str) -> bool:
            return self._is_spelled(word) or (word in lexicon and not word[:1].isdigit())

        tokens = self._with_joined_cut(self._splitter.split(message.text, is_whole), lexicon)
        tags = lexicon.tags([token.word for token in tokens])
        numeric = {tag.start for tag in tags if tag.role is Role.NUMBER}
        goods = {t for t in tags if (t.by_sound and self._is_sold(t, tokens)) or self._is_written_so(t, tokens)}
        goods.update(t for t in tags if t.role is Role.GREETING and self._is_counted(t, tokens, numeric))
        table = TagTable([tag for tag in tags if tag not in goods] if goods else tags)
        said = numbers(tokens, table, message.text, decimal_comma=lexicon.decimal_comma, unit_first=lexicon.unit_first)
        said = with_unit_shared(with_places(said, tokens), tokens, table)
        if not message.from_customer:
            said = with_terms(said, tokens)
        if self._wares is not None and said:
            said = as_sold(said, tokens, table, message.text, self._wares)
        found, void = corrected(said, tokens, table)
        return Utterance(message, tuple(tokens), table, found, void)

    def _is_sold(self, tag: Tag, tokens: Sequence[Token]) -> bool:
        """Whether the catalogue spells a word so that only sounds like one which does something: "leek" for "leak"."""
        return tag.role not in _THINGS and self._in_catalog(tokens[tag.start].word)

    def _is_written_so(self, tag: Tag, tokens: Sequence[Token]) -> bool:
        """Whether the catalogue has an idle saying of two words beside each other: the "baby shower" of cookies."""
        if tag.role is not Role.STOP or tag.end - tag.start != _PAIR:
            return False
        return self._in_catalog(tokens[tag.start].word + tokens[tag.start + 1].word)

    def _is_counted(self, tag: Tag, tokens: Sequence[Token], numeric: AbstractSet[int]) -> bool:
        """ "2 good day" where such biscuits are sold: whether a number stands right beside a greeting of more words."""
        if tag.end - tag.start == 1:
            return False
        beside = (place for place in (tag.start - 1, tag.end) if 0 <= place < len(tokens))
        is_numbered = any(tokens[place].is_number or place in numeric for place in beside)
        return is_numbered and all(self._in_catalog(token.word) for token in tokens[tag.start : tag.end])

    def _with_joined_cut(self, tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
        """Tokens, of which those that are two known words in one are cut."""
        found: list[Token] = []
        for token in tokens:
            word = token.word
            is_glued = bool(found) and found[-1].is_number and found[-1].end == token.start and token.is_word
            if is_glued and len(word) == len(token.raw) and (unit := self._unit_end(word, lexicon)):
                found += cut_joined(token, unit)
            elif cut := self._cut(token, lexicon):
                found += cut_joined(token, cut) if len(word) == len(token.raw) else (token,)
            else:
                found.append(token)
        return found

    def _cut(self, token: Token, lexicon: Lexicon) -> int:
        """Where a word is to be cut in two; 0 for one of the catalogue's that is misspelled ("presure" of cookers)."""
        cut = self._joined_at(token.word, lexicon) if token.is_word and not lexicon.holds(token.word) else 0
        return 0 if cut and self._wares is not None and self._wares.spells(token.word) else cut


def _unit_end(in_catalog: Callable[[str], bool], word: str, lexicon: Lexicon) -> int:
    """Where a unit or counting sign ends that is written in one with what is sold ("kgsugar", "xsoap"), or 0."""
    if lexicon.holds(word) or in_catalog(word):
        return 0
    cuts = range(min(len(word) - _SHORTEST_GOOD, _LONGEST_UNIT), 0, -1)
    known = (cut for cut in cuts if in_catalog(word[cut:]) or word[cut:] in lexicon)
    return next((cut for cut in known if any(tag.role in _GLUED for tag in lexicon.tags([word[:cut]]))), 0)


def _joined_at(in_catalog: Callable[[str], bool], word: str, lexicon: Lexicon) -> int:
    return joined_at(word, lambda part: part in lexicon or in_catalog(part))
