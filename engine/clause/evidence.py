"""How much each word of a message speaks for each product."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.catalog_match.index import CatalogIndex, Hit
from engine.catalog_match.tally import Vote
from engine.catalog_match.word import CONCEPT_ROLES, concept
from engine.clause.bound import bound
from engine.clause.listed import listed
from engine.extraction.count_sign import is_times_sign
from engine.extraction.detail.vocabulary import Vocabulary
from engine.extraction.number import NumberKind
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role
from engine.language.role import ANY_PACK, SIGNS, Tag
from engine.lazy import lazy

# A word that orders are made of ("send", "full", "set") may be in a title too: it counts for less.
_FUNCTION_WORD, _PACK_WORD, _NUMBER = 0.25, 0.5, 0.8
_JOINED = 0.5  # each of two words that the catalogue writes as one
_CONTENT_ROLES = frozenset(CONCEPT_ROLES)
_CONCEPTS = (Role.GOODS, Role.COLOR, Role.SIZE)  # in the order in which they are asked about
_WEAK_ROLES = frozenset({Role.PACK, Role.COUNT, Role.UNIT, Role.PLACE, Role.TIME, Role.HONORIFIC, Role.AT_PHONE})
_SOLD_ROLES = frozenset({Role.PACK, Role.SUPERLATIVE})  # of words that may be in a name all the same
_QUALITIES = frozenset({  # goods may be so, whatever they are
    "fresh", "whole", "powder", "loose", "sour", "sweet_taste", "spicy", "frozen", "fried", "cotton", "silk", "leather",
    "wool", "kernel",
})  # fmt: skip
_QUALITY = 0.6
_NUMBERING = frozenset({Role.NUMBER, Role.STOP})
_STOP = frozenset({Role.STOP})
_AGREEING = frozenset({Role.YES, Role.THANKS})
_MODEL = 3  # digits of a model's number that is said before its name
_LINK = 3  # letters of a word that only links ("of", "de")
_PARTING = frozenset({Role.AND, Role.OR, Role.NOT, Role.GIVE, Role.WANT, Role.QUESTION, Role.THIS, Role.THAT})
_ENDING = (frozenset({Role.NOT}), frozenset({Role.GIVE}))
_GOODS = frozenset({Role.GOODS})  # goods by a known name that the catalogue does not have are not sold
_GLUE = frozenset({Role.AND, Role.OR, Role.NOT, Role.STOP, Role.GIVE, Role.WANT, Role.QUESTION, Role.THIS, Role.THAT})
_NO_GOODS = frozenset(
    {
        NumberKind.LONG,
        NumberKind.PRICE,
        NumberKind.WHEN,
        NumberKind.INDEX,
        NumberKind.PLACE,
        NumberKind.PEOPLE,
        NumberKind.OWNED,
    }
)
_FILLING = frozenset({"kg", "g", "mg", "L", "ml", "oz", "lb"})
_MOST_GROUPS = 400  # rarer words decide; groups beyond these have only common words
_UNKNOWN_NEED = 2.2  # what a word needs to be explained by that no catalogue word comes near
_CONCEPT_SIMILARITY = 0.95
_SPELLED = 0.98  # a word of a language's list is a catalogue's word only where it is spelled like it
_NAMING_HITS, _NAMING = 3, 0.7  # how many of the best hits are asked whether they name a product, and how near
_CONTENT = 0.5  # evidence from which a word may name something


@dataclass(frozen=True)
class Evidence:
    """What the tokens of a message say for products.

    `mass[t, c]` is what token t says for product `groups[c]`; `best[t]` its most for any; `need[t]` what it asks to be
    explained by. `unknown` tokens have letters that neither language nor catalogue knows; `naming` tokens name a
    product, rather than a color or a size of one; `content` tokens may name a product or one of its options; `listed`
    numbers share the word before an earlier one ("pixel 7, 8"); `bound` words belong to the one before an "and".
    """

    groups: npt.NDArray[np.int32]
    mass: npt.NDArray[np.float32]
    best: npt.NDArray[np.float32]
    need: npt.NDArray[np.float32]
    unknown: tuple[bool, ...]
    naming: tuple[bool, ...]
    content: tuple[bool, ...]
    listed: frozenset[int] = frozenset()
    bound: frozenset[int] = frozenset()

    @lazy
    def columns(self) -> Mapping[int, int]:
        """The column of each product that any word speaks for."""
        return {group: column for column, group in enumerate(self.groups.tolist())}

    def of(self, position: int, group: int) -> float:
        """What a token says for a product."""
        column = self.columns.get(group)
        return float(self.mass[position, column]) if column is not None else 0.0


def gather(utterance: Utterance, index: CatalogIndex) -> Evidence:
    """The evidence of all words of an utterance."""
    votes = _Votes(utterance, index)
    groups, mass = votes.counted()
    best = np.maximum.reduce(mass, axis=1) if len(groups) else np.zeros(len(utterance.tokens), dtype=np.float32)
    unknown = tuple([not k and _is_unknown(utterance, i) for i, k in enumerate(votes.known)])
    most: list[float] = best.tolist()
    need = best
    if any(unknown):
        need = np.array([v or (_UNKNOWN_NEED if u else 0.0) for u, v in zip(unknown, most, strict=True)], np.float32)
    content = [value >= _CONTENT and (i in votes.joined or not _is_glue(utterance, i)) for i, value in enumerate(most)]
    named = tuple(votes.naming)
    known = unknown, named, tuple(content)
    return Evidence(groups, mass, best, need, *known, listed(utterance, index), bound(utterance, index))


class _Votes:
    """What the words of an utterance are in the catalogue.

    `known` says of each token whether the catalogue, or a saying, explains it; `naming` whether it names a product.
    """

    def __init__(self, utterance: Utterance, index: CatalogIndex) -> None:
        self._utterance = utterance
        self._index = index
        self._cast: list[Vote] = []
        self.naming = [False] * len(utterance.tokens)
        self.joined: set[int] = set()  # words that the catalogue has beside the same word as here ("front load")
        self.known = [self._vote(position) for position in range(len(utterance.tokens))]

    def counted(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The products that have votes, the likeliest first, and of each token its strongest vote for each."""
        tokens = len(self._utterance.tokens)
        if not self._cast:
            return np.empty(0, dtype=np.int32), np.zeros((tokens, 0), dtype=np.float32)
        groups, mass = self._index.tally(self._cast, tokens)
        likeliest = (-np.add.reduce(mass)).argsort(kind="stable")[:_MOST_GROUPS]
        return groups[likeliest], mass[:, likeliest].astype(np.float32)

    def _add(self, position: int, hit: Hit, factor: float) -> None:
        self._cast.append(Vote(position, hit.word, self._index.worth(hit.word) * hit.similarity**2 * factor))

    def _vote(self, position: int) -> bool:
        """Cast the votes of what begins at a token; whether its word is known."""
        if self._utterance.tags.is_inside_saying(position) or position in self._utterance.withdrawn:
            return True
        self._vote_joined(position)
        begun = self._utterance.tags.beginning(position)
        is_concept = not _CONTENT_ROLES.isdisjoint(begun) and self._vote_concepts(begun)
        if self._is_container(position) or is_times_sign(self._utterance.tokens, position):
            return True
        number = self._utterance.number_at.get(position)
        if number is not None and number.kind in _NO_GOODS:
            return is_concept
        token = self._utterance.tokens[position]
        if token.is_number:
            self._vote_number(position)
            return True
        if not token.is_word or (number is not None and position >= number.digits):
            return is_concept
        return self._vote_word(position) or is_concept

    def _vote_joined(self, position: int) -> None:
        """Two words that the catalogue writes as one ("air dopes")."""
        if position + 1 == len(self._utterance.tokens):
            return
        left, right = self._utterance.tokens[position : position + 2]
        if not (left.is_word or left.is_number) or not (right.is_word or right.is_number) or left.end + 1 < right.start:
            return
        if hit := self._index.exact(left.word + right.word):
            for place in (position, position + 1):
                self._add(place, hit, _JOINED)
                self.naming[place] |= self._index.is_naming(hit.word)
            is_long = min(map(len, (left.word, right.word))) > _LINK and not self._parts(position, position + 1)
            if is_long or self._is_called(position + 1, hit) or self._is_called_without(position, hit):
                self.joined.update((position, position + 1))

    def _is_called(self, position: int, joined: Hit) -> bool:
        """Whether a "not" or "give" of another language ends a name of two words: the "mat" of "yoga mat"."""
        is_other = self._utterance.tags.roles(position) & _PARTING in _ENDING
        return (
            is_other and self._index.is_naming(joined.word) and self._index.sells(self._utterance.tokens[position].word)
        )

    def _is_called_without(self, position: int, joined: Hit) -> bool:
        """Whether a "not" stands in a name before what that has none of: the "sem" of "agua sem gas"."""
        is_not = self._utterance.tags.roles(position) & _PARTING == {Role.NOT}
        return is_not and self._index.is_naming(joined.word)

    def _parts(self, *positions: int) -> bool:
        """Whether one of these words joins clauses rather than is part of a name."""
        return any(self._utterance.tags.roles(p) & _PARTING for p in positions)

    def _vote_concepts(self, begun: Mapping[Role, Tag]) -> bool:
        """Goods, colors and sizes by their name in any language."""
        every = self._utterance.tags.every
        named = [tag for role in _CONCEPTS if role in begun for tag in every(begun[role].start, role)]
        return sum(map(self._vote_concept, named)) > 0

    def _vote_concept(self, tag: Tag) -> bool:
        hit = self._index.exact(concept(tag.role, tag.value))
        if hit is None or self._is_part_of_name(tag):
            return False
        factor = _QUALITY if tag.value in _QUALITIES else 1.0
        for inside in range(tag.start, tag.end):
            self._add(inside, Hit(hit.word, _CONCEPT_SIMILARITY), factor / (tag.end - tag.start))
            self.naming[inside] |= tag.role is Role.GOODS and self._index.is_naming(hit.word)
        return True

    def _is_part_of_name(self, tag: Tag) -> bool:
        """Whether words are part of a longer name for something else that is sold: the "gobhi" of "patta gobhi"."""
        around = self._utterance.tags.phrases(tag.start)
        longer = (t for t in around if t.role is tag.role and t.start < tag.start and t.end >= tag.end)
        return any(self._index.exact(concept(t.role, t.value)) for t in longer)

    def _is_container(self, position: int) -> bool:
        """Whether a word says only what a number counts: "10 kilo chi bag"."""
        if Role.PACK not in self._utterance.tags.roles(position):
            return False
        if self._utterance.tokens[position].word in self._index.option_words:
            return False
        return self._is_numbered(position) and not self._is_named_so(position)

    def _is_numbered(self, position: int) -> bool:
        """Whether a number stands shortly before a token."""
        return any(p in self._utterance.number_at for p in range(max(0, position - 3), position))

    def _is_named_so(self, position: int) -> bool:
        """Whether a container right behind a number is what the catalogue sells, with no other name behind it."""
        tokens = self._utterance.tokens
        if not self._index.sells(tokens[position].word):
            return False
        if self._is_filled(position - 1) and position + 1 not in self._utterance.number_at:
            return False
        behind = position + 1
        while self._utterance.tags.at(behind, Role.OF) and behind + 1 in self._utterance.number_at:
            behind += 1  # "1 pack cups of 300" are filled with nothing
        if behind == len(tokens) or self._utterance.breaks[behind] >= COMMA:
            return not self._has_name_before(position - 1)
        is_color = self._utterance.tags.at(behind, Role.COLOR) is not None
        return is_color or not self._index.may_name(tokens[behind].word)

    def _is_filled(self, position: int) -> bool:
        """Whether a weight or volume ends at a token: "500 ml bottles" are of something."""
        number = self._utterance.number_at.get(position)
        return number is not None and number.unit in _FILLING

    def _has_name_before(self, counted: int) -> bool:
        """Whether a name stands right before the number at `counted`: "gulab jamun 2 cups"."""
        number = self._utterance.number_at.get(counted)
        if number is None or number.start == 0:
            return False
        before = self._utterance.tokens[number.start - 1]
        return self._utterance.breaks[number.start] < COMMA and before.is_word and self._index.may_name(before.word)

    def _vote_number(self, position: int) -> None:
        number = self._utterance.number_at.get(position)
        if number is not None and number.kind is NumberKind.RANGE:
            for hit in map(self._index.exact, number.between if position == number.start else ()):
                if hit:
                    self._add(position, hit, 1.0)
            return
        word = self._utterance.tokens[position].word
        hit = self._index.exact(word)
        if number is None and self._index.calls(word):
            self.naming[position] = True
        elif word not in self._index.numeric_options and not self._is_tied(position):
            return
        if hit:
            self._add(position, hit, _NUMBER)

    def _is_tied(self, position: int) -> bool:
        """Whether the catalogue writes a number beside the word that it stands beside here ("note 12", "12 pro")."""
        tokens, breaks = self._utterance.tokens, self._utterance.breaks
        word = tokens[position].word
        if position and breaks[position] < COMMA and self._index.exact(tokens[position - 1].word + word):
            return True
        after = position + 1
        if after == len(tokens) or breaks[after] >= COMMA:
            return False
        is_model = len(word) >= _MODEL and self._index.exact(tokens[after].word + word) is not None  # "150 pulsar"
        return is_model or self._index.exact(word + tokens[after].word) is not None

    def _follows_name(self, position: int) -> bool:
        """Whether a word of a name stands right behind another: the "perfect" of "lipstick perfect red"."""
        is_next = position > 0 and self._utterance.breaks[position] < COMMA and self.naming[position - 1]
        return is_next and self._index.sells(self._utterance.tokens[position].word)

    def _is_sized_name(self, position: int) -> bool:
        """ "mom 8", "mom talla 8": whether a size stands right behind a word of a name that is idle elsewhere."""
        utterance = self._utterance
        behind = position + 1 + (utterance.tags.at(position + 1, Role.OPTION) is not None)
        number, word = utterance.number_at.get(behind), utterance.tokens[position].word
        if number is None or number.kind is not NumberKind.BARE or len(word) < _LINK:
            return False
        if utterance.tokens[behind].word not in self._index.numeric_options or not self._index.sells(word):
            return False
        return max(utterance.breaks[position + 1 : behind + 1]) < COMMA

    def _is_called_by_number(self, position: int) -> bool:
        """Whether a number in words is part of a name: the "four" of "four cheese pizza", any that counts nothing."""
        is_sold = self._index.sells(self._utterance.tokens[position].word)
        return is_sold and (position not in self._utterance.number_at or self._is_tied(position))

    def _vote_word(self, position: int) -> bool:
        word, tags = self._utterance.tokens[position].word, self._utterance.tags
        roles = tags.roles(position) - SIGNS
        hits: Sequence[Hit] = self._index.hits(word)
        if not hits:
            return False
        if tags.is_spelled(position):
            is_sold = bool(roles & _SOLD_ROLES) and self._index.sells(word)
            if roles and not roles & _CONTENT_ROLES and not is_sold:
                hits = [hit for hit in hits if hit.similarity >= _SPELLED]
        else:
            roles = roles & _CONTENT_ROLES
        pack = tags.at(position, Role.PACK)
        is_counted = pack is not None and pack.value != ANY_PACK and self._is_numbered(position)
        is_number = Role.NUMBER in roles <= _NUMBERING and self._is_called_by_number(position)
        is_called = is_number or (position in self.joined and self._parts(position))
        is_called |= bool(roles) and roles <= _AGREEING and self._follows_name(position)
        if roles == _STOP and word in self._index.option_words and tags.at(position + 1, Role.WORTH):
            is_called = True  # "a dozen birthday ones" of what comes so
            self.joined.add(position)
        if roles == _STOP and self._is_sized_name(position):
            is_called = True
            self.joined.add(position)
        factor = 1.0 if is_called else self._factor(word, roles, is_counted=is_counted)
        worths = self._index.worths
        self._cast += [Vote(position, hit.word, worths[hit.word] * hit.similarity**2 * factor) for hit in hits]
        near = (self._index.is_naming(hit.word) and hit.similarity >= _NAMING for hit in hits[:_NAMING_HITS])
        self.naming[position] |= any(near) and not (pack is not None and self._holds(position))
        return bool(hits)

    def _holds(self, pack: int) -> bool:
        """ "a box of 4": whether a pack, in which something is sold, holds the number behind it, and names nothing."""
        of = self._utterance.tags.at(pack + 1, Role.OF)
        is_sold = self._utterance.tokens[pack].word in self._index.option_words
        return is_sold and of is not None and of.end in self._utterance.number_at

    def _factor(self, word: str, roles: AbstractSet[Role], *, is_counted: bool) -> float:
        """How much a word counts that can do these roles; `is_counted`: a container of something, behind a number."""
        is_option = word in self._index.option_words and not roles & _GLUE
        if not roles or roles & _CONTENT_ROLES or is_option:
            return 1.0
        if not roles & _SOLD_ROLES or not self._index.sells(word):
            return _FUNCTION_WORD if roles - _WEAK_ROLES else _PACK_WORD
        return 1.0 if is_counted else _PACK_WORD


def _is_glue(utterance: Utterance, position: int) -> bool:
    roles = utterance.tags.roles(position)
    return bool(roles & _GLUE) and not roles & _CONTENT_ROLES


def _is_unknown(utterance: Utterance, position: int) -> bool:
    token = utterance.tokens[position]
    return (
        token.is_word
        and len(token.word) > 2
        and utterance.tags.roles(position) <= _GOODS
        and position not in utterance.number_at
        and token.word not in Vocabulary.shared().names()
    )
