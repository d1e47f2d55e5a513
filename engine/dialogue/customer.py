"""What a customer's message does to the draft."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from engine.act import Add, Cancel, Draft, DraftLine, Replace, Revive
from engine.catalog_match.word import words_of
from engine.clause.cue import Cue
from engine.catalog_match.shop import Shop
from engine.clause.wish import ONE, Wish, fitting
from engine.conversation import MessageKind
from engine.dialogue.line import LineMaker
from engine.dialogue.state import Referent, State
from engine.extraction.number import NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.order import Intent

_ORDERING = frozenset({Intent.PURCHASE, Intent.MODIFY})
_SILENT = frozenset({Intent.COMPLAINT, Intent.ORDER_STATUS, Intent.OTHER, Intent.PAYMENT})
_MOST_GOOD_WORDS = 5
_MOST_COLORS = 8
_COLOR_WORDS = frozenset({"color", "colors", "colour", "colours", "clr", "rang", "रंग", "shade", "shades", "cor", "cores", "colores", "warna"})


class CustomerTurn:
    """One customer message, ready to act on the draft."""

    def __init__(
        self,
        shop: Shop,
        maker: LineMaker,
        state: State,
        utterance: Utterance,
        wishes: Sequence[Wish],
        cues: Sequence[frozenset[Cue]],
        probabilities: Mapping[Intent, float],
    ) -> None:
        """Gather what the acts are made from."""
        self._shop = shop
        self._maker = maker
        self._state = state
        self._utterance = utterance
        self._message = utterance.message
        self._wishes = [self._with_shown_options(w) for w in wishes]
        self._cues = list(cues)
        self._p = probabilities
        self._intent = max(probabilities, key=lambda i: probabilities[i]) if probabilities else None
        self._draft = state.draft
        self._touched: list[int] = []

    def draft(self) -> tuple[Draft, tuple[int, ...]]:
        """The draft after this message, and the products it touched."""
        if self._message.kind is MessageKind.ORDER:
            self._cart()
        if self._message.kind is MessageKind.INTERACTIVE and self._tapped():
            return self._draft, tuple(self._touched)
        match self._intent:
            case Intent.CANCEL:
                self._cancel()
            case Intent.PURCHASE | Intent.MODIFY:
                self._order()
            case Intent.DETAILS:
                self._answer()
            case Intent.CONFIRM:
                self._confirm()
            case _:
                pass
        return self._draft, tuple(self._touched)

    def _tapped(self) -> bool:
        """A button or list row whose id is a SKU of ours: it settles an open line, or chooses."""
        variant = self._shop.catalog.variant(self._message.payload)
        if variant is None:
            return False
        line = self._maker.of_sku(variant.sku, ONE, self._message)
        open_lines = [
            i for i, old in enumerate(self._draft.lines)
            if not old.is_complete and (old.group == line.group or line.group in old.rivals)
        ]  # fmt: skip
        if open_lines:
            old = self._draft.lines[open_lines[0]]
            self._replace(open_lines[:1], [_with_evidence(replace(line, quantity=old.quantity), old)])
        else:
            self._add([line])
        return True

    # --- what the words are about -------------------------------------------------------------

    def _with_shown_options(self, wish: Wish) -> Wish:
        """A wish for a product that was shown or just named in one variant means that variant."""
        if wish.group is None:
            return wish
        referent = self._state.referent(wish.group, self._message.reply_to)
        if referent is None or not referent.options:
            return wish
        quoted = referent in self._state.by_message.get(self._message.reply_to or "", ())
        newest = bool(self._state.referents) and self._state.referents[0].group == wish.group
        if wish.has_product_words and not quoted:
            return wish
        if not (quoted or newest):
            return wish
        open_options = {n: v for n, v in referent.options.items() if n not in wish.options}
        return replace(wish, options={**open_options, **wish.options})

    def _pointed(self) -> tuple[Referent, ...]:
        """The products that "this one", "both" or a bare "send it" points at."""
        quoted = self._state.by_message.get(self._message.reply_to or "", ())
        if quoted:
            return quoted[:1] if not self._utterance.has(Role.BOTH, Role.ALL) else quoted
        recent: dict[int, Referent] = {}
        for referent in self._state.referents:
            recent.setdefault(referent.group, referent)
        distinct = tuple(recent.values())
        newest = distinct[0].message_id if distinct else ""
        spoken = [r for r in distinct if r.message_id == newest]
        asked = next((r for r in distinct if r.from_customer), None)
        if len(spoken) > 1 and asked is not None and not spoken[0].is_shown and not self._utterance.has(Role.BOTH, Role.ALL):
            return (asked,)
        if self._utterance.has(Role.BOTH):
            return distinct[:2]
        if self._utterance.has(Role.ALL):
            return tuple(r for r in distinct if r.message_id == distinct[0].message_id) if distinct else ()
        return distinct[:1]

    def _free_quantity(self) -> Decimal | None:
        """A number of the message that counts something, outside every matched wish."""
        for number in self._utterance.numbers:
            if number.kind in (NumberKind.BARE, NumberKind.COUNT) and number.value <= 999:
                return number.quantity
        return None

    def _matching(self, wish: Wish) -> list[int]:
        """The draft's lines that a wish may be about, the surest kind first."""
        lines = self._draft.lines
        if wish.group is None:
            text = wish.text.casefold()
            return [i for i, line in enumerate(lines) if line.group is None and _shares_word(line.text, text)]
        same = [i for i, line in enumerate(lines) if line.group == wish.group or wish.group in line.rivals]
        if not same and wish.rivals:
            same = [i for i, line in enumerate(lines) if line.group in wish.rivals]
        fitting = [i for i in same if self._agrees(lines[i], wish)]
        return fitting or ([] if wish.options else same)

    def _agrees(self, line: DraftLine, wish: Wish) -> bool:
        if not wish.options or line.group is None:
            return True
        narrowed = self._maker.narrowed(replace(line, options={}), wish.options)
        return narrowed is not None and bool(set(narrowed.skus) & set(line.skus))

    def _same_product(self, wish: Wish) -> list[int]:
        return [i for i, line in enumerate(self._draft.lines) if line.group is not None and line.group == wish.group]

    def _lines(self, wish: Wish, quantity: Decimal | None = None) -> tuple[DraftLine, ...]:
        """The lines of a wish, with what this message says about how sure they are."""
        made = self._maker.lines(wish, self._utterance, quantity)
        features = self._features(wish)
        return tuple(replace(line, features={**line.features, **features}) for line in made)

    def _features(self, wish: Wish) -> dict[str, float]:
        cue = next((c for w, c in zip(self._wishes, self._cues, strict=True) if w.start == wish.start), frozenset())
        tokens, utterance = self._utterance.tokens, self._utterance
        words = [i for i in range(wish.start, wish.end) if tokens[i].is_word and i not in utterance.number_at]
        sentence = utterance.sentences[wish.start] if wish.start < len(tokens) else 0
        inside = [i for i in range(len(tokens)) if utterance.sentences[i] == sentence]
        roles = set().union(*(utterance.tags.roles(i) for i in inside)) if inside else set()
        best = max((w.score for w in self._wishes), default=0.0)
        return {
            "ordering": self._p.get(Intent.PURCHASE, 0.0) + self._p.get(Intent.MODIFY, 0.0),
            "modify": self._p.get(Intent.MODIFY, 0.0),
            "wanted": float(Cue.WANTED in cue),
            "asked": float(Cue.ASKED in cue),
            "refused_near": float(any(Cue.REFUSED in c or Cue.OLD in c for c in self._cues)),
            "words": float(min(len(words), 6)),
            "wishes": float(min(len(self._wishes), 10)),
            "below_best": min(best - wish.score, 10.0),
            "place_near": float(bool(roles & {Role.PLACE, Role.AT_ADDRESS, Role.AT_NAME, Role.AT_PHONE})),
            "time_near": float(bool(roles & {Role.TIME, Role.DAY, Role.MONTH})),
            "long_number_near": float(any(n.kind is NumberKind.LONG for n in utterance.numbers)),
            "tokens": float(min(len(tokens), 60)) / 10,
            "numbers": float(min(len(utterance.numbers), 8)),
            "quoted": float(self._message.reply_to is not None),
        }

    # --- acts ---------------------------------------------------------------------------------

    def _add(self, lines: Sequence[DraftLine], *, more: bool = False) -> None:
        if lines:
            self._draft = self._draft.apply(Add(tuple(lines), more))
            self._touched += [line.group for line in lines if line.group is not None]

    def _replace(self, indices: Sequence[int], lines: Sequence[DraftLine] = ()) -> None:
        if indices:
            self._touched += [g for i in indices if (g := self._draft.lines[i].group) is not None]
            self._draft = self._draft.apply(Replace(tuple(indices), tuple(lines)))

    def _cart(self) -> None:
        self._add([self._maker.of_sku(i.sku, i.quantity, self._message) for i in self._message.items], more=True)

    def _cancel(self) -> None:
        self._draft = self._draft.apply(Cancel())

    def _order(self) -> None:
        if self._message.kind is MessageKind.ORDER and not self._utterance.tokens:
            return
        if self._intent is Intent.MODIFY and self._state.is_business_latest and len(self._state.summary) > 1:
            self._accept_summary()  # who corrects one line of a summary agrees to the others
        pairs = list(self._resolved_conditions())
        if self._draft.cancelled and not any(w.group is not None for w, _ in pairs) and self._intent is not Intent.MODIFY:
            self._draft = self._draft.apply(Revive())
            return
        acted = self._redistribute(pairs)
        if acted:
            return
        skip = False
        for index, (wish, cue) in enumerate(pairs):
            if skip:
                skip = False
                continue
            following = pairs[index + 1] if index + 1 < len(pairs) else None
            if Cue.OLD in cue and following and Cue.NEW in following[1]:
                skip = True
                acted |= self._swap(wish, following[0]) or self._apply(following[0], following[1] - {Cue.REFUSED})
                continue
            if Cue.NEW in cue and following and Cue.OLD in following[1]:
                skip = self._swap(following[0], wish)
                acted |= skip
                if skip:
                    continue
            acted |= self._apply(wish, cue)
        if not acted:
            self._point()

    def _redistribute(self, pairs: Sequence[tuple[Wish, frozenset[Cue]]]) -> bool:
        """ "make it one 9 and one 10": a change that says a line's variants anew."""
        told = [w for w, cue in pairs if not w.has_product_words and w.options and w.quantity and Cue.REFUSED not in cue]
        groups = {w.group for w in told}
        if self._intent is not Intent.MODIFY or len(told) < 2 or len(groups) != 1 or None in groups:
            return False
        same = self._same_product(told[0])
        if len(same) != 1 or any(w.group not in groups for w, _ in pairs if w.has_product_words):
            return False
        old = self._draft.lines[same[0]]
        lines = [changed for w in told if (changed := self._maker.replaced(replace(old, quantity=w.quantity or ONE), w.options))]
        if len({line.skus for line in lines}) < 2:
            return False
        self._replace(same, lines)
        return True

    def _resolved_conditions(self) -> Iterator[tuple[Wish, frozenset[Cue]]]:
        """ "L if you have it, else M": the first that is in stock."""
        pairs = _spread(_without_echoes(list(zip(self._wishes, self._cues, strict=True))))
        dropped: set[int] = set()
        for index, (_, cue) in enumerate(pairs):
            if Cue.ELSE in cue and index > 0:
                dropped.add(index if self._in_stock(pairs[index - 1][0]) else index - 1)
        named = any(not wish.bare and wish.group is not None for wish, _ in pairs)
        bare = [i for i, (wish, _) in enumerate(pairs) if wish.bare]
        told = bare[-1:] if self._intent is Intent.MODIFY else bare[:1]
        for index, (wish, cue) in enumerate(pairs):
            if index in dropped or (wish.bare and (named or index not in told)):
                continue
            quantity = wish.quantity
            if index - 1 in dropped and quantity is None and Cue.ELSE in cue:
                quantity = pairs[index - 1][0].quantity
            yield replace(wish, quantity=quantity), cue

    def _in_stock(self, wish: Wish) -> bool:
        lines = self._lines(wish)
        skus = [sku for line in lines for sku in line.skus]
        return any((v := self._shop.catalog.variant(sku)) is not None and v.in_stock for sku in skus)

    def _apply(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Let one wish act; whether it did."""
        if (spread := self._all_colors(wish, cue)) is not None:
            self._add(spread)
            return True
        if Cue.REMOVED in cue and (Cue.BOTH in cue or Cue.ONLY in cue) and self._matching(wish):
            return self._keep_only(wish) or True  # "both may stay", "leave only the black"
        if Cue.REMOVED in cue or Cue.REFUSED in cue:
            return self._remove(wish, cue)
        if wish.group is None:
            return self._unknown(wish, cue)
        if Cue.ASKED in cue and Cue.WANTED not in cue and self._intent is not Intent.PURCHASE and not wish.quantity:
            return False
        if Cue.ONLY in cue and self._keep_only(wish):
            return True
        if wish.has_product_words:
            return self._named(wish, cue)
        return self._unnamed(wish, cue)

    def _remove(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        if not wish.has_product_words and wish.options and self._leave_others(wish):
            return True
        targets = self._matching(wish)
        if not targets and wish.group is None and wish.quantity is not None and Cue.REMOVED in cue:
            targets = self._focus_lines()[:1]
        if not targets:
            return wish.group is not None
        if len(targets) == 1 and wish.quantity is not None:
            line = self._draft.lines[targets[0]]
            if wish.quantity < line.quantity:
                left = line.quantity - wish.quantity
                self._replace(targets, [replace(line, quantity=left)])
                return True
        self._replace(targets)
        return True

    def _leave_others(self, wish: Wish) -> bool:
        """ "not the blue", "no egg" of a product whose variant is open: one of the others is meant."""
        for index in self._same_product(wish):
            line = self._draft.lines[index]
            if line.is_complete or line.group is None:
                continue
            options = self._shop.options(line.group)
            others = {n: frozenset(options.values(n)) - values for n, values in wish.options.items()}
            if all(others.values()) and (narrowed := self._maker.narrowed(line, others)):
                said = {n: v for n, v in narrowed.options.items() if len(v) == 1 or n not in others}
                self._replace([index], [replace(narrowed, options=said)])
                return True
        return False

    def _keep_only(self, wish: Wish) -> bool:
        same = self._same_product(wish)
        kept = self._matching(wish)
        if self._intent is not Intent.MODIFY or not kept or len(kept) == len(same) or not wish.options or wish.quantity:
            return False
        others = [i for i in same if i not in kept and self._is_sibling(i, kept[0])]
        self._replace(others)
        return bool(others)

    def _is_sibling(self, index: int, kept: int) -> bool:
        """Whether two lines of a product differ in one option only: M14 in red and M14 in black."""
        one, other = (self._draft.lines[i] for i in (index, kept))
        variants = [self._shop.catalog.variant(line.skus[0]) for line in (one, other) if line.is_complete]
        if len(variants) < 2 or variants[0] is None or variants[1] is None or one.group is None:
            return True
        names = self._shop.options(one.group).names
        return sum(variants[0].options.get(n) != variants[1].options.get(n) for n in names) <= 1

    def _unknown(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """A number alone, or words for something that the catalogue does not hold."""
        if not wish.has_product_words:
            return self._set_focus_quantity(wish, cue)
        if self._intent is Intent.PURCHASE and Cue.ASKED not in cue and self._names_a_good(wish, cue):
            self._add(self._lines(wish))
            return True
        return False

    def _all_colors(self, wish: Wish, cue: frozenset[Cue]) -> list[DraftLine] | None:
        """ "all three colors, 10 each": a line for each color that fits; None where that is not said."""
        if wish.group is None or Cue.ALL not in cue or "color" in wish.options or self._intent not in _ORDERING:
            return None
        if not any(t.word in _COLOR_WORDS for t in self._utterance.tokens):
            return None
        colors = dict.fromkeys(v.options.get("color", "") for v in fitting(self._shop.index.products[wish.group], wish))
        if not 1 < len(colors) <= _MOST_COLORS:
            return None
        return [x for c in colors for x in self._lines(replace(wish, options={**wish.options, "color": frozenset({c})}))]

    def _names_a_good(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Whether words that the catalogue does not hold sound like something to buy.

        They are few, stand together, and a number counts them or a verb asks for them right there; a
        sentence with parts of an address or a phone number is none.
        """
        utterance = self._utterance
        sentence = utterance.sentences[wish.start]
        inside = [i for i in range(len(utterance.tokens)) if utterance.sentences[i] == sentence]
        roles = set().union(*(utterance.tags.roles(i) for i in inside))
        if roles & {Role.AT_ADDRESS, Role.AT_PHONE, Role.PLACE} or any(
            (n := utterance.number_at.get(i)) is not None and n.kind is NumberKind.LONG for i in inside
        ):
            return False
        words = [i for i in range(wish.start, wish.end) if utterance.tokens[i].is_word and i not in utterance.number_at]
        idle = [i for i in words if Role.STOP in utterance.tags.roles(i)]
        if not words or len(words) > _MOST_GOOD_WORDS or len(idle) > len(words) // 2:
            return False
        if wish.quantity is not None:
            return True
        around = range(max(0, wish.start - 3), min(len(utterance.tokens), wish.end + 3))
        return Cue.WANTED in cue and any(utterance.tags.roles(i) & {Role.WANT, Role.GIVE} for i in around)

    def _named(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        lines = self._lines(wish)
        more = Cue.MORE in cue and Cue.ONLY not in cue
        targets = self._matching(wish)
        if self._intent is Intent.MODIFY and targets and not more:
            self._change(targets[0], wish, lines)
            return True
        open_lines = [i for i in targets if not self._draft.lines[i].is_complete]
        if open_lines and (wish.options or (self._draft.lines[open_lines[0]].rivals and not wish.rivals)):
            self._settle(open_lines[0], wish, lines)
            return True
        if self._intent is Intent.MODIFY and not targets and len(same := self._same_product(wish)) == 1 and not more:
            self._change(same[0], wish, lines)
            return True
        self._add(lines, more=more)
        return True

    def _settle(self, index: int, wish: Wish, lines: Sequence[DraftLine]) -> None:
        """Bring an open line to what a wish says: of several products the one named, of several variants."""
        old = self._draft.lines[index]
        if not old.rivals:
            self._change(index, wish, lines)
            return
        quantity = wish.quantity if wish.quantity is not None else old.quantity
        self._replace([index], [_with_evidence(replace(line, quantity=quantity), old) for line in lines])

    def _change(self, index: int, wish: Wish, lines: Sequence[DraftLine]) -> None:
        """Bring one line to what a wish says; what it leaves unsaid stays."""
        old = self._draft.lines[index]
        if wish.amount is not None:
            self._replace([index], [_with_evidence(line, old) for line in lines])
            return
        changed = self._maker.narrowed(old, wish.options, wish.price, wish.pick) or self._maker.replaced(old, wish.options)
        if changed is None:
            self._add(lines)
            return
        quantity = wish.quantity if wish.quantity is not None else old.quantity
        evidence = tuple(dict.fromkeys((*old.evidence, *(s for line in lines for s in line.evidence))))
        new = replace(changed, quantity=quantity, evidence=evidence, rivals=())
        is_part = self._utterance.has(Role.PART) and quantity < old.quantity and not set(new.skus) & set(old.skus)
        rest = [replace(old, quantity=old.quantity - quantity)] if is_part else []
        self._replace([index], [*rest, new])

    def _unnamed(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Only options and numbers: about a line of the draft, or about what was just talked of."""
        same = self._same_product(wish)
        lines = self._lines(wish)
        if not same:
            return self._add_pointed(wish, cue, lines)
        open_lines = [i for i in same if not self._draft.lines[i].is_complete]
        if open_lines and (wish.options or wish.amount or wish.pick):
            self._fill(open_lines, wish, lines)
            return True
        agreeing = self._matching(wish)
        more = Cue.MORE in cue
        if not wish.options and not wish.amount and not wish.pick and wish.quantity is not None:
            return self._set_focus_quantity(wish, cue)
        if (self._intent is Intent.PURCHASE and (not agreeing or more)) or (more and not agreeing and wish.options):
            self._add(lines, more=more)
            return True
        target = agreeing or same
        self._change(target[-1], wish, lines)
        return True

    def _add_pointed(self, wish: Wish, cue: frozenset[Cue], lines: Sequence[DraftLine]) -> bool:
        if wish.conflict or (self._intent is Intent.MODIFY and self._draft.lines and not wish.options):
            return self._set_focus_quantity(wish, cue)
        if cue & {Cue.EACH, Cue.BOTH, Cue.ALL} and not wish.options:
            return False
        self._add(lines)
        return True

    def _fill(self, indices: Sequence[int], wish: Wish, lines: Sequence[DraftLine]) -> None:
        """Answer what a line left open; an answer for part of its units splits it."""
        if wish.rivals:
            return
        for index in indices:
            old = self._draft.lines[index]
            if old.rivals and wish.has_product_words:
                self._settle(index, wish, lines)
                return
            if wish.amount is not None:
                self._replace([index], [_with_evidence(line, old) for line in lines])
                return
            filled = self._maker.narrowed(old, wish.options, wish.price, wish.pick)
            if filled is None:
                continue
            evidence = tuple(dict.fromkeys((*old.evidence, *(s for line in lines for s in line.evidence))))
            answers = sum(1 for w in self._wishes if w.group == wish.group and w.options)
            if answers > 1 and old.quantity >= answers and not wish.quantity:
                part = old.quantity // answers if old.quantity % answers == 0 else ONE
            else:
                part = wish.quantity or old.quantity
            new = replace(filled, quantity=min(part, old.quantity) if answers > 1 else part, evidence=evidence)
            rest = old.quantity - new.quantity
            left = [replace(old, quantity=rest)] if rest > 0 and answers > 1 else []
            self._replace([index], [new, *left])
            return

    def _focus_lines(self) -> list[int]:
        """Lines that the conversation is about now: those last touched, else the last."""
        lines = self._draft.lines
        touched = [i for i, line in enumerate(lines) if line.group is not None and line.group in self._state.touched]
        context = self._state.context(self._message.reply_to)
        quoted = [i for i, line in enumerate(lines) if line.group is not None and line.group in context.quoted]
        return quoted or touched[::-1] or ([len(lines) - 1] if lines else [])

    def _set_focus_quantity(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        quantity = wish.quantity
        focus = self._focus_lines()
        if quantity is None or not focus:
            return False
        if self._intent is Intent.PURCHASE and not self._draft.lines:
            return False
        line = self._draft.lines[focus[0]]
        if Cue.MORE in cue and Cue.ONLY not in cue:
            quantity += line.quantity
        self._replace([focus[0]], [replace(line, quantity=quantity, said_quantity=True)])
        return True

    def _swap(self, old: Wish, new: Wish) -> bool:
        targets = self._matching(old)
        if not targets and old.group is None and old.quantity is not None:
            targets = self._focus_lines()[:1]
        if not targets:
            return False
        line = self._draft.lines[targets[0]]
        if new.group is None or (not new.has_product_words and new.group == line.group):
            if new.amount is not None and new.group == line.group:
                self._replace(targets[:1], [_with_evidence(made, line) for made in self._lines(new)])
                return True
            changed = self._maker.replaced(line, new.options) if new.options and not new.bare else line
            if changed is None:
                return False
            quantity = new.quantity if new.quantity is not None else line.quantity
            self._replace(targets[:1], [replace(changed, quantity=quantity)])
            return True
        new = self._like(new, line)
        lines = self._lines(new, quantity=old.quantity or line.quantity)
        if new.group == line.group:
            changed = self._maker.replaced(line, new.options)
            lines = (replace(changed, quantity=new.quantity or line.quantity),) if changed and not new.amount else lines
        rest = line.quantity - old.quantity if old.quantity and old.quantity < line.quantity else None
        kept = [replace(line, quantity=rest)] if rest else []
        self._replace(targets[:1], [*kept, *(_with_evidence(x, line) for x in lines)])
        return True

    def _like(self, new: Wish, old: DraftLine) -> Wish:
        """Of several products that the new words fit, the one most like what it replaces."""
        if not new.rivals or old.group is None:
            return new
        products = self._shop.index.products
        known = set(words_of(products[old.group].title))
        shared = {g: len(known & set(words_of(products[g].title))) for g in (new.group, *new.rivals) if g is not None}
        best = max(shared.values())
        likest = [g for g, n in shared.items() if n == best]
        return replace(new, group=likest[0], rivals=()) if len(likest) == 1 else new

    def _point(self) -> None:
        """A wish without a name: "this one", "send 2", "both please", "book it"."""
        again = self._utterance.has(Role.LAST_TIME, Role.SAME) and self._draft.called_off and not self._draft.lines
        if again and self._intent is Intent.PURCHASE:
            self._draft = self._draft.apply(Revive())
            return
        if self._utterance.has(Role.LAST_TIME) and not self._draft.lines and self._intent is Intent.PURCHASE:
            tag = self._utterance.tags.any(Role.LAST_TIME)
            text = self._message.text if tag is None else _words(self._utterance, tag.start, tag.end)
            self._add([DraftLine(None, (), ONE, text, features={"last_time": 1.0})])
            return
        quantity = self._free_quantity()
        if self._intent is Intent.MODIFY and self._draft.lines:
            if quantity is not None:
                self._set_focus_quantity(Wish(None, quantity=quantity), frozenset(c for cue in self._cues for c in cue))
            return
        pointed = self._pointed()
        known = {line.group for line in self._draft.lines}
        lines = [
            self._maker.of_product(r.group, r.options, quantity or ONE, self._utterance, self._message.text)
            for r in pointed if r.group not in known or self._message.reply_to
        ]  # fmt: skip
        self._add(lines)

    def _answer(self) -> None:
        """An answer to the seller's question: it fills what lines left open, or chooses among what was offered."""
        for wish, cue in zip(self._wishes, self._cues, strict=True):
            if wish.group is None or Cue.REFUSED in cue:
                continue
            targets = [i for i in self._matching(wish) if not self._draft.lines[i].is_complete]
            if targets and (wish.options or wish.pick or wish.amount or wish.has_product_words):
                self._fill(targets, wish, self._lines(wish))
        if not self._wishes_matched() and self._draft.lines and (quantity := self._answered_quantity()) is not None:
            self._set_focus_quantity(Wish(None, quantity=quantity), frozenset())

    def _wishes_matched(self) -> bool:
        return any(w.group is not None and (w.options or w.has_product_words) for w in self._wishes)

    def _answered_quantity(self) -> Decimal | None:
        """The number that answers "how many?": a message of hardly more than it."""
        business = self._state.previous_business
        words = [t for t in self._utterance.tokens if t.is_word or t.is_number]
        if business is None or not self._state.is_business_latest or len(words) > 4:
            return None
        if not business.tags.any(Role.ASK_QUANTITY):
            return None
        return self._free_quantity()

    def _confirm(self) -> None:
        """Agreement: binds what the seller summed up, takes what the seller offered."""
        if self._wishes_matched():
            self._answer()
        if not self._state.is_business_latest and self._state.summary:
            return
        self._accept_summary()
        asked = self._state.previous_business is not None and self._state.previous_business.asks
        if not self._draft.lines and asked and self._state.offers and self._state.is_business_latest:
            self._add([line for line in self._state.offers if line.is_complete][:1])

    def _accept_summary(self) -> None:
        """Take what the seller summed up: whole where its sum was named, else for what the draft left open."""
        is_order = len(self._state.summary) > 1 or len(self._draft.lines) < 2
        if self._state.summary_is_whole and self._state.is_business_latest and is_order:
            self._adopt(self._state.summary)
            return
        for line in self._state.summary:
            self._bind(line)

    def _adopt(self, summary: Sequence[DraftLine]) -> None:
        """A whole summary whose sum the seller has named, and the customer's yes: that is the order."""
        old = {line.skus: line for line in self._draft.lines}
        lines = [
            replace(old[s.skus], quantity=s.quantity) if s.skus in old else replace(s, features={**s.features, "adopted": 1.0})
            for s in summary
        ]
        self._replace(range(len(self._draft.lines)), lines) if self._draft.lines else self._add(lines)

    def _bind(self, line: DraftLine) -> None:
        """Let a line of the confirmed summary settle what the draft left open."""
        same = [i for i, old in enumerate(self._draft.lines) if old.group == line.group or line.group in old.rivals]
        exact = [i for i in same if self._draft.lines[i].skus == line.skus]
        fitting = [i for i in same if set(line.skus) <= set(self._draft.lines[i].skus)]
        if exact or len(fitting) == 1:
            index = (exact or fitting)[0]
            old = self._draft.lines[index]
            is_counted = line.said_quantity or (line.is_complete and any(c.isdigit() for s in line.evidence for c in s.text))
            quantity = line.quantity if is_counted else old.quantity
            self._replace([index], [replace(old, skus=line.skus, rivals=(), group=line.group, options={**old.options, **line.options}, quantity=quantity, unsure_size=False)])
        elif not same and line.is_complete and line.said_quantity:
            heard = self._state.heard_audio or not self._draft.lines
            self._add([replace(line, features={**line.features, "adopted": 1.0, "adopted_unheard": float(not heard)})])


def _without_echoes(pairs: list[tuple[Wish, frozenset[Cue]]]) -> list[tuple[Wish, frozenset[Cue]]]:
    """ "blue, if blue is out then black": what is said again only to set a condition is one wish."""
    kept: list[tuple[Wish, frozenset[Cue]]] = []
    for wish, cue in pairs:
        before, before_cue = kept[-1] if kept else (None, frozenset())
        echo = before is not None and wish.group == before.group is not None and not wish.has_product_words
        if before is not None and echo and wish.options and wish.options == before.options and not (wish.quantity and before.quantity):
            kept[-1] = (replace(before, quantity=before.quantity or wish.quantity), before_cue | cue - {Cue.ELSE, Cue.REFUSED})
        else:
            kept.append((wish, cue))
    return kept


def _spread(pairs: list[tuple[Wish, frozenset[Cue]]]) -> list[tuple[Wish, frozenset[Cue]]]:
    """ "2 each of red, blue and green": the one number said goes for each."""
    each = [wish for wish, cue in pairs if Cue.EACH in cue and not wish.bare]
    said = {wish.quantity for wish, cue in pairs if Cue.EACH in cue and wish.quantity is not None}
    if len(each) < 2 or len(said) != 1:
        return pairs
    number = said.pop()
    return [
        (replace(wish, quantity=number) if Cue.EACH in cue and wish.quantity is None and wish.amount is None else wish, cue)
        for wish, cue in pairs
    ]


def _shares_word(one: str, other: str) -> bool:
    return bool({w for w in one.casefold().split() if len(w) > 2} & {w for w in other.split() if len(w) > 2})


def _with_evidence(line: DraftLine, old: DraftLine) -> DraftLine:
    return replace(line, evidence=tuple(dict.fromkeys((*old.evidence, *line.evidence))))


def _words(utterance: Utterance, start: int, end: int) -> str:
    return utterance.message.text[utterance.tokens[start].start : utterance.tokens[end - 1].end]


__all__ = ["CustomerTurn"]
