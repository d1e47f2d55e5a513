"""What the seller sums up: lines told back to the customer, and the sum that shows they were heard right."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from engine.act import Draft, DraftLine, Replace
from engine.catalog import Catalog
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role

_MOST_VARIANTS = 64  # ways to settle what is open
_LEAST_SUM = 100
_WITH_DELIVERY = Decimal("1.5")  # a sum larger than lines by more than this is one of more lines
_SUMS = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.PRICE})


class Tally:
    """Compares what lines cost with the numbers that a seller names."""

    def __init__(self, catalog: Catalog) -> None:
        """Use this catalogue's prices."""
        self._catalog = catalog
        self._products = tuple(catalog.products.values())

    def names_the_sum(self, lines: Sequence[DraftLine], utterance: Utterance) -> bool:
        """Whether a number of the seller's is just what complete lines come to, and no far larger sum is named."""
        if not lines or not all(line.is_complete for line in lines):
            return False
        total = sum(map(self._cost, lines), Decimal(0))
        said = [number for number in utterance.numbers if number.value >= total]
        is_part = any(n.value > total * _WITH_DELIVERY and n.kind in _SUMS and is_summed_up(utterance, n) for n in said)
        return total > 0 and not is_part and any(number.value == total for number in said)

    def names_part(self, draft: Draft, touched: Sequence[int], utterance: Utterance) -> bool:
        """Whether a number is what the lines `touched` last come to, beside others that were ordered before."""
        lines = [line for line in draft.lines if line.group in touched]
        is_total = any(is_summed_up(utterance, number) for number in utterance.numbers)
        return len(lines) < len(draft.lines) and not is_total and self.names_the_sum(lines, utterance)

    def explains(self, lines: Sequence[DraftLine], utterance: Utterance) -> bool:
        """Whether no number that looks like a sum is left which these lines do not come to."""
        prices = {self._price(line) for line in lines if line.is_complete}
        costs = {self._cost(line) for line in lines if line.is_complete}
        sums = [n.value for n in utterance.numbers if n.kind in _SUMS and n.value >= _LEAST_SUM]
        return all(value in prices | costs for value in sums) or self.names_the_sum(lines, utterance)

    def settled(self, draft: Draft, utterance: Utterance) -> Draft:
        """With open lines narrowed to the variants with which the draft comes to the sum that the seller names."""
        open_lines = [i for i, line in enumerate(draft.lines) if not line.is_complete]
        if not open_lines or not utterance.numbers or not all(_can_settle(draft.lines[i]) for i in open_lines):
            return draft
        choices = [self._choices(draft.lines[i]) for i in open_lines]
        if prod(map(len, choices)) > _MOST_VARIANTS or self._lists_prices(draft.lines, utterance):
            return draft
        agreeing = [
            skus
            for skus in product(*choices)
            if self.names_the_sum(_with_skus(draft.lines, dict(zip(open_lines, skus, strict=True))), utterance)
        ]
        if not agreeing:
            return draft
        left = {i: set(skus) for i, skus in zip(open_lines, zip(*agreeing, strict=True), strict=True)}
        lines = tuple(self._left(line, left[i]) if i in left else line for i, line in enumerate(draft.lines))
        return replace(draft, lines=lines)

    def _lists_prices(self, lines: Sequence[DraftLine], utterance: Utterance) -> bool:
        """ "65, 130 and 150": whether a seller says what each of several things costs that one line may be."""
        said = {number.value for number in utterance.numbers}
        listed = (line for line in lines if line.rivals or (len(lines) == 1 and not line.is_complete))
        return any(len({self._price_of(sku) for sku in self._choices(line)} & said) > 1 for line in listed)

    def compares(self, lines: Sequence[DraftLine], utterance: Utterance) -> bool:
        """ "small 92, large 109": whether beside the one line told back another variant's price is said."""
        if len(lines) != 1 or not lines[0].is_complete:
            return False
        said = {number.value for number in utterance.numbers} - {self._price(lines[0]), self._cost(lines[0])}
        return any(self._price_of(sku) in said for sku in self._siblings(lines[0].skus[0]))

    def _choices(self, line: DraftLine) -> tuple[str, ...]:
        """The SKUs that an open line may be, of each product that fits."""
        if not line.rivals:
            return line.skus
        groups = (self._products[group] for group in (line.group, *line.rivals) if group is not None)
        return tuple(
            variant.sku
            for one in groups
            for variant in one.variants
            if all(variant.options.get(name) in values for name, values in line.options.items())
        )

    def _left(self, line: DraftLine, skus: AbstractSet[str]) -> DraftLine:
        """An open line narrowed to what it may be of its choices, where that is of one product."""
        groups = [
            group for group in (line.group, *line.rivals)
            if group is not None and any(variant.sku in skus for variant in self._products[group].variants)
        ]  # fmt: skip
        left = tuple(sku for sku in self._choices(line) if sku in skus)
        return line._replace(group=groups[0], rivals=(), skus=left) if len(groups) == 1 else line

    def mended(self, draft: Draft, utterance: Utterance) -> Draft:
        """With the one line changed that alone keeps the draft from the sum that the seller names."""
        lines = draft.lines
        if not lines or not all(line.is_complete for line in lines) or self.names_the_sum(lines, utterance):
            return draft
        parts = {self._cost(line) for line in lines} | {self._price(line) for line in lines}
        said = (n for n in utterance.numbers if n.kind in _SUMS and n.value >= _LEAST_SUM)
        sums = {n.value for n in said if n.value not in parts or is_summed_up(utterance, n)}
        named = {number.value for number in utterance.numbers}
        edits = [edit for total in sums for edit in self._edits(lines, total, named - {total})]
        return replace(draft, lines=_together(edits[0])) if len(edits) == 1 else draft

    def _edits(
        self, lines: tuple[DraftLine, ...], total: Decimal, named: AbstractSet[Decimal]
    ) -> Iterator[tuple[DraftLine, ...]]:
        """The lines with one of them left out, counted otherwise or in another variant, so that they cost `total`.

        What one costs is `named` beside the total where it stays: "milk = 215, butter 210".
        """
        have = sum(map(self._cost, lines), Decimal(0))
        for index, line in enumerate(lines):
            before, after = lines[:index], lines[index + 1 :]
            left = total - (have - self._cost(line))
            price = self._price(line)
            if left == 0 and len(lines) > 1 and self._cost(line) not in named:
                yield (*before, *after)
            elif price > 0 and left > 0 and left % price == 0 and left / price < line.quantity:
                yield (*before, line._replace(quantity=left / price), *after)
            for sku in self._siblings(line.skus[0]) if left > 0 else ():
                if self._price_of(sku) * line.quantity == left:
                    yield (*before, line._replace(skus=(sku,), options=self._known(sku)), *after)

    def _siblings(self, sku: str) -> list[str]:
        product = self._catalog.product(variant.item_group_id) if (variant := self._catalog.variant(sku)) else None
        return [v.sku for v in product.variants if v.sku != sku] if product else []

    def _known(self, sku: str) -> Mapping[str, frozenset[str]]:
        variant = self._catalog.variant(sku)
        product = self._catalog.product(variant.item_group_id) if variant else None
        names = product.option_names if product else ()
        return {n: frozenset({variant.options[n]}) for n in names if variant and n in variant.options}

    def _price(self, line: DraftLine) -> Decimal:
        return self._price_of(line.skus[0])

    def _price_of(self, sku: str) -> Decimal:
        variant = self._catalog.variant(sku)
        return variant.price.amount if variant and variant.price else Decimal(0)

    def _cost(self, line: DraftLine) -> Decimal:
        return self._price(line) * line.quantity


def is_summed_up(utterance: Utterance, number: Number) -> bool:
    """ "= 145", "total 145": whether what stands before a number says that it is a sum."""
    before = number.start - 1
    if before >= 0 and utterance.tags.at(before, Role.CURRENCY_BEFORE):
        before -= 1
    return before >= 0 and (utterance.tokens[before].raw == "=" or Role.TOTAL in utterance.tags.roles(before))


def _together(lines: Sequence[DraftLine]) -> tuple[DraftLine, ...]:
    """Lines, of which those of one SKU are one."""
    found: dict[tuple[str, ...], DraftLine] = {}
    for line in lines:
        if (same := found.get(line.skus)) is not None:
            line = same._replace(quantity=same.quantity + line.quantity, said_quantity=True)  # noqa: PLW2901
        found[line.skus] = line
    return tuple(found.values())


def _can_settle(line: DraftLine) -> bool:
    return line.group is not None and bool(line.skus or line.rivals) and not line.unsure_size


def _with_skus(lines: Sequence[DraftLine], skus: Mapping[int, str]) -> tuple[DraftLine, ...]:
    return tuple(line._replace(skus=(skus[i],), rivals=()) if i in skus else line for i, line in enumerate(lines))


def for_each(lines: Sequence[DraftLine], draft: Draft, once: Mapping[int, DraftLine]) -> tuple[DraftLine, ...]:
    """ "Mum: rice 5kg, sugar 2. Aunt: rice 5kg": lines told back, where what is told twice is wanted twice."""
    return _together([_completed(line, draft, once) for line in lines])


def completed(lines: Sequence[DraftLine], draft: Draft, once: Mapping[int, DraftLine]) -> tuple[DraftLine, ...]:
    """Lines told back, with what the draft knows of their variants where that is one thing only.

    Of a product that does not stand there any more, `once` has the line that did.
    """
    told: dict[tuple[int | None, tuple[str, ...]], DraftLine] = {}
    for line in (_completed(line, draft, once) for line in lines):
        key = (line.group, line.skus)
        if key not in told or line.said_quantity:
            told[key] = line
    whole = {line.skus[0] for line in told.values() if line.is_complete}
    return tuple(
        line for line in told.values() if line.is_complete or line.said_quantity or whole.isdisjoint(line.skus)
    )


def _completed(line: DraftLine, draft: Draft, once: Mapping[int, DraftLine]) -> DraftLine:
    if line.is_complete or line.group is None:
        return line
    known = [old for old in draft.lines if old.group == line.group]
    known = known or [old for group, old in once.items() if group == line.group]
    fitting = [old for old in known if set(old.skus) & set(line.skus)]
    if len(fitting) != 1:
        return line
    shared = tuple(sku for sku in line.skus if sku in fitting[0].skus)
    return line._replace(skus=shared, options={**fitting[0].options, **line.options})


def covers(lines: Sequence[DraftLine], draft: Draft) -> bool:
    """Whether lines told back speak of every product on the draft, so that what they leave out is nothing."""
    told = {line.group for line in lines}
    known = [line for line in draft.lines if line.group is not None]
    return bool(known) and all(line.group in told or told & set(line.rivals) for line in known)


def says_all_again(lines: Sequence[DraftLine], draft: Draft, utterance: Utterance) -> bool:
    """ "Ok: black S and coral M": whether behind a yes all that is ordered is told back, without a number."""
    is_agreed = Role.YES in utterance.roles_begun(0) and not utterance.asks
    if not is_agreed or len(lines) < len(draft.lines) or len(lines) == 1:
        return False
    known = {line.group for line in draft.lines}
    return all(line.is_complete and line.group in known for line in lines) and covers(lines, draft)


def adopted(lines: Sequence[DraftLine], draft: Draft, *, is_whole: bool | None = None) -> Draft:
    """The draft with the lines told back in the place of its own; what the shop does not sell stays.

    Where the lines are not the `is_whole` order (by default: where they do not speak of all of it), only
    the products that they speak of change.
    """
    told = {line.group for line in lines}
    is_whole = covers(lines, draft) if is_whole is None else is_whole
    kept = {old.skus: old for old in draft.lines if old.group is not None}
    new = tuple(
        kept[line.skus]._replace(quantity=line.quantity if line.said_quantity else kept[line.skus].quantity)
        if line.skus in kept
        else line._replace(features={**line.features, "adopted": 1.0})
        for line in lines
    )
    others = tuple(
        i for i, old in enumerate(draft.lines)
        if told & set(old.rivals) or (old.group is not None and (is_whole or old.group in told))
    )  # fmt: skip
    return draft.apply(Replace(others, new))
