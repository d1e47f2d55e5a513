"""Which wishes of a message stand before, behind and around a place in it, found out once for all places."""

from collections.abc import Sequence
from itertools import accumulate

from engine.clause.wish import TITLE, Wish
from engine.extraction.utterance import Utterance
from engine.language import Role, Tag
from engine.lazy import lazy


class Places:
    """The wishes of a message by the places of its words: none has to be looked for among all of them."""

    def __init__(self, utterance: Utterance, wishes: Sequence[Wish]) -> None:
        """Look the places up when they are first asked for."""
        self._utterance = utterance
        self._wishes = wishes

    def in_sentence(self, position: int) -> Sequence[int]:
        """The wishes that begin in the sentence of a token."""
        return self._by_sentence.get(self._utterance.sentences[position], ())

    def is_in_title(self, position: int) -> bool:
        """Whether a token is of a product's name: the "mat" of "yoga mat"."""
        return position in self._titles

    def inside(self, position: int) -> int | None:
        """The first wish that a token is part of."""
        return self._inside.get(position)

    def around(self, tag: Tag) -> tuple[int | None, int | None]:
        """The last wish that ends before words, and the first that begins behind them."""
        before, after = self._last_ended[tag.start], self._first_begun[tag.end]
        return before if before >= 0 else None, after if after < len(self._wishes) else None

    def is_stated(self, wish: Wish) -> bool:
        """ "the black one is better": whether the only verb that could ask stands right behind what it is about."""
        asking = self._asking.get(self._utterance.sentences[wish.end - 1], ())
        return all(tag.start == wish.end and not tag.final for tag in asking)

    @lazy
    def _by_sentence(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, wish in enumerate(self._wishes):
            found.setdefault(self._utterance.sentences[wish.start], []).append(index)
        return found

    @lazy
    def _asking(self) -> dict[int, list[Tag]]:
        """The verbs of each sentence that may ask."""
        found: dict[int, list[Tag]] = {}
        for tag in self._utterance.tags.all if Role.QUESTION in self._utterance.tags.kinds else ():
            if tag.role is Role.QUESTION:
                found.setdefault(self._utterance.sentences[tag.start], []).append(tag)
        return found

    @lazy
    def _titles(self) -> frozenset[int]:
        return frozenset(position for wish in self._wishes for position in wish.told.get(TITLE, ()))

    @lazy
    def _inside(self) -> dict[int, int]:
        backwards = reversed(list(enumerate(self._wishes)))
        return {position: index for index, wish in backwards for position in range(wish.start, wish.end)}

    @lazy
    def _last_ended(self) -> list[int]:
        """To each place the last wish that has ended there; -1 for none."""
        last = [-1] * (len(self._utterance.tokens) + 1)
        for index, wish in enumerate(self._wishes):
            last[wish.end] = index
        return list(accumulate(last, max))

    @lazy
    def _first_begun(self) -> list[int]:
        """To each place the first wish that begins there or behind; as many as there are for none."""
        first = [len(self._wishes)] * (len(self._utterance.tokens) + 1)
        for index in range(len(self._wishes) - 1, -1, -1):
            first[self._wishes[index].start] = index
        return list(accumulate(reversed(first), min))[::-1]
