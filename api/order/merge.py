"""Which line of an order a newly read line is: so that lines keep their ids and people's work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from api.order.proposal import Evidence, ProposedLine


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line is about: a SKU, else a product with open options, else only the customer's words."""

    sku: str | None = None
    item_group_id: str | None = None
    options: frozenset[tuple[str, str]] = frozenset()
    text: str = ""

    @classmethod
    def of(cls, line: ProposedLine) -> Self:
        """What a proposed line is about."""
        return cls(line.sku, line.item_group_id, frozenset(line.options.items()), line.text)

    @property
    def words(self) -> str:
        """The customer's words without case and spacing; empty where the product is known."""
        return "" if self.sku or self.item_group_id else " ".join(self.text.casefold().split())


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line that an order has already.

    `current` is what it stands for now; `readings` what readings took it for (none where a person added
    it). `removed`: a person took it off.
    """

    current: Subject
    readings: tuple[Subject, ...] = ()
    evidence: frozenset[Evidence] = frozenset()
    removed: bool = False

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All that it was ever taken for, what a reading said first."""
        return (*self.readings, self.current)


Rule = Callable[[KnownLine, ProposedLine], bool]


def pair(known: Sequence[KnownLine], proposed: Sequence[ProposedLine]) -> dict[int, int]:
    """For each proposed line that is a known one: its index and the known line's index.

    Rules are tried from the surest to the loosest, lines in order, each line paired once at most; so the
    same input always gives the same pairs.
    """
    pairs: dict[int, int] = {}
    free = set(range(len(known)))
    for rule in RULES:
        for new, line in enumerate(proposed):
            if new in pairs:
                continue
            old = next((index for index in sorted(free) if rule(known[index], line)), None)
            if old is not None:
                pairs[new] = old
                free.remove(old)
    return pairs


def read_as_same_sku(known: KnownLine, line: ProposedLine) -> bool:
    """A reading took the known line for the same SKU, whatever a person made of it since."""
    return line.sku is not None and any(subject.sku == line.sku for subject in known.readings)


def is_same_sku(known: KnownLine, line: ProposedLine) -> bool:
    """Both are the same SKU."""
    return line.sku is not None and known.current.sku == line.sku


def is_same_open_product(known: KnownLine, line: ProposedLine) -> bool:
    """Both are the same product, of which the same is known and the same still open."""
    wanted = Subject.of(line)
    return line.sku is None and line.item_group_id is not None and any(_alike(s, wanted) for s in known.subjects)


def is_same_words(known: KnownLine, line: ProposedLine) -> bool:
    """Both are the same words, with no product found for them yet."""
    words = Subject.of(line).words
    return bool(words) and any(subject.words == words for subject in known.subjects)


def was_read_as_same_product(known: KnownLine, line: ProposedLine) -> bool:
    """A reading took the known line for the same product: a variant was chosen or swapped.

    Not of a line that a person removed: another variant is another wish.
    """
    if known.removed or line.item_group_id is None:
        return False
    return any(subject.item_group_id == line.item_group_id for subject in known.readings)


def was_said_in_same_words(known: KnownLine, line: ProposedLine) -> bool:
    """Both were read from the same stretch of a message."""
    said = {evidence for evidence in line.evidence if evidence.end > evidence.start}
    return not known.evidence.isdisjoint(said)


RULES: tuple[Rule, ...] = (
    read_as_same_sku,
    is_same_sku,
    is_same_open_product,
    is_same_words,
    was_read_as_same_product,
    was_said_in_same_words,
)


def _alike(one: Subject, other: Subject) -> bool:
    return one.sku is None and (one.item_group_id, one.options) == (other.item_group_id, other.options)
