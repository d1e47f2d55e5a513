"""What a customer's message does to the draft."""

from collections.abc import Mapping, Sequence

from engine.act import Cancel, Draft, Revive
from engine.catalog_match.shop import Shop
from engine.clause.cue import Cue
from engine.clause.wish import ONE, TITLE, Wish, fitting
from engine.conversation import MessageKind
from engine.dialogue.agreement import Agreement
from engine.dialogue.answer import Answers
from engine.dialogue.change import Changes
from engine.dialogue.condition import Cued, resolved
from engine.dialogue.editor import DraftEditor
from engine.dialogue.good import names_a_good
from engine.dialogue.line import with_evidence
from engine.dialogue.otherwise import Otherwise
from engine.dialogue.parts import Parts
from engine.dialogue.pointing import Pointing
from engine.dialogue.recount import changed_all
from engine.dialogue.removal import Removals
from engine.dialogue.shown import with_picked_size, with_shown_options
from engine.dialogue.spread import Spread, as_before, as_both, as_many
from engine.dialogue.state import State
from engine.dialogue.swap import Swaps
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.order import Intent

_REFUSING = frozenset({Cue.REMOVED, Cue.REFUSED})
_REPLACING = frozenset({Cue.OLD, Cue.NEW})
_STAYING = frozenset({Cue.BOTH, Cue.ONLY})
_LIKE = frozenset({Cue.SAME, Cue.ASKED})
_EXCEPTING = _LIKE | _REFUSING | {Cue.ONLY}  # "the same, except the sugar, only 2 kg"


class CustomerTurn:
    """One customer message, ready to act on the draft."""

    def __init__(
        self,
        shop: Shop,
        state: State,
        utterance: Utterance,
        wishes: Sequence[Wish],
        cues: Sequence[frozenset[Cue]],
        probabilities: Mapping[Intent, float],
        intent: Intent | None,
    ) -> None:
        """Gather what the acts are made from."""
        sized = (with_picked_size(wish, shop) for wish in wishes)
        shown = [with_shown_options(wish, state, state.pointed_at(utterance.message)) for wish in sized]
        shown = as_both(as_many(as_before(shown, cues, shop), utterance, state), utterance)
        self._editor = DraftEditor(shop, state, utterance, shown, cues, probabilities, intent)
        self._agreement = Agreement(self._editor)
        self._changes = Changes(self._editor)
        self._parts = Parts(self._editor)
        self._removals = Removals(self._editor)
        self._answers = Answers(self._editor, self._changes, self._removals)
        self._pointing = Pointing(self._editor)
        self._spread = Spread(self._editor)
        self._swaps = Swaps(self._editor)
        self._begun = state.draft  # before the wishes act

    def draft(self) -> tuple[Draft, tuple[int, ...]]:
        """The draft after this message, and the products it touched."""
        if self._editor.message.kind is MessageKind.ORDER:
            self._take_cart()
        if self._editor.message.kind is MessageKind.INTERACTIVE and self._tapped():
            return self._editor.draft, tuple(self._editor.touched)
        self._removals.leave_gone()
        match self._editor.intent:
            case _ if self._takes_cancelling_back():
                pass
            case Intent.CANCEL:
                self._cancel()
            case Intent.PURCHASE | Intent.MODIFY:
                self._order()
            case Intent.DETAILS:
                self._agreement.take_from_voice()
                self._answers.take()
            case Intent.CONFIRM:
                self._confirm()
            case _:
                pass
        return self._editor.draft, tuple(self._editor.touched)

    @property
    def otherwise(self) -> tuple[Otherwise, ...]:
        """What is wanted in the place of what the seller may not have."""
        return tuple(self._editor.otherwise)

    def _tapped(self) -> bool:
        """A button or list row whose id is a SKU of ours: it settles an open line, or chooses."""
        variant = self._editor.shop.catalog.variant(self._editor.message.payload)
        if variant is None:
            return False
        line = self._editor.maker.of_sku(variant.sku, ONE, self._editor.message)
        open_lines = [
            i for i, old in enumerate(self._editor.draft.lines)
            if not old.is_complete and (old.group == line.group or line.group in old.rivals)
        ]  # fmt: skip
        if open_lines:
            old = self._editor.draft.lines[open_lines[0]]
            self._editor.put(open_lines[:1], [with_evidence(line._replace(quantity=old.quantity), old)])
        else:
            self._editor.add([line])
        return True

    def _take_cart(self) -> None:
        message = self._editor.message
        self._editor.add(
            [self._editor.maker.of_sku(i.sku, i.quantity, message) for i in message.items if i.quantity > 0], more=True
        )

    def _takes_cancelling_back(self) -> bool:
        """ "don't cancel": whether that is all a message does; what was called off stands again."""
        editor = self._editor
        tags = editor.utterance.tags
        if all(tags.is_part_of_another(tag) for tag in tags.all if tag.role is Role.REVIVE):
            return False  # "ga jadi deh" calls off, though "jadi deh" takes that back
        if editor.draft.cancelled:
            editor.apply(Revive())
            return not editor.names_something()
        return editor.intent is Intent.CANCEL

    def _cancel(self) -> None:
        """Call the order off, or only what is named of it."""
        editor = self._editor
        if self._removals.keep_named() or editor.draft != editor.state.draft:
            return  # "never mind that, only the serum": what there is none of has just been taken off
        gone = editor.told_gone() if editor.utterance.has(Role.THIS, Role.THAT) else []
        if 0 < len(gone) < len(editor.draft.lines) and not editor.names_something():
            editor.put(gone)  # "leave it" of the one thing that is not there
            return
        named = [w for w in editor.wishes if w.has_product_words or (w.options and not w.bare)]
        lines = {i for wish in named for i in editor.matching(wish)}
        is_part = lines and len(lines) < len(editor.draft.lines)
        is_all = editor.utterance.has(Role.ALL, Role.BOTH, Role.MORE)
        if not lines and not is_all and len(editor.draft.lines) > 1 and self._removals.remove_unsold():
            return  # "leave the dates then", which are not sold
        if is_part and not is_all:
            editor.put(sorted(lines))
        else:
            editor.apply(Cancel())

    def _order(self) -> None:
        editor = self._editor
        if editor.message.kind is MessageKind.ORDER and not editor.utterance.tokens:
            return
        if self._parts.halve():
            return
        self._begin_from_voice()
        is_change = editor.intent is Intent.MODIFY
        if is_change and editor.state.is_business_latest and len(editor.state.summary) > 1:
            self._agreement.accept()  # who corrects one line of a summary agrees to the others
        pairs = self._like_before(list(resolved(editor)))
        is_change = editor.intent is Intent.MODIFY
        if editor.draft.cancelled and not is_change and all(wish.group is None for wish, _ in pairs):
            editor.apply(Revive())
            return
        repeats = not is_change and not editor.draft.lines and self._pointing.repeats()
        if is_change and self._removals.keep_named():
            return
        if editor.utterance.has(Role.LAST_TIME) and pairs and all(editor.same_product(wish) for wish, _ in pairs):
            editor.intent = Intent.MODIFY  # "the same as last week, but 2 soaps"
        is_taken_off = is_change and self._removals.remove_unsold()
        if self._say_anew(pairs) or self._act_all(pairs) or repeats or is_taken_off:
            return
        if pairs or not self._changes.pick_open():
            self._pointing.point()

    def _begin_from_voice(self) -> None:
        """ "yes but sugar 2 kg" to what the seller wrote down of a voice note: the rest of it is agreed to."""
        editor = self._editor
        if editor.state.is_summed_up and editor.names_something():
            self._agreement.take_from_voice()
            editor.intent = Intent.MODIFY if editor.draft != editor.state.draft else editor.intent

    def _like_before(self, pairs: list[Cued]) -> list[Cued]:
        """ "the same again, only sugar 2 kg": what changes an order that is taken up once more, whole."""
        editor = self._editor
        if editor.draft.lines or not self._pointing.takes_up_but():
            return pairs
        if len({wish.group for wish, _ in pairs}) == len(pairs):
            editor.intent = Intent.MODIFY
        return [(wish, cue - (_EXCEPTING if Cue.ONLY in cue else _LIKE)) for wish, cue in pairs]

    def _say_anew(self, pairs: Sequence[Cued]) -> bool:
        """Let variants be said anew, and what else is named act; whether any are."""
        rest = self._swaps.redistribute(pairs)
        if rest:
            self._act_all(rest)
        return rest is not None

    def _act_all(self, pairs: Sequence[Cued]) -> bool:
        """Let all wishes act, in order, two together where one takes the other's place; whether any did."""
        acted = False
        self._begun = self._editor.draft
        index = 0
        while index < len(pairs):
            both = self._act_on_two(*pairs[index : index + 2]) if index + 1 < len(pairs) else None
            acted |= self._act(*pairs[index]) if both is None else both
            index += 1 if both is None else 2
        return acted

    def _act_on_two(self, first: Cued, second: Cued) -> bool | None:
        """Swap an old and a new thing; whether that did something, None where the two are to act by themselves."""
        (wish, cue), (next_wish, next_cue) = first, second
        if self._turns_into(first, second):
            return self._swaps.swap(wish, next_wish)
        if self._swaps.turns_rest(wish, next_wish):
            return True
        if Cue.OLD in cue and Cue.NEW in next_cue:
            swapped = self._swaps.swap(wish, next_wish, of_all=Cue.ALL in next_cue)
            return swapped or self._act(next_wish, next_cue - {Cue.REFUSED})
        is_new = (Cue.NEW in cue and Cue.OLD in next_cue) or self._swaps.corrects(first, second)
        if is_new and self._swaps.swap(next_wish, wish):
            return True
        return None

    def _turns_into(self, first: Cued, second: Cued) -> bool:
        """ "remove 5 of the pens and add rulers": whether so many are taken off, and another is put on uncounted."""
        (wish, cue), (other, other_cue) = first, second
        sentences = self._editor.utterance.sentences
        is_put = Cue.MORE in other_cue and not other_cue & _REFUSING and other.quantity is None and other.amount is None
        is_taken = Cue.REMOVED in cue and wish.quantity is not None and wish.group != other.group is not None
        is_same_breath = sentences[wish.start] == sentences[other.start]
        return is_put and is_taken and is_same_breath and bool(self._editor.same_product(wish))

    def _act(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Let one wish act; whether it did."""
        if spread := self._spread.lines(wish, cue):
            self._editor.add(spread)
            return True
        if self._is_taken_out(wish, cue):
            cue -= {Cue.REMOVED}
        if self._removals.says_less(wish) or cue & _REFUSING or wish.quantity == 0:
            return self._take_off(wish, cue)
        if wish.group is None:
            return self._unknown(wish, cue)
        if self._only_asks(wish, cue) or self._is_given_up(wish, cue):
            return False
        if self._takes_place(wish, cue):
            return True
        return self._changes.named(wish, cue) if wish.has_product_words else self._changes.unnamed(wish, cue)

    def _takes_place(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Whether a wish changes all lines, takes what the seller offers, stands for something else, or alone stays."""
        if changed_all(self._editor, wish, cue):
            return True
        if Cue.MORE not in cue and self._editor.takes_offer(self._editor.lines_of(wish)):
            return True
        return (Cue.NEW in cue and self._swaps.instead(wish)) or (Cue.ONLY in cue and self._removals.keep_only(wish))

    def _is_taken_out(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "10 packet nikaal do": taken out of the shelf, where so many are ordered and none stand on the draft."""
        is_counted = wish.has_product_words and bool(wish.quantity or wish.amount) and Cue.REFUSED not in cue
        return is_counted and self._editor.intent is Intent.PURCHASE and not self._editor.same_product(wish)

    def _without(self, wish: Wish, cue: frozenset[Cue]) -> Wish | None:
        """ "chocolate truffle 1 kg, no egg": what is ordered with an option refused comes in one of the others.

        None where nothing of the kind is said.
        """
        refused = {name: values for name, values in wish.options.items() if name != "size"}
        if wish.group is None or not wish.has_product_words or not refused or cue & _REPLACING:
            return None
        if self._editor.intent is not Intent.PURCHASE or self._editor.same_product(wish):
            return None
        options = self._editor.shop.options(wish.group)
        others = {n: frozenset(options.values(n)) - values for n, values in refused.items()}
        kept = wish._replace(options={**wish.options, **others})
        is_counted = wish.quantity is not None or wish.amount is not None
        is_ordered = is_counted or "size" in wish.options or Cue.WANTED in cue or self._is_named_before_not(wish)
        is_told = is_ordered and len(refused) == 1 and all(others.values())
        return kept if is_told and fitting(self._editor.shop.product(wish.group), kept) else None

    def _is_named_before_not(self, wish: Wish) -> bool:
        """ "chilli powder, not too hot": whether a name stands before the "not" that is about an option of it."""
        refusal = self._editor.utterance.tags.any(Role.NOT, wish.start, wish.end)
        named = wish.told.get(TITLE, ())
        return refusal is not None and bool(named) and max(named) < refusal.start and not refusal.final

    def _take_off(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        if self._removals.says_less(wish):
            return self._removals.less(wish)
        return self._refuse(wish._replace(quantity=wish.quantity or None), cue)

    def _refuse(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        if (kept := self._without(wish, cue)) is not None:
            self._editor.add(self._editor.lines_of(kept))
            return True
        if self._is_of_quality(wish) or self._without_of_all(wish, cue) or self._stays_as_it_is(wish):
            return True  # "no rotten ones", "all without egg", "not in the black, that stays the same"
        if Cue.REMOVED not in cue and self._is_said_again(wish):
            return False  # "the red does not sell.. make red 4"
        if Cue.ONLY in cue and (wish.bare or self._is_limited(wish)):
            return self._editor.set_quantity(wish, cue)  # "leave it, 2 only"
        if Cue.REMOVED in cue and cue & _STAYING and self._editor.matching(wish):
            self._removals.keep_only(wish)  # "both may stay", "leave only the black"
            return True
        return self._removals.remove(wish, cue)

    def _without_of_all(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        return Cue.ALL in cue and not wish.has_product_words and self._removals.of_all(wish)

    def _is_limited(self, wish: Wish) -> bool:
        """ "scratch the bibs, just 1 pack": whether what is refused is named before an "only" that a number follows."""
        only = self._editor.utterance.tags.any(Role.ONLY, wish.start, wish.end)
        is_followed = only is not None and self._editor.utterance.number_at.get(only.end) is not None
        return is_followed and wish.quantity is not None and wish.group is not None

    def _is_of_quality(self, wish: Wish) -> bool:
        """Whether what is refused of something ordered is a fault: "mirchi sadi hui mat dena"."""
        roles = self._editor.utterance.roles_within(self._editor.utterance.sentences[wish.start])
        return self._editor.intent is Intent.PURCHASE and Role.COMPLAINT in roles and bool(self._editor.matching(wish))

    def _stays_as_it_is(self, wish: Wish) -> bool:
        """Whether a change ends with "as many as there are" of what it is not meant for."""
        utterance = self._editor.utterance
        as_many = (tag.start for tag in utterance.tags.all if tag.role is Role.AS_MANY and tag.start >= wish.end)
        following = min((w.start for w in self._editor.wishes if w.start >= wish.end), default=len(utterance.tokens))
        return self._editor.intent is Intent.MODIFY and any(start < following for start in as_many)

    def _is_said_again(self, wish: Wish) -> bool:
        """Whether the same thing gets a number further on in the message."""
        return any(
            w.start > wish.start and w.group == wish.group is not None and w.options == wish.options and w.quantity
            for w in self._editor.wishes
        )

    def _only_asks(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Whether a product is asked about rather than wanted."""
        asks = Cue.ASKED in cue and not cue & {Cue.WANTED, Cue.CHANGED}
        if asks and self._stands_beside_list(wish):
            return True
        return asks and not wish.quantity and self._editor.intent is not Intent.PURCHASE

    def _is_given_up(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """ "make it 1 ply, 2 ply is costly": whether a variant that this message has just changed is only spoken of."""
        editor = self._editor
        says_more = wish.quantity or wish.amount or Cue.NEW in cue
        if editor.intent is not Intent.MODIFY or not wish.options or says_more:
            return False
        return _has_variant(self._begun, wish) and not _has_variant(editor.draft, wish)

    def _stands_beside_list(self, wish: Wish) -> bool:
        """ "6 combs, 4 oils, 9 clips. is 90 the price?": whether several things are counted in a sentence elsewhere."""
        utterance = self._editor.utterance
        pairs = zip(self._editor.wishes, self._editor.cues, strict=True)
        counted = [
            utterance.sentences[w.start]
            for w, c in pairs
            if w.quantity and w.has_product_words and c.isdisjoint({Cue.ASKED})
        ]
        return any(counted.count(s) > 1 and s != utterance.sentences[wish.start] for s in counted)

    def _unknown(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """A number alone, or words for something that the catalogue does not hold."""
        if not wish.has_product_words:
            return self._editor.set_quantity(wish, cue)
        if self._editor.intent is Intent.PURCHASE and Cue.ASKED not in cue and names_a_good(self._editor, wish, cue):
            self._editor.add(self._editor.lines_of(wish))
            return True
        return False

    def _confirm(self) -> None:
        """Agreement: binds what the seller summed up, takes what the seller offered."""
        if self._editor.hears_of_gone and self._removals.keep_named():
            return
        if self._agreement.is_corrected():
            self._editor.intent = Intent.MODIFY
            self._order()
            return
        if (quantity := self._answers.repeated_number()) is not None:
            self._editor.set_quantity(Wish(None, quantity=quantity), frozenset())
        if self._editor.wishes:
            self._answers.take()
        if not self._editor.state.is_business_latest and self._editor.state.summary:
            return
        self._agreement.accept()
        self._agreement.take_told()
        state = self._editor.state
        if state.is_asked and not self._editor.draft.lines:
            self._editor.add([line for line in state.offers if line.is_complete][:1])


def _has_variant(draft: Draft, wish: Wish) -> bool:
    """Whether a line is of the product of a wish, with all the options that it says."""
    same = (line for line in draft.lines if line.group == wish.group)
    return any(all(line.options.get(name) == values for name, values in wish.options.items()) for line in same)
