"""Reads an utterance into wishes: items cut, products chosen, options and numbers told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from engine.catalog import Catalog
from engine.catalog_match.index import CatalogIndex, concept
from engine.catalog_match.measure import PACK, Measure, fewest_packs
from engine.catalog_match.option import Chosen, ProductOptions, Word, distinct
from engine.clause.evidence import Evidence, gather
from engine.clause.segment import Item, Segmenter
from engine.extraction.utterance import LINE, Utterance
from engine.clause.wish import ONE, Wish
from engine.extraction.number import Number, NumberKind
from engine.language import Role
from engine.text import stem

_FOCUS_BONUS, _QUOTED_BONUS = 0.5, 0.8
_ANSWER_BONUS = 1.5  # a seller who names sizes and prices talks of what was just asked about
_UNEXPLAINED = 0.8
_TITLE_REST = 0.12
_RIVAL = 0.4
_WIDE_RIVAL = 0.5  # between products whose titles leave words unsaid, a little more
_EXACT_TITLE = 0.25
_ALL_COVERED = 0.9
_DOZEN = 12  # counting words from here on are measured in packs, where packs are sold
_COVERED = 0.5
_SIZE_WORDS = frozenset(
    {
        "size",
        "sz",
        "no",
        "number",
        "num",
        "uk",
        "us",
        "eu",
        "euro",
        "saiz",
        "talla",
        "tamanho",
        "ukuran",
        "नंबर",
        "साइज",
        "साइज़",
    }
)


@dataclass(frozen=True)
class Context:
    """Products that have just been talked of, latest first; `quoted` are those of the quoted message."""

    groups: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    ordered: tuple[int, ...] = ()
    options: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)


class Understanding:
    """A catalogue, ready to be talked about."""

    def __init__(self, catalog: Catalog) -> None:
        """Index the catalogue."""
        self.catalog = catalog
        self.index = CatalogIndex(catalog)
        self._segmenter = Segmenter()
        self._options: dict[int, ProductOptions] = {}
        self.title_mass = [self._title_worth(i) for i in range(len(self.index.products))]

    def _title_worth(self, group: int) -> float:
        from engine.catalog_match.index import words_of  # noqa: PLC0415

        ids = {self.index.word_ids[w] for w in words_of(self.index.products[group].title) if not w.isdigit()}
        return float(sum(self.index.worth[i] for i in ids))

    def options(self, group: int) -> ProductOptions:
        """The options of a product, prepared once."""
        if group not in self._options:
            self._options[group] = ProductOptions(self.index.products[group])
        return self._options[group]

    def wishes(self, utterance: Utterance, context: Context) -> list[Wish]:
        """What the items of an utterance ask for, in order; an item without a product inherits its neighbor's."""
        if not utterance.tokens:
            return []
        evidence = gather(utterance, self.index)
        items = self._segmenter.items(utterance, evidence)
        reader = _ItemReader(self, utterance, evidence, context)
        return reader.read(items)


class _ItemReader:
    """Reads the items of one utterance."""

    def __init__(self, shop: Understanding, utterance: Utterance, evidence: Evidence, context: Context) -> None:
        self._shop = shop
        self._utterance = utterance
        self._evidence = evidence
        self._context = context
        self._phrases = {
            position: tag
            for tag in utterance.tags.all
            if tag.role in (Role.GOODS, Role.COLOR, Role.SIZE) and tag.end - tag.start > 1
            for position in range(tag.start, tag.end)
        }
        self._words = [self._word(position) for position in range(len(utterance.tokens))]

    def read(self, items: list[Item]) -> list[Wish]:
        wishes: list[Wish] = []
        headless: list[int] = []
        for item in items:
            positions = list(item.positions)
            named = bool(self._evidence.naming[positions].any() or self._evidence.unknown[positions].any())
            inherited = self._inherited(wishes)
            named = named and not self._only_options(item, inherited)
            if wishes and (whole := self._with_explanation(wishes[-1], item)) is not None:
                wishes[-1] = whole
                continue
            for wish in self._wishes(item, inherited, named):
                wish = self._like_before(wish, wishes, item)  # noqa: PLW2901
                if wishes and not wish.has_product_words and wish.group == wishes[-1].group:
                    if _completes(wishes[-1], wish):
                        whole = {**wishes[-1].options, **wish.options}
                        wishes[-1] = _with(wishes[-1], options=whole, end=wish.end, amount=wish.amount)
                        continue
                    wish = _with(wish, options={**wishes[-1].options, **wish.options})  # noqa: PLW2901
                if not named and not inherited and (wish.group is None or wish.coverage > 0):
                    headless.append(len(wishes))
                wishes.append(wish)
        return _drop_headers(_join_counts(self._give_heads(wishes, headless, items)), self._utterance)

    def _give_heads(self, wishes: list[Wish], headless: list[int], items: list[Item]) -> list[Wish]:
        """ "2 red, 3 blue anarkali": what comes first takes its product from what follows."""
        for index in reversed(headless):
            following = next((w for w in wishes[index + 1 :] if w.group is not None), None)
            if following is None:
                continue
            item = next((i for i in items if i.start <= wishes[index].start < i.end), None)
            if item is None:
                continue
            read = self._read_for(item, following.group or 0, named=False)
            if read and (read[0].options or (wishes[index].group is None and read[0].quantity is not None)):
                wishes[index] = read[0]
        return wishes

    def _with_explanation(self, before: Wish, item: Item) -> Wish | None:
        """ "a dozen cupcakes, chocolate wale": words behind an ambiguous wish that tell which one is meant."""
        if not before.rivals or not before.has_product_words or any(p in self._utterance.number_at for p in item.positions):
            return None
        if self._utterance.sentences[before.start] != self._utterance.sentences[item.start]:
            return None
        positions = tuple(p for p in range(before.start, item.end) if self._evidence.content[p])
        together = Item((*positions, *(p for p in item.positions if p not in positions)))
        best, rivals, score, coverage, margin = self._choose(together)
        if best is None or rivals or coverage < _ALL_COVERED or best not in (before.group, *before.rivals):
            return None
        read = self._read_for(together, best, named=True)[0]
        return _with(read, quantity=before.quantity or read.quantity, score=score, coverage=coverage, margin=margin)

    def _like_before(self, wish: Wish, wishes: Sequence[Wish], item: Item) -> Wish:
        """ "cover for M14 and its glass": what refers back takes the options that it leaves unsaid."""
        if not wishes or wish.group is None or not wish.has_product_words or not wishes[-1].options:
            return wish
        around = range(max(0, item.start - 3), item.end)
        if not any(self._utterance.tags.roles(i) & {Role.SAME, Role.THAT, Role.THIS} for i in around):
            return wish
        options = self._shop.options(wish.group)
        same = {n: v for n, v in wishes[-1].options.items() if n not in wish.options and v <= set(options.values(n))}
        return _with(wish, options={**same, **wish.options}) if same else wish

    def _only_options(self, item: Item, inherited: tuple[int, ...]) -> bool:
        """Whether every word of an item is an option of what was just talked of, or what is quoted."""
        words = {p for p in item.positions if p not in self._utterance.number_at}
        context = self._context
        for group in dict.fromkeys((*inherited, *context.quoted, *context.groups[:2], *context.ordered)):
            if words and words <= self._shop.options(group).covered(self._words[item.start : item.end]):
                return True
        return False

    def _inherited(self, wishes: Sequence[Wish]) -> tuple[int, ...]:
        last = next((w.group for w in reversed(wishes) if w.group is not None), None)
        return (last,) if last is not None else ()

    def _wishes(self, item: Item, inherited: tuple[int, ...], named: bool) -> list[Wish]:
        if not named:
            return self._from_context(item, inherited)
        best, rivals, score, coverage, margin = self._choose(item)
        if best is None or coverage < _COVERED:
            return [self._unmatched(item, score, coverage)]
        wishes = self._read_for(item, best, named=True)
        return [_with(w, rivals=rivals, score=score, coverage=coverage, margin=margin) for w in wishes]

    def _choose(self, item: Item) -> tuple[int | None, tuple[int, ...], float, float, float]:
        """The product that an item's words fit best, its rivals, score, coverage and margin."""
        evidence = self._evidence
        positions = [p for p in item.positions if not (self._utterance.number_at.get(p) and not evidence.best[p])]
        if not len(evidence.groups):
            return None, (), 0.0, 0.0, 0.0
        word_positions = [p for p in positions if p not in self._utterance.number_at]
        explained = evidence.mass[word_positions].sum(axis=0) + 0.5 * evidence.mass[
            [p for p in positions if p in self._utterance.number_at]
        ].sum(axis=0)
        needed = float(evidence.need[word_positions].sum())
        scores = explained - _UNEXPLAINED * np.maximum(0.0, needed - explained)
        order = np.argsort(-scores, kind="stable")[:12]
        refined = sorted(
            ((self._refined(int(evidence.groups[i]), float(scores[i]), float(explained[i]), item), i) for i in order),
            key=lambda x: (-x[0], x[1]),
        )
        top_score, top = refined[0]
        rivals = tuple(int(evidence.groups[i]) for s, i in refined[1:] if self._rivals(s, i, top_score, top, explained))
        margin = top_score - refined[1][0] if len(refined) > 1 else top_score
        if rivals and (meant := self._meant((int(evidence.groups[top]), *rivals))) is not None:
            top, rivals = int(np.flatnonzero(evidence.groups == meant)[0]), ()
        coverage = min(1.0, float(explained[top]) / needed) if needed else 0.0
        return int(evidence.groups[top]), rivals, top_score, coverage, margin

    def _meant(self, equals: Sequence[int]) -> int | None:
        """Of products that fit equally the one that is quoted, was just talked of, or alone is on the draft."""
        for focus in (self._context.quoted, self._context.groups[:1], self._context.ordered):
            inside = [group for group in equals if group in focus]
            if len(inside) == 1:
                return inside[0]
        return None

    def _rivals(self, score: float, other: int, top_score: float, top: int, explained: np.ndarray) -> bool:
        """Whether a product fits as well as the best: by score, or by explaining as much of the words."""
        if score >= top_score - _RIVAL:
            return True
        group = int(self._evidence.groups[top])
        is_exact = self._shop.title_mass[group] - float(explained[top]) < _EXACT_TITLE * self._shop.title_mass[group]
        as_much = float(explained[other]) >= 0.97 * float(explained[top])
        return as_much and not is_exact and score >= top_score - _WIDE_RIVAL

    def _refined(self, group: int, score: float, explained: float, item: Item) -> float:
        rest = max(0.0, self._shop.title_mass[group] - explained)
        score -= _TITLE_REST * rest
        answers = not self._utterance.message.from_customer and group in self._context.groups[:1]
        if answers:
            score += _ANSWER_BONUS
        elif group in self._context.quoted:
            score += _QUOTED_BONUS
        elif group in self._context.groups[:3]:
            score += _FOCUS_BONUS
        named = self._prices(item)
        if named:
            prices = {v.price.amount for v in self._shop.index.products[group].variants if v.price}
            score += 1.5 if named & prices else 0.0
        return score

    def _prices(self, item: Item) -> frozenset[Decimal]:
        """What may be prices in an item; sellers name them without a sign."""
        from_business = not self._utterance.message.from_customer
        kinds = (NumberKind.PRICE, NumberKind.BARE) if from_business else (NumberKind.PRICE,)
        return frozenset(
            n.value for n in self._numbers_around(item) if n.value >= 20 and (n.kind in kinds or n.worth)
        )

    def _from_context(self, item: Item, inherited: tuple[int, ...]) -> list[Wish]:
        """An item of options and numbers only is about what was just talked of."""
        context = self._context
        groups = dict.fromkeys((*inherited, *context.quoted, *context.groups, *context.ordered))
        fallback: list[Wish] = []
        attributes = [p for p in item.positions if p not in self._utterance.number_at]
        words = self._words[item.start : item.end]
        price = self._price(item)
        if price is not None and (priced := [g for g in groups if price in self._prices_of(g)]):
            groups = dict.fromkeys(priced)
        covered = {g: len(self._shop.options(g).covered(words) & set(attributes)) for g in groups}
        for group in sorted(groups, key=lambda g: -covered[g]):
            wishes = self._read_for(item, group, named=False)
            if any(w.options or w.amount or w.pick for w in wishes):
                return wishes
            fallback = fallback or wishes
        if fallback and not attributes:
            return [_with(wish, bare=True) for wish in fallback]
        if (price := self._price(item)) is not None and (priced := self._priced(price)):
            return [
                Wish(
                    priced[0],
                    rivals=priced[1:],
                    price=price,
                    start=item.start,
                    end=item.end,
                    text=self._text(item),
                    quantity=None,
                )
            ]
        if attributes and not fallback:
            best, rivals, score, coverage, margin = self._choose(item)
            if best is not None and coverage >= _COVERED:
                return [
                    _with(w, rivals=rivals, score=score, coverage=coverage, margin=margin)
                    for w in self._read_for(best_item(item), best, named=False)
                ]
        if any(w.conflict for w in fallback):
            return fallback
        return [self._unmatched(item, 0.0, 0.0)] if attributes else [self._number_only(item)]

    def _prices_of(self, group: int) -> frozenset[Decimal]:
        return frozenset(v.price.amount for v in self._shop.index.products[group].variants if v.price)

    def _priced(self, price: Decimal) -> tuple[int, ...]:
        return tuple(
            i
            for i, product in enumerate(self._shop.index.products)
            if any(v.price and v.price.amount == price for v in product.variants)
        )[:6]

    def _number_only(self, item: Item) -> Wish:
        number = self._utterance.number_at.get(item.start)
        return Wish(
            None, quantity=number.quantity if number else None, text=self._text(item), start=item.start, end=item.end
        )

    def _unmatched(self, item: Item, score: float, coverage: float) -> Wish:
        numbers = self._numbers(item)
        kinds = (NumberKind.COUNT, NumberKind.BARE)
        quantity = next((n.quantity for n in numbers if n.kind in kinds and n.quantity <= self._most()), None)
        return Wish(
            None,
            quantity=quantity,
            score=score,
            coverage=coverage,
            has_product_words=True,
            text=self._text(item),
            start=item.start,
            end=item.end,
        )

    def _read_for(self, item: Item, group: int, *, named: bool) -> list[Wish]:
        """The wishes of an item, given its product."""
        options = self._shop.options(group)
        words = self._words[item.start : item.end]
        chosen = options.choose(words)
        chosen = {name: c for name, c in chosen.items() if name in options.names or c.score > 0}
        used = frozenset().union(*(c.positions for c in chosen.values())) if chosen else frozenset()
        quantity, amount, consumed = self._quantity(item, group, options, used)
        conflict = self._conflicts(item, options, chosen, group)
        base = Wish(
            group,
            options={name: c.values for name, c in chosen.items() if name in options.names},
            quantity=quantity,
            amount=amount,
            said=self._said(item, amount),
            price=self._price(item),
            pick=self._pick(item, used),
            has_product_words=named,
            conflict=conflict,
            text=self._text(item),
            start=item.start,
            end=item.end,
        )
        return self._several(base, options, words) if chosen else [base]

    def _several(self, base: Wish, options: ProductOptions, words: Sequence[Word]) -> list[Wish]:
        """One wish for each value where different words name several values of one option."""
        counts = sum(1 for word in words if word.number is not None)
        for name in base.options:
            fits = distinct(options, name, words, counts)
            apart: list[Chosen] = []
            for fit in sorted(fits, key=lambda c: -c.score):
                if not any(fit.positions & other.positions for other in apart):
                    apart.append(fit)
            if len(apart) > 1:
                apart.sort(key=lambda c: min(c.positions))
                return [_with(base, options={**base.options, name: fit.values}) for fit in apart]
        return [base]

    def _numbers(self, item: Item) -> list[Number]:
        found = dict.fromkeys(n for p in item.positions if (n := self._utterance.number_at.get(p)))
        return list(found)

    def _quantity(
        self, item: Item, group: int, options: ProductOptions, used: frozenset[int]
    ) -> tuple[Decimal | None, Measure | None, bool]:
        """The count of units and the measured amount that an item's numbers say."""
        quantity: Decimal | None = None
        amount: Measure | None = None
        prices = {v.price.amount for v in self._shop.index.products[group].variants if v.price}
        for number in self._numbers(item):
            if number.start in used or number.kind in (NumberKind.ORDINAL,):
                continue
            if number.kind is NumberKind.MEASURE:
                amount = Measure.of(number.value, number.unit or "")
            elif number.kind is NumberKind.COUNT and (contained := self._contained(number, options)):
                amount = contained
            elif number.kind is NumberKind.COUNT and number.each >= _DOZEN and self._sold_by_count(options):
                amount = Measure.of(number.quantity, "pc")
            elif number.kind is NumberKind.BARE and number.value >= 20 and number.value in prices:
                continue
            elif number.kind is NumberKind.COUNT and number.counter == "x" and number.value > self._most():
                continue
            elif number.kind is NumberKind.BARE and self._words[number.start].as_size and not number.worth:
                continue
            elif number.worth or number.kind is NumberKind.PRICE:
                if number.value not in prices and amount is None and self._is_worth(number, group, options):
                    amount = Measure(number.value, "money")
            elif number.kind is NumberKind.BARE and self._in_title(number, group):
                continue
            elif number.kind is NumberKind.BARE and number.value > self._most():
                continue
            elif quantity is not None and amount is None and self._is_pack_size(number, options):
                amount = Measure(number.quantity, "pc")
            elif quantity is None or number.kind is NumberKind.COUNT:
                weighed = self._weighed(number, options) if number.kind is NumberKind.BARE else None
                if weighed:
                    amount = weighed
                elif number.quantity >= 1 and number.quantity == number.quantity.to_integral_value():
                    quantity = number.quantity
        if quantity is not None and amount is None and (pieces := self._pieces(item, quantity, options)):
            return None, pieces, bool(used)
        return quantity, amount, bool(used)

    def _most(self) -> int:
        """The largest bare number that is believed to be a count; a seller's larger ones are prices."""
        return 999 if self._utterance.message.from_customer else 24

    def _pieces(self, item: Item, quantity: Decimal, options: ProductOptions) -> Measure | None:
        """ "60 tea lights" of a product sold only in boxes of many: pieces, where boxes make them up."""
        numbers = [n for n in self._numbers(item) if n.quantity == quantity]
        if any(n.kind is NumberKind.COUNT and (n.counter == "x" or self._utterance.tags.at(n.digits, Role.PACK)) for n in numbers):
            return None
        sizes = [m.amount for m in options.measures().values() if m.dimension == "pc"]
        if len(sizes) < len(options.product.variants) or not sizes or min(sizes) < 2 or quantity < min(sizes):
            return None
        return Measure(quantity, "pc") if fewest_packs(quantity, sizes) else None

    def _is_pack_size(self, number: Number, options: ProductOptions) -> bool:
        """ "2 box walnut brownie 6pc": beside a count, pieces that are just a pack tell which pack."""
        is_pieces = number.kind is NumberKind.COUNT and self._utterance.tags.at(number.digits, Role.COUNT) is not None
        return is_pieces and any(m.dimension == "pc" and m.amount == number.quantity for m in options.measures().values())

    def _contained(self, number: Number, options: ProductOptions) -> Measure | None:
        """ "half basket", "2 cartons" of something that is sold by that container."""
        dimension = f"{PACK}{stem(number.counter or '')}"
        kinds = {m.dimension for m in options.containers().values()}
        return Measure(number.value, dimension) if dimension in kinds else None

    def _said(self, item: Item, amount: Measure | None) -> Decimal | None:
        """The number that an amount was said with, in the unit it was said in."""
        if amount is None:
            return None
        for number in self._numbers(item):
            if number.kind is NumberKind.MEASURE and Measure.of(number.value, number.unit or "") == amount:
                return number.value
        return amount.amount

    def _is_worth(self, number: Number, group: int, options: ProductOptions) -> bool:
        """ "20 ki mirchi": money's worth of something that is weighed."""
        by_weight = any(m.dimension in ("g", "ml") for m in options.measures().values())
        return by_weight and number.value >= 5 and self._utterance.message.from_customer

    def _sold_by_count(self, options: ProductOptions) -> bool:
        return any(m.dimension == "pc" for m in options.measures().values())

    def _weighed(self, number: Number, options: ProductOptions) -> Measure | None:
        """ "jeera 250": a bare number that is a pack's grams or milliliters."""
        is_part = number.value != number.value.to_integral_value()
        if number.value < 50 and not is_part:
            return None
        wanted = number.value * 1000 if is_part else number.value
        for measure in options.measures().values():
            if measure.dimension in ("g", "ml") and measure.amount == wanted:
                return measure
        return None

    def _in_title(self, number: Number, group: int) -> bool:
        """Whether a bare number belongs to the product's name, with a word of the name beside it."""
        evidence = self._evidence
        where = np.flatnonzero(evidence.groups == group)
        if not len(where) or evidence.mass[number.start, where[0]] < 0.3 or number.value < 3:
            return False
        beside = [p for p in (number.start - 1, number.end) if 0 <= p < len(self._utterance.tokens)]
        return any(evidence.mass[p, where[0]] > 0.5 and evidence.naming[p] for p in beside)

    def _price(self, item: Item) -> Decimal | None:
        for number in self._numbers_around(item):
            if number.kind is NumberKind.PRICE or (
                number.kind is NumberKind.BARE and number.worth and number.value >= 20
            ):
                return number.value
        return None

    def _numbers_around(self, item: Item) -> list[Number]:
        return list(dict.fromkeys(n for p in range(item.start, item.end) if (n := self._utterance.number_at.get(p))))

    def _pick(self, item: Item, used: frozenset[int]) -> str | None:
        first = max(0, item.start - 2)
        for position in range(first, min(len(self._utterance.tokens), item.end + 1)):
            tag = self._utterance.tags.at(position, Role.SUPERLATIVE)
            if tag and position not in used:
                return tag.value
        return None

    def _conflicts(self, item: Item, options: ProductOptions, chosen: dict[str, Chosen], group: int) -> bool:
        """Whether a color or letter size is named that the product does not come in."""
        where = np.flatnonzero(self._evidence.groups == group)
        for position in range(item.start, item.end):
            tag = self._utterance.tags.at(position, Role.COLOR, Role.SIZE)
            if not tag or any(position in c.positions for c in chosen.values()):
                continue
            if len(where) and self._evidence.mass[position, where[0]] > 0:
                continue
            if any(options.has_role(tag.role, name) and name not in chosen for name in options._values):
                return True
        return False

    def _text(self, item: Item) -> str:
        """The customer's own words of an item, without its numbers at either end."""
        positions = [p for p in item.positions if p not in self._utterance.number_at] or list(item.positions)
        tokens = self._utterance.tokens
        return self._utterance.message.text[tokens[positions[0]].start : tokens[positions[-1]].end]

    def _word(self, position: int) -> Word:
        utterance, index = self._utterance, self._shop.index
        token = utterance.tokens[position]
        number = utterance.number_at.get(position)
        keys: dict[str, float] = {token.word: 1.0, stem(token.word): 0.99}
        if (phrase := self._phrases.get(position)) is not None:
            return Word(position, {concept(phrase.role, phrase.value): 0.97})
        for role in (Role.COLOR, Role.SIZE, Role.GOODS):
            if tag := utterance.tags.at(position, role):
                keys[concept(role, tag.value)] = 0.97
        if token.is_word and not utterance.tags.roles(position) - {Role.COLOR, Role.SIZE, Role.GOODS}:
            for hit in index.hits(token.word):
                keys.setdefault(index.words[hit.word], hit.similarity)
        if number is None:
            return Word(position, keys)
        if position != number.start:
            return Word(position, {})
        measure = Measure.of(number.value, number.unit or "") if number.kind is NumberKind.MEASURE else None
        before = utterance.tokens[position - 1].word if position else ""
        after = utterance.tokens[number.end].word if number.end < len(utterance.tokens) else ""
        as_size = before in _SIZE_WORDS or after in _SIZE_WORDS or self._is_which(number)
        value = number.value if number.kind is NumberKind.BARE else None
        keys = {token.word: 1.0} if number.kind in (NumberKind.BARE, NumberKind.COUNT) else {}
        after_name = bool(position and self._evidence.content[max(0, position - 2) : position].any())
        return Word(position, keys, value, measure, number.kind is NumberKind.COUNT, as_size, after_name)


    def _is_which(self, number: Number) -> bool:
        """ "the 4 wala": a number that tells which one, not how many."""
        return self._utterance.tags.at(number.end, Role.WORTH) is not None


def best_item(item: Item) -> Item:
    """The item itself; a name for the call's sake."""
    return item


def _with(wish: Wish, **changes: object) -> Wish:
    from dataclasses import replace  # noqa: PLC0415

    return replace(wish, **changes)  # type: ignore[arg-type]


def _join_counts(wishes: list[Wish]) -> list[Wish]:
    """ "2 set de do, 4 wale": a count alone beside options alone of the same product says how many of them."""
    joined: list[Wish] = []
    for wish in wishes:
        before = joined[-1] if joined else None
        alike = before is not None and before.group == wish.group is not None
        options_only = not wish.has_product_words and not wish.bare and wish.quantity is None
        if before is not None and alike and before.bare and options_only:
            joined[-1] = _with(wish, quantity=before.quantity, start=before.start)
        else:
            joined.append(wish)
    return joined


def _completes(before: Wish, wish: Wish) -> bool:
    """ "ZZ plant (4 inch)": options alone, of another kind than those already said, belong to what was named."""
    if wish.quantity is not None or before.group is None or before.rivals or wish.conflict:
        return False
    if not before.has_product_words and before.quantity is not None:
        return False
    if wish.amount is not None:
        return before.amount is None and not wish.options
    return bool(wish.options) and not wish.options.keys() & before.options.keys()


def _is_headline(utterance: Utterance, wish: Wish, following: Wish) -> bool:
    """ "black tshirt" on a line of its own, with "M 2", "L 3" below it."""
    parted = any(utterance.breaks[i] == LINE for i in range(wish.end, following.start + 1))
    return parted and wish.options.keys() < following.options.keys()


def _drop_headers(wishes: list[Wish], utterance: Utterance) -> list[Wish]:
    """ "clear cover: M14 10, A14 5": the headline is no wish of its own."""
    kept = []
    for i, wish in enumerate(wishes):
        following = wishes[i + 1] if i + 1 < len(wishes) else None
        is_header = (
            following is not None
            and wish.group is not None
            and wish.quantity is None
            and wish.amount is None
            and not following.has_product_words
            and following.group == wish.group
            and following.quantity is not None
            and (not wish.options or _is_headline(utterance, wish, following))
        )
        if not is_header:
            kept.append(wish)
    return kept


__all__ = ["ONE", "Context", "Understanding"]
