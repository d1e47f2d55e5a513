"""From a wish to draft lines: variants looked up, amounts made up of packs."""

import math
from collections.abc import Mapping
from dataclasses import astuple
from decimal import Decimal

from engine.act import Amount, DraftLine
from engine.catalog_match.measure import PACK, Measure
from engine.catalog_match.shop import Shop
from engine.clause.wish import ONE, Wish, fitting, packs
from engine.conversation import Message, Span
from engine.extraction.utterance import Utterance

_NAMELESS = "cart item"  # a cart's row without a SKU
_MOST_CANDIDATES = 5


class LineMaker:
    """Makes draft lines of wishes against one catalogue."""

    def __init__(self, shop: Shop) -> None:
        """Use this catalogue."""
        self._shop = shop

    def lines(self, wish: Wish, utterance: Utterance, quantity: Decimal | None = None) -> tuple[DraftLine, ...]:
        """The lines that a wish means; `quantity` where the wish says none."""
        wish = self._of_any_size(wish)
        said = wish.quantity is not None or wish.amount is not None
        count = wish.quantity if wish.quantity is not None else (quantity or ONE)
        base = DraftLine(
            wish.group, (), count, wish.text, wish.options, evidence=evidence(utterance, wish), said_quantity=said,
            features=self._features(wish), unit=wish.unit,
        )  # fmt: skip
        if wish.group is None:
            return (base,)
        if wish.rivals:
            return (self._ambiguous(base, wish),)
        product = self._shop.product(wish.group)
        variants = fitting(product, wish)
        if wish.conflict or not variants:
            return (base._replace(group=None, options={}),)
        if wish.amount is None:
            return (base._replace(skus=tuple(v.sku for v in variants)),)
        counts = packs(self._shop.options(wish.group), variants, wish.amount)
        if counts is None:
            return (self._unsure_amount(base, wish, tuple(v.sku for v in variants)),)
        times = wish.quantity or ONE
        return tuple(self._packed(base._replace(skus=skus, quantity=times * n)) for skus, n in counts.items())

    def _of_any_size(self, wish: Wish) -> Wish:
        """ "one and a half baskets": a wish without its size where no containers of that size make up its amount."""
        is_in_containers = wish.amount is not None and wish.amount.dimension.startswith(PACK)
        if wish.group is None or wish.amount is None or not is_in_containers or "size" not in wish.options:
            return wish
        if packs(self._shop.options(wish.group), fitting(self._shop.product(wish.group), wish), wish.amount):
            return wish
        return wish._replace(options={name: values for name, values in wish.options.items() if name != "size"})

    def _features(self, wish: Wish) -> dict[str, float]:
        """What a wish says for and against its lines."""
        features = _features(wish)
        if wish.group is None:
            return features
        options = self._shop.options(wish.group)
        unsaid = [name for name in options.names if name not in wish.options]
        return {
            **features,
            "variants": math.log(len(options.product.variants)),
            "implied": float(len(unsaid)),
            "all_said": float(bool(options.names) and not unsaid),
            "all_implied": float(len(options.names) > 0 and len(unsaid) == len(options.names)),
        }

    def _ambiguous(self, base: DraftLine, wish: Wish) -> DraftLine:
        if len(wish.rivals) + 1 > _MOST_CANDIDATES:
            every = (wish.group, *wish.rivals) if wish.group is not None else wish.rivals
            return base._replace(group=None, options={}, rivals=every)  # too many to offer, but not to tell later
        said = Amount(wish.quantity or ONE, *astuple(wish.amount)) if wish.amount else None
        return base._replace(rivals=wish.rivals, quantity=self._packs_of_first(wish) or base.quantity, amount=said)

    def _packs_of_first(self, wish: Wish) -> Decimal | None:
        """How many packs of one size make up an amount, by the likeliest of several products; None without one."""
        if wish.amount is None or wish.group is None:
            return None
        counts = packs(self._shop.options(wish.group), fitting(self._shop.product(wish.group), wish), wish.amount)
        if counts and len(counts) == 1:
            return next(iter(counts.values())) * (wish.quantity or ONE)
        return wish.said

    def _packed(self, line: DraftLine) -> DraftLine:
        """A line of packs; where several variants are packs of that size, with what they have in common."""
        if len(line.skus) == 1:
            return line
        known = [self._shop.known_options(sku) for sku in line.skus]
        shared = {n: v for n, v in known[0].items() if all(other.get(n) == v for other in known[1:])}
        return line._replace(options={**line.options, **shared})

    def made_up(self, line: DraftLine, said: Amount) -> list[DraftLine]:
        """The lines of the packs that make up what was said while several products fitted; itself where none do."""
        made = self.packed(line, Measure(said.value, said.dimension))
        return [one._replace(quantity=one.quantity * said.times) for one in made] or [line]

    def packed(self, line: DraftLine, amount: Measure) -> list[DraftLine]:
        """The lines of the packs that make up another amount of what a line asks for; none where no packs do."""
        if line.group is None:
            return []
        unsized = {name: values for name, values in line.options.items() if name != "size"}
        variants = fitting(self._shop.product(line.group), Wish(line.group, options=unsized))
        counts = packs(self._shop.options(line.group), variants, amount) or {}
        made = (line._replace(skus=skus, quantity=Decimal(n), options=unsized) for skus, n in counts.items())
        return [self._packed(one._replace(unsure_size=False, said_quantity=True)) for one in made]

    def _unsure_amount(self, base: DraftLine, wish: Wish, skus: tuple[str, ...]) -> DraftLine:
        """No packs make up the amount: the product is clear, its size is not."""
        said = wish.said if wish.said is not None else ONE
        if not any(measure.is_additive for measure in self._shop.options(wish.group or 0).measures.values()):
            return base._replace(skus=skus, quantity=said if len(skus) == 1 else base.quantity)
        return base._replace(skus=skus, quantity=said, options={}, unsure_size=True)

    def of_pointed(
        self,
        group: int,
        options: Mapping[str, frozenset[str]],
        quantity: Decimal,
        message: Message,
        pick: str | None = None,
    ) -> DraftLine:
        """A line for a product that a message points at rather than names."""
        product = self._shop.product(group)
        skus = tuple(v.sku for v in fitting(product, Wish(group, options=options, pick=pick)))
        whole = Span.of(message, 0, len(message.text))
        text = message.text or product.title
        return DraftLine(group, skus, quantity, text, options, evidence=(whole,), features={"pointed": 1.0})

    def of_sku(self, sku: str, quantity: Decimal, message: Message) -> DraftLine:
        """A line of a cart: a SKU of ours, or one that the catalogue does not hold."""
        variant = self._shop.catalog.variant(sku)
        span = (Span(message.id, 0, 0, ""),)
        if variant is None:
            return DraftLine(
                None, (), quantity, sku or _NAMELESS, evidence=span, said_quantity=True, features={"cart": 1.0}
            )
        group = self._shop.index.group_of[variant.item_group_id]
        options = {n: frozenset({v}) for n, v in variant.options.items() if n in self._shop.options(group).names}
        return DraftLine(
            group, (sku,), quantity, variant.title, options, evidence=span, said_quantity=True, features={"cart": 1.0}
        )

    def narrowed(
        self,
        line: DraftLine,
        options: Mapping[str, frozenset[str]],
        price: Decimal | None = None,
        pick: str | None = None,
    ) -> DraftLine | None:
        """A line with more said about its variant; None where no variant fits all of it."""
        if line.group is None:
            return None
        merged = {**line.options, **options}
        variants = fitting(self._shop.product(line.group), Wish(line.group, options=merged, price=price, pick=pick))
        skus = tuple(v.sku for v in variants if not line.skus or v.sku in line.skus)
        if not skus:
            return None
        return line._replace(
            skus=skus,
            options=merged,
            unsure_size=line.unsure_size and len(skus) > 1,
        )

    def replaced(self, line: DraftLine, options: Mapping[str, frozenset[str]]) -> DraftLine | None:
        """A line with other values for the options named; what it said of the others stays as far as it fits."""
        if line.group is None:
            return None
        product = self._shop.product(line.group)
        for kept in (
            {**line.options, **self._all_options(line), **options},
            {**line.options, **options},
            dict(options),
        ):
            if variants := fitting(product, Wish(line.group, options=kept)):
                return line._replace(skus=tuple(v.sku for v in variants), options=kept)
        return None

    def resized(self, line: DraftLine, pick: str | None) -> DraftLine | None:
        """ "the small one": a complete line in another size or at another price; None where there is none."""
        if line.group is None or pick is None or not line.is_complete:
            return None
        known = {n: values for n, values in self._all_options(line).items() if n != "size"}
        variants = fitting(self._shop.product(line.group), Wish(line.group, options=known, pick=pick))
        if len(variants) != 1 or variants[0].sku in line.skus:
            return None
        sku = variants[0].sku
        return line._replace(skus=(sku,), options=self._shop.known_options(sku), unit=None)

    def _all_options(self, line: DraftLine) -> Mapping[str, frozenset[str]]:
        """The options of a complete line, said or implied."""
        return self._shop.known_options(line.skus[0]) if len(line.skus) == 1 else {}


def with_evidence(line: DraftLine, old: DraftLine) -> DraftLine:
    """A line that takes the place of an old one, with where that was said."""
    return line._replace(evidence=tuple(dict.fromkeys((*old.evidence, *line.evidence))))


def evidence(utterance: Utterance, wish: Wish) -> tuple[Span, ...]:
    """The words of a wish in its message."""
    tokens = utterance.tokens
    end = wish.end - 1
    number = utterance.number_at.get(end)
    last = number.end - 1 if number else end
    return (Span.of(utterance.message, tokens[wish.start].start, tokens[min(last, len(tokens) - 1)].end),)


def _features(wish: Wish) -> dict[str, float]:
    return {
        "score": wish.score,
        "unsaid": float(min(wish.unsaid, 5)),
        "spelled": wish.spelled,
        "coverage": wish.coverage,
        "margin": min(wish.margin, 6.0),
        "rivals": float(min(len(wish.rivals), 8)),
        "conflict": float(wish.conflict),
        "priced": float(wish.price is not None),
        "picked": float(wish.pick is not None),
        "named": float(wish.has_product_words),
        "quantity_said": float(wish.quantity is not None),
        "amount": float(wish.amount is not None),
        "options": float(len(wish.options)),
    }
