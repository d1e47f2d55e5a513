"""How wishes that stand beside each other complete each other."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from engine.catalog_match.measure import Measure
from engine.clause.wish import ONE, TITLE, Wish
from engine.extraction.utterance import COMMA, LINE, Utterance
from engine.language import Role

_HALF, _TWO = Decimal("0.5"), 2
_PIECES = "pc"
_DISTRIBUTING = frozenset({Role.BOTH, Role.ALL, Role.EACH})


def completes(before: Wish, wish: Wish) -> bool:
    """ "ZZ plant (4 inch)": options alone, of another kind than those already said, belong to what was named."""
    if wish.quantity is not None or before.group is None or before.rivals or wish.conflict:
        return False
    if not before.has_product_words and before.quantity is not None:
        return False
    if wish.amount is not None:
        return before.amount is None and not wish.options.keys() & before.options.keys()
    return bool(wish.options) and not wish.options.keys() & before.options.keys()


def counts_containers(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    """ "if you have plums I'll take 2 punnets": a count of containers, of nothing else, is of what was named before."""
    named = wish.told.get(TITLE, ())
    if not named or wish.quantity is None or wish.options or wish.amount:
        return False
    if before.group is None or not before.has_product_words or before.quantity is not None or before.amount is not None:
        return False
    is_near = utterance.sentences[before.start] == utterance.sentences[wish.start]
    is_joined = any(Role.AND in utterance.tags.roles(i) for i in range(before.end, wish.start))
    return is_near and not is_joined and all(Role.PACK in utterance.tags.roles(p) for p in named)


def repeats_container(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    """ "one almond bar, add it box": whether only the word for its pack, with no number, is said behind a thing."""
    named = wish.told.get(TITLE, ())
    is_same = before.group == wish.group is not None and before.has_product_words
    if not is_same or not named or wish.quantity is not None or wish.amount is not None or wish.options:
        return False
    is_near = utterance.sentences[before.start] == utterance.sentences[wish.start]
    is_joined = (
        any(Role.AND in utterance.tags.roles(i) for i in range(before.end, wish.start)) and before.quantity is None
    )
    return is_near and not is_joined and all(Role.PACK in utterance.tags.roles(p) for p in named)


def answers_own_question(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    """ "do you have gele? I need 4": whether the next sentence wants so many of what is asked about."""
    if not before.has_product_words or wish.has_product_words or wish.options or wish.quantity is None:
        return False
    asked, wanted = utterance.sentences[before.end - 1], utterance.sentences[wish.start]
    is_open = before.quantity is None and before.amount is None and utterance.sentence_asks(before.end - 1)
    return is_open and wanted == asked + 1 and bool(utterance.roles_begun(wanted) & {Role.WANT, Role.GIVE})


def completed(before: Wish, wish: Wish) -> Wish:
    """A wish with what is said of it behind; a number counts the packs that were named: "a crate? 2 then"."""
    if "size" in before.options and wish.amount is not None and wish.amount.dimension == _PIECES:
        counted = _told_together(before, wish)
        return before._replace(quantity=wish.amount.amount, end=wish.end, told=counted)
    measured = before if wish.amount is None else wish
    return before._replace(
        options={**before.options, **wish.options},
        amount=measured.amount,
        said=measured.said,
        unit=wish.unit or before.unit,
        end=wish.end,
        told=_told_together(before, wish),
    )


def with_counts_joined(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "2 set de do, 4 wale": a count alone beside options alone of the same product says how many of them."""
    joined: list[Wish] = []
    for wish in wishes:
        if joined and _counts(joined[-1], wish):
            together = _told_together(wish, joined[-1])
            joined[-1] = wish._replace(quantity=joined[-1].quantity, start=joined[-1].start, told=together)
        elif joined and _is_counted(joined[-1], wish, utterance):
            together = _told_together(joined[-1], wish)
            joined[-1] = joined[-1]._replace(quantity=wish.quantity, end=wish.end, told=together)
        else:
            joined.append(wish)
    return joined


def _is_counted(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    """ "the 4 wala pack ek", "blocks 50 pc 1+1": whether a number alone says how many of a size or price before it."""
    is_pieces = before.amount is not None and before.amount.dimension == "pc"
    is_named_size = before.has_product_words and (is_pieces or "size" in before.options)
    is_sized = before.price is not None or is_named_size
    is_open = is_sized and before.quantity is None and (is_pieces or before.amount is None)
    is_same = wish.bare and wish.quantity is not None and wish.group == before.group is not None
    return is_open and is_same and all(utterance.breaks[i] < COMMA for i in range(before.end, wish.start + 1))


def _counts(before: Wish, wish: Wish) -> bool:
    is_same = before.group == wish.group is not None
    return is_same and before.bare and not wish.has_product_words and not wish.bare and wish.quantity is None


def with_options_before(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "A4 and A5, both of them, 5 diaries": what is counted goes for each of the variants told right before."""
    spread: list[Wish] = []
    for wish in wishes:
        before = _variants_before(spread, wish, utterance) if wish.quantity is not None else 0
        told = spread[len(spread) - before :]
        spread[len(spread) - before :] = [
            wish._replace(options={**wish.options, **w.options}, start=w.start) for w in told
        ] or [wish]
    return spread


def _variants_before(before: Sequence[Wish], wish: Wish, utterance: Utterance) -> int:
    """How many wishes right before one that is counted tell variants of it, and no number of their own."""
    roles = utterance.roles_within(utterance.sentences[wish.start])
    if not wish.has_product_words or not roles & _DISTRIBUTING:
        return 0
    told = list(takewhile(lambda other: _is_variant_of(other, wish, utterance), reversed(before)))
    return len(told) if len(told) > 1 else 0


def _is_variant_of(told: Wish, wish: Wish, utterance: Utterance) -> bool:
    is_told = bool(told.options) and not told.options.keys() & wish.options.keys()
    is_free = not told.has_product_words and told.quantity is None and told.amount is None and told.group == wish.group
    return is_told and is_free and utterance.sentences[told.start] == utterance.sentences[wish.start]


def with_halves_shared(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "10 mugs, half cream half moss": as many of each of two values as half of what is counted."""
    halves = [number.start for number in utterance.numbers if number.value == _HALF]
    shared = list(wishes)
    for index, (one, other) in enumerate(pairwise(wishes)) if len(halves) == _TWO else ():
        head = wishes[index - 1] if index and one.quantity is None and one.amount is None else one
        is_halved = head.amount is not None and {*one.told.get("size", ())} & {*halves}  # no "half dozen" each
        whole = head.quantity or (head.amount.amount if head.amount and is_halved else None)
        is_of_both = _is_sibling(one, other) and all(one.start <= half < other.end for half in halves)
        if head.group == one.group and is_of_both and whole and whole % _TWO == 0:
            shared[index : index + 2] = [_half(wish, head, halves) for wish in (one, other)]
            return shared[: index - 1] + shared[index:] if head is not one else shared
    return shared


def _half(wish: Wish, whole: Wish, halves: Sequence[int]) -> Wish:
    """A wish for half of a whole; the "half" that says so names no size: "a dozen, half jam half custard"."""
    if whole.amount is None or whole.quantity is not None:
        return wish._replace(quantity=(whole.quantity or ONE) / _TWO)
    options = {n: v for n, v in wish.options.items() if n not in wish.told or not set(wish.told[n]) <= set(halves)}
    amount = Measure(whole.amount.amount / _TWO, whole.amount.dimension)
    return wish._replace(options=options, quantity=None, amount=amount, said=None, unit=whole.unit)


def _is_sibling(one: Wish, other: Wish) -> bool:
    """Whether two wishes are for two values of the same options of one product."""
    return (
        one.group == other.group is not None
        and one.options.keys() == other.options.keys()
        and one.options != other.options
    )


def without_headlines(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "clear cover: M14 10, A14 5": the headline is no wish of its own."""
    kept: list[Wish] = []
    is_headed = False
    for index, wish in enumerate(wishes):
        one = wish._replace(bare=False) if wish.bare and is_headed else wish  # "the dupatta is not enough, make it 10"
        is_headed = index + 1 < len(wishes) and _is_headline(wish, wishes[index + 1], utterance)
        kept += [] if is_headed else [one]
        is_headed = is_headed and wish.has_product_words
    return kept


def _is_headline(wish: Wish, following: Wish, utterance: Utterance) -> bool:
    if wish.group is None or wish.group != following.group or following.has_product_words:
        return False
    is_counted = wish.quantity is not None or wish.amount is not None
    if is_counted or following.quantity is None:
        return False
    return not wish.options or _stands_above(wish, following, utterance)


def _stands_above(wish: Wish, following: Wish, utterance: Utterance) -> bool:
    """ "black tshirt" on a line of its own, with "M 2", "L 3" below it."""
    parted = any(utterance.breaks[i] == LINE for i in range(wish.end, following.start + 1))
    return parted and wish.options.keys() < following.options.keys()


def _told_together(one: Wish, other: Wish) -> dict[str, tuple[int, ...]]:
    """What the words of two wishes say that are one: what both say, in the words of the second."""
    return {**one.told, **{name: positions for name, positions in other.told.items() if positions}}


def with_ranges(wishes: Sequence[Wish], utterance: Utterance, sizes: Callable[[int], Sequence[str]]) -> list[Wish]:
    """ "S to XL": one wish for all the sizes from one to the other, as `sizes` of its product go up."""
    ranged: list[Wish] = []
    for wish in wishes:
        between = _range(ranged[-1], wish, utterance, sizes) if ranged else frozenset()
        if between:
            first = ranged[-1]
            ranged[-1] = first._replace(
                options={**first.options, "size": between}, end=wish.end, told=_told_together(first, wish)
            )
        else:
            ranged.append(wish)
    return ranged


def _range(first: Wish, last: Wish, utterance: Utterance, sizes: Callable[[int], Sequence[str]]) -> frozenset[str]:
    """The sizes from one wish's to the next one's; none where a "to" alone does not part them."""
    is_plain = last.options.keys() == {"size"} and not last.has_product_words and last.quantity is None
    if first.group is None or first.group != last.group or not is_plain or "size" not in first.options:
        return frozenset()
    start, end = max(first.told.get("size", ()), default=-1) + 1, min(last.told.get("size", ()), default=-1)
    roles = utterance.tags.roles
    if start <= 0 or end <= start or not all(Role.TIME_RANGE in roles(i) for i in range(start, end)):
        return frozenset()
    rising = sizes(first.group)
    places = [rising.index(size) for wish in (first, last) for size in wish.options["size"] if size in rising]
    return frozenset(rising[min(places) : max(places) + 1]) if places else frozenset()
