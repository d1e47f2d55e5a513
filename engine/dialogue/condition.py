"""The wishes of a message once its conditions are resolved: "L if you have it, else M"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.editor import DraftEditor
from engine.order import Intent

Cued: TypeAlias = tuple[Wish, frozenset[Cue]]  # a wish with what the words around it say


def resolved(editor: DraftEditor) -> Iterator[Cued]:
    """ "L if you have it, else M": the first that is in stock."""
    pairs = _spread(_without_echoes(list(zip(editor.wishes, editor.cues, strict=True))))
    dropped: set[int] = set()
    for index, (_, cue) in enumerate(pairs):
        if Cue.ELSE in cue and index > 0:
            dropped.add(index if _in_stock(editor, pairs[index - 1][0]) else index - 1)
    named = any(not wish.bare and wish.group is not None for wish, _ in pairs)
    bare = [i for i, (wish, _) in enumerate(pairs) if wish.bare]
    told = bare[-1:] if editor.intent is Intent.MODIFY else bare[:1]
    for index, (wish, cue) in enumerate(pairs):
        if index in dropped or (wish.bare and (named or index not in told)):
            continue
        quantity = wish.quantity
        if index - 1 in dropped and quantity is None and Cue.ELSE in cue:
            quantity = pairs[index - 1][0].quantity
        yield replace(wish, quantity=quantity), cue


def _in_stock(editor: DraftEditor, wish: Wish) -> bool:
    lines = editor.lines_of(wish)
    skus = [sku for line in lines for sku in line.skus]
    return any((v := editor.shop.catalog.variant(sku)) is not None and v.in_stock for sku in skus)


def _without_echoes(pairs: Sequence[Cued]) -> list[Cued]:
    """ "blue, if blue is out then black": what is said again only to set a condition is one wish."""
    kept: list[Cued] = []
    for wish, cue in pairs:
        before, before_cue = kept[-1] if kept else (None, frozenset())
        echo = before is not None and wish.group == before.group is not None and not wish.has_product_words
        if (
            before is not None
            and echo
            and wish.options
            and wish.options == before.options
            and not (wish.quantity and before.quantity)
        ):
            kept[-1] = (
                replace(before, quantity=before.quantity or wish.quantity),
                before_cue | cue - {Cue.ELSE, Cue.REFUSED},
            )
        else:
            kept.append((wish, cue))
    return kept


def _spread(pairs: Sequence[Cued]) -> list[Cued]:
    """ "2 each of red, blue and green": the one number said goes for each."""
    each = [wish for wish, cue in pairs if Cue.EACH in cue and not wish.bare]
    said = {wish.quantity for wish, cue in pairs if Cue.EACH in cue and wish.quantity is not None}
    if len(each) < 2 or len(said) != 1:
        return list(pairs)
    number = said.pop()
    return [
        (
            replace(wish, quantity=number)
            if Cue.EACH in cue and wish.quantity is None and wish.amount is None
            else wish,
            cue,
        )
        for wish, cue in pairs
    ]
