"""Cuts a message into items: the best joint segmentation, by dynamic programming over its telling words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from engine.clause.evidence import Evidence
from engine.clause.telling import telling
from engine.extraction.number import Number, NumberKind, is_counted_by, is_held
from engine.extraction.tag_table import TagTable
from engine.extraction.utterance import COMMA, NO_BREAK, Utterance
from engine.language import Role

_BINDING = frozenset("-–—:=/*x×")  # "XL-4", "38/2", "atta: 2": what follows is how many
_EXPLAINED = 0.3  # mass from which a number belongs to a product's name or options
_LONGEST_ITEM = 14  # telling words
_COUNTED = frozenset({NumberKind.COUNT, NumberKind.BARE})
_OPTIONAL = frozenset({NumberKind.BARE, NumberKind.RANGE})  # that may name an option
_NO_NAME = frozenset({Role.COUNT, Role.PACK, Role.UNIT, Role.COLOR, Role.SIZE, Role.SUPERLATIVE, Role.NUMBER})
_PARTING_ROLES = frozenset({Role.AND, Role.OR, Role.ADD})
_TURNING_ROLES = frozenset({Role.REMOVE, Role.ELSE, Role.INSTEAD})
_OLD_NEAR = 1  # tokens between "instead of" and the thing
_VERB_NEAR = 4  # tokens between a thing and the verb that changes it
_CLOSING_ROLES = frozenset({Role.GIVE, Role.WANT, Role.THIS, Role.THAT, Role.THOSE})
_VERB_ROLES = frozenset({Role.GIVE, Role.WANT, Role.REMOVE, Role.IF, Role.ELSE, Role.INSTEAD, Role.NOT})


@dataclass(frozen=True)
class Weights:
    """What a segmentation costs and earns, in units of a word's worth. Learned by `training/segmentation.py`."""

    item: float = 1.44
    cut_in_flow: float = 1.6
    cut_in_name: float = 0.8
    unexplained: float = 0.54
    unknown_beside: float = 0.8  # a word that nobody knows beside one that is sold
    no_quantity: float = 0.64
    more_quantities: float = 3.0
    lone_number: float = 1.44
    inner_break: tuple[float, float, float, float] = (0.0, 0.7, 1.4, 5.0)
    inner_sentence: float = 4.0
    inner_and: float = 1.3
    cut_off_part: float = 2.0
    cut_off_count: float = 4.0
    inner_verb: float = 0.8
    inner_turn: float = 1.6
    inner_word: float = 0.25
    foreign_size: float = 1.5
    two_values: float = 1.2


class Item(NamedTuple):
    """A stretch of an utterance that names at most one product: its telling tokens, from `start` to before `end`."""

    start: int
    end: int
    positions: tuple[int, ...]

    @classmethod
    def of(cls, positions: Iterable[int]) -> "Item":
        """The item of these telling tokens, first to last."""
        telling = tuple(positions)
        return cls(telling[0], telling[-1] + 1, telling)


_WEIGHTS = Weights()


class Segmenter:
    """Finds the items of an utterance."""

    def __init__(self, weights: Weights = _WEIGHTS) -> None:
        """Use these costs."""
        self._weights = weights

    def items(self, utterance: Utterance, evidence: Evidence) -> list[Item]:
        """The best segmentation; words that no product explains form items of their own or none."""
        positions = telling(utterance, evidence)
        if not positions:
            return []
        if len(positions) == 1:
            return [Item.of(positions)]
        scorer = _Scorer(self._weights, utterance, evidence, positions)
        return [Item.of(positions[start:end]) for start, end in _cuts(scorer, len(positions))]


def _cuts(scorer: "_Scorer", size: int) -> list[tuple[int, int]]:
    """The stretches of the best segmentation of `size` telling words, first to last."""
    best = [0.0] + [float("-inf")] * size
    cut = [0] * (size + 1)
    likeliest = scorer.likeliest()
    for end in range(1, size + 1):
        first = max(0, end - _LONGEST_ITEM)
        for start, alone in enumerate(scorer.scores(first, end, next(likeliest)), first):
            score = best[start] + alone
            if score > best[end]:
                best[end], cut[end] = score, start
    stretches = []
    end = size
    while end:
        stretches.append((cut[end], end))
        end = cut[end]
    return stretches[::-1]


def begins_another(utterance: Utterance, between: Iterable[int]) -> bool:
    """ "2 packs, and a lamp": whether what stands behind a number says that it counts nothing that is still to come.

    That is a word that joins, said twice or behind a comma; or a comma, or such a word, behind a verb that asks or what
    is pointed at: "send 2 and also a lamp", "2 of these, and a lamp".
    """
    roles, breaks = utterance.tags.roles, utterance.breaks
    places = list(between)
    joining = [i for i in places if roles(i) & _PARTING_ROLES]
    if len(joining) > 1 or any(breaks[i] >= COMMA for i in joining):
        return True
    closed = next((i for i in places if roles(i) & _CLOSING_ROLES), None)
    return closed is not None and any(i in joining or breaks[i] >= COMMA for i in places if i > closed)


class _Joints:
    """What stands between each telling word and the one before."""

    def __init__(self, weights: Weights, utterance: Utterance, evidence: Evidence, positions: Sequence[int]) -> None:
        self._weights = weights
        self._utterance = utterance
        self._positions = positions
        self._listed = evidence.listed | evidence.bound
        self._naming = evidence.naming
        self._is_change = utterance.has(Role.CHANGE)  # "change the palazzo to a dupatta"
        self._old = {t.end for t in utterance.tags.all if t.role is Role.INSTEAD and not t.final}  # it follows these
        self.costs = [0.0, *(self._cost(k) for k in range(1, len(positions)))]

    def _cost(self, k: int) -> float:
        """What it costs to have two neighbors in one item."""
        utterance, weights = self._utterance, self._weights
        before, here = self._positions[k - 1 : k + 1]
        if here in self._listed:
            return 0.0
        number = utterance.number_at.get(before)
        behind = range(max(before + 1, number.end if number else 0), here)
        between = [i for i in behind if i not in utterance.withdrawn]
        if utterance.tokens[here - 1].raw == ":" and here in utterance.number_at and self._is_counted(k - 1):
            return weights.inner_sentence  # "4 tees: 1 M, 2 L"
        if here in utterance.number_at and self._binds(between):
            return 0.0
        hardest = weights.inner_break[max((utterance.breaks[i] for i in (*between, here)), default=NO_BREAK)]
        is_listed = utterance.begins_listed(here - 1) and not utterance.tags.roles(here) & _NO_NAME
        if is_listed or utterance.sentences[here] != utterance.sentences[before]:
            return max(hardest, weights.inner_sentence)
        is_of_name = number is not None and here not in utterance.number_at
        if is_of_name and (begins_another(utterance, between) or self._names_another(between, here)):
            return weights.inner_sentence + weights.cut_off_part  # "2 of these, and a lamp"
        idle = sum(utterance.tokens[i].is_word for i in between)
        cost = self._with_roles(max(hardest, weights.inner_word * max(0, idle - 1)), between)
        return cost + weights.inner_turn if self._is_turned(before, between, here) else cost

    def _is_counted(self, k: int) -> bool:
        """ "4 tees": whether the telling words up to one begin with a count, and nothing parts them."""
        utterance, positions, last = self._utterance, self._positions, k
        sentence = utterance.sentences[positions[last]]
        while k > 0 and utterance.breaks[positions[k]] < COMMA and utterance.sentences[positions[k - 1]] == sentence:
            k -= 1
        number = utterance.number_at.get(positions[k])
        return k < last and number is not None and number.kind in _COUNTED

    def _names_another(self, between: Sequence[int], here: int) -> bool:
        """ "la 10 y el buzo": whether a word that joins, and never says "more", leads from a number to a name."""
        roles = self._utterance.tags.roles(between[0]) if between and self._naming[here] else frozenset[Role]()
        return Role.AND in roles and Role.MORE not in roles

    def _is_turned(self, before: int, between: Iterable[int], here: int) -> bool:
        """Whether a verb of changing turns one thing into the next: "swap the soap for milk", "X ko Y se badlo"."""
        roles = self._utterance.tags.roles
        if self._utterance.breaks[here] >= COMMA and self._is_refused(here):
            return True
        if here in self._utterance.number_at and any(before - near in self._old for near in range(_OLD_NEAR + 1)):
            return True  # "instead of sugar 2 kg potatoes"
        if any(Role.INTO in roles(i) for i in between):
            return any(Role.CHANGE in roles(i) for i in range(max(0, before - _VERB_NEAR), before))
        behind = range(here + 2, here + 2 + _VERB_NEAR)
        return Role.INTO_AFTER in roles(here + 1) and any(Role.CHANGE in roles(i) for i in behind)

    def _is_refused(self, here: int) -> bool:
        """ "D-4 ek, cream nahi": whether a "not" is said last of a color or size behind a comma."""
        tags = self._utterance.tags
        refusal = tags.at(here + 1, Role.NOT, Role.REMOVE)
        return refusal is not None and refusal.final and tags.at(here, Role.COLOR, Role.SIZE) is not None

    def _binds(self, between: Iterable[int]) -> bool:
        """Whether nothing but signs like those of "XL-4" stands between."""
        signs = [self._utterance.tokens[i].raw for i in between]
        return bool(signs) and all(sign in _BINDING for sign in signs)

    def _with_roles(self, cost: float, between: Iterable[int]) -> float:
        """A cost with what the words between say: "and" parts, a verb parts the more."""
        roles = frozenset[Role]().union(*map(self._utterance.tags.roles, between))
        if roles & _PARTING_ROLES:
            cost = max(cost, self._weights.inner_and)
        if roles & _TURNING_ROLES or (Role.TIME_RANGE in roles and self._is_change):
            cost += self._weights.inner_turn
        if roles & _VERB_ROLES:
            cost += self._weights.inner_verb
        return cost


class _Scorer:
    """Scores stretches of telling words, from sums made once: `sums[end] - sums[start]` is a stretch's."""

    def __init__(self, weights: Weights, utterance: Utterance, evidence: Evidence, positions: list[int]) -> None:
        self._weights = weights
        self._numbers = [utterance.number_at.get(p) for p in positions]
        self._kinds = [number.kind if number else None for number in self._numbers]
        self._bare_places = [k for k, kind in enumerate(self._kinds) if kind is NumberKind.BARE]
        self._bare = _sums([kind is NumberKind.BARE for kind in self._kinds])
        tags = utterance.tags
        is_count = (n is not None and n.kind is NumberKind.COUNT and not is_held(n, tags) for n in self._numbers)
        self._counts = _sums(is_count)
        self._measures = _sums([kind is NumberKind.MEASURE for kind in self._kinds])
        self._mass = evidence.mass[positions]
        self._is_called = [number is not None and _is_called_by(number, tags) for number in self._numbers]
        self._is_option = [
            is_called or (number is not None and number.kind in _OPTIONAL and bool(evidence.best[p] > _EXPLAINED))
            for p, number, is_called in zip(positions, self._numbers, self._is_called, strict=True)
        ]
        self._is_size = [
            kind is NumberKind.MEASURE and bool(evidence.best[position] > _EXPLAINED)
            for position, kind in zip(positions, self._kinds, strict=True)
        ]
        is_word = np.array([number is None for number in self._numbers])
        self._explained = np.zeros((len(positions) + 1, self._mass.shape[1]))
        self._explained[1:] = np.add.accumulate(self._mass * is_word[:, None])
        self._needed = [0.0, *np.add.accumulate(evidence.need[positions] * is_word).tolist()]
        self._words = _sums([number is None for number in self._numbers])
        self._known = _sums([evidence.content[p] or self._is_option[k] for k, p in enumerate(positions)])
        self._unknown = _sums([evidence.unknown[p] and not evidence.content[p] for p in positions])
        self._named = _sums([evidence.naming[p] and evidence.content[p] for p in positions])
        self._colors = _sums([utterance.tags.at(p, Role.COLOR) is not None for p in positions])
        self._sizes = _sums([utterance.tags.at(p, Role.SIZE) is not None and evidence.content[p] for p in positions])
        self._joints = _Joints(weights, utterance, evidence, positions).costs
        self._is_count = [False, *(self._counts_before(k) for k in range(1, len(positions))), False]
        self._is_glued = [False, *(_are_glued(utterance, *pair) for pair in pairwise(positions)), False]
        self._inner = list(accumulate(self._joints, initial=0.0))
        self._is_part = [False, *(self._belongs_to_next(utterance, number) for number in self._numbers)]
        self._cuts = [0.0, *(self._cut_cost(k) for k in range(1, len(positions)))]
        self._opens_with_size = [False, *(self._is_size_before(k) for k in range(1, len(positions) - 1)), False]

    @staticmethod
    def _belongs_to_next(utterance: Utterance, number: Number | None) -> bool:
        """ "2 of the 12 inch": the number belongs to what comes after."""
        return number is not None and utterance.tags.at(number.end, Role.PART) is not None

    def scores(self, first: int, end: int, likeliest: Iterable[tuple[int, float]]) -> list[float]:
        """The score of the telling words up to `end` as one item, for each that it may begin with, from `first` on."""
        return [self._score(start, end, *fit) for start, fit in zip(range(first, end), likeliest, strict=True)]

    def _score(self, start: int, end: int, group: int, mass: float) -> float:
        """The score of a stretch, of which a product, by its column, explains so much."""
        weights = self._weights
        words = self._words[end] - self._words[start]
        cut = self._cuts[start]
        if self._opens_with_size[start] and start + 1 < end:
            cut += weights.foreign_size
        inner = self._inner[end] - self._inner[start + 1]
        if self._known[end] == self._known[start]:
            inner *= 2  # nothing in it is known
        total = -weights.item - cut - inner
        if self._named[end] > self._named[start]:
            total -= weights.unknown_beside * (self._unknown[end] - self._unknown[start])
        is_counted = words < end - start
        if is_counted:
            colors, sizes = self._colors[end] - self._colors[start], self._sizes[end] - self._sizes[start]
            if colors > 1 or sizes > 1:
                total -= weights.two_values * (max(0, colors - 1) + max(0, sizes - 1))
        if not words:
            return total - self._wordless_cost(start, end)
        worth = 0.0
        if group >= 0:
            worth = mass - weights.unexplained * (self._needed[end] - self._needed[start] - mass)
        cost = self._quantity_cost(start, end, group) if is_counted else weights.no_quantity
        return total + worth - cost

    def _cut_cost(self, start: int) -> float:
        """What it costs to begin an item here, other than at the beginning."""
        in_flow = self._joints[start] == 0.0
        cost = self._weights.cut_in_flow if in_flow else 0.0
        if in_flow and self._numbers[start - 1] is None and self._numbers[start] is None:
            cost += self._weights.cut_in_name
        if self._is_part[start]:
            cost += self._weights.cut_off_part
        if self._is_count[start] or self._is_glued[start]:
            cost += self._weights.cut_off_count
        return cost

    def _is_size_before(self, start: int) -> bool:
        """ "ZZ plant (4 inch) and 6 pots": a size in brackets belongs to what stands before, not to what follows."""
        first, second = self._numbers[start : start + 2]
        if first is None or second is None or first.kind is not NumberKind.MEASURE:
            return False
        return second.kind in _COUNTED and self._joints[start + 1] > 0

    def _wordless_cost(self, start: int, end: int) -> float:
        """What numbers without a word cost: one may be an option, and one a count of it."""
        if self._kinds[start:end] == [NumberKind.MEASURE, NumberKind.COUNT]:
            return 0.0  # "half kg 3 nos"
        options, sizes = sum(self._is_option[start:end]), sum(self._is_size[start:end])
        if not options + sizes:
            return self._weights.lone_number * (end - start)
        counts = end - start - options - sizes
        return self._weights.more_quantities * (max(0, counts - 1) + max(0, options - 1) + max(0, sizes - 1))

    def likeliest(self) -> Iterator[Sequence[tuple[int, float]]]:
        """To each end, for each stretch up to it, the column of the product that explains most of it, and how much.

        The column is -1 where there is none. Some ends are told at once: numpy takes longer to begin than to count.
        """
        size = len(self._explained) - 1
        for block in range(0, size, _LONGEST_ITEM):
            first, last = max(0, block + 1 - _LONGEST_ITEM), min(size, block + _LONGEST_ITEM)
            columns, most = self._best_of(first, range(block + 1, last + 1))
            for end in range(block + 1, last + 1):
                told = slice(max(0, end - _LONGEST_ITEM) - first, end - first)
                yield list(zip(columns[end - block - 1][told], most[end - block - 1][told], strict=True))

    def _best_of(self, first: int, ends: range) -> tuple[list[list[int]], list[list[float]]]:
        """The likeliest product's column, and how much it explains, by these ends and by beginnings from `first` on."""
        starts = ends[-1] - first
        if not self._explained.shape[1]:
            return [[-1] * starts] * len(ends), [[0.0] * starts] * len(ends)
        told = self._explained[ends.start : ends.stop, None] - self._explained[None, first : ends[-1]]
        return told.argmax(axis=2).tolist(), np.maximum.reduce(told, axis=2).tolist()

    def _quantity_cost(self, start: int, end: int, group: int) -> float:
        """What it costs that an item has several quantities, or none."""
        bare = self._bare_places[self._bare[start] : self._bare[end]]
        options = sum([self._is_count[k + 1] or self._explains(k, group) for k in bare])
        counts = self._counts[end] - self._counts[start] + len(bare) - options
        measures = self._measures[end] - self._measures[start]
        extra = max(0, counts - 1) + max(0, measures - 1) + 0.5 * max(0, options - 1)
        return self._weights.more_quantities * extra + (0.0 if counts + measures else self._weights.no_quantity)

    def _counts_before(self, k: int) -> bool:
        """ "38/2", "2.6 x 10": whether a number says, behind a sign, how many of the size before it."""
        size, count = self._numbers[k - 1], self._numbers[k]
        if size is None or count is None or self._joints[k] > 0:
            return False
        return self._is_option[k - 1] and is_counted_by(size, count)

    def _explains(self, k: int, group: int) -> bool:
        return self._is_called[k] or (group >= 0 and bool(self._mass[k, group] > _EXPLAINED))


def _are_glued(utterance: Utterance, word: int, number: int) -> bool:
    """ "D4", "blue2": whether a number is written onto the word before it."""
    tokens, is_number = utterance.tokens, number in utterance.number_at and word not in utterance.number_at
    return is_number and word + 1 == number and tokens[word].end == tokens[number].start


def _is_called_by(number: Number, tags: TagTable) -> bool:
    """Whether a number tells which one, and is no money's worth: "the 4 wala pack", not "20 ki mirchi"."""
    return number.worth and number.kind is NumberKind.BARE and Role.OF not in tags.roles(number.end)


def _sums(values: Iterable[bool]) -> list[int]:
    return list(accumulate(values, initial=0))
