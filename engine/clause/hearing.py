"""One utterance, heard by one shop: what each of its items says, read once for all who ask."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from engine.catalog_match.option import Fits, Said
from engine.catalog_match.shop import Shop
from engine.catalog_match.value import Word
from engine.clause.context import Context
from engine.clause.evidence import Evidence
from engine.clause.segment import Item
from engine.clause.word import WordReader
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role
from engine.lazy import lazy

_LEAST_PRICE = 20  # a smaller number without a sign of money is a count
_TWO = 2
_DESCRIBING = frozenset({Role.GOODS, Role.COLOR, Role.SIZE})
_POINTING = frozenset({Role.THE, Role.THAT, Role.THIS, Role.OF})
_LATELY = 8  # products talked of, of which a bare number may be the price
_PRICE_NEAR = 3  # tokens beside an item in which its price may stand
_MOST_WANTED, _MOST_OFFERED = 999, 24


class Hearing:
    """An utterance with what its words say for the shop's products, and what it may refer back to."""

    def __init__(self, shop: Shop, utterance: Utterance, evidence: Evidence, context: Context) -> None:
        """Hear this utterance."""
        self.shop = shop
        self.utterance = utterance
        self.evidence = evidence
        self.context = context
        self._fits: dict[tuple[int, int, int], Fits] = {}
        self._said_in: dict[Item, Said] = {}
        self._keys_of: dict[Item, frozenset[str]] = {}
        self._attributes_of: dict[Sequence[int], list[int]] = {}
        self._prices_of: dict[Item, Decimal | None] = {}
        self._numbers_of: dict[Sequence[int], list[Number]] = {}

    @lazy
    def _reader(self) -> WordReader:
        return WordReader(self.utterance, self.evidence, self.shop.index)

    def word(self, position: int) -> Word:
        """A token as the options of a product see it."""
        return self._reader.word(position)

    def words(self, positions: Iterable[int]) -> list[Word]:
        """Tokens as the options of a product see them."""
        return self._reader.words(positions)

    @property
    def from_customer(self) -> bool:
        """Whether the customer says it."""
        return self.utterance.message.from_customer

    @property
    def most(self) -> int:
        """The largest bare number that is believed to be a count; a seller's larger ones are prices."""
        return _MOST_WANTED if self.from_customer else _MOST_OFFERED

    def fits(self, item: Item, group: int) -> Fits:
        """How an item's words fit the options of a product."""
        key = (item.start, item.end, group)
        if key not in self._fits:
            self._fits[key] = self.shop.options(group).fits(self._said(item))
        return self._fits[key]

    def covers(self, item: Item, group: int, positions: Sequence[int]) -> bool:
        """Whether each of these tokens of an item names a value of a product's options, or a part of one."""
        options = self.shop.options(group)
        if not all(map(options.may_mean, self.words(positions))):
            return False
        return self.fits(item, group).covered.issuperset(positions)

    def fits_but(self, item: Item, group: int, count: Number) -> Fits:
        """How an item's words fit the options of a product where one of its numbers is a count."""
        words = self._said(item).words
        others = [w._replace(number=None, keys={}) if w.position == count.start else w for w in words]
        return self.shop.options(group).fits(Said.of(others))

    def _said(self, item: Item) -> Said:
        """The words of an item, with the unit or container of its last number."""
        found = self._said_in.get(item)
        if found is None:
            last = self.utterance.number_at.get(item.end - 1)
            words = self.words(range(item.start, max(item.end, last.end if last else 0)))
            found = self._said_in[item] = Said.of(words)
        return found

    def keys(self, item: Item) -> frozenset[str]:
        """All that the tokens of an item may be."""
        found = self._keys_of.get(item)
        if found is None:
            words = self.words(range(item.start, item.end))
            found = self._keys_of[item] = frozenset[str]().union(*[word.keys for word in words])
        return found

    def is_numeric(self, position: int) -> bool:
        """Whether a token is part of a number."""
        return position in self.utterance.number_at

    def attributes(self, item: Item) -> list[int]:
        """The telling words of an item, its numbers left out."""
        found = self._attributes_of.get(item.positions)
        if found is None:
            number_at = self.utterance.number_at
            found = self._attributes_of[item.positions] = [p for p in item.positions if p not in number_at]
        return found

    def numbers(self, item: Item) -> list[Number]:
        """The numbers among an item's telling tokens."""
        return self._numbers_at(item.positions)

    def numbers_around(self, item: Item) -> list[Number]:
        """All numbers from an item's first token to its last, and a price beside: "the 35k local", "one of the 42k"."""
        before = self._price_at(range(item.start - 1, max(0, item.start - _PRICE_NEAR) - 1, -1), 1)
        end = min(item.end + _PRICE_NEAR, len(self.utterance.tokens))
        behind = [] if self.attributes(item) else self._price_at(range(item.end, end), 0)
        return [*before, *self._numbers_at(range(item.start, item.end)), *behind]

    def _price_at(self, positions: Sequence[int], step: int) -> list[Number]:
        """The first number at these positions, where it is a price of the customer's and no comma stands before it."""
        for position in positions if self.from_customer else ():
            number = self.utterance.number_at.get(position)
            if self.utterance.breaks[position + step] >= COMMA or number is not None:
                is_near = number is not None and self.utterance.breaks[position + step] < COMMA
                return [number] if number is not None and is_near and number.kind is NumberKind.PRICE else []
        return []

    def _numbers_at(self, positions: Sequence[int]) -> list[Number]:
        """The numbers at these positions, each once; none that letters make a name of."""
        found = self._numbers_of.get(positions)
        if found is None:
            number_at = self.utterance.number_at
            each = {number_at[p].start: number_at[p] for p in positions if p in number_at}
            found = self._numbers_of[positions] = [n for n in each.values() if not self._is_lettered(n)]
        return found

    def _is_lettered(self, number: Number) -> bool:
        """ "T5 tube 10": whether a number is glued to the letters before it, as the catalogue writes them."""
        if not number.start or number.kind is not NumberKind.BARE:
            return False
        before, here = self.utterance.tokens[number.start - 1 : number.start + 1]
        is_glued = before.is_word and before.end == here.start
        return is_glued and self.shop.index.exact(before.word + here.word) is not None

    def prices(self, item: Item) -> frozenset[Decimal]:
        """What may be prices in an item; sellers name them without a sign."""
        kinds = {NumberKind.PRICE} if self.from_customer else {NumberKind.PRICE, NumberKind.BARE}
        around = self.numbers_around(item)
        return frozenset(n.value for n in around if n.value >= _LEAST_PRICE and (n.kind in kinds or n.worth))

    def price(self, item: Item) -> Decimal | None:
        """The price that an item names."""
        if item not in self._prices_of:
            self._prices_of[item] = self._find_price(item)
        return self._prices_of[item]

    def _find_price(self, item: Item) -> Decimal | None:
        for number in self.numbers_around(item):
            is_worth = number.kind is NumberKind.BARE and number.worth and number.value >= _LEAST_PRICE
            if number.kind is NumberKind.PRICE or is_worth:
                return number.value
        return self._price_talked_of(item)

    def _price_talked_of(self, item: Item) -> Decimal | None:
        """ "one 640, two of 320", "the 640": a number that is a price of what was just talked of, and no count."""
        numbers = self.numbers(item)
        is_pointed = bool(self.utterance.tags.roles(item.start - 1) & _POINTING) and not self.attributes(item)
        if not self.from_customer or (len(numbers) < _TWO and not is_pointed):
            return None
        prices = frozenset[Decimal]().union(
            *map(self.shop.prices, (*self.context.quoted, *self.context.groups[:_LATELY]))
        )
        bare = (n.value for n in numbers if n.kind is NumberKind.BARE and n.value >= _LEAST_PRICE)
        return next((value for value in bare if value in prices), None)

    def text(self, item: Item, *, described: bool = False) -> str:
        """The customer's own words of an item, without its numbers at either end.

        Where what it is `described` by tells no product, with such words before it: "fabric softener", "black pens".
        """
        positions = self.attributes(item) or item.positions
        tokens, first = self.utterance.tokens, positions[0]
        while described and self.evidence.unknown[first] and first > 0 and self._describes(first - 1):
            first -= 1
        return self.utterance.message.text[tokens[first].start : tokens[positions[-1]].end]

    def _describes(self, position: int) -> bool:
        """Whether a word right before another says what that is like or for."""
        is_beside = self.utterance.breaks[position + 1] < COMMA and position not in self.utterance.number_at
        return is_beside and bool(self.utterance.tags.roles(position) & _DESCRIBING)
