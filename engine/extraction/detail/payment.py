"""How the customer chose to pay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.language import Role
from engine.order import Intent, Payment

_REFUSALS = frozenset({Role.NOT, Role.NO})
_NO_FOLLOWS_WITHIN = 5  # tokens: "yeh phonepe vagairah mujhse nahi hota"
_SHORT = 3  # tokens of a question that is nothing else: "cod ?"


@dataclass(frozen=True, slots=True)
class Way:
    """Words of a message that name a way to pay; None where they say "on account"."""

    heard: Heard
    start: int
    end: int
    payment: Payment | None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.heard.span(self.start, self.end)

    @property
    def is_asked(self) -> bool:
        """Whether it is only asked for, not chosen."""
        intent = self.heard.intent
        if intent in {Intent.DETAILS, Intent.CONFIRM, Intent.PAYMENT}:
            return len(self.heard.tokens) <= _SHORT and self.heard.turn.utterance.asks
        return intent is Intent.INQUIRY or self.heard.sentence_asks(self.start)

    @property
    def is_refused(self) -> bool:
        """Whether a no stands right beside it: "upi nahi"; one that begins the message refuses what was before."""
        first = next((i for i, roles in enumerate(self.heard.roles) if not roles & _REFUSALS), 0)
        near = range(max(1, first, self.start - 2), min(len(self.heard.tokens), self.end + _NO_FOLLOWS_WITHIN))
        clause = self.heard.clause(self.start, self.end)
        return any(self.heard.roles[i] & _REFUSALS for i in near if i in clause)

    @property
    def is_meant(self) -> bool:
        """Whether a word that has other meanings ("card", "transfer") stands where payment is talked of."""
        h = self.heard
        if self.end - self.start > 1 or "payment.ambiguous" not in h.kinds[self.start]:
            return True
        answers = "payment" in h.asked or len(h.tokens) <= _SHORT
        settles = h.intent in {Intent.DETAILS, Intent.PAYMENT, Intent.CONFIRM} and self.payment is Payment.CARD
        return (
            answers
            or settles
            or any(
                "delivery.paying" in h.kinds[i]
                for i in self.heard.clause(self.start, self.end)
                if not self.start <= i < self.end
            )
        )


def ways(heard: Heard) -> list[Way]:
    """The ways to pay that a message names, left to right; longer words win ("bank transfer", "credit card")."""
    no_card = {i for p in heard.phrases if p.kind == "payment.no_card" for i in range(p.start, p.end)}
    goods = heard.goods | no_card
    found = [Way(heard, *place) for place in _named(heard) if not goods & set(range(*place[:2]))]
    kept: list[Way] = []
    for way in sorted(found, key=lambda w: (w.start, w.start - w.end, w.payment is not None)):
        if (not kept or way.start >= kept[-1].end) and way.is_meant:
            kept.append(way)
    return kept


def _named(heard: Heard) -> Iterator[tuple[int, int, Payment | None]]:
    for tag in heard.tags:
        if tag.role is Role.PAYMENT:
            yield tag.start, tag.end, Payment(tag.value)
    for phrase in heard.phrases:
        kind = phrase.kind.removeprefix("payment.")
        if kind in {"cod", "upi", "bank", "card"}:
            yield phrase.start, phrase.end, Payment(kind)
        elif kind == "credit":
            yield phrase.start, phrase.end, None


def choose_payment(heard: Sequence[Heard], labels: Mapping[int, Sequence[int]]) -> Way | None:
    """The way that the customer settled on last: stated, or offered and then taken by a yes or a payment.

    `labels` maps a turn to its tokens' labels: what sounds like a way in an address is none ("Karad" is no "card").
    """
    chosen: Way | None = None
    offered: Way | None = None
    for h in heard:
        named = [way for way in ways(h) if way.payment and not way.is_refused and not _is_place(way, labels)]
        if not h.from_customer:
            offered = _offer(h, named, offered)
            continue
        stated = [way for way in named if not way.is_asked]
        if stated:
            chosen, offered = stated[-1], None
        elif named:
            offered = named[-1]
        elif offered and h.intent in {Intent.CONFIRM, Intent.PAYMENT}:
            chosen, offered = offered, None
    return chosen


def _is_place(way: Way, labels: Mapping[int, Sequence[int]]) -> bool:
    """Whether a way that is not spelled so stands in an address or a name."""
    row = labels.get(way.heard.index)
    return bool(row and row[way.start]) and any(t.start == way.start and t.by_sound for t in way.heard.tags)


def _offer(heard: Heard, named: Sequence[Way], standing: Way | None) -> Way | None:
    """The offer after the seller's message: the one way that it names, else what stood before unless it says no."""
    if named:
        return named[0] if len({way.payment for way in named}) == 1 else None
    refused = any(way.payment for way in ways(heard)) or bool(heard.roles and Role.NO in heard.roles[0])
    return None if refused else standing
