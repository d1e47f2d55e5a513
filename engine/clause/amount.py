"""How many, or how much, an item's numbers say of a product."""

from decimal import Decimal

from engine.catalog_match.measure import PACK, Measure, fewest_packs
from engine.catalog_match.pieces import called
from engine.catalog_match.word import words_of
from engine.clause.hearing import Hearing
from engine.clause.segment import Item
from engine.extraction.number import Number, NumberKind, is_counted_by, is_held
from engine.language import Role, Tag
from engine.language.role import ANY_PACK
from engine.lazy import lazy
from engine.text import stem

WEIGHTS = frozenset({"g", "ml"})
_DOZEN = 12  # counting words from here on are measured in packs, where packs are sold
_LEAST_HELD = 10  # pieces in a pack, from which on its pieces may be counted
_LEAST_PRICE = 20
_LEAST_WORTH = 5  # in the shop's currency
_LEAST_WEIGHT = 50  # grams or milliliters that are said without their unit
_LEAST_IN_TITLE = 3  # "1" and "2" are counts, whatever the title says
_IN_TITLE, _NAME = 0.3, 0.5  # what a number, and the word beside it, have to say for a product to be in its title
_PIECES = "pc"
MONEY = "money"  # the dimension of so much money's worth
_UNCOUNTED = frozenset({NumberKind.ORDINAL, NumberKind.RANGE})


def is_price_sized(number: Number) -> bool:
    """Whether a number without a sign of money may be a price."""
    return number.kind is NumberKind.BARE and number.value >= _LEAST_PRICE


class AmountReader:
    """Reads an item's numbers, given its product: one count of units and one measured amount at most."""

    quantity: Decimal | None = None
    amount: Measure | None = None
    price: Decimal | None = None
    called: Decimal | None = None  # the price that it is called by: "the 5 wala"

    def __init__(
        self, hearing: Hearing, item: Item, group: int, used: frozenset[int], packs: frozenset[Decimal] = frozenset()
    ) -> None:
        """Read `item` as about the product `group`; `used` tokens have named its options, these `packs` among them."""
        self._hearing = hearing
        self._group = group
        self._options = hearing.shop.options(group)
        self._prices = hearing.shop.prices(group)
        self._numbers = hearing.numbers(item)
        self._is_named = any(hearing.evidence.naming[position] for position in hearing.attributes(item))
        for number in self._numbers:
            if number.start not in used and number.kind not in _UNCOUNTED:
                self._take(number)
        if self.quantity is None or self.amount is not None:
            return
        if held := self._held(self.quantity):
            self.quantity /= held
        elif (not packs or self.quantity in packs) and (pieces := self._pieces(self.quantity)):
            self.quantity, self.amount = None, pieces

    @property
    def said(self) -> Decimal | None:
        """The number that the amount was said with, in the unit it was said in."""
        if self.amount is None:
            return None
        for number in self._numbers:
            if number.kind is NumberKind.MEASURE and _measure(number) == self.amount:
                return number.value
        return self.amount.amount

    def _take(self, number: Number) -> None:
        if number.kind is NumberKind.MEASURE:
            is_none = self._costs(number) or self._is_of_title(number)
            self.amount = self.amount if is_none else _measure(number)
        elif number.kind is NumberKind.COUNT:
            self._take_count(number)
        elif number.worth or number.kind is NumberKind.PRICE:
            self._take_worth(number)
        elif self.quantity is None and not self._is_no_count(number):
            self._take_bare(number)
        elif self._counts_packs(number):
            self.quantity, self.amount = number.quantity, Measure(self.quantity or number.quantity, _PIECES)
        elif self._is_price(number) and self._hearing.from_customer and not self._is_in_title(number):
            self.price = number.value

    def _take_count(self, number: Number) -> None:
        if amount := self._contained(number):
            self.amount = amount
        elif number.each >= _DOZEN and self._sizes(_PIECES):
            self.amount = Measure.of(number.quantity, _PIECES)
        elif (number.counter == "x" and number.value > self._hearing.most) or self._is_price_each(number):
            return
        elif self._tells_pack(number) and self.amount is None and self._is_pack_size(number):
            self.amount = Measure(number.quantity, _PIECES)
        elif self.quantity is not None and self.amount is None and (weighed := self._weighed(number.value)):
            self.amount = weighed  # "one 500 bottle"
        else:
            self._count(number)

    def _is_price_each(self, number: Number) -> bool:
        """ "plates, 25 each": whether a seller says what one costs."""
        is_each = self._hearing.utterance.tags.at(number.digits, Role.EACH) is not None
        return is_each and not self._hearing.from_customer and number.value in self._prices

    def _costs(self, number: Number) -> bool:
        """ "the lamb at 24 pounds": whether what is said like a weight is the price of what is not weighed so."""
        return number.value in self._prices and not self._sizes(_measure(number).dimension)

    def _is_of_title(self, number: Number) -> bool:
        """ "150 ml cups" of a product of that name sold in packs: whether a measure is said in its name alone."""
        if self._sizes(_measure(number).dimension) or not self._sizes(_PIECES):
            return False
        words = {self._hearing.utterance.tokens[number.start].word, f"{number.value.normalize():f}{number.unit}"}
        return not words.isdisjoint(words_of(self._options.product.title))

    def _take_worth(self, number: Number) -> None:
        """ "20 ki mirchi": money's worth of something that is weighed; "4 wala": a pack of so many, or so dear."""
        if self._is_told_by(number):
            return
        is_called = self._is_called_so(number) or self._is_weight(number)
        is_weighed = bool(self._sizes(*WEIGHTS)) and self._hearing.from_customer and not is_called
        if is_weighed and number.value >= _LEAST_WORTH and number.value not in self._prices and self.amount is None:
            self.amount = Measure(number.value, MONEY)

    def _is_told_by(self, number: Number) -> bool:
        """Whether a number that is no "4 ka" is what a pack holds or costs, and so tells which pack."""
        if number.kind is not NumberKind.BARE or Role.OF in self._hearing.utterance.tags.roles(number.end):
            return False
        if number.value in self._prices:
            self.called = number.value
        elif number.value in self._sizes(_PIECES) and self.amount is None:
            self.amount = Measure(number.value, _PIECES)
        else:
            return False
        return True

    def _is_weight(self, number: Number) -> bool:
        """ "the 500 wala": whether a number that is no "500 ka" is what a pack weighs."""
        is_of = Role.OF in self._hearing.utterance.tags.roles(number.end)
        return number.kind is NumberKind.BARE and not is_of and self._weighed(number.value) is not None

    def _is_called_so(self, price: Number) -> bool:
        """ "biscuit 20 wala 3": whether a price tells which one, beside a count of them."""
        is_of = Role.OF in self._hearing.utterance.tags.roles(price.end)
        counts = (n for n in self._numbers if n is not price and n.kind in (NumberKind.BARE, NumberKind.COUNT))
        return not is_of and any(counts)

    def _take_bare(self, number: Number) -> None:
        weighed = self._weighed(number.value) if number.kind is NumberKind.BARE else None
        if weighed:
            self.amount = weighed
        else:
            self._count(number)

    def _count(self, number: Number) -> None:
        is_none = number.quantity == 0 and self._hearing.utterance.tokens[number.start].is_number
        if (number.quantity >= 1 or is_none) and number.quantity == number.quantity.to_integral_value():
            self.quantity = number.quantity

    def _is_no_count(self, number: Number) -> bool:
        """Whether a bare number is a price, a size, a part of the product's name, or too large to be counted."""
        if number.kind is not NumberKind.BARE:
            return False
        is_weight = self._is_named and self._weighed(number.value) is not None
        is_large = number.value > self._hearing.most and not is_weight
        return (
            self._is_price(number) or self._hearing.word(number.start).as_size or is_large or self._is_in_title(number)
        )

    def _is_price(self, number: Number) -> bool:
        """Whether a bare number is what the product costs."""
        return is_price_sized(number) and number.value in self._prices

    def _is_in_title(self, number: Number) -> bool:
        """Whether a bare number belongs to the product's name, with a word of the name beside it."""
        evidence = self._hearing.evidence
        if number.value < _LEAST_IN_TITLE or evidence.of(number.start, self._group) < _IN_TITLE:
            return False
        if self._hearing.utterance.tokens[number.start].word in self._options.own_words:
            return False  # "12 mugs 12 oz"
        beside = (p for p in (number.start - 1, number.end) if 0 <= p < len(evidence.naming))
        return any(evidence.naming[p] and evidence.of(p, self._group) > _NAME for p in beside)

    def _contained(self, number: Number) -> Measure | None:
        """ "half basket", "2 cartons" of something that is sold by that container."""
        dimension = f"{PACK}{stem(number.counter or '')}"
        is_sold = any(container.dimension == dimension for container in self._options.containers.values())
        return Measure(number.value, dimension) if is_sold else None

    def _tells_pack(self, number: Number) -> bool:
        """ "five in one", or a number beside a count: whether it says how many a pack holds."""
        return self.quantity is not None or is_held(number, self._hearing.utterance.tags)

    def _is_pack_size(self, number: Number) -> bool:
        """ "2 box walnut brownie 6pc": beside a count, pieces that are just a pack tell which pack."""
        is_pack = self._hearing.utterance.tags.at(number.digits, Role.COUNT, Role.PACK) is not None
        is_pack |= any(is_counted_by(one, number) for one in self._numbers)  # "2 x 12"
        return is_pack and number.quantity > 1 and number.quantity in self._sizes(_PIECES)

    def _weighed(self, value: Decimal) -> Measure | None:
        """ "jeera 250": a bare number that is a pack's grams or milliliters, or a part of its kilos or liters."""
        is_part = value != value.to_integral_value()
        if value < _LEAST_WEIGHT and not is_part:
            return None
        wanted = value * 1000 if is_part else value
        weights = [m for m in self._options.measures.values() if m.dimension in WEIGHTS]
        found = next((m for m in weights if m.amount == wanted), None)
        if found is None and is_part and value > 1 and fewest_packs(wanted, [m.amount for m in weights]):
            return Measure(wanted, weights[0].dimension)  # "saadhe teen" of what is weighed
        return found

    def _pieces(self, quantity: Decimal) -> Measure | None:
        """ "60 tea lights" of a product sold in boxes of many, or singly too: pieces, where boxes make them up."""
        if any(self._is_of_packs(number) for number in self._numbers if number.quantity == quantity):
            return None
        sizes = self._sizes(_PIECES)
        if len(sizes) < self._variants or not sizes or max(sizes) == 1 or min(sizes) > quantity:
            return None
        return Measure(quantity, _PIECES) if fewest_packs(quantity, sizes) else None

    def _held(self, quantity: Decimal) -> Decimal | None:
        """ "500 plates" of "Paper Plate (25 pcs)" in several sizes: what a pack holds, where packs make up so many."""
        held = self._options.pieces
        if held is None or held < _LEAST_HELD or quantity % held:
            return None
        is_of_packs = any(self._is_of_packs(number) for number in self._numbers if number.quantity == quantity)
        return held if quantity and not is_of_packs else None

    def _counts_packs(self, number: Number) -> bool:
        """ "tea spoon 12 set - two": whether a number behind the pieces of a pack says how many of these."""
        if self.amount is not None or self.quantity not in self._sizes(_PIECES) or self._is_no_count(number):
            return False
        return any(self._is_pack_size(before) for before in self._numbers if before.quantity == self.quantity)

    def _is_of_packs(self, number: Number) -> bool:
        pack = self._hearing.utterance.tags.at(number.digits, Role.PACK)
        is_pack = pack is not None and not self._is_called(number, pack)
        return number.kind is NumberKind.COUNT and (number.counter == "x" or is_pack)

    def _is_called(self, number: Number, pack: Tag) -> bool:
        """ "4 rolls", "6 pack": whether a pack's pieces, or the pack of just so many, are called what is counted."""
        word = number.counter or ""
        is_just_one = word == stem(word) and number.quantity in self._sizes(_PIECES)
        if is_just_one and Role.THE in self._hearing.utterance.tags.roles(number.start - 1):
            return True  # "the 4 pack of rolls"
        is_one = pack.value != ANY_PACK or is_just_one
        names = {called(value) for name in self._options.names for value in self._options.values(name)}
        return is_one and stem(word) in names

    @lazy
    def _variants(self) -> int:
        return len(self._options.product.variants)

    def _sizes(self, *dimensions: str) -> list[Decimal]:
        """The pack sizes of the product's variants in these dimensions."""
        return [m.amount for m in self._options.measures.values() if m.dimension in dimensions]


def _measure(number: Number) -> Measure:
    return Measure.of(number.value, number.unit or "")
