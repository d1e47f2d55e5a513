"""Which product an item's words mean."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.clause.hearing import Hearing
from engine.clause.segment import Item
from engine.clause.wish import Wish
from engine.text import stem

_Floats: TypeAlias = npt.NDArray[np.float32]

_FOCUS_BONUS, _QUOTED_BONUS, _OPEN_BONUS = 0.5, 0.8, 1.0
_ORDERED_BONUS = 0.4  # what is on the draft is spoken of again
_ANSWER_BONUS = 1.5  # a seller who names sizes and prices talks of what was just asked about
_PRICE_BONUS = 1.5
_IN_FOCUS = 3  # products that were talked of lately enough to be meant again
_UNEXPLAINED = 0.8
_NUMBER = 0.5  # what a number says for a product, beside a word
_TITLE_REST = 0.12
_SHORTLIST = 12
_RIVAL = 0.4
_WIDE_RIVAL = 1.0  # between products whose titles leave words unsaid, more
_AS_MUCH = 0.94  # of the words explained
_NAMELESS = 1.5  # what speaks against a product of which only a size or a color is said, where there is a name
_REFUSED = 2.0  # what a word of the name that is refused says against a product
_WHOLE, _WHOLE_NEAR = 0.7, 1.5  # how much of the best a product called so as a whole explains; how near its score is
_CARRIED = 0.8  # what words named right before say for a product that is named by few
_FEW = 2  # words that may leave others unsaid
_ALIKE = 0.2  # the share of the words named right before that makes products alike
_COVERED = 0.5  # the share of the words' need that a product has to explain


class Choice(NamedTuple):
    """The product that words fit best, those that fit as well, and how well.

    `score` is raw; `coverage` is the share of the words that the product explains; `margin` is how far behind the
    second is; `unsaid` counts the words of the product's name that were left out; `spelled` is the share of the words
    that are spelled as the catalogue, or a language, spells them.
    """

    group: int
    rivals: tuple[int, ...]
    score: float
    coverage: float
    margin: float
    unsaid: int
    spelled: float

    @property
    def is_believed(self) -> bool:
        """Whether the product explains enough of the words to be meant at all."""
        return self.coverage >= _COVERED

    def marked(self, wishes: Sequence[Wish]) -> list[Wish]:
        """Wishes for the product, with how well it fits."""
        return [
            w._replace(
                rivals=self.rivals,
                score=self.score,
                coverage=self.coverage,
                margin=self.margin,
                unsaid=self.unsaid,
                spelled=self.spelled,
            )
            for w in wishes
        ]


class _Scored(NamedTuple):
    """A product of the shortlist, by its column in the evidence."""

    column: int
    group: int
    score: float
    explained: float


class Chooser:
    """Chooses products for the items of one utterance."""

    def __init__(self, hearing: Hearing) -> None:
        """Choose by what this utterance says."""
        self._hearing = hearing
        self._shop = hearing.shop
        self._context = hearing.context
        self._focus = self._focused()
        self._before: tuple[Item, int] | None = None
        self.refused: tuple[int, ...] = ()  # words that the product meant does not have in its name

    def goes_on_from(self, item: Item, group: int) -> None:
        """Remember what was named last: what follows may leave its words unsaid ("OTG type c 5 and micro 3").

        What itself left them unsaid goes on from them, too: "aloo paratha 4, lachha 2, plain 1".
        """
        if self._before is not None and len(self._hearing.attributes(item)) < _FEW:
            earlier, before = self._before
            is_like = self._shares(earlier, before) & self._shares(earlier, group)
            item = Item.of((*earlier.positions, *item.positions)) if is_like else item
        self._before = item, group

    def _shares(self, item: Item, group: int) -> frozenset[int]:
        """The words of an item that are of a product."""
        evidence = self._hearing.evidence
        return frozenset(p for p in self._hearing.attributes(item) if evidence.naming[p] and evidence.of(p, group) > 0)

    def choose(self, item: Item) -> Choice | None:
        """The product that an item's words fit best; None where no word is any product's."""
        evidence = self._hearing.evidence
        if not len(evidence.groups):
            return None
        words = self._hearing.attributes(item)
        explained = self._explained(item, words)
        needed = float(np.add.reduce(evidence.need[words]))
        carried = self._carried(words)
        scores = explained
        if carried is not None:
            scores = scores + _CARRIED * carried * (explained >= _AS_MUCH * explained.max())
        scores = scores - _UNEXPLAINED * np.maximum(0.0, needed - explained)
        if names := [p for p in words if evidence.naming[p]]:
            scores = scores - _NAMELESS * (np.add.reduce(evidence.mass[names]) == 0)
        if self.refused:
            scores = scores - _REFUSED * np.add.reduce(evidence.mass[list(self.refused)])
        ranked = self._whole_first(item, self._ranked(item, explained, scores))
        best, others = ranked[0], ranked[1:]
        rivals = tuple(other.group for other in others if self._is_rival(other, best))
        rivals = tuple(other for other in rivals if self._is_as_exact(item, other, best.group))
        rivals = tuple(other for other in rivals if not self._is_denied(item, other))
        margin = best.score - others[0].score if others else best.score
        group, explained_best = best.group, best.explained
        if rivals and (meant := self._of_equals((group, *rivals), carried)) is not None:
            group, rivals = meant, ()
            explained_best = float(explained[evidence.columns[meant]])
        coverage = min(1.0, explained_best / needed) if needed else 0.0
        return Choice(group, rivals, best.score, coverage, margin, self._unsaid(item, group), self._spelled(words))

    def _explained(self, item: Item, words: list[int]) -> _Floats:
        """How much of an item each product explains."""
        mass = self._hearing.evidence.mass
        numbers = [p for p in item.positions if self._hearing.is_numeric(p)]
        explained: _Floats = np.add.reduce(mass[words])
        return explained + _NUMBER * np.add.reduce(mass[numbers]) if numbers else explained

    def _carried(self, words: Sequence[int]) -> _Floats | None:
        """The share of the words named right before that are words of each product, too, where an item says little.

        None where nothing was named before, or an item says more.
        """
        evidence = self._hearing.evidence
        if self._before is None or len(words) > _FEW or any(evidence.unknown[p] for p in words):
            return None
        item, group = self._before
        said = self._hearing.attributes(item)
        needed = max(float(np.add.reduce(evidence.need[said])), 1.0)
        carried: _Floats = np.add.reduce(evidence.mass[said]) / needed
        carried[evidence.columns[group]] = 0.0
        return carried

    def _of_equals(self, equals: Sequence[int], carried: _Floats | None) -> int | None:
        likest = None if carried is None else self._likest(equals, carried)
        return self._meant(equals) if likest is None else likest

    def _likest(self, equals: Sequence[int], carried: _Floats) -> int | None:
        """Of products that fit equally, the one that alone has a word of what was named right before."""
        shares = {group: float(carried[self._hearing.evidence.columns[group]]) for group in equals}
        alike = [group for group, share in shares.items() if share >= _ALIKE]
        return alike[0] if len(alike) == 1 else None

    def _ranked(self, item: Item, explained: _Floats, scores: _Floats) -> list[_Scored]:
        """The likeliest products, the best first."""
        prices = self._hearing.prices(item)
        shortlist = (-scores).argsort(kind="stable")[:_SHORTLIST].tolist()
        best, most = scores[shortlist].tolist(), explained[shortlist].tolist()
        likeliest = zip(shortlist, self._hearing.evidence.groups[shortlist].tolist(), best, most, strict=True)
        scored = [self._scored(_Scored(*one), item, prices) for one in likeliest]
        return sorted(scored, key=lambda one: (-one.score, one.column))

    def _whole_first(self, item: Item, ranked: list[_Scored]) -> list[_Scored]:
        """ "aloo" of potatoes beside an "Aloo Bhujia": what is called so as a whole goes before what is so in part."""
        best, *others = ranked
        near = [
            one for one in others
            if best.score - _WHOLE_NEAR <= one.score and one.explained >= _WHOLE * best.explained
        ]  # fmt: skip
        is_open = bool(near) and best.group not in self._focus and len(self._left(item, best.group)) >= _FEW
        if not is_open or self._spelled(self._hearing.attributes(item)) < 1.0:
            return ranked
        whole = [one for one in near if self._is_whole(item, one.group)]
        ahead = best.score + 2 * _WIDE_RIVAL - whole[0].score if whole else 0.0
        return [*(one._replace(score=one.score + ahead) for one in whole), *(o for o in ranked if o not in whole)]

    def _is_whole(self, item: Item, group: int) -> bool:
        """Whether an item says all of a product's name, or what its one word is called in brackets: "Onion (Pyaz)"."""
        left = self._left(item, group)
        said, aside = self._hearing.keys(item), self._shop.aside(group) if left else ()
        is_aside = len(aside) == len(self._shop.name(group)) == 1 and not said.isdisjoint(aside[0])
        return not left or is_aside

    def _scored(self, one: _Scored, item: Item, prices: frozenset[Decimal]) -> _Scored:
        """With what the title leaves unsaid, what was talked of, what the prices say, and what is denied."""
        column, group, score, explained = one
        score -= _TITLE_REST * max(0.0, self._shop.title_worth[group] - explained)
        score += self._focus.get(group, 0.0)
        if prices and prices & self._shop.prices(group):
            score += _PRICE_BONUS
        if self._is_denied(item, group):
            score -= _RIVAL
        return _Scored(column, group, score, explained)

    def _focused(self) -> dict[int, float]:
        """What speaks for products because they were just talked of: of each the strongest that does."""
        context = self._context
        answered = () if self._hearing.from_customer else (*context.groups[:1], *context.ordered)
        return {
            **dict.fromkeys(context.ordered, _ORDERED_BONUS),
            **dict.fromkeys(context.groups[:_IN_FOCUS], _FOCUS_BONUS),
            **dict.fromkeys(context.open, _OPEN_BONUS),
            **dict.fromkeys(context.quoted, _QUOTED_BONUS),
            **dict.fromkeys(answered, _ANSWER_BONUS),
        }

    def _is_denied(self, item: Item, group: int) -> bool:
        """Whether a name says that it is without what an item says no "without" of: "tonic with sugar"."""
        without = self._shop.without(group)
        return bool(without) and not without <= self._hearing.keys(item)

    def _is_as_exact(self, item: Item, other: int, best: int) -> bool:
        """Whether a product may be meant beside one of whose name nothing is left unsaid, but for what both are.

        That is their brand, or the last word of more: of "choc chip" the cookies. No more is left unsaid of its own
        name, or it is a brand's where the other is the plain one: "Toor Dal (loose)".
        """
        left, others = self._left(item, best), self._left(item, other)
        is_said = not left or (self._shop.is_branded(best) and left == [self._shop.name(best)[0]] == others[:1])
        is_said = is_said or (len(self._shop.name(best)) > _FEW and left == [self._shop.name(best)[-1]] == others[-1:])
        if not is_said or len(others) <= len(left):
            return True
        return self._shop.has_aside(best) and not self._shop.is_branded(best) and self._shop.is_branded(other)

    def _unsaid(self, item: Item, group: int) -> int:
        """How many words of a product's name an item leaves unsaid."""
        return len(self._left(item, group))

    def _left(self, item: Item, group: int) -> list[frozenset[str]]:
        """The words of a product's name that an item leaves unsaid."""
        said = self._hearing.keys(item)
        return [keys for keys in self._shop.name(group) if said.isdisjoint(keys)]

    def _spelled(self, words: Sequence[int]) -> float:
        """The share of an item's words that are words of the catalogue, or of a language, just as they are spelled."""
        if not words:
            return 0.0
        known = self._shop.index
        tokens, tags = self._hearing.utterance.tokens, self._hearing.utterance.tags
        spelled = (stem(tokens[p].word) in known or tokens[p].word in known or tags.is_spelled(p) for p in words)
        return sum(spelled) / len(words)

    def _is_rival(self, other: _Scored, best: _Scored) -> bool:
        """Whether a product fits as well as the best: by score, or by explaining as much of the words."""
        if other.score >= best.score - _RIVAL:
            return True
        return other.explained >= _AS_MUCH * best.explained and other.score >= best.score - _WIDE_RIVAL

    def _meant(self, equals: Sequence[int]) -> int | None:
        """Of products that fit equally the one quoted, just talked of, among those that a line may be, or ordered."""
        if set(self._context.open).issuperset(equals):
            return None  # "the cover I will ask my daughter" chooses none
        for focus in (self._context.quoted, self._context.groups[:1], self._context.open, self._context.ordered):
            inside = [group for group in equals if group in focus]
            if len(inside) == 1:
                return inside[0]
        return None
