"""Options said once of several things: "red plates, cups and napkins, 3 of each", "a case and a glass for M14"."""

from collections.abc import Mapping, Sequence

from engine.catalog_match.measure import Measure, parse_size
from engine.catalog_match.shop import Shop
from engine.catalog_match.size import container_of
from engine.clause.wish import TITLE, Wish
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role, Tag

_DOZEN, _PIECES = 12, "pc"


def with_options_shared(wishes: Sequence[Wish], utterance: Utterance, shop: Shop) -> list[Wish]:
    """Wishes with what is said of the first of a list, or behind its last, where they come in that."""
    shared = list(wishes)
    for index in range(1, len(shared)):
        shared[index] = _like_first(shared[index - 1], shared[index], utterance, shop)
    for index in range(len(shared) - 1, 0, -1):
        shared[index - 1] = _like_last(shared[index - 1], shared[index], utterance, shop)
    return _with_amount_each(shared, utterance, shop) if utterance.has(Role.EACH) else shared


def _with_amount_each(wishes: Sequence[Wish], utterance: Utterance, shop: Shop) -> list[Wish]:
    """ "figs and dates 250 g each", "a dozen each of rolls and buns": with an amount for all that a sentence names."""
    found = list(wishes)
    for tag in (tag for tag in utterance.tags.all if tag.role is Role.EACH):
        number = number_of_each(utterance, tag)
        amount = _amount(number) if number is not None else None
        if number is None or amount is None:
            continue
        for index, wish in enumerate(found):
            is_near = utterance.sentences[wish.start] == utterance.sentences[tag.start]
            if is_near and _is_open(wish) and _comes_in(amount, wish.group, shop):
                found[index] = wish._replace(amount=amount, said=number.value, unit=number.unit)
    return found


def number_of_each(utterance: Utterance, each: Tag) -> Number | None:
    """The number right behind an "each", else right before it: "50 ml and 125 ml, each two", "250 g each"."""
    return utterance.number_at.get(each.end) or utterance.number_at.get(each.start - 1)


def _is_open(wish: Wish) -> bool:
    """Whether a wish says neither how many nor how much nor which size."""
    said = (wish.quantity, wish.amount, wish.price, wish.pick, wish.options.get("size"))
    return all(one is None for one in said)


def _amount(number: Number) -> Measure | None:
    """The weight, the volume, or the dozens that a number says."""
    if number.kind is NumberKind.MEASURE:
        measure = Measure.of(number.value, number.unit or "")
        return measure if measure.is_additive else None
    return Measure.of(number.quantity, _PIECES) if number.each >= _DOZEN else None


def _comes_in(amount: Measure, group: int | None, shop: Shop) -> bool:
    """Whether a product comes in packs of such a measure."""
    measures = shop.options(group).measures.values() if group is not None else ()
    return any(measure.dimension == amount.dimension for measure in measures)


def goes_on(size: str) -> bool:
    """Whether a size is one for all that follows ("1/2 inch", "iPhone 14") rather than an amount of one thing."""
    return not is_amount(size) and any(map(str.isdigit, size))


def is_amount(size: str) -> bool:
    """Whether a size is a weight, a volume or a container."""
    measure = parse_size(size)
    return container_of(size) is not None or (measure is not None and measure.is_additive)


def _like_first(before: Wish, wish: Wish, utterance: Utterance, shop: Shop) -> Wish:
    """ "red plates, cups and napkins, 3 of each": a quality said before a name goes on where each is counted alike."""
    if not _stand_together(before, wish, utterance) or Role.EACH not in _roles(utterance, wish):
        return wish
    title = before.told.get(TITLE, ())
    leading = {n: v for n, v in before.options.items() if n != "size" and _leads(before.told.get(n, ()), title)}
    inherited = {n: v for n, v in before.options.items() if n != "size" and n not in before.told}
    return _with(wish, {**leading, **inherited}, shop)


def _like_last(before: Wish, wish: Wish, utterance: Utterance, shop: Shop) -> Wish:
    """ "a case and a glass for M14": what both are for, said behind the last."""
    if not _stand_together(before, wish, utterance):
        return before
    closing = {n: v for n, v in wish.options.items() if _closes(wish.told.get(n, ()), wish, utterance)}
    closing = {n: v for n, v in closing.items() if n != "size" or not any(map(is_amount, v))}
    return _with(before, closing, shop)


def _stand_together(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    """Whether two things are named side by side in one sentence, of other products each."""
    is_named = before.has_product_words and wish.has_product_words and before.group != wish.group
    is_known = before.group is not None and wish.group is not None and not before.rivals and not wish.rivals
    return is_named and is_known and utterance.sentences[before.start] == utterance.sentences[wish.start]


def _with(wish: Wish, options: Mapping[str, frozenset[str]], shop: Shop) -> Wish:
    """A wish with these options, where nothing is said of them and its product comes in them."""
    if wish.group is None or wish.amount is not None or wish.pick is not None:
        return wish
    known = shop.options(wish.group)
    new = {n: v for n, v in options.items() if n not in wish.options and v <= set(known.values(n))}
    return wish._replace(options={**wish.options, **new}) if new else wish


def _leads(said: Sequence[int], title: Sequence[int]) -> bool:
    """Whether an option is said before the name."""
    return bool(said) and bool(title) and max(said) < min(title)


def _closes(said: Sequence[int], wish: Wish, utterance: Utterance) -> bool:
    """Whether an option is said behind the name, as what the thing is for or of: "for M14", "M14 ka"."""
    title = wish.told.get(TITLE, ())
    if not said or not title or min(said) < max(title):
        return False
    roles = utterance.tags.roles
    is_for = any(Role.FOR in roles(i) for i in range(max(title) + 1, min(said)))
    return is_for or Role.OF in roles(max(said) + 1)


def _roles(utterance: Utterance, wish: Wish) -> frozenset[Role]:
    return utterance.roles_within(utterance.sentences[wish.start])
