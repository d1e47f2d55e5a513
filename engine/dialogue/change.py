"""What a wish for something sold does to the draft: a new line, or more said of one that stands there."""

from collections.abc import Sequence
from decimal import Decimal

from engine.act import DraftLine
from engine.catalog_match.size import number_in
from engine.clause.cue import Cue
from engine.clause.wish import ONE, QUANTITY, Wish, fitting
from engine.dialogue.again import is_taken_up, like_each, like_earlier
from engine.dialogue.editor import DraftEditor
from engine.dialogue.for_whom import is_for_another
from engine.dialogue.line import with_evidence
from engine.dialogue.parts import Parts
from engine.dialogue.recount import change_both, recounted
from engine.dialogue.spread import is_further
from engine.extraction.utterance import COMMA
from engine.language import Role
from engine.order import Intent

_TWO = 2
_ASKING = (
    "ordering", "modify", "wanted", "asked", "quantity_said", "amount", "place_near", "time_near", "complaint_near",
    "long_number_near",
)  # fmt: skip


class Changes:
    """Brings lines to what wishes say."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor
        self._parts = Parts(editor)

    def named(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """A product by its name: a change of its line, the answer to what it left open, or a new line."""
        wish = recounted(self._editor, wish, cue)
        lines = self._editor.lines_of(wish)
        is_change = self._editor.intent is Intent.MODIFY
        more = Cue.ONLY not in cue and (Cue.MORE in cue or (Cue.JOINED in cue and not is_change))
        more = more or (is_for_another(self._editor, wish) and not is_change)
        if is_change and Cue.CHANGED in cue and not self._editor.utterance.has(Role.MORE):
            more = False  # "actually, put in 200"
        targets = self._editor.matching(wish)
        if more and (line := self._one_more(wish, targets)):
            self._editor.add([line], more=True)
            return True
        if self._editor.intent is Intent.MODIFY and targets and not more:
            if not (Cue.EACH in cue and self._count_each(targets, wish)):
                self._settle(targets[0], wish, lines)
            return True
        open_lines = [i for i in targets if not self._editor.draft.lines[i].is_complete]
        if open_lines and (wish.options or (self._editor.draft.lines[open_lines[0]].rivals and not wish.rivals)):
            self._settle(open_lines[0], wish, lines)
            return True
        if (
            self._editor.intent is Intent.MODIFY
            and not targets
            and len(same := self._editor.same_product(wish)) == 1
            and not (more or self._is_another(wish, cue))
        ):
            self._change(same[0], wish, lines)
            return True
        if not more and (self._counts_same(wish, targets) or self._is_said_again(wish, targets)):
            self._editor.touched += [wish.group] if wish.group is not None else []
            return True
        is_more = Cue.MORE in cue and not all(line.is_complete for line in lines)
        is_like = is_more or Cue.SAME in cue or is_taken_up(self._editor, wish)
        known = like_earlier(self._editor, wish) if is_like else None
        if known and is_more:
            known = known._replace(quantity=wish.quantity or ONE)
        self._editor.add([known] if known else lines, more=more)
        return True

    def _count_each(self, targets: Sequence[int], wish: Wish) -> bool:
        """ "chips 2 each": so many of every line that a name alone is about; whether it is about several."""
        if wish.quantity is None or wish.options or len(targets) < _TWO:
            return False
        lines = {index: self._editor.draft.lines[index] for index in targets}
        counted = {i: line._replace(quantity=wish.quantity) for i, line in lines.items()}
        self._editor.put_each({i: self._editor.told_by(wish, line) for i, line in counted.items()})
        return True

    def _is_said_again(self, wish: Wish, targets: Sequence[int]) -> bool:
        """ "the cable then": whether a name says nothing that its one line on the draft does not have already."""
        says_more = wish.quantity or wish.amount or wish.options or wish.pick or wish.price or wish.rivals
        is_alone = len(targets) == 1 and self._editor.draft.lines[targets[0]].is_complete
        return is_alone and not says_more and not wish.conflict

    def _counts_same(self, wish: Wish, targets: Sequence[int]) -> bool:
        """ "500 g of masala" - "and masala 2": give the one line there is of a product the number that alone is said.

        Whether it has one; what is said of the product twice, or for somebody else, is more of it.
        """
        counted = self._one_more(wish, targets) if wish.quantity else None
        if counted is None or self._editor.utterance.has(Role.FOR):
            return False
        if sum(w.group == wish.group for w in self._editor.wishes) > 1:
            return False
        self._editor.put(targets, [with_evidence(counted, self._editor.draft.lines[targets[0]])])
        return True

    def _one_more(self, wish: Wish, targets: Sequence[int]) -> DraftLine | None:
        """ "3 more tubes" where one kind of tube is on the draft: of that kind; None where more is said."""
        is_plain = not (wish.amount or wish.rivals or wish.pick or wish.price or wish.conflict)
        if not is_plain or len(targets) != 1 or not (line := self._editor.draft.lines[targets[0]]).is_complete:
            return None
        made = self._editor.lines_of(wish)
        is_open = len(made) == 1 and not made[0].is_complete
        return line._replace(quantity=made[0].quantity, evidence=made[0].evidence) if is_open else None

    def _is_another(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "and one vanilla, the 16 oz": whether another variant is counted behind an "and", with no word of change."""
        tags, sentences = self._editor.utterance.tags, self._editor.utterance.sentences
        first = sentences.index(sentences[wish.start])
        is_joined = Role.AND in tags.roles(first) and not self._editor.utterance.has(Role.PART)
        return is_joined and wish.quantity is not None and bool(wish.options) and not cue & {Cue.CHANGED, Cue.NEW}

    def _settle(self, index: int, wish: Wish, lines: Sequence[DraftLine]) -> None:
        """Bring an open line to what a wish says: of several products the one named, of several variants."""
        old = self._editor.draft.lines[index]
        if not old.rivals:
            self._change(index, wish, lines)
            return
        quantity = wish.quantity if wish.quantity is not None else old.quantity
        known = [self._editor.maker.narrowed(line, {**old.options, **line.options}) or line for line in lines]
        settled = [line._replace(quantity=quantity) for line in known]
        if old.amount is not None and wish.quantity is None and wish.amount is None and not wish.rivals:
            settled = [made for line in settled for made in self._editor.maker.made_up(line, old.amount)]
        self._editor.put([index], [with_evidence(_asked_as(line, old), old) for line in settled])

    def bring(self, index: int, wish: Wish) -> None:
        """Bring one line to what a wish says of it."""
        self._change(index, wish, self._editor.lines_of(wish))

    def _change(self, index: int, wish: Wish, lines: Sequence[DraftLine]) -> None:
        """Bring one line to what a wish says; what it leaves unsaid stays."""
        old = self._editor.draft.lines[index]
        if wish.amount is not None or (wish.unit and old.unit):
            made = self._editor.lines_of(self._of_kind(wish, old)) or lines
            self._editor.put(self._editor.of_amount(index), [with_evidence(line, old) for line in made])
            return
        if not wish.options and (measured := self._editor.remeasured(old, wish)):
            self._editor.put(*measured)
            return
        maker = self._editor.maker
        changed = (
            (maker.resized(old, wish.pick) if not wish.options else None)
            or maker.narrowed(old, wish.options, wish.price, wish.pick)
            or maker.replaced(old, wish.options)
        )
        if changed is None:
            self._editor.add(lines)
            return
        quantity = wish.quantity if wish.quantity is not None else _count_of(old)
        evidence = tuple(dict.fromkeys((*old.evidence, *(s for line in lines for s in line.evidence))))
        new = changed._replace(quantity=quantity, evidence=evidence, rivals=())
        is_less = quantity < old.quantity and not set(new.skus) & set(old.skus)
        is_part = is_less and self._editor.utterance.has(Role.PART) and not self._counts_after(wish)
        rest = [old._replace(quantity=old.quantity - quantity)] if is_part else []
        self._editor.put([index], [*rest, new])

    def _counts_after(self, wish: Wish) -> bool:
        """ "make them 1 kg packs, 3 of them": whether how many stands behind a comma, and what they become before."""
        counts = wish.told.get(QUANTITY, ())
        said = [place for name, places in wish.told.items() if name in wish.options for place in places]
        is_behind = bool(counts) and bool(said) and max(said) < min(counts)
        return is_behind and self._editor.utterance.breaks[min(counts)] >= COMMA

    def _of_kind(self, wish: Wish, old: DraftLine) -> Wish:
        """A wish for another amount of what a line is: with its options, but for its size."""
        if old.group != wish.group or old.rivals or wish.group is None:
            return wish
        options = {name: values for name, values in old.options.items() if name != "size"}
        kept = wish._replace(options={**options, **wish.options})
        return kept if fitting(self._editor.shop.product(wish.group), kept) else wish

    def unnamed(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Only options and numbers: about a line of the draft, or about what was just talked of."""
        same = self._editor.same_product(wish)
        lines = self._editor.lines_of(wish)
        if not same:
            return self._add_pointed(wish, cue, lines)
        if self.goes_for_all(wish, cue):
            return True
        open_lines = [i for i in same if not self._editor.draft.lines[i].is_complete]
        is_counted = self._editor.intent is Intent.MODIFY and wish.quantity is not None
        standing = self._standing(wish, same) if is_counted else []
        is_answer = bool(wish.options or wish.amount or wish.pick) and not standing
        if open_lines and is_answer and self.fill(open_lines, wish, lines):
            return True
        is_second = wish.amount is not None and wish.group in self._editor.touched  # "2 bags, and one half bag"
        if (wish.price is not None or is_second) and (other := self._costing_other(wish, same)):
            self._editor.add(other)
            return True
        if not wish.options and not wish.amount and not wish.pick and wish.quantity is not None:
            return self._resized(wish, same[-1]) or self._editor.set_quantity(wish, cue)
        agreeing = self._editor.matching(wish)
        more = Cue.MORE in cue
        is_new = self._editor.intent is Intent.PURCHASE and (not agreeing or more) and Cue.SAME not in cue
        is_new = is_new and not (len(same) == 1 and not more and self._is_choice(wish))
        is_new = is_new or (not agreeing and is_further(self._editor, wish, cue, same))
        if more and agreeing and wish.options and self._is_counted_anew(wish, cue):
            self._editor.add([self._counted(agreeing[-1], wish)], more=True)
        elif is_new or (more and not agreeing and wish.options):
            self._editor.add(lines, more=more)
        else:
            self._change_unnamed(wish, cue, same, standing or agreeing)
        return True

    def _standing(self, wish: Wish, same: Sequence[int]) -> list[int]:
        """ "make the 11 inch 26": the lines of just the variant that is said, so that no open one is meant."""
        lines = self._editor.draft.lines
        told = [i for i in same if lines[i].is_complete] if wish.options else []
        return [i for i in told if all(lines[i].options.get(n) == values for n, values in wish.options.items())]

    def _resized(self, wish: Wish, index: int) -> bool:
        """ "sorry 9" behind "8" to "which size?": whether a number takes the place of a size that was such a number."""
        old, before = self._editor.draft.lines[index], self._editor.state.previous_customer
        if old.group is None or not old.is_complete or before is None or self._editor.intent is not Intent.MODIFY:
            return False
        sizes = self._editor.shop.options(old.group).values("size")
        current = {number_in(size) for size in self._editor.shop.known_options(old.skus[0]).get("size", ())}
        meant = [size for size in sizes if number_in(size) == wish.quantity]
        if len(meant) != 1 or [number.value for number in before.numbers] != list(current):
            return False
        other = self._editor.maker.replaced(old, {"size": frozenset(meant)})
        self._editor.put([index], [self._editor.told_by(wish, other)] if other else [])
        return other is not None

    def _is_choice(self, wish: Wish) -> bool:
        """ "2 ft 649, 3 ft 1199" - "2 ft": whether just one of the variants is said that the seller told."""
        state, told = self._editor.state, self._editor.state.previous_business
        if told is None or not state.is_business_latest or len(self._editor.wishes) > 1 or wish.quantity is not None:
            return False
        shown = [r for r in state.by_message.get(told.message.id, ()) if r.group == wish.group]
        names = wish.told.keys() & wish.options.keys()
        return any(len(r.options.get(n, ())) > 1 and wish.options[n] <= r.options[n] for r in shown for n in names)

    def _is_counted_anew(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "add 2 M": whether units are counted that are no others than were said at first ("M 2 ki jagah 1")."""
        is_corrected = not self._editor.utterance.withdrawn.isdisjoint(range(wish.start, wish.end))
        is_counted = wish.quantity is not None or self._is_one_more(wish)
        return is_counted and Cue.ONLY not in cue and not is_corrected

    def _is_one_more(self, wish: Wish) -> bool:
        """Whether "one more", "ek aur" stands right before what a wish says."""
        tags = self._editor.utterance.tags
        more = (tag for tag in tags.all if tag.role is Role.MORE and tag.end == wish.start)
        return any(Role.NUMBER in tags.roles(place) for tag in more for place in range(tag.start, tag.end))

    def _counted(self, index: int, wish: Wish) -> DraftLine:
        """So many units of a line as a wish counts."""
        line = self._editor.draft.lines[index]
        return self._editor.told_by(wish, line._replace(quantity=wish.quantity or ONE))

    def _costing_other(self, wish: Wish, same: Sequence[int]) -> Sequence[DraftLine]:
        """ "one of 115, four of 215": the lines of a variant that is none of those on the draft."""
        lines = self._editor.lines_of(wish)
        standing = {sku for index in same for sku in self._editor.draft.lines[index].skus}
        is_other = self._editor.intent is Intent.PURCHASE and standing.isdisjoint(
            s for line in lines for s in line.skus
        )
        return lines if is_other and all(line.is_complete for line in lines) else ()

    def _change_unnamed(self, wish: Wish, cue: frozenset[Cue], same: Sequence[int], agreeing: Sequence[int]) -> None:
        """Bring lines of one product to what options and numbers alone say."""
        lines, is_change = self._editor.lines_of(wish), self._editor.intent is Intent.MODIFY
        if is_change and wish.amount is not None and not wish.options:  # said anew, whatever packs made it up
            old = self._editor.draft.lines[same[0]]
            made = self._editor.maker.packed(old, wish.amount) if wish.quantity is None and len(same) == 1 else ()
            self._editor.put(same, [self._editor.told_by(wish, with_evidence(line, old)) for line in made or lines])
        elif is_change and Cue.BOTH in cue and wish.options and wish.quantity is None:
            change_both(self._editor, wish)
        elif Cue.SAME in cue and not agreeing and (others := like_each(self._editor, same, wish, cue)):
            self._editor.add(others)
        else:
            self._change((agreeing or same)[-1], wish, lines)

    def _add_pointed(self, wish: Wish, cue: frozenset[Cue], lines: Sequence[DraftLine]) -> bool:
        if wish.conflict or (self._editor.intent is Intent.MODIFY and self._editor.draft.lines and not wish.options):
            return self._editor.set_quantity(wish, cue)
        if cue & {Cue.EACH, Cue.BOTH, Cue.ALL} and (wish.bare or not wish.options):
            return False
        self._editor.add(lines)
        return True

    def pick_open(self) -> bool:
        """ "the small one", with no name or number: the line that is open, the latest first; whether there is one."""
        said, before = self._editor.utterance.tags.any(Role.SUPERLATIVE), self._editor.draft
        if said is None or self._editor.message.reply_to:
            return False
        for index, line in reversed(list(enumerate(before.lines))):
            if line.group is not None and not line.is_complete:
                self.fill([index], Wish(line.group, pick=said.value, text=line.text), ())
            if self._editor.draft != before:
                return True
        return False

    def _picked(self, old: DraftLine, wish: Wish) -> Wish | None:
        """ "the cheap one", "the navy one" of several products that a line may be; None where it is no single one."""
        groups = [group for group in (old.group, *old.rivals) if group is not None]
        if wish.pick is None:
            left = [group for group in groups if wish.options and self._editor.comes_in(group, wish)]
        else:
            left = list(self._editor.shop.by_price(groups, wish.pick))
        if len(left) != 1:
            return None
        return wish._replace(group=left[0], rivals=(), pick=None, options={**old.options, **wish.options})

    def goes_for_all(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "natural beige for both": fill the open lines that come in it; whether that is said of several."""
        if not cue & {Cue.BOTH, Cue.ALL} or not wish.options or wish.quantity is not None:
            return False
        said = {name: values for name, values in wish.options.items() if name in wish.told}
        filled: dict[int, DraftLine] = {}
        for index, line in enumerate(self._editor.draft.lines):
            if not line.rivals and not line.is_complete and line.options.keys().isdisjoint(said):
                narrowed = self._editor.maker.narrowed(line, said)
                filled.update({index: self._editor.told_by(wish, narrowed)} if narrowed else {})
        if len(filled) > 1:
            self._editor.put_each(filled)
        return len(filled) > 1

    def fill(self, indices: Sequence[int], wish: Wish, lines: Sequence[DraftLine]) -> bool:
        """Answer what a line left open, where the answer fits; an answer for part of its units splits it."""
        if wish.rivals:
            return True
        if self._parts.share_out(indices, wish):
            return True
        for index in indices:
            old = self._editor.draft.lines[index]
            if any(name in old.options and not values & old.options[name] for name, values in wish.options.items()):
                continue  # another variant of the product, no answer for this line
            meant = wish if wish.has_product_words else self._picked(old, wish)
            if old.rivals and meant is not None:
                self._settle(index, meant, self._editor.lines_of(meant) if meant is not wish else lines)
                return True
            if wish.amount is not None:
                self._editor.put([index], [with_evidence(line, old) for line in lines])
                return True
            filled = self._editor.maker.narrowed(old, wish.options, wish.price, wish.pick)
            if filled is None:
                continue
            evidence = tuple(dict.fromkeys((*old.evidence, *(s for line in lines for s in line.evidence))))
            answering = [w for w in self._editor.wishes if w.group == wish.group and w.options]
            answers = len([w for w in answering if w.start >= wish.start])  # this one and those to come
            if answers > 1 and old.quantity >= answers and not wish.quantity:
                part = old.quantity // answers if old.quantity % answers == 0 else ONE
            else:
                part = wish.quantity or _count_of(old)
            new = filled._replace(quantity=min(part, old.quantity) if len(answering) > 1 else part, evidence=evidence)
            rest = old.quantity - new.quantity
            is_part = answers > 1 or (len(answering) == 1 and self._is_of_several(wish, old))
            left = [old._replace(quantity=rest)] if rest > 0 and is_part else []
            self._editor.put([index], [new, *left])
            return True
        return False

    def _is_of_several(self, wish: Wish, old: DraftLine) -> bool:
        """ "make it 2 covers. one black, the other I will tell": whether the whole was counted in the same message.

        Or before it, where this one answers which.
        """
        if wish.quantity is None:
            return False
        is_answer = self._editor.intent is Intent.DETAILS and bool(wish.options) and old.said_quantity
        if is_answer and not self._editor.utterance.has(Role.ONLY):
            return True
        whole = (w.quantity for w in self._editor.wishes if w.group == wish.group and w.end <= wish.start)
        return any(quantity is not None and quantity > (wish.quantity or ONE) for quantity in whole)


def _asked_as(line: DraftLine, old: DraftLine) -> DraftLine:
    """A line that an answer has settled: how plainly it was asked for was said before."""
    asked = {name: old.features[name] for name in _ASKING if name in old.features}
    return line._replace(features={**line.features, **asked}, said_quantity=line.said_quantity or old.said_quantity)


def _count_of(line: DraftLine) -> Decimal:
    """How many are wanted of a line: one of what was said as an amount that no packs make up."""
    return ONE if line.unsure_size else line.quantity
