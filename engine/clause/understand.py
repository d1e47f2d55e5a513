"""Reads an utterance into wishes: items cut, products chosen, options and numbers told apart."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import attrgetter

from engine.catalog_match.shop import Shop
from engine.catalog_match.size import rank_by_size
from engine.catalog_match.word import words_of
from engine.clause.choice import Chooser
from engine.clause.context import Context
from engine.clause.evidence import gather
from engine.clause.hearing import Hearing
from engine.clause.in_row import with_row_shared
from engine.clause.item_reader import ItemReader
from engine.clause.join import (
    answers_own_question,
    completed,
    completes,
    counts_containers,
    repeats_container,
    with_counts_joined,
    with_halves_shared,
    with_options_before,
    with_ranges,
    without_headlines,
)
from engine.clause.refused import parted
from engine.clause.segment import Item, Segmenter, begins_another
from engine.clause.shared import goes_on, with_options_shared
from engine.clause.sized import with_sizes_told
from engine.clause.wish import Wish, fitting
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role

_ALL_COVERED = 0.9
_LATELY = 2  # products talked of, of which an item may be all options
_BEFORE = 3  # tokens before an item in which "its" may stand
_BEHIND = 3  # tokens behind what is not sold in which its number may stand
_REFERRING = frozenset({Role.SAME, Role.THAT, Role.THIS})

_segmenter = Segmenter()


def wishes(shop: Shop, utterance: Utterance, context: Context) -> list[Wish]:
    """What the items of an utterance ask for, in order; an item without a product inherits its neighbor's."""
    if not utterance.tokens:
        return []
    evidence = gather(utterance, shop.index)
    items = _segmenter.items(utterance, evidence)
    if not items:
        return []
    found = _WishReader(Hearing(shop, utterance, evidence, context), items).read()
    return [wish for wish in found if not utterance.details.issuperset(range(wish.start, wish.end))]


class _WishReader:
    """Reads the items of one utterance, left to right."""

    def __init__(self, hearing: Hearing, items: Sequence[Item]) -> None:
        self._hearing = hearing
        self._utterance = hearing.utterance
        self._items = items
        self._chooser = Chooser(hearing)
        self._reader = ItemReader(hearing, self._chooser)
        self._wishes: list[Wish] = []
        self._headless: list[int] = []  # wishes without a name, before any that has one
        self._inherited: tuple[int, ...] = ()  # the product wished for last

    def read(self) -> list[Wish]:
        for item in self._items:
            self._take(item)
        self._give_heads()
        ranged = with_ranges(self._wishes, self._utterance, self._rising_sizes)
        wishes = with_halves_shared(with_counts_joined(ranged, self._utterance), self._utterance)
        wishes = with_row_shared(wishes, self._utterance, self._hearing.shop)
        wishes = without_headlines(with_options_before(wishes, self._utterance), self._utterance)
        wishes = with_sizes_told(wishes, self._utterance, self._hearing.shop)
        return with_options_shared(wishes, self._utterance, self._hearing.shop)

    def _rising_sizes(self, group: int) -> list[str]:
        """The sizes of a product, the smallest first."""
        ranked = rank_by_size(self._hearing.shop.product(group).variants, "size")
        return list(dict.fromkeys(variant.options.get("size", "") for variant in ranked))

    def _take(self, item: Item) -> None:
        if self._wishes and (explained := self._explained(self._wishes[-1], item)):
            self._wishes[-1] = explained
            self._inherited = self._inherited if explained.group is None else (explained.group,)
            return
        item, self._chooser.refused, refusal = parted(self._hearing, item)
        inherited = self._inherited
        named = self._is_named(item) and not self._is_all_options(item, inherited)
        wishes = self._reader.wishes(item, inherited, named=named)
        if wishes and named and (group := wishes[0].group) is not None and not wishes[0].rivals:
            self._chooser.goes_on_from(item, group)
        for wish in (w._replace(refusal=refusal) for w in wishes) if refusal >= 0 else wishes:
            self._append(self._like_before(wish, item), may_be_headless=not named and not inherited)

    def _append(self, wish: Wish, *, may_be_headless: bool) -> None:
        before = self._wishes[-1] if self._wishes else None
        if before is not None and answers_own_question(before, wish, self._utterance):
            self._wishes[-1] = before._replace(quantity=wish.quantity, end=wish.end)
            return
        if before is not None and self._counts_unsold(before, wish):
            self._wishes[-1] = before._replace(quantity=before.quantity or wish.quantity)
            return
        if before is not None and not wish.has_product_words and wish.group == before.group:
            is_other_size = wish.pick is not None and wish.quantity is not None  # "the 280 g 2, small 6"
            kept = {n: values for n, values in before.options.items() if n != "size" or not is_other_size}
            if completes(before, wish) and not self._is_refused(wish):
                self._wishes[-1] = completed(before, wish)
                return
            like_before = wish._replace(options={**kept, **wish.options})
            if not self._is_new_subject(before, wish) and self._is_sold(like_before):
                wish = like_before
        if before is not None and repeats_container(before, wish, self._utterance):
            self._wishes[-1] = before._replace(end=wish.end)
            return
        if before is not None and counts_containers(before, wish, self._utterance):
            self._wishes[-1] = before._replace(quantity=wish.quantity, counted=True, end=wish.end)
            return
        if may_be_headless and (wish.group is None or wish.coverage > 0):
            self._headless.append(len(self._wishes))
        self._wishes.append(wish)
        if wish.group is not None:
            self._inherited = (wish.group,)

    def _is_refused(self, wish: Wish) -> bool:
        """ "D-4 one, cream nahi": whether a comma parts what a "not" behind it is about from what stands before."""
        refused = self._utterance.tags.at(wish.end, Role.NOT, Role.REMOVE)
        return refused is not None and refused.final and self._utterance.breaks[wish.start] >= COMMA

    def _is_sold(self, wish: Wish) -> bool:
        """Whether a wish with what goes on from the one before it may be had; one without a product always may."""
        return wish.group is None or bool(fitting(self._hearing.shop.product(wish.group), wish))

    def _counts_unsold(self, before: Wish, wish: Wish) -> bool:
        """ "2 kg rice, camphor (5)": whether a number stands behind a thing not sold, and is of nothing before it."""
        is_unsold = before.group is None and before.has_product_words
        is_same = self._utterance.sentences[before.start] == self._utterance.sentences[wish.start]
        is_number = wish.bare or (wish.group is None and not wish.has_product_words)
        return is_unsold and is_number and is_same and 0 <= wish.start - before.end <= _BEHIND

    def _under_headline(self, wish: Wish) -> Wish | None:
        """ "half inch cpvc: pipe 6, elbow 20": a size said before a name goes on for what is counted after it.

        None where it does not; weights and volumes never do, since they are said of each.
        """
        before = self._wishes[-1]
        sizes = before.options.get("size")
        if sizes is None or "size" in wish.options or not before.headed or wish.quantity is None or wish.group is None:
            return None
        same_sentence = self._utterance.sentences[before.start] == self._utterance.sentences[wish.start]
        is_open = wish.has_product_words and wish.amount is None
        if not same_sentence or not is_open or not all(map(goes_on, sizes)):
            return None
        fits = sizes <= set(self._hearing.shop.options(wish.group).values("size"))
        return wish._replace(options={**wish.options, "size": sizes}, headed=True) if fits else None

    def _refers(self, item: Item) -> bool:
        """Whether "its", "same phone" stands in or before an item; to what another message said, only "same" refers."""
        around = range(max(0, item.start - _BEFORE), min(len(self._utterance.tokens), item.end + _BEFORE))
        if not self._wishes:
            return any(Role.SAME in self._utterance.tags.roles(i) for i in around)
        return any(self._utterance.tags.roles(i) & _REFERRING for i in around if i < item.end)

    def _is_new_subject(self, before: Wish, wish: Wish) -> bool:
        """ "black 38. beige I have to ask": whether a sentence of its own, with no number, is about another variant."""
        is_apart = self._utterance.sentences[before.start] != self._utterance.sentences[wish.start]
        return is_apart and wish.quantity is None and wish.amount is None and bool(wish.options)

    def _is_named(self, item: Item) -> bool:
        """Whether a word of an item names a product, or is unknown and may name one that is not sold."""
        evidence = self._hearing.evidence
        return any(evidence.naming[p] or evidence.unknown[p] for p in self._hearing.attributes(item))

    def _is_all_options(self, item: Item, inherited: tuple[int, ...]) -> bool:
        """Whether every word of an item is an option of what was just talked of or quoted, or picks a size of it."""
        words = self._hearing.attributes(item)
        groups = self._hearing.context.nearest(inherited, _LATELY) if words else ()
        picked = [tag.value for p in words if (tag := self._utterance.tags.at(p, Role.SUPERLATIVE))]
        if len(picked) == len(words) and any(self._hearing.shop.comes_in_sizes(group) for group in groups):
            return True
        return any(self._hearing.covers(item, group, words) for group in groups)

    def _give_heads(self) -> None:
        """ "2 red, 3 blue anarkali": what comes first takes its product from what follows."""
        headless = set(self._headless)
        following: int | None = None
        for index in range(len(self._wishes) - 1, -1, -1) if headless else ():
            if index in headless and following is not None:
                self._give_head(index, following)
            group = self._wishes[index].group
            following = group if group is not None else following

    def _give_head(self, index: int, group: int) -> None:
        wish = self._wishes[index]
        item = self._items[max(0, bisect_right(self._items, wish.start, key=attrgetter("start")) - 1)]
        if not item.start <= wish.start < item.end:
            return
        following = self._wishes[index + 1].start
        if wish.bare and wish.group is not None and begins_another(self._utterance, range(wish.end, following)):
            return
        reads = self._reader.of_product(item, group, named=False)
        before = range(index - 1, -1, -1)
        place = sum(
            1 for _ in takewhile(lambda i: self._wishes[i].start == wish.start, before)
        )  # among those of one item
        read = reads[min(place, len(reads) - 1)]
        if read.options or (wish.group is None and read.quantity is not None):
            self._wishes[index] = read

    def _explained(self, before: Wish, item: Item) -> Wish | None:
        """ "a dozen cupcakes, chocolate wale": words behind an ambiguous wish that tell which one is meant."""
        if not before.rivals or not before.has_product_words or any(map(self._hearing.is_numeric, item.positions)):
            return None
        if self._utterance.sentences[before.start] != self._utterance.sentences[item.start]:
            return None
        together = Item.of(self._positions_of(before, item))
        choice = self._chooser.choose(together)
        if choice is None or choice.rivals or choice.coverage < _ALL_COVERED:
            return None
        if choice.group not in (before.group, *before.rivals):
            return None
        read = choice.marked(self._reader.of_product(together, choice.group, named=True))[0]
        return read._replace(quantity=before.quantity or read.quantity)

    def _positions_of(self, before: Wish, item: Item) -> list[int]:
        """The telling words of a wish and of all that follows up to the end of an item, numbers among them."""
        items = (one for one in self._items if before.start <= one.start <= item.start)
        return [position for one in items for position in one.positions]

    def _called_like(self, group: int, wish: Wish, said: Mapping[str, frozenset[str]]) -> tuple[int, Wish]:
        """ "glass for the same phone": of products that fit equally, the one that has a value said in its name."""
        groups = (group, *wish.rivals) if wish.rivals else ()
        values = [f" {' '.join(words_of(value))} " for chosen in said.values() for value in chosen if len(chosen) == 1]
        titles = {one: f" {' '.join(words_of(self._hearing.shop.product(one).title))} " for one in groups}
        called = [one for one, title in titles.items() if any(value in title for value in values)]
        return (called[0], wish._replace(group=called[0], rivals=())) if len(called) == 1 else (group, wish)

    def _like_before(self, wish: Wish, item: Item) -> Wish:
        """ "cover for M14 and its glass": what refers back takes the options that it leaves unsaid."""
        if self._wishes and (headed := self._under_headline(wish)) is not None:
            return headed
        said = self._wishes[-1].options if self._wishes else self._hearing.context.said
        if not said or wish.group is None or not wish.has_product_words or not self._refers(item):
            return wish
        group, wish = self._called_like(wish.group, wish, said)
        options = self._hearing.shop.options(group)
        same = {n: v for n, v in said.items() if n not in wish.options and v <= set(options.values(n))}
        return wish._replace(options={**same, **wish.options}) if same else wish
