"""What is said to stand in the place of something else."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import compress
from operator import not_

from engine.act import DraftLine
from engine.catalog_match.word import words_of
from engine.clause.cue import Cue
from engine.clause.wish import ONE, Wish
from engine.dialogue.condition import Cued
from engine.dialogue.editor import DraftEditor
from engine.dialogue.line import with_evidence
from engine.dialogue.proposal import shares_word
from engine.language import Role
from engine.order import Intent

_REFUSING = frozenset({Cue.REFUSED, Cue.REMOVED})
_OTHERS, _NEAR = frozenset({Role.OTHER, Role.SECOND}), 4  # "the other"; tokens behind a wish in which that may stand
_NOT_NEW = _REFUSING | {Cue.OLD, Cue.MORE, Cue.JOINED, Cue.IF, Cue.ELSE}
_PUT_FOR = _REFUSING | {Cue.OLD, Cue.NEW}
_TAKING_OFF = frozenset({Intent.MODIFY, Intent.CANCEL})


class Swaps:
    """Puts new things in the place of old ones."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def swap(self, old: Wish, new: Wish, *, of_all: bool = False) -> bool:
        """Put the new in the place of the old, and with what stands there already, `of_all`; whether the old stands."""
        targets = self._editor.matching(old) or self._called_so(old)
        if not targets and old.group is None and old.quantity is not None:
            targets = self._editor.focus()[:1]
        if not targets:
            return False
        is_counted_anew = new.quantity is not None and not self._editor.utterance.has(Role.INSTEAD)
        if (new.quantity is None or is_counted_anew) and new.amount is None and new.options:
            standing = [i for i in self._editor.matching(new) if i not in targets]
            if standing and old.quantity is None:
                is_heir = of_all or is_counted_anew
                self._give_up(targets, new, self._editor.draft.lines[standing[0]] if is_heir else None)
                return True
        return self._put_in_place(targets, old, new)

    def turns_rest(self, kept: Wish, new: Wish) -> bool:
        """ "only 1 red, make the other blue": whether units of a line but for so many are to be another variant."""
        editor, roles = self._editor, self._editor.utterance.tags.roles
        is_other = kept.group == new.group and not new.has_product_words and kept.options != new.options
        if editor.intent is not Intent.MODIFY or not is_other or kept.quantity is None or new.quantity is not None:
            return False
        targets = editor.matching(kept) if kept.options and new.options else []
        rest = sum(editor.draft.lines[i].quantity for i in targets) - kept.quantity
        said = (roles(i) & _OTHERS for i in range(kept.end, new.end + _NEAR))
        return len(targets) == 1 and rest > 0 and any(said) and self.swap(kept._replace(quantity=rest), new)

    def corrects(self, one: tuple[Wish, frozenset[Cue]], other: tuple[Wish, frozenset[Cue]]) -> bool:
        """ "I said kimia dates, no medjool": whether the other, refused, is on the draft, and the one its like."""
        (new, cue), (old, refusal) = one, other
        if self._editor.intent is not Intent.MODIFY or not refusal & _REFUSING or cue & _NOT_NEW or new.rivals:
            return False
        if new.group is None or old.group is None or not new.has_product_words or self._editor.same_product(new):
            return False
        one_title, other_title = (self._editor.shop.product(group).title for group in (new.group, old.group))
        sentences = self._editor.utterance.sentences
        is_near = sentences[new.start] == sentences[old.start]
        return is_near and new.quantity is None and shares_word(one_title, other_title)

    def instead(self, new: Wish) -> bool:
        """ "an orchid instead": what is gone, pointed at or stands alone makes room for it; whether anything does."""
        editor = self._editor
        is_old_named = any(Cue.OLD in cue for cue in editor.cues)
        if new.group is None or not new.has_product_words or is_old_named or editor.same_product(new):
            return False
        if self._was_taken_off():
            editor.add(editor.lines_of(new))
            return True
        targets = self._given_up(new)
        return bool(targets) and self._put_in_place(targets, Wish(None), new)

    def _was_taken_off(self) -> bool:
        """ "no soap please" - "put a comb instead": whether the message before has made the room already."""
        state = self._editor.state
        before = state.previous_customer if not state.is_business_latest else None
        return before is not None and before.has(Role.REMOVE, Role.CANCEL) and state.previous_intent in _TAKING_OFF

    def _given_up(self, new: Wish) -> list[int]:
        """The line that an "instead" is about, though nothing names it: for an apple pie, the one other pie."""
        for found in (self._editor.told_gone(), self._editor.alike(new)):
            if len(found) == 1:
                return found
        is_pointed = self._editor.utterance.has(Role.THIS, Role.THAT) or len(self._editor.draft.lines) == 1
        return self._editor.focus()[:1] if is_pointed else []

    def _put_in_place(self, targets: Sequence[int], old: Wish, new: Wish) -> bool:
        """Put the new in the place of the line that an old wish means; whether it can be."""
        line = self._editor.draft.lines[targets[0]]
        if new.group is None or (not new.has_product_words and new.group == line.group):
            if new.amount is not None and new.group == line.group:
                self._editor.put(targets[:1], [with_evidence(made, line) for made in self._editor.lines_of(new)])
                return True
            changed = self._editor.maker.replaced(line, new.options) if new.options and not new.bare else line
            if changed is None:
                return False
            rest = self._left(line, old, new) if old.options and new.options else None
            gone = old.quantity if rest and old.quantity is not None else line.quantity
            quantity = new.quantity if new.quantity is not None else gone
            kept = [line._replace(quantity=rest)] if rest else []
            self._editor.put(targets[:1], [*kept, self._editor.told_by(new, changed._replace(quantity=quantity))])
            return True
        new = self._with_same(self._like(new, line), line)
        is_weighed = new.unit is not None  # "the soap for 1 kg sugar"
        lines = self._editor.lines_of(new, quantity=ONE if is_weighed else old.quantity or line.quantity)
        if new.group == line.group:
            changed = self._editor.maker.replaced(line, new.options)
            lines = (changed._replace(quantity=new.quantity or line.quantity),) if changed and not new.amount else lines
        rest = self._left(line, old, new)
        kept = [line._replace(quantity=rest)] if rest else []
        self._editor.put(targets[:1], [*kept, *(with_evidence(x, line) for x in lines)])
        return True

    def _left(self, line: DraftLine, old: Wish, new: Wish) -> Decimal | None:
        """How many of the old stay: "instead of 2 pens", "one of them with crayons instead"; None where none do."""
        gone = old.quantity or (new.quantity if self._editor.utterance.has(Role.PART) else None)
        return line.quantity - gone if gone and gone < line.quantity else None

    def _give_up(self, targets: Sequence[int], new: Wish, heir: DraftLine | None) -> None:
        """ "no white, only black" of black that is ordered already; "no white, make all black": black is its heir.

        "No white, black 2" says how many that one comes to.
        """
        gone = sum(self._editor.draft.lines[i].quantity for i in targets)
        self._editor.put(targets)
        if heir is not None:
            quantity = heir.quantity + gone if new.quantity is None else new.quantity
            whole = self._editor.told_by(new, heir._replace(quantity=quantity))
            self._editor.put([self._editor.draft.lines.index(heir)], [whole])

    def _called_so(self, old: Wish) -> list[int]:
        """The one line whose name shares a word with what is to go, where no line is of the product heard."""
        alike = self._editor.alike(old) if old.has_product_words and not self._editor.same_product(old) else []
        return alike if len(alike) == 1 else []

    def _with_same(self, new: Wish, old: DraftLine) -> Wish:
        """ "with the blue one, same size": what is left unsaid stays as it was, where that is said, or of its like."""
        if new.group is None or old.group is None or not old.is_complete:
            return new
        one, other = (self._editor.shop.product(group).title for group in (old.group, new.group))
        if not self._editor.utterance.has(Role.SAME) and not shares_word(one, other):
            return new
        options = self._editor.shop.options(new.group)
        known = self._editor.shop.known_options(old.skus[0])
        same = {n: v for n, v in known.items() if n not in new.options and v <= set(options.values(n))}
        return new._replace(options={**same, **new.options})

    def _like(self, new: Wish, old: DraftLine) -> Wish:
        """Of several products that the new words fit, the one most like what it replaces."""
        if not new.rivals or old.group is None:
            return new
        shop = self._editor.shop
        known = set(words_of(shop.product(old.group).title))
        groups = (group for group in (new.group, *new.rivals) if group is not None)
        shared = {group: len(known & set(words_of(shop.product(group).title))) for group in groups}
        best = max(shared.values())
        likest = [g for g, n in shared.items() if n == best]
        return new._replace(group=likest[0], rivals=()) if len(likest) == 1 else new

    def redistribute(self, pairs: Sequence[Cued]) -> Sequence[Cued] | None:
        """ "make it one 9 and one 10, and 2 mugs": a change that says a line's variants anew.

        What else is named is left to be done; None where no variants are said anew.
        """
        group = next((group for group, n in Counter(w.group for w, _ in filter(_tells, pairs)).items() if n > 1), None)
        is_other = [wish.has_product_words and wish.group != group for wish, _ in pairs]
        of_others, of_line = list(compress(pairs, is_other)), list(compress(pairs, map(not_, is_other)))
        told = [w for w, _ in filter(_tells, of_line)]
        if self._editor.intent is not Intent.MODIFY or group is None or any(w.group != group for w in told):
            return None
        is_each_named = any(w.has_product_words and w.start != told[0].start for w in told[1:])
        if is_each_named or any(cue & _PUT_FOR for _, cue in of_others):
            return None
        same = self._editor.same_product(told[0])
        if len(same) > 1:
            same = list(dict.fromkeys(i for wish in told for i in self._editor.matching(wish)))
        if len(same) != 1:
            return None
        old = self._editor.draft.lines[same[0]]
        if any(Cue.OLD in cue for _, cue in of_line) and sum(w.quantity or ONE for w in told) != old.quantity:
            return None  # "no 2 small ones, one large"
        lines = [
            self._editor.told_by(w, changed)
            for w in told
            if (changed := self._editor.maker.replaced(old._replace(quantity=w.quantity or ONE), w.options))
        ]
        if len({line.skus for line in lines}) < 2:
            return None
        self._editor.put(same, lines)
        return of_others


def _tells(pair: Cued) -> bool:
    """Whether so many of a variant are said, and not refused."""
    wish, cue = pair
    return bool(wish.group is not None and wish.options and wish.quantity) and not cue & _REFUSING
