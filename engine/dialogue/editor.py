"""A customer's message and the draft that it changes, with what every kind of change needs to know."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from engine.act import Act, Add, DraftLine, Replace
from engine.catalog_match.measure import Measure
from engine.catalog_match.shop import Shop
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.line import LineMaker, evidence
from engine.dialogue.otherwise import Otherwise
from engine.dialogue.proposal import NONE, in_place_of, said_gone, shares_word
from engine.dialogue.state import State
from engine.dialogue.summary import adopted, is_summed_up
from engine.extraction.number import NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.lazy import lazy
from engine.order import Intent

MOST_COUNTED = 999
_LEAST_SUM, _HAGGLED = 100, Decimal("0.7")  # of money; the share of it that is offered
COUNTING = frozenset({NumberKind.BARE, NumberKind.COUNT})
_PLACES = frozenset({Role.PLACE, Role.AT_ADDRESS, Role.AT_NAME, Role.AT_PHONE})
_COMPLAINING = frozenset({Role.COMPLAINT, Role.STATUS})
_TIMES = frozenset({Role.TIME, Role.DAY, Role.MONTH})


class DraftEditor:
    """Finds lines, makes lines and puts them on the draft; remembers which products it touched."""

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
        """Begin with the draft of `state`; `intent` is what the message is to do to it."""
        self.shop = shop
        self.maker = LineMaker(shop)
        self.state = state
        self.utterance = utterance
        self.message = utterance.message
        self.wishes = wishes
        self.cues = cues
        self.probabilities = probabilities
        self.intent = intent
        self.draft = state.draft
        self.touched: list[int] = []
        self.otherwise: list[Otherwise] = []

    def apply(self, act: Act) -> None:
        """Let an act change the draft."""
        self.draft = self.draft.apply(act)

    def matching(self, wish: Wish) -> list[int]:
        """The draft's lines that a wish may be about, the surest kind first."""
        lines = self.draft.lines
        if wish.group is None:
            return self.alike(wish)
        same = [i for i, line in enumerate(lines) if line.group == wish.group or wish.group in line.rivals]
        if not same and wish.rivals:
            same = [i for i, line in enumerate(lines) if line.group in wish.rivals]
        agreeing = [i for i in same if self._agrees(lines[i], wish)]
        return agreeing or ([] if wish.options else same)

    def alike(self, wish: Wish) -> list[int]:
        """The draft's lines that a wish's words name in part: "the cake" of a rasmalai cake."""
        text = wish.text.casefold() if wish.has_product_words else ""
        return [i for i, line in enumerate(self.draft.lines) if shares_word(self._name(line), text)]

    @property
    def hears_of_gone(self) -> bool:
        """Whether the seller has just said that there is none of something."""
        told = self.state.previous_business if self.state.is_business_latest else None
        return told is not None and told.has(*NONE)

    def told_gone(self) -> list[int]:
        """The lines that the seller has just said there is none of."""
        told = self.state.previous_business
        if told is None or not self.hears_of_gone:
            return []
        alike = self.alike(Wish(None, text=said_gone(told), has_product_words=True))
        named = self.state.by_message.get(told.message.id, ())
        if not named:
            return alike
        lines = self.draft.lines  # "red cups are gone": no red plates, and no blue cups
        return [i for i in alike if lines[i].group is None or any(one.may_be(lines[i]) for one in named)]

    def _name(self, line: DraftLine) -> str:
        """What a line is called: the customer's words for it, and the title of a product of ours."""
        return line.text if line.group is None else f"{line.text} {self.shop.product(line.group).title}"

    def same_product(self, wish: Wish) -> list[int]:
        """The lines of the product that a wish names."""
        return [i for i, line in enumerate(self.draft.lines) if line.group is not None and line.group == wish.group]

    def lines_of(self, wish: Wish, quantity: Decimal | None = None) -> tuple[DraftLine, ...]:
        """The lines of a wish, with what this message says about how sure they are."""
        made = self.maker.lines(wish, self.utterance, quantity)
        features = self._features(wish)
        return tuple(line._replace(features={**line.features, **features}) for line in made)

    def focus(self) -> list[int]:
        """Lines that the conversation is about now: those last touched, else the last."""
        lines = self.draft.lines
        touched = [i for i, line in enumerate(lines) if line.group is not None and line.group in self.state.touched]
        context = self.state.context(self.message.reply_to)
        told = [i for i, line in enumerate(lines) if any(s.message_id == self.message.reply_to for s in line.evidence)]
        quoted = [i for i, line in enumerate(lines) if line.group is not None and line.group in context.quoted]
        return (told if len(told) == 1 else []) or quoted or touched[::-1] or ([len(lines) - 1] if lines else [])

    def set_quantity(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Give the line that the conversation is about now the number of a wish; whether there is one."""
        quantity = wish.quantity
        same = [] if wish.bare else self.same_product(wish)
        focus = same[-1:] or self.focus()
        if quantity is None or not focus:
            return False
        if wish.bare and self.counts_all(quantity):
            return True
        if (self.intent is Intent.PURCHASE and not self.draft.lines) or self._is_haggled(quantity):
            return False
        line = self.draft.lines[focus[0]]
        if Cue.MORE not in cue and (measured := self.remeasured(line, wish)):
            self.put(*measured)
            return True
        if Cue.MORE in cue and Cue.ONLY not in cue:
            quantity += line.quantity
        self.put([focus[0]], [self.told_by(wish, line._replace(quantity=quantity, said_quantity=True))])
        return True

    def counts_all(self, quantity: Decimal | None) -> bool:
        """ "hold all 4 for me": whether a number is of all that is ordered already, and so nothing new."""
        return self.utterance.has(Role.ALL) and quantity == sum(line.quantity for line in self.draft.lines)

    def _is_haggled(self, number: Decimal) -> bool:
        """ "950 kar do" to "1027": whether a number is a sum that the seller named, or hardly less than his latest."""
        told = self.state.previous_business
        if told is not None and any(n.value == number and is_summed_up(told, n) for n in told.numbers):
            return True  # "894 sent" to "= 894"
        business = told if self.state.is_business_latest else None
        sums = [n.value for n in business.numbers if n.value >= _LEAST_SUM] if business else []
        counted = {line.quantity for line in self.draft.lines}
        return any(total * _HAGGLED <= number < total and total not in counted for total in sums)

    def told_by(self, wish: Wish, line: DraftLine) -> DraftLine:
        """A line with the words of a wish of this message among those that made it."""
        return line._replace(evidence=tuple(dict.fromkeys((*line.evidence, *evidence(self.utterance, wish)))))

    def remeasured(self, line: DraftLine, wish: Wish) -> tuple[list[int], list[DraftLine]] | None:
        """ "batata 25 nahi 20" of what was said in kilos: the lines of that amount, and those of the new one.

        None where the number counts packs.
        """
        if line.unit is None or line.group is None or wish.quantity is None or wish.counted:
            return None
        amount = Measure.of(wish.quantity, line.unit)
        made = self.maker.packed(line, amount)
        told = [self.told_by(wish, one) for one in made]
        return (self.of_amount(self.draft.lines.index(line)), told) if told else None

    def of_amount(self, index: int) -> list[int]:
        """The lines that one amount has made, of which `index` is one: 1.5 kg is a pack of 1 kg and one of 500 g."""
        one = self.draft.lines[index]
        same = (i for i, line in enumerate(self.draft.lines) if line.group == one.group and line.text == one.text)
        return [i for i in same if i == index or self._is_of_amount(self.draft.lines[i], one)]

    @staticmethod
    def _is_of_amount(line: DraftLine, one: DraftLine) -> bool:
        """Whether two lines of the same words are packs of one weight, or of so many pieces: neither size is said."""
        is_unsized = line.options == one.options and "size" not in one.options
        return line.unit == one.unit and (one.unit is not None or is_unsized)

    def free_quantity(self) -> Decimal | None:
        """A number of the message that counts something, outside every matched wish."""
        for number in self.utterance.numbers:
            if number.kind in COUNTING and 1 <= number.value <= MOST_COUNTED:
                return number.quantity
        return None

    def names_something(self) -> bool:
        """Whether any wish names a product or its options."""
        named = (w for w in self.wishes if w.group is not None and not w.bare)
        return any(w.options or w.price or w.has_product_words for w in named)

    def add(self, lines: Sequence[DraftLine], *, more: bool = False) -> None:
        """Put lines on the draft; what stands there already is said anew, or adds up where `more` is said."""
        if lines:
            self.apply(Add(tuple(lines), more))
            self.touched += [line.group for line in lines if line.group is not None]

    def takes_offer(self, lines: Sequence[DraftLine]) -> bool:
        """Put what the customer picks of the seller's offers in the place of what is gone; whether lines are that."""
        proposal = self.state.proposal
        if len(lines) == 1 and (asked := self._asked_instead(lines[0])) is not None:
            self.put([asked], self._of_other(self.draft.lines[asked], lines[0]))
            return True
        if proposal is None or len(lines) != 1 or not proposal.offers(lines[0]):
            return False
        gone = proposal.of(self.draft)
        self.put(gone, [in_place_of(self.draft.lines[gone[0]], lines[0])] if gone else ())
        return bool(gone)

    def _asked_instead(self, line: DraftLine) -> int | None:
        """ "sella or normal?" - "normal": where the one thing ordered stands beside which the seller named this one."""
        asked = self.state.previous_business if self.state.is_business_latest else None
        if asked is None or not asked.asks or not asked.has(Role.OR) or line.group is None or line.rivals:
            return None
        named = {r.group for r in self.state.by_message.get(asked.message.id, ())}
        ordered = [i for i, old in enumerate(self.draft.lines) if old.group in named]
        is_new = line.group in named and all(line.group not in (o.group, *o.rivals) for o in self.draft.lines)
        is_choice = is_new and len(ordered) == 1 and len({w.group for w in self.wishes}) == 1
        return ordered[0] if is_choice and not self.utterance.has(Role.MORE, Role.ADD, Role.BOTH) else None

    def _of_other(self, old: DraftLine, new: DraftLine) -> Sequence[DraftLine]:
        """As much of another product as was ordered of the one in whose place it comes, in the sizes of that one."""
        made = self.maker.made_up(new, old.amount) if old.amount is not None else ()
        like_old = {name: values for name, values in old.options.items() if name not in new.options}
        alike = made or (self.maker.narrowed(new, {**new.options, **like_old}) or new,)
        return [in_place_of(old, line) for line in alike]

    def put(self, indices: Sequence[int], lines: Sequence[DraftLine] = ()) -> None:
        """Put `lines` in the place of those at `indices`; no lines removes them."""
        if indices:
            self.touched += [g for i in indices if (g := self.draft.lines[i].group) is not None]
            self.apply(Replace(tuple(indices), tuple(lines)))

    def put_each(self, changed: Mapping[int, DraftLine]) -> None:
        """Put lines in the places of several at once, by index: those that become alike are one."""
        if changed:
            self.touched += [g for i in sorted(changed) if (g := self.draft.lines[i].group) is not None]
            places = range(min(changed), max(changed) + 1)
            self.apply(Replace(tuple(places), tuple(changed.get(i, self.draft.lines[i]) for i in places)))

    def adopt(self, lines: Sequence[DraftLine]) -> None:
        """Take lines that the seller told back for the whole order."""
        self.touched += [line.group for line in lines if line.group is not None]
        self.draft = adopted(lines, self.draft, is_whole=True)

    def comes_in(self, group: int, wish: Wish) -> bool:
        """Whether a product comes in the variant that a wish tells."""
        options = self.shop.options(group)
        return all(not values.isdisjoint(options.values(name)) for name, values in wish.options.items())

    def _agrees(self, line: DraftLine, wish: Wish) -> bool:
        if not wish.options or line.group is None:
            return True
        if line.rivals and wish.group in line.rivals and self.comes_in(wish.group, wish):
            return True
        narrowed = self.maker.narrowed(line._replace(options={}), wish.options)
        return narrowed is not None and bool(set(narrowed.skus) & set(line.skus))

    def pointed_line(self, group: int, options: Mapping[str, frozenset[str]], quantity: Decimal) -> DraftLine:
        """A line for a product that this message points at rather than names."""
        pick = self.utterance.tags.any(Role.SUPERLATIVE)
        line = self.maker.of_pointed(group, options, quantity, self.message, pick.value if pick else None)
        roles = {tag.role for tag in self.utterance.tags.all}
        return line._replace(features={**line.features, **self._features_around(roles)})

    def _features(self, wish: Wish) -> dict[str, float]:
        """What the message around a wish says for and against its lines."""
        cue = self._cue_at.get(wish.start, frozenset())
        tokens, utterance = self.utterance.tokens, self.utterance
        words = [i for i in range(wish.start, wish.end) if tokens[i].is_word and i not in utterance.number_at]
        sentence = utterance.sentences[wish.start] if wish.start < len(tokens) else 0
        return {
            **self._features_around(utterance.roles_within(sentence)),
            "wanted": float(Cue.WANTED in cue),
            "asked": float(Cue.ASKED in cue),
            "article": float(utterance.tags.at(wish.start - 1, Role.ARTICLE) is not None),
            "words": float(min(len(words), 6)),
            "below_best": min(self._best_score - wish.score, 10.0),
        }

    @lazy
    def _cue_at(self) -> dict[int, frozenset[Cue]]:
        """To each token at which a wish begins, the cue of the first that does."""
        both = zip(reversed(self.wishes), reversed(self.cues), strict=True)
        return {wish.start: cue for wish, cue in both}

    @lazy
    def _best_score(self) -> float:
        return max((wish.score for wish in self.wishes), default=0.0)

    def _features_around(self, roles: AbstractSet[Role]) -> dict[str, float]:
        """What a message, and the roles of the words around a wish, say for and against a line."""
        return {
            **self._features_of_all,
            "place_near": float(bool(roles & _PLACES)),
            "time_near": float(bool(roles & _TIMES)),
            "complaint_near": float(bool(roles & _COMPLAINING)),
        }

    @lazy
    def _features_of_all(self) -> dict[str, float]:
        """What the message as a whole says for and against each of its lines, as if nothing stood around them."""
        utterance = self.utterance
        return {
            "ordering": self.probabilities.get(Intent.PURCHASE, 0.0) + self.probabilities.get(Intent.MODIFY, 0.0),
            "modify": self.probabilities.get(Intent.MODIFY, 0.0),
            "refused_near": float(any(Cue.REFUSED in c or Cue.OLD in c for c in self.cues)),
            "wishes": float(min(len(self.wishes), 10)),
            "place_near": 0.0,
            "time_near": 0.0,
            "complaint_near": 0.0,
            "long_number_near": float(any(n.kind is NumberKind.LONG for n in utterance.numbers)),
            "tokens": float(min(len(utterance.tokens), 60)) / 10,
            "numbers": float(min(len(utterance.numbers), 8)),
            "quoted": float(self.message.reply_to is not None),
        }
