"""A number that is a size without its unit: "does it come in 9?", "4 pieces, 7 only" of lengths of 7 and 9 ft."""

from collections.abc import Sequence

from engine.catalog_match.shop import Shop
from engine.catalog_match.size import number_in
from engine.clause.wish import Wish
from engine.extraction.utterance import Utterance
from engine.language import Role

_ORDERING = frozenset({Role.WANT, Role.GIVE, Role.ADD, Role.MORE, Role.CHANGE})


def with_sizes_told(wishes: Sequence[Wish], utterance: Utterance, shop: Shop) -> list[Wish]:
    """Wishes with a bare number as the size that is asked about, or that is told of what was just counted."""
    if not utterance.message.from_customer:
        return list(wishes)
    told: list[Wish] = []
    for wish in wishes:
        size = _size_of(wish, shop) if wish.bare else None
        before = told[-1] if told else None
        if size is None:
            told.append(wish)
        elif before is not None and _is_counted(before, wish):
            told[-1] = _sized(before, size, wish)
        elif _is_asked(wish, utterance):
            told.append(_sized(wish, size, wish)._replace(quantity=None, bare=False))
        else:
            told.append(wish)
    return told


def _sized(wish: Wish, size: str, telling: Wish) -> Wish:
    said = {**wish.told, "size": (telling.start,)}
    options = {**wish.options, "size": frozenset({size})}
    return wish._replace(options=options, bare=False, end=max(wish.end, telling.end), told=said)


def _size_of(wish: Wish, shop: Shop) -> str | None:
    """The one size of a product that is called by the number of a wish."""
    if wish.group is None or wish.quantity is None or "size" in wish.options:
        return None
    meant = [size for size in shop.options(wish.group).values("size") if number_in(size) == wish.quantity]
    return meant[0] if len(meant) == 1 else None


def _is_counted(before: Wish, wish: Wish) -> bool:
    """Whether a wish right before one counts pieces of the same product, whose size it leaves unsaid."""
    is_same = before.group == wish.group and "size" not in before.options
    return is_same and before.counted and before.quantity is not None and before.amount is None


def _is_asked(wish: Wish, utterance: Utterance) -> bool:
    """Whether a number stands in a question that orders nothing."""
    is_order = utterance.roles_begun(utterance.sentences[wish.start]) & _ORDERING
    return utterance.sentence_asks(wish.start) and not is_order
