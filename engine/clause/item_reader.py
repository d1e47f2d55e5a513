"""What one item asks for, of a product that it names or that was just talked of."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise

from engine.catalog_match.measure import PACK, Measure, parse_size
from engine.catalog_match.option import Fits, ProductOptions
from engine.clause.amount import MONEY, WEIGHTS, AmountReader, is_price_sized
from engine.clause.apart import apart, counted, with_values
from engine.clause.choice import Choice, Chooser
from engine.clause.hearing import Hearing
from engine.clause.other_size import with_size_refused
from engine.clause.segment import Item
from engine.clause.wish import QUANTITY, TITLE, Wish, fitting, packs
from engine.extraction.number import Number, NumberKind, is_counted_by
from engine.extraction.utterance import COMMA
from engine.language import Role
from engine.text import stem

_COUNTING = frozenset({NumberKind.COUNT, NumberKind.BARE})
_HOW_MANY = _COUNTING | {NumberKind.MEASURE}
_PIECES, _TWO = "pc", 2  # pieces; more of them in one counting word are dozens
_OF_THE = frozenset({Role.OF, Role.THE})
_IN_FULL = 0.95  # how well words name a value of which none is left out
_ANOTHER = 1.0  # the score from which words without a name change the subject
_BEFORE, _BEHIND, _BEHIND_NUMBER = 2, 1, 4  # tokens around an item, or a number, in which "the big one" may stand


class ItemReader:
    """Reads the items of one utterance, each by itself."""

    def __init__(self, hearing: Hearing, chooser: Chooser) -> None:
        """Read items as heard; choose products so."""
        self._hearing = hearing
        self._shop = hearing.shop
        self._chooser = chooser

    def wishes(self, item: Item, inherited: tuple[int, ...], *, named: bool) -> list[Wish]:
        """What an item asks for; without a name of its own, of a product `inherited` in the message or talked of."""
        if not named:
            return self._from_context(item, inherited)
        choice = self._chooser.choose(item)
        if choice is None:
            return [self._unmatched(item)]
        if not choice.is_believed or self._is_described_only(item, choice):
            return [self._unmatched(item, choice.score, choice.coverage)]
        choice = self._agreeing(item, choice)
        return choice.marked(self.of_product(item, choice.group, named=True))

    def _is_described_only(self, item: Item, choice: Choice) -> bool:
        """ "small problem": beside a word that nobody knows, only words that many things are described by."""
        evidence, words = self._hearing.evidence, self._hearing.attributes(item)
        if choice.score >= _ANOTHER or not any(evidence.unknown[p] for p in words):
            return False
        return not any(evidence.naming[p] and evidence.of(p, choice.group) > 0 for p in words)

    def _agreeing(self, item: Item, choice: Choice) -> Choice:
        """Of products that fit equally those that come in most of the sizes and colors that are said."""
        if not choice.rivals:
            return choice
        agreed = {group: self._agreed(item, group) for group in (choice.group, *choice.rivals)}
        most = max(agreed.values())
        left = [group for group, agrees in agreed.items() if agrees == most]
        group, *rivals = self._shop.by_price(left, self._pick(item, frozenset()))
        return choice._replace(group=group, rivals=tuple(rivals))

    def _agreed(self, item: Item, group: int) -> tuple[int, int]:
        """How many words of an item name values of a product's options, and how many values they say in full.

        Less where one names none that it has.
        """
        fits = self._fits(item, group)
        sold_in = {container.dimension for container in self._shop.options(group).containers.values()}
        called = frozenset[str]().union(*self._shop.name(group))
        counters = [stem(n.counter) for n in self._hearing.numbers(item) if n.counter]
        contained = sum(f"{PACK}{counter}" in sold_in or counter in called for counter in counters)
        known = len(fits.named) + contained + self._is_pack(item, group)
        known += self._costs(item, group) + self._weighs(item, group)
        in_full = sum(chosen.score >= _IN_FULL for chosen in fits.chosen.values())
        return known - self._conflicts(item, group, fits, fits.named), in_full

    def _is_pack(self, item: Item, group: int) -> bool:
        """Whether an item counts in dozens just what a pack of the product holds: "a dozen eggs"."""
        dozens = (n.quantity for n in self._hearing.numbers(item) if n.each > _TWO)
        sold = self._shop.options(group).measures.values()
        return any(Measure(dozen, _PIECES) in sold for dozen in dozens)

    def _costs(self, item: Item, group: int) -> bool:
        """Whether an item names what the product costs, with or without a sign of money: "the 250 puzzle"."""
        prices = self._shop.prices(group)
        return any(is_price_sized(number) and number.value in prices for number in self._hearing.numbers(item))

    def _weighs(self, item: Item, group: int) -> bool:
        """Whether a number without its unit is what a pack of the product weighs or holds: "butter 250"."""
        weights = {m.amount for m in self._shop.options(group).measures.values() if m.dimension in WEIGHTS}
        return any(n.kind is NumberKind.BARE and n.value in weights for n in self._hearing.numbers(item))

    def of_product(self, item: Item, group: int, *, named: bool) -> list[Wish]:
        """What an item asks of a product: several wishes where it names several values of one option."""
        options, fits = self._shop.options(group), self._fits(item, group)
        used = frozenset[int]().union(*(chosen.positions for chosen in fits.chosen.values()))
        amount = AmountReader(self._hearing, item, group, used, _pack_sizes(fits))
        wish = Wish(
            group,
            options={name: c.values for name, c in fits.chosen.items() if name in options.names},
            quantity=amount.quantity,
            amount=amount.amount,
            said=amount.said,
            unit=self._unit(item, amount.quantity),
            headed=self._is_headed(item, fits),
            counted=any(n.kind is NumberKind.COUNT for n in self._hearing.numbers(item)),
            price=self._hearing.price(item) or amount.called or (amount.price if named else None),
            pick=self._pick(item, used),
            has_product_words=named,
            conflict=self._conflicts(item, group, fits, used),
            text=self._hearing.text(item),
            start=item.start,
            end=item.end,
            told=self._told(item, group, fits, used),
        )
        counts = self._counts(item, fits.named)
        if several := self._picked_apart(wish, item, used, counts):
            return several
        found = counted(self._in_turn(item, apart(wish, fits)), counts)
        return with_size_refused(found, item, self._hearing.utterance, self._shop)

    def _picked_apart(self, wish: Wish, item: Item, used: frozenset[int], counts: Sequence[Decimal]) -> list[Wish]:
        """ "ghee 2 big 1 small": of as many superlatives as counts, each picks what its own counts; none elsewhere."""
        if len(counts) < _TWO or wish.amount is not None:
            return []
        tags, number_at = self._hearing.utterance.tags, self._hearing.utterance.number_at
        end = item.end
        while not self._hearing.attributes(item) and tags.roles(end) & _OF_THE:
            end += 1  # "45 of the small, 12 of the big"
        around = (p for p in range(item.start, end + _BEHIND) if p not in used and p not in number_at)
        picks = [tag.value for p in around if (tag := tags.at(p, Role.SUPERLATIVE))]
        if len(picks) != len(counts) or len(set(picks)) < len(picks):
            return []
        first, *others = (wish._replace(pick=pick, quantity=n) for pick, n in zip(picks, counts, strict=True))
        return [first, *(other._replace(has_product_words=False) for other in others)]

    def _in_turn(self, item: Item, wishes: list[Wish]) -> list[Wish]:
        """ "red M, blue M, black L": wishes for values of one option, each with the value of another beside it."""
        group, options = wishes[0].group, wishes[0].options
        shared = [n for n in options if len(wishes) > 1 and len(options[n]) > 1 and options[n] == wishes[1].options[n]]
        own = next((name for name in options if shared and options[name] != wishes[1].options[name]), None)
        if group is None or own is None:
            return wishes
        starts = [min(wish.told[own]) for wish in wishes]
        ends = [max(wish.told[own]) + 1 for wish in wishes]
        for bounds in ((*starts, item.end), (item.start, *ends)):  # "red M", else "M red"
            parts = [[p for p in item.positions if left <= p < right] for left, right in pairwise(bounds)]
            found = [self._hearing.fits(Item.of(tuple(part)), group).chosen if part else {} for part in parts]
            if all(name in one and len(one[name].values) == 1 for one in found for name in shared):
                told = ({name: one[name] for name in shared} for one in found)
                return [with_values(wish, chosen) for wish, chosen in zip(wishes, told, strict=True)]
        return wishes

    def _told(self, item: Item, group: int, fits: Fits, used: frozenset[int]) -> dict[str, tuple[int, ...]]:
        """Which words of an item say what of a product."""
        evidence = self._hearing.evidence
        title = tuple(p for p in self._hearing.attributes(item) if p not in used and evidence.of(p, group) > 0)
        options = {name: tuple(sorted(chosen.positions)) for name, chosen in fits.chosen.items()}
        return {TITLE: title, **options, QUANTITY: self._counting(item, used)}

    def _counting(self, item: Item, used: frozenset[int]) -> tuple[int, ...]:
        """The tokens of an item's numbers that say how many or how much."""
        numbers = (n for n in self._hearing.numbers(item) if n.kind in _HOW_MANY and n.start not in used)
        return tuple(position for number in numbers for position in range(number.start, number.end))

    def _is_headed(self, item: Item, fits: Fits) -> bool:
        """Whether a size is said before any word that names the product: "half inch pipe 6"."""
        naming = [p for p in self._hearing.attributes(item) if self._hearing.evidence.naming[p]]
        return "size" in fits.chosen and bool(naming) and max(fits.chosen["size"].positions, default=0) < naming[0]

    def _unit(self, item: Item, quantity: Decimal | None) -> str | None:
        """The measure that an item's weight or volume is said in, where nothing is counted beside it."""
        if quantity is not None:
            return None
        units = (n.unit or "" for n in self._hearing.numbers(item) if n.kind is NumberKind.MEASURE)
        return next((unit for unit in units if Measure.of(Decimal(1), unit).is_additive), None)

    def _counts(self, item: Item, used: frozenset[int]) -> list[Decimal]:
        """What an item's numbers count, but for those that name options, in the order in which they are said.

        Of "3 shirts 2 olive 1 beige" the parts alone.
        """
        numbers = (
            n for n in self._hearing.numbers(item) if n.start not in used and n.kind in _COUNTING and not n.worth
        )
        counts = [n.quantity for n in numbers if 1 <= n.quantity <= self._hearing.most]
        return counts[1:] if len(counts) > _TWO and counts[0] == sum(counts[1:]) else counts

    def _fits(self, item: Item, group: int) -> Fits:
        """How an item fits the options of a product; of several bare numbers that may be sizes one counts.

        That is the last in a row, or the one before the name: "1 shoes 3".
        """
        fits = self._hearing.fits(item, group)
        numbers = self._hearing.numbers(item)
        if len(numbers) == _TWO and self._counts_packs(group, numbers[0], numbers[1]):
            return self._hearing.fits_but(item, group, numbers[0])
        bare = [number for number in numbers if number.kind is NumberKind.BARE]
        glued = [n for n in numbers if n.kind is NumberKind.MEASURE and self._hearing.word(n.start).is_abbreviated]
        is_one_each = len(bare) == len(glued) == 1 and bare[0].end not in fits.covered  # no "1 L + 800ml"
        if is_one_each and fits.covered.issuperset(n.start for n in (*bare, *glued)):
            return self._hearing.fits_but(item, group, bare[0])  # "plate 3m 4"
        if len(bare) < 2 or len(bare) < len(numbers) or self._are_listed(*bare[-2:]):
            return fits
        if not fits.named.issuperset(n.start for n in bare):
            return fits
        named = [p for p in self._hearing.attributes(item) if self._hearing.evidence.naming[p]]
        is_whole = bare[0].value == bare[0].value.to_integral_value()
        is_first = is_whole and bool(named) and bare[0].start < named[0] and named[-1] < bare[-1].start
        return self._hearing.fits_but(item, group, bare[0 if is_first else -1])

    def _counts_packs(self, group: int, count: Number, pack: Number) -> bool:
        """ "6 x 12 sausages" of packs of both sizes: so many of those that hold what stands behind the sign."""
        if not is_counted_by(count, pack) or pack.counter != "x":
            return False
        sold = self._shop.options(group).measures.values()
        return all(Measure(number.value, _PIECES) in sold for number in (count, pack))

    def _are_listed(self, one: Number, other: Number) -> bool:
        """Whether two numbers are parted by a comma or an "and": "38, 40"."""
        utterance = self._hearing.utterance
        between = range(one.end, other.start + 1)
        return any(utterance.breaks[i] >= COMMA or Role.AND in utterance.tags.roles(i) for i in between)

    def _from_context(self, item: Item, inherited: tuple[int, ...]) -> list[Wish]:
        """An item of options and numbers only is about what was just talked of."""
        attributes = self._hearing.attributes(item)
        price = self._hearing.price(item) or self._called_by(item, inherited)
        first: list[Wish] = []
        measured: list[Wish] = []  # of what is sold by such a measure, though no packs make it up
        likeliest = self._likeliest(item, attributes, inherited, price)
        for group in (*self._costing(item, attributes, price, likeliest), *likeliest):
            if first and not self._tells(item, group):
                continue
            wishes = self.of_product(item, group, named=False)
            is_sold = any(self._is_sold_by(w, by_pieces=not first) for w in wishes)
            if any(w.options or w.pick for w in wishes) or (is_sold and any(map(self._is_packed, wishes))):
                return wishes
            measured = measured or (wishes if is_sold else [])
            first = first or wishes
        is_priced = bool(first) and first[0].price in self._shop.prices(first[0].group or 0)
        if measured or is_priced or any(w.amount for w in first):
            return measured or first
        if price is not None and (priced := self._shop.priced(price)):
            return [self._priced(item, priced, price)]
        if first and not attributes:
            return [wish._replace(bare=True) for wish in first]
        if not attributes:
            return [self._number_only(item)]
        return self._without_context(item, first)

    def _called_by(self, item: Item, inherited: Sequence[int]) -> Decimal | None:
        """ "biscuits, 10 wala 5 and 5 wala 10": the small price that a pack of what is talked of is called by."""
        prices = frozenset[Decimal]().union(*map(self._shop.prices, inherited))
        said = (n.value for n in self._hearing.numbers(item) if n.worth and n.kind is NumberKind.BARE)
        return next((value for value in said if value in prices), None)

    def _is_sold_by(self, wish: Wish, *, by_pieces: bool) -> bool:
        """Whether an amount tells a product by its measure: soil comes in kilos, pots in inches, all in pieces."""
        if wish.amount is None or wish.group is None:
            return False
        dimension = wish.amount.dimension
        if dimension in {_PIECES, MONEY}:
            return by_pieces or dimension == MONEY
        sold = (measure.dimension for measure in self._shop.options(wish.group).measures.values())
        return dimension in sold or dimension.startswith(PACK)

    def _tells(self, item: Item, group: int) -> bool:
        """Whether an item may say something of a product: a value of its options, big or small, or an amount of it."""
        if self._hearing.fits(item, group).chosen or self._pick(item, frozenset()) is not None:
            return True
        numbers = self._hearing.numbers(item)
        return bool(numbers) and AmountReader(self._hearing, item, group, frozenset()).amount is not None

    def _is_packed(self, wish: Wish) -> bool:
        """Whether packs of its product make up just what a wish says, where that is a weight or volume."""
        if wish.amount is None or wish.group is None or wish.amount.dimension not in WEIGHTS:
            return True
        variants = fitting(self._shop.product(wish.group), wish)
        return packs(self._shop.options(wish.group), variants, wish.amount) is not None

    def _without_context(self, item: Item, first: list[Wish]) -> list[Wish]:
        """Attributes that say nothing of what was talked of: about another product, or about one it conflicts with."""
        if any(wish.conflict for wish in first):
            return first
        choice = self._chooser.choose(item)
        if choice is not None and choice.is_believed and (not first or choice.score >= _ANOTHER):
            return choice.marked(self.of_product(item, choice.group, named=False))
        return [self._unmatched(item)]

    def _likeliest(
        self, item: Item, attributes: Sequence[int], inherited: tuple[int, ...], price: Decimal | None
    ) -> list[int]:
        """The products that were talked of, those whose options explain most of the item first."""
        groups = list(self._hearing.context.nearest(inherited))
        priced = [group for group in groups if price in self._shop.prices(group)] if price is not None else []
        if not attributes:
            return priced or groups
        said = set(attributes)
        evidence = self._hearing.evidence

        def meant(group: int) -> tuple[int, bool]:
            spoken = any(evidence.content[p] and evidence.of(p, group) > 0 for p in attributes)
            return -len(self._hearing.fits(item, group).covered & said), not spoken

        return sorted(priced or groups, key=meant)

    def _costing(
        self, item: Item, attributes: Sequence[int], price: Decimal | None, talked_of: Sequence[int]
    ) -> list[int]:
        """ "the 49 one in silver": what costs just that and comes so, where nothing that was talked of costs that."""
        if price is None or not attributes or any(price in self._shop.prices(group) for group in talked_of):
            return []
        return [group for group in self._shop.priced(price) if self._hearing.covers(item, group, attributes)][:1]

    def _priced(self, item: Item, groups: tuple[int, ...], price: Decimal) -> Wish:
        """ "the 499 one": what costs just that."""
        counts = [count for count in self._counts(item, frozenset()) if count != price]
        return Wish(
            groups[0],
            rivals=groups[1:],
            quantity=counts[0] if counts else None,
            price=price,
            text=self._hearing.text(item),
            start=item.start,
            end=item.end,
        )

    def _number_only(self, item: Item) -> Wish:
        number = self._hearing.utterance.number_at.get(item.start)
        quantity = number.quantity if number else None
        told = {QUANTITY: self._counting(item, frozenset())}
        return Wish(None, quantity=quantity, text=self._hearing.text(item), start=item.start, end=item.end, told=told)

    def _unmatched(self, item: Item, score: float = 0.0, coverage: float = 0.0) -> Wish:
        numbers = (n for n in self._hearing.numbers(item) if n.kind in _COUNTING and not n.worth)
        counts = (n.quantity for n in numbers if not self._hearing.word(n.start).as_size)  # "slippers size 7"
        return Wish(
            None,
            quantity=next((count for count in counts if count <= self._hearing.most), None),
            score=score,
            coverage=coverage,
            has_product_words=True,
            text=self._hearing.text(item, described=True),
            start=item.start,
            end=item.end,
            told={QUANTITY: self._counting(item, frozenset())},
        )

    def _pick(self, item: Item, used: frozenset[int]) -> str | None:
        """The superlative in or nearest to an item: "the big one", "sabse sasta"."""
        utterance = self._hearing.utterance
        behind = _BEHIND + self._goes_on(item.end) if self._hearing.attributes(item) else _BEHIND_NUMBER
        is_of_packs = any(utterance.tags.at(p, Role.PACK) for p in range(max(0, item.start - _BEFORE), item.start))
        before = _BEFORE + (is_of_packs and not self._hearing.attributes(item))  # "chote packet me 3"
        around = range(max(0, item.start - before), min(len(utterance.tokens), item.end + behind))
        free = (p for p in around if p not in used and p not in utterance.number_at)
        picks = [(p, tag.value) for p in free if (tag := utterance.tags.at(p, Role.SUPERLATIVE))]
        near = min(picks, key=lambda pick: max(item.start - pick[0], pick[0] - item.end + 1, 0), default=None)
        return near[1] if near else None

    def _goes_on(self, end: int) -> bool:
        """ "face wash yang kecil", "haldi ka bada": whether a word that leads to what it is like stands there."""
        utterance = self._hearing.utterance
        is_followed = end + 1 < len(utterance.tokens) and max(utterance.breaks[end : end + 2]) < COMMA
        return is_followed and utterance.tokens[end].is_word and _leads(utterance.tags.roles(end))

    def _conflicts(self, item: Item, group: int, fits: Fits, used: frozenset[int]) -> bool:
        """Whether a color or letter size is named that the product does not come in."""
        options = self._shop.options(group)
        return any(
            tag is not None and position not in used and _is_open(options, tag.role, fits.chosen)
            for position in range(item.start, item.end)
            if (tag := self._hearing.utterance.tags.at(position, Role.COLOR, Role.SIZE))
            and self._hearing.utterance.tags.at(position, Role.SUPERLATIVE) is None
            and self._hearing.evidence.of(position, group) == 0
        )


def _leads(roles: AbstractSet[Role]) -> bool:
    """Whether a word is idle, and joins nothing."""
    return Role.STOP in roles and not roles & {Role.AND, Role.FOR, Role.OR}


def _is_open(options: ProductOptions, role: Role, chosen: Mapping[str, object]) -> bool:
    """Whether a product has an option of colors, or sizes, whose value nobody has said."""
    return any(name not in chosen for name in options.of_role(role))


def _pack_sizes(fits: Fits) -> frozenset[Decimal]:
    """The amounts of the packs that words name."""
    sizes = fits.chosen["size"].values if "size" in fits.chosen else frozenset[str]()
    return frozenset(measure.amount for size in sizes if (measure := parse_size(size)))
