"""What an answer to the seller's question does to the draft."""

from collections.abc import Iterable
from decimal import Decimal

from engine.catalog_match.size import numbers_in
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.change import Changes
from engine.dialogue.editor import COUNTING, MOST_COUNTED, DraftEditor
from engine.dialogue.parts import Parts
from engine.dialogue.removal import Removals
from engine.extraction.number import NumberKind
from engine.language import Role

_PUT_ASIDE = frozenset({Cue.OLD})
_MOST_ANSWER_WORDS = 4
_NOT_ADDED = frozenset({Cue.OLD, Cue.ASKED, Cue.REFUSED, Cue.REMOVED, Cue.IF})
_JOINING = frozenset({Role.AND, Role.ADD, Role.MORE})
_WHERE = frozenset({Role.PLACE, Role.AT_ADDRESS, Role.AT_NAME, Role.AT_PHONE})
_IN_FULL, _NEAR = 0.9, 2  # how much of its words a product explains; tokens before a wish in which an "and" may stand


class Answers:
    """Takes what a customer answers."""

    def __init__(self, editor: DraftEditor, changes: Changes, removals: Removals) -> None:
        """Change the draft of this editor."""
        self._editor = editor
        self._changes = changes
        self._removals = removals
        self._parts = Parts(editor)

    def take(self) -> None:
        """Fill what lines left open, or choose among what was offered."""
        if self._parts.halve():
            return
        for wish, cue in zip(self._editor.wishes, self._editor.cues, strict=True):
            if Cue.REFUSED in cue:
                self._removals.leave_others(wish)
            elif wish.group is not None and not cue & _PUT_ASIDE:
                self._take(self._sized(wish), cue)  # "8" to "which size?" counts nothing
        if not self._editor.wishes and self._changes.pick_open():
            return
        if (
            not self._editor.names_something()
            and self._editor.draft.lines
            and (quantity := self._answered_quantity()) is not None
        ):
            self._editor.set_quantity(Wish(None, quantity=quantity), frozenset())

    def _open(self, indices: Iterable[int]) -> list[int]:
        """The lines of these that wait for an answer."""
        return [i for i in indices if not self._editor.draft.lines[i].is_complete]

    def _undecided(self, wish: Wish) -> list[int]:
        """The lines that may be of the product that an answer tells a variant of, or of others."""
        same = self._editor.same_product(wish)
        return [i for i in same if self._editor.draft.lines[i].rivals]

    def _take(self, wish: Wish, cue: frozenset[Cue]) -> None:
        """Let one wish for a product answer."""
        if self._changes.goes_for_all(wish, cue) or self._editor.takes_offer(self._editor.lines_of(wish)):
            return
        targets = self._open(self._editor.matching(wish)) or self._undecided(wish)
        if targets and (wish.options or wish.pick or wish.amount or wish.price or wish.has_product_words):
            self._changes.fill(targets, wish, self._editor.lines_of(wish))
        elif not targets and (self._is_another(wish) or self._is_added(wish, cue)):
            self._editor.add(self._editor.lines_of(wish))
        elif (index := self._told_otherwise(wish)) is not None:
            self._changes.bring(index, wish)

    def _is_another(self, wish: Wish) -> bool:
        """ "hindi 1, english 1" to "hindi or english?": another variant of what this answer has just settled."""
        is_counted = bool(wish.quantity and wish.options) and not wish.rivals and wish.group in self._editor.touched
        return is_counted and not self._editor.matching(wish)

    def _is_added(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "L. and 1 net also", "M, also gloves": whether another thing is named in full beside an answer."""
        utterance, known = self._editor.utterance, self._editor.draft.lines
        is_full = wish.has_product_words and wish.coverage >= _IN_FULL and not wish.rivals and not wish.conflict
        if not is_full or not known or self._editor.same_product(wish) or cue & _NOT_ADDED:
            return False
        if utterance.roles_within(utterance.sentences[wish.start]) & _WHERE:
            return False
        beside = (*range(max(0, wish.start - _NEAR), wish.start), wish.end)
        return any(utterance.tags.roles(i) & _JOINING for i in beside)

    def _told_otherwise(self, wish: Wish) -> int | None:
        """ "yes 6 ft" to "noted 6 ft": the line whose product the seller has just named in another variant.

        Or asked a variant of: "black M" to "which size in black?", where L was understood. None where there is none.
        """
        state, same = self._editor.state, self._editor.same_product(wish)
        told = state.previous_business if state.is_business_latest else None
        said = {name: values for name, values in wish.options.items() if name in wish.told}
        if told is None or not same or not said or self._editor.matching(wish):
            return None
        asked = {tag.value for tag in told.tags.all if tag.role is Role.OPTION} if told.asks else set[str]()
        known = {name: values for name, values in said.items() if name not in asked}
        if len(same) > 1:
            lines = self._editor.draft.lines
            same = [i for i in same if all(lines[i].options.get(n) == v for n, v in known.items())]
        named = (r for r in state.by_message.get(told.message.id, ()) if r.group == wish.group)
        is_told = any(all(v <= r.options.get(n, frozenset()) for n, v in known.items()) for r in named)
        return same[0] if is_told and len(same) == 1 else None

    def _sized(self, wish: Wish) -> Wish:
        """A number as the size that an open line waits for, where it is one of its sizes; alone, it counts nothing."""
        if not wish.bare and (wish.has_product_words or "size" in wish.options or not self._is_size_asked(wish)):
            return wish
        for index in self._editor.same_product(wish):
            line = self._editor.draft.lines[index]
            sizes = {v.options.get("size", "") for sku in line.skus if (v := self._editor.shop.catalog.variant(sku))}
            meant = {size for size in sizes if wish.quantity in numbers_in(size)}
            if not line.is_complete and len(meant) == 1:
                return wish._replace(quantity=None, options={**wish.options, "size": frozenset(meant)})
        return wish._replace(quantity=None) if wish.bare else wish

    def _is_size_asked(self, wish: Wish) -> bool:
        """ "8 with cream" to "6, 8 or 10 inch?": whether the seller has just asked with the number of a wish."""
        asked = self._editor.state.previous_business if self._editor.state.is_asked else None
        said = (number.value for number in asked.numbers if number.kind is NumberKind.MEASURE) if asked else ()
        return wish.quantity is not None and wish.quantity in said

    def _answered_quantity(self) -> Decimal | None:
        """The number that answers "how many?": a message of hardly more than it."""
        business = self._editor.state.previous_business
        words = [t for t in self._editor.utterance.tokens if t.is_word or t.is_number]
        if business is None or not self._editor.state.is_business_latest or len(words) > _MOST_ANSWER_WORDS:
            return None
        if not business.tags.any(Role.ASK_QUANTITY):
            return None
        return self._editor.free_quantity()

    def repeated_number(self) -> Decimal | None:
        """ "haan 3 bhej do" to "only 3 left, send 3?": the one number of the answer, if the seller asked with it."""
        business = self._editor.state.previous_business
        if business is None or not self._editor.state.is_business_latest or not business.asks:
            return None
        said = [n for n in self._editor.utterance.numbers if n.kind in COUNTING]
        asked = {n.value for n in business.numbers if n.kind in COUNTING}
        is_alone = len(said) == 1 and all(wish.bare for wish in self._editor.wishes)
        return said[0].quantity if is_alone and said[0].value in asked and said[0].value <= MOST_COUNTED else None
