"""What was shown, or just named, in one variant, or picked by its size: a wish for it means that one."""

from itertools import takewhile

from engine.catalog_match.shop import Shop
from engine.clause.wish import Wish, fitting
from engine.dialogue.state import Referent, State

_SIZED = frozenset({"big", "middle", "small"})


def shown_last(state: State) -> tuple[Referent, ...]:
    """The pictures that the seller sent one after the other, the first one first."""
    pictures = {r.message_id for r in state.referents if r.is_shown and not r.from_customer}
    latest = takewhile(lambda r: r.message_id in pictures, state.referents)
    return tuple(r for r in latest if r.is_shown)[::-1]


def _is_just_told(referent: Referent, state: State) -> bool:
    """Whether the seller's latest message, or one of his latest pictures, is of a product in one variant of it."""
    if not state.is_business_latest or any(len(values) > 1 for values in referent.options.values()):
        return False
    if state.previous_business is not None and referent.message_id == state.previous_business.message.id:
        return True
    shown = shown_last(state)
    return referent in shown and sum(one.group == referent.group for one in shown) == 1


def with_shown_options(wish: Wish, state: State, reply_to: str | None) -> Wish:
    """A wish for a product that was shown or just named in one variant means that variant."""
    referent = state.referent(wish.group, reply_to) if wish.group is not None else None
    if referent is None or not referent.options:
        return wish
    is_quoted = referent in state.by_message.get(reply_to or "", ())
    is_newest = bool(state.referents) and state.referents[0].group == wish.group
    is_offered = not wish.options and _is_just_told(referent, state)
    if not is_quoted and not is_offered and (wish.has_product_words or not is_newest):
        return wish
    known = {
        name: values for name, values in referent.options.items()
        if len(values) == 1 and name not in wish.options
        and not (name == "size" and (wish.amount is not None or wish.pick is not None or wish.price is not None))
    }  # fmt: skip
    return wish._replace(options={**known, **wish.options})


def with_picked_size(wish: Wish, shop: Shop) -> Wish:
    """ "one of the big, two small": a wish that counts what a superlative picks means that size."""
    if wish.group is None or wish.rivals or wish.pick not in _SIZED or wish.quantity is None or "size" in wish.options:
        return wish
    sizes = {variant.options.get("size", "") for variant in fitting(shop.product(wish.group), wish)}
    if len(sizes) > 1 or not all(sizes):
        return wish
    return wish._replace(options={**wish.options, "size": frozenset(sizes)}, pick=None)
