"""What has been talked of so far: products named, shown and offered, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from engine.act import NO_VALUES, Draft, DraftLine
from engine.clause.context import Context
from engine.conversation import Message
from engine.dialogue.otherwise import Otherwise
from engine.dialogue.proposal import Proposal
from engine.extraction.utterance import Utterance
from engine.order import Intent

_REMEMBERED = 24


class Referent(NamedTuple):
    """A product that was talked of: in which message, with which options known, by whom."""

    group: int
    message_id: str
    options: Mapping[str, frozenset[str]] = NO_VALUES
    from_customer: bool = False
    is_shown: bool = False

    def may_be(self, line: DraftLine) -> bool:
        """Whether a line may be of what was talked of: of the product, and in no other variant."""
        if line.group != self.group:
            return False
        return all(not values.isdisjoint(line.options.get(name, values)) for name, values in self.options.items())


@dataclass(frozen=True, eq=False)
class State:
    """All that the fold remembers, itself and no other. The newest referents come first."""

    draft: Draft = field(default_factory=Draft)
    once: Mapping[int, DraftLine] = field(default_factory=dict)  # of each product the last line that named one SKU
    referents: tuple[Referent, ...] = ()
    by_message: Mapping[str, tuple[Referent, ...]] = field(default_factory=dict)
    previous_business: Utterance | None = None
    previous_customer: Utterance | None = None
    previous_intent: Intent | None = None
    summary: tuple[DraftLine, ...] = ()
    summary_is_whole: bool = False  # every line of it complete, and the seller has named its sum
    summary_is_plain: bool = False  # nothing in its message was left unread
    offers: tuple[DraftLine, ...] = ()
    proposal: Proposal | None = None  # what the seller's latest message offers for something gone
    otherwise: tuple[Otherwise, ...] = ()  # what the customer wants of what the seller may not have
    is_business_latest: bool = False
    is_closed: bool = False
    closed_at: datetime | None = None
    heard_audio: bool = False
    touched: tuple[int, ...] = ()  # products that the customer's last order words were about
    messages: int = 0
    confirmed: tuple[DraftLine, ...] = ()  # the summary that the customer agreed to last
    agreed: tuple[DraftLine, ...] = ()  # the lines whose sum the seller has named

    @property
    def is_summed_up(self) -> bool:
        """Whether the seller has just told lines back."""
        said = self.previous_business.message.id if self.previous_business and self.is_business_latest else None
        return any(span.message_id == said for line in self.summary for span in line.evidence)

    @property
    def is_asked(self) -> bool:
        """Whether the seller has just asked something."""
        return self.is_business_latest and self.previous_business is not None and self.previous_business.asks

    def offered(self, message: Message) -> tuple[Referent, ...]:
        """What a message quotes, else the seller's latest one shows or names, where it is not on the draft."""
        latest = self.previous_business.message.id if self.previous_business and self.is_business_latest else ""
        told = self.by_message.get(self.pointed_at(message) or latest, ())
        if not told:
            return ()
        known = {line.group for line in self.draft.lines}
        return tuple(r for r in told if r.group not in known and not r.from_customer)

    def context(self, reply_to: str | None) -> Context:
        """What an item without a product of its own may be about."""
        quoted = self.by_message.get(reply_to or "", ())
        recent = tuple(dict.fromkeys(r.group for r in (*self._asked_first(), *self.referents)))
        ordered = tuple(dict.fromkeys(line.group for line in reversed(self.draft.lines) if line.group is not None))
        undecided = tuple(
            g for line in self.draft.lines if line.rivals for g in (line.group, *line.rivals) if g is not None
        )
        return Context(recent, tuple(dict.fromkeys(r.group for r in quoted)), ordered, undecided, self._said_last())

    def _said_last(self) -> Mapping[str, frozenset[str]]:
        """The options of the line that the customer spoke of last."""
        touched = (line for line in reversed(self.draft.lines) if line.group in self.touched)
        last = next(touched, None) or next(reversed(self.draft.lines), None)
        return last.options if last is not None else {}

    def pointed_at(self, message: Message) -> str | None:
        """The message that another is about: the one that it quotes, or itself where it brings its own picture."""
        return message.reply_to or (message.id if message.id in self.by_message else None)

    def _asked_first(self) -> tuple[Referent, ...]:
        """What the customer asked about, where the seller's answer lists several other products (a set's parts)."""
        if not self.referents or self.referents[0].from_customer:
            return ()
        newest = [r for r in self.referents if r.message_id == self.referents[0].message_id]
        asked = next((r for r in self.referents if r.from_customer), None)
        lists_others = len({r.group for r in newest}) > 1 and not any(r.is_shown for r in newest)
        return (asked,) if asked is not None and lists_others else ()

    def recent(self) -> tuple[Referent, ...]:
        """The latest mention of each product, the newest first."""
        latest: dict[int, Referent] = {}
        for referent in self.referents:
            latest.setdefault(referent.group, referent)
        return tuple(latest.values())

    def referent(self, group: int, reply_to: str | None) -> Referent | None:
        """The latest mention of a product, the quoted message's first."""
        quoted = self.by_message.get(reply_to or "", ())
        return next((r for r in (*quoted, *self.referents) if r.group == group), None)


def remember(referents: tuple[Referent, ...], new: tuple[Referent, ...]) -> tuple[Referent, ...]:
    """Referents with the new ones first, in the order of their message reversed."""
    return (*reversed(new), *referents)[:_REMEMBERED]
