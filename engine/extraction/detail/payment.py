"""How the customer chose to pay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.language import Role
from engine.order import Intent, Payment


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
        """Whether its sentence is a question."""
        return self.heard.turn.utterance.sentence_asks(self.start)


def ways(heard: Heard) -> list[Way]:
    """The ways to pay that a message names, left to right; longer words win ("bank transfer", "credit card")."""
    found = [Way(heard, *place) for place in _named(heard)]
    no_card = {i for p in heard.phrases if p.kind == "payment.no_card" for i in range(p.start, p.end)}
    kept: list[Way] = []
    for way in sorted(found, key=lambda w: (w.start, -(w.end - w.start))):
        overlaps = kept and way.start < kept[-1].end
        if not overlaps and not (way.payment is Payment.CARD and way.start in no_card):
            kept.append(way)
    return kept


def _named(heard: Heard) -> Iterator[tuple[int, int, Payment | None]]:
    for tag in heard.turn.utterance.tags.all:
        if tag.role is Role.PAYMENT:
            yield tag.start, tag.end, Payment(tag.value)
    for phrase in heard.phrases:
        kind = phrase.kind.removeprefix("payment.")
        if kind in {"cod", "upi", "bank", "card"}:
            yield phrase.start, phrase.end, Payment(kind)
        elif kind == "credit":
            yield phrase.start, phrase.end, None


def choose_payment(heard: Sequence[Heard]) -> Way | None:
    """The way that the customer settled on last."""
    chosen: Way | None = None
    offered: Way | None = None
    for h in heard:
        named = [way for way in ways(h) if way.payment]
        if not h.from_customer:
            offered = named[0] if len({way.payment for way in named}) == 1 else None
            continue
        stated = [way for way in named if not way.is_asked]
        if stated:
            chosen = stated[-1]
        elif named:
            offered = named[-1]
        elif offered and h.turn.intent in {Intent.CONFIRM, Intent.PAYMENT}:
            chosen, offered = offered, None
    return chosen
