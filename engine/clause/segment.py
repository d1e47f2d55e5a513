"""Cuts a message into items: the best joint segmentation, by dynamic programming over its telling words."""

from dataclasses import dataclass

import numpy as np

from engine.clause.evidence import Evidence
from engine.extraction.utterance import COMMA, LINE, NO_BREAK, SOFT, Utterance
from engine.extraction.number import Number, NumberKind
from engine.language import Role

_QUANTITY_KINDS = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})
_BINDING = frozenset("-–—:=/*x×")  # "XL-4", "38/2", "atta: 2": what follows is how many
_EXPLAINED = 0.3  # mass from which a number belongs to a product's name or options
_LONGEST_ITEM = 14  # telling words
_TELLING = 1.25  # worth from which a word tells products apart
_PARTING_ROLES = frozenset({Role.AND, Role.OR, Role.ADD})
_TURNING_ROLES = frozenset({Role.REMOVE, Role.ELSE, Role.INSTEAD})
_VERB_ROLES = frozenset({Role.GIVE, Role.WANT, Role.REMOVE, Role.IF, Role.ELSE, Role.INSTEAD, Role.NOT})


@dataclass(frozen=True)
class Weights:
    """What a segmentation costs and earns, in units of a word's worth."""

    item: float = 0.9
    cut_in_flow: float = 1.0
    unexplained: float = 0.9
    no_quantity: float = 0.4
    more_quantities: float = 3.0
    lone_number: float = 1.8
    inner_break: tuple[float, float, float, float] = (0.0, 0.7, 1.4, 5.0)
    inner_sentence: float = 4.0
    inner_and: float = 1.3
    cut_off_part: float = 2.0
    inner_verb: float = 0.8
    inner_turn: float = 1.6
    inner_word: float = 0.25
    foreign_size: float = 1.5
    two_values: float = 1.2


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of an utterance that names at most one product: its telling tokens, first to last."""

    positions: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first telling token."""
        return self.positions[0]

    @property
    def end(self) -> int:
        """One past the last telling token."""
        return self.positions[-1] + 1


def telling(utterance: Utterance, evidence: Evidence) -> list[int]:
    """Tokens that may name a product, an option or a quantity; of a number, its first token only."""
    found = []
    for position in range(len(utterance.tokens)):
        number = utterance.number_at.get(position)
        if position in utterance.quoted:
            continue
        if number is not None:
            if position == number.start and number.kind in _QUANTITY_KINDS:
                found.append(position)
        elif evidence.content[position] or (evidence.unknown[position] and _is_anchored(utterance, evidence, position)):
            found.append(position)
    return [p for p in found if not _is_idle(utterance, evidence, p, found)]


def _is_anchored(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """Whether an unknown word, with its unknown neighbors, stands right beside something that orders are made of."""
    if _is_for_whom(utterance, evidence, position):
        return False
    return any(_leads_to_order(utterance, evidence, position, step) for step in (-1, 1))


def _is_for_whom(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """ "balcony ke liye", "for Karen": what something is for is not what is wanted."""
    start = end = position
    while start > 0 and evidence.unknown[start - 1]:
        start -= 1
    while end + 1 < len(utterance.tokens) and evidence.unknown[end + 1]:
        end += 1
    after = utterance.tags.at(end + 1, Role.FOR)
    before = next((t for t in utterance.tags.all if t.role is Role.FOR and t.end == start and not t.final), None)
    return before is not None or (after is not None and after.final)


def _leads_to_order(utterance: Utterance, evidence: Evidence, position: int, step: int) -> bool:
    tokens = utterance.tokens
    here = position + step
    while 0 <= here < len(tokens) and utterance.breaks[max(here, here - step)] < COMMA:
        if here in utterance.number_at or evidence.content[here]:
            return True
        if utterance.tags.roles(here) & {Role.WANT, Role.GIVE, Role.ADD, Role.PACK, Role.WORTH}:
            return True
        if not evidence.unknown[here]:
            return False
        here += step
    return False


def _is_idle(utterance: Utterance, evidence: Evidence, position: int, found: list[int]) -> bool:
    """Whether a word of very many products ("plant" in a nursery) adds nothing beside a better one."""
    if position in utterance.number_at or evidence.unknown[position] or evidence.best[position] >= _TELLING:
        return False
    if not evidence.naming[position]:
        return False
    sentence = utterance.sentences[position]
    return any(
        evidence.best[p] >= _TELLING and utterance.sentences[p] == sentence and p not in utterance.number_at
        for p in found
    )


class Segmenter:
    """Finds the items of an utterance."""

    def __init__(self, weights: Weights = Weights()) -> None:  # noqa: B008 - frozen
        """Use these costs."""
        self._weights = weights

    def items(self, utterance: Utterance, evidence: Evidence) -> list[Item]:
        """The best segmentation; words that no product explains form items of their own or none."""
        positions = telling(utterance, evidence)
        if not positions:
            return []
        scorer = _Scorer(self._weights, utterance, evidence, positions)
        size = len(positions)
        best = [0.0] + [float("-inf")] * size
        cut = [0] * (size + 1)
        for end in range(1, size + 1):
            for start in range(max(0, end - _LONGEST_ITEM), end):
                score = best[start] + scorer.score(start, end)
                if score > best[end]:
                    best[end], cut[end] = score, start
        items = []
        end = size
        while end:
            items.append(Item(tuple(positions[cut[end] : end])))
            end = cut[end]
        return items[::-1]


class _Scorer:
    """Scores stretches of telling words, from sums made once."""

    def __init__(self, weights: Weights, utterance: Utterance, evidence: Evidence, positions: list[int]) -> None:
        self._weights = weights
        self._numbers = [utterance.number_at.get(p) for p in positions]
        is_word = np.array([number is None for number in self._numbers])
        mass = evidence.mass[positions]
        need = np.where(is_word, evidence.need[positions], 0.0)
        self._is_option = [
            number is not None and number.kind is NumberKind.BARE and evidence.best[position] > _EXPLAINED
            for position, number in zip(positions, self._numbers, strict=True)
        ]
        words = np.where(is_word[:, None], mass, 0.0)
        self._explained = np.vstack([np.zeros(mass.shape[1]), np.cumsum(words, axis=0)])
        self._needed = np.concatenate([[0.0], np.cumsum(need)])
        self._mass = mass
        colors = [utterance.tags.at(p, Role.COLOR) is not None for p in positions]
        sizes = [utterance.tags.at(p, Role.SIZE) is not None and evidence.content[p] for p in positions]
        self._doubles = [np.concatenate([[0], np.cumsum(found)]) for found in (colors, sizes)]
        self._has_word = np.concatenate([[0], np.cumsum(is_word)])
        self._breaks = [self._break_cost(utterance, positions, k) for k in range(len(positions))]
        known = [evidence.content[p] or self._is_option[k] for k, p in enumerate(positions)]
        self._known = np.concatenate([[0], np.cumsum(known)])
        self._is_part = [self._parts(utterance, positions, k) for k in range(len(positions))]
        self._inner = np.concatenate([[0.0], np.cumsum(self._breaks)])

    def _break_cost(self, utterance: Utterance, positions: list[int], k: int) -> float:
        if k == 0:
            return 0.0
        between = range(positions[k - 1] + 1, positions[k] + 1)
        number = utterance.number_at.get(positions[k - 1])
        between = [i for i in between if number is None or i >= number.end]
        signs = [utterance.tokens[i].raw for i in between if i < positions[k]]
        if signs and self._numbers[k] is not None and all(sign in _BINDING for sign in signs):
            return 0.0
        hardest = max((utterance.breaks[i] for i in between), default=NO_BREAK)
        roles = set().union(*(utterance.tags.roles(i) for i in between if i < positions[k])) if between else set()
        if utterance.sentences[positions[k]] != utterance.sentences[positions[k - 1]]:
            return max(self._weights.inner_break[hardest], self._weights.inner_sentence)
        idle = sum(1 for i in between if i < positions[k] and utterance.tokens[i].is_word)
        cost = max(self._weights.inner_break[hardest], self._weights.inner_word * max(0, idle - 1))
        if roles & _PARTING_ROLES:
            cost = max(cost, self._weights.inner_and)
        if roles & _TURNING_ROLES:
            cost += self._weights.inner_turn
        if roles & _VERB_ROLES:
            cost += self._weights.inner_verb
        return cost

    def _parts(self, utterance: Utterance, positions: list[int], k: int) -> bool:
        """ "2 of the 12 inch": the number before belongs to what comes after."""
        number = self._numbers[k - 1] if k else None
        return number is not None and utterance.tags.at(number.end, Role.PART) is not None

    def score(self, start: int, end: int) -> float:
        """The score of the telling words `start` to `end` as one item."""
        weights = self._weights
        inner = self._inner[end] - self._inner[start + 1]
        is_known = self._known[end] > self._known[start]
        total = -weights.item - inner * (1 if is_known else 2)
        if start and self._breaks[start] == 0.0:
            total -= weights.cut_in_flow
        if start and self._is_part[start]:
            total -= weights.cut_off_part
        numbers = [(k, number) for k in range(start, end) if (number := self._numbers[k]) is not None]
        if numbers:
            total -= weights.two_values * sum(max(0, int(found[end] - found[start]) - 1) for found in self._doubles)
        if start and self._opens_with_size(start, end):
            total -= self._weights.foreign_size
        if self._has_word[end] == self._has_word[start]:
            options = sum(self._is_option[k] for k, _ in numbers)
            if not options:
                return float(total - weights.lone_number * len(numbers))
            return float(total - weights.more_quantities * (max(0, len(numbers) - options - 1) + options - 1))
        group = -1
        if self._explained.shape[1]:
            explained = self._explained[end] - self._explained[start]
            group = int(explained.argmax())
            mass = float(explained[group])
            needed = float(self._needed[end] - self._needed[start])
            total += mass - weights.unexplained * (needed - mass)
        total -= self._quantity_cost(numbers, group)
        return float(total)

    def _opens_with_size(self, start: int, end: int) -> bool:
        """ "ZZ plant (4 inch) and 6 pots": a size in brackets belongs to what stands before, not to what follows."""
        first, second = self._numbers[start], self._numbers[start + 1] if start + 1 < end else None
        is_size = first is not None and first.kind is NumberKind.MEASURE
        return is_size and second is not None and second.kind in (NumberKind.COUNT, NumberKind.BARE) and self._breaks[start + 1] > 0

    def _quantity_cost(self, numbers: list[tuple[int, Number]], group: int) -> float:
        free = sum(
            1
            for k, n in numbers
            if n.kind is NumberKind.COUNT or (n.kind is NumberKind.BARE and not self._explains(k, group))
        )
        measures = sum(1 for _, n in numbers if n.kind is NumberKind.MEASURE)
        options = sum(1 for k, n in numbers if n.kind is NumberKind.BARE and self._explains(k, group))
        extra = max(0, free - 1) + max(0, measures - 1) + 0.5 * max(0, options - 1)
        return self._weights.more_quantities * extra + (self._weights.no_quantity if free + measures == 0 else 0.0)

    def _explains(self, k: int, group: int) -> bool:
        return group >= 0 and bool(self._mass[k, group] > _EXPLAINED)
