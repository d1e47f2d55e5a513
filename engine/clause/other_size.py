"""A size that is refused for another: "the soap, not the small, the big one", "maggi single nahi 12 wala"."""

from typing import NamedTuple

from engine.catalog_match.shop import Shop
from engine.clause.segment import Item
from engine.clause.wish import QUANTITY, TITLE, Wish, fitting, packs
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role, Tag

_SIZE = "size"
_BEFORE, _BEHIND = 4, 4  # tokens around an item in which the "not", and what is wanted instead, may stand
_LEADING = frozenset({Role.THE, Role.STOP})


class _Pick(NamedTuple):
    """A superlative and where it stands."""

    value: str
    place: int


def with_size_refused(wishes: list[Wish], item: Item, utterance: Utterance, shop: Shop) -> list[Wish]:
    """A wish for one size, of which a superlative refuses another, as two: what is refused, and what is wanted."""
    if Role.NOT not in utterance.tags.kinds or Role.SUPERLATIVE not in utterance.tags.kinds or len(wishes) > 1:
        return wishes
    wish = wishes[0]
    around = range(max(0, item.start - _BEFORE), item.end + _BEHIND)
    for tag in (t for t in utterance.tags.all if t.role is Role.NOT and t.start in around):
        old = _refused(utterance, tag)
        new = None if old is None else _wanted(utterance, wish, item, max(tag.end, old.place + 1), old)
        if old is not None and new is not None:
            return _parted(wish, old, new, shop)
    return wishes


def _refused(utterance: Utterance, tag: Tag) -> _Pick | None:
    """The superlative right beside a "not", on the side that it is about."""
    place, step = (tag.start - 1, -1) if tag.final else (tag.end, 1)
    while 0 < place < len(utterance.tokens) and utterance.tags.at(place, Role.SUPERLATIVE) is None:
        if not utterance.tags.roles(place) & _LEADING:
            return None
        place += step
    said = utterance.tags.at(place, Role.SUPERLATIVE)
    between = range(min(place, tag.start) + 1, max(place, tag.start) + 1)
    is_beside = said is not None and all(utterance.breaks[i] < COMMA for i in between)
    return _Pick(said.value, place) if said is not None and is_beside else None


def _wanted(utterance: Utterance, wish: Wish, item: Item, start: int, old: _Pick) -> _Pick | None:
    """What is wanted behind the refused: another superlative, else the size that a wish names there, without a pick."""
    told = wish.told.get(_SIZE, ()) or (wish.told.get(QUANTITY, ()) if wish.amount is not None else ())
    if told:
        return _Pick("", min(told)) if min(told) >= start else None
    for place in range(start, min(len(utterance.tokens), max(start, item.end) + _BEHIND)):
        said = utterance.tags.at(place, Role.SUPERLATIVE)
        if utterance.sentences[place] != utterance.sentences[old.place]:
            return None
        if said is not None and place not in utterance.number_at:
            return _Pick(said.value, place) if said.value != old.value else None
    return None


def _parted(wish: Wish, old: _Pick, new: _Pick, shop: Shop) -> list[Wish]:
    """A wish as what is refused, and what is wanted of the same product."""
    bare = wish._replace(pick=None, options={n: v for n, v in wish.options.items() if n != _SIZE})
    wanted = _sized(bare, new, shop) if new.value else _packed(wish._replace(pick=None), new.place, shop)
    refused = _sized(bare, old, shop)
    if refused is None or wanted is None or refused.options == wanted.options:
        return [wish]
    end = min(max(old.place, *wish.told.get(TITLE, (0,)), 0) + 1, new.place)
    told = {name: places for name, places in refused.told.items() if name != QUANTITY}
    refused = refused._replace(quantity=None, amount=None, told=told, start=min(wish.start, old.place), end=end)
    return [refused, wanted._replace(has_product_words=False, start=new.place, end=max(wish.end, new.place + 1))]


def _packed(wish: Wish, place: int, shop: Shop) -> Wish | None:
    """A wish that names a size, or in that of the one pack that holds just what it says; None where there is none."""
    if wish.group is None or wish.amount is None or _SIZE in wish.options:
        return wish
    variants = fitting(shop.product(wish.group), wish)
    held = packs(shop.options(wish.group), variants, wish.amount) or {}
    sizes = frozenset(v.options.get(_SIZE, "") for v in variants if any(v.sku in skus for skus in held))
    if list(held.values()) != [1] or len(sizes) != 1 or "" in sizes:
        return None
    return wish._replace(options={**wish.options, _SIZE: sizes}, amount=None, told={TITLE: (), _SIZE: (place,)})


def _sized(wish: Wish, pick: _Pick, shop: Shop) -> Wish | None:
    """A wish in the size that a superlative picks; None where it picks none."""
    if wish.group is None:
        return None
    product = shop.product(wish.group)
    sizes = frozenset(v.options.get(_SIZE, "") for v in fitting(product, wish._replace(pick=pick.value)))
    if len(sizes) != 1 or "" in sizes:
        return None
    return wish._replace(options={**wish.options, _SIZE: sizes}, told={**wish.told, _SIZE: (pick.place,)})
