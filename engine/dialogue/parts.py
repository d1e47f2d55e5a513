"""A line's units shared out among its variants: "half half", "one each"."""

from collections.abc import Sequence
from decimal import Decimal

from engine.act import DraftLine
from engine.clause.wish import ONE, Wish
from engine.dialogue.editor import DraftEditor
from engine.language import Role

_HALF, _TWO = Decimal("0.5"), 2


class Parts:
    """Shares out what a line left open."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def halve(self) -> bool:
        """ "half half", "one each" to which of two colors: as many of each; whether that is said."""
        latest = range(len(self._editor.draft.lines) - 1, -1, -1)
        is_bare = all(wish.bare and wish.quantity in (None, ONE) for wish in self._editor.wishes)
        if is_bare and self.share_out(latest, Wish(None)):
            return True
        halves = [number.value for number in self._editor.utterance.numbers] == [_HALF, _HALF]
        for index, old in reversed(list(enumerate(self._editor.draft.lines))) if halves else ():
            parts = [] if old.rivals or old.quantity % _TWO else self._two_parts(old)
            if len(parts) == _TWO:
                self._editor.put([index], [part._replace(quantity=old.quantity / _TWO) for part in parts])
                return True
        return False

    def _two_parts(self, old: DraftLine) -> list[DraftLine]:
        """The two variants of a line that halves are of: those named in the message, else the only ones."""
        named = [w for w in self._editor.wishes if w.group == old.group is not None and w.options and not w.quantity]
        if named:
            parts = [self._editor.maker.replaced(old, wish.options) for wish in named]
            return [self._editor.told_by(w, part) for w, part in zip(named, parts, strict=True) if part is not None]
        known = [(sku, self._editor.shop.known_options(sku)) for sku in old.skus]
        return [old._replace(skus=(sku,), options=options) for sku, options in known]

    def share_out(self, indices: Sequence[int], wish: Wish) -> bool:
        """ "one each" of a line whose units are as many as its variants; whether that is said."""
        said = self._editor.utterance.has(Role.EACH) and not wish.options and wish.quantity in (None, ONE)
        for index in indices if said else ():
            old = self._editor.draft.lines[index]
            if not old.rivals and old.quantity == len(old.skus) > 1:
                known = [(sku, self._editor.shop.known_options(sku)) for sku in old.skus]
                self._editor.put([index], [old._replace(skus=(s,), options=o, quantity=ONE) for s, o in known])
                return True
        return False
