"""What a message does to the draft: acts, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from engine.conversation import Span

NO_VALUES: Mapping[str, frozenset[str]] = MappingProxyType({})
_NO_FEATURES: Mapping[str, float] = MappingProxyType({})


class Amount(NamedTuple):
    """So many times as much as packs have to make up, in base units of a dimension."""

    times: Decimal
    value: Decimal
    dimension: str


class DraftLine(NamedTuple):
    """A line while the chat goes on.

    `group` is the product's index, None for something not sold; `skus` are the variants that what is
    known leaves. `options` are those that were said. `rivals` are product indices that fit as well.
    `features` are numbers from which the line's confidence is made. `unsure_size` marks an amount that
    no packs make up; `unit` is the measure that an amount was said in ("kg"); `amount` is how much was said of what
    may be one of several products.
    """

    group: int | None
    skus: tuple[str, ...]
    quantity: Decimal
    text: str
    options: Mapping[str, frozenset[str]] = NO_VALUES
    rivals: tuple[int, ...] = ()
    evidence: tuple[Span, ...] = ()
    features: Mapping[str, float] = _NO_FEATURES
    unit: str | None = None
    amount: Amount | None = None
    said_quantity: bool = False
    unsure_size: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether it names one SKU."""
        return len(self.skus) == 1 and not self.rivals


@dataclass(frozen=True)
class Add:
    """Put lines on the draft; the same SKU again adds up where `more` is said, else says it anew."""

    lines: tuple[DraftLine, ...]
    more: bool = False


@dataclass(frozen=True)
class Replace:
    """Put `lines` in the place of the lines at `indices`; no lines removes them."""

    indices: tuple[int, ...]
    lines: tuple[DraftLine, ...] = ()


@dataclass(frozen=True)
class Cancel:
    """Call the whole order off."""


@dataclass(frozen=True)
class Revive:
    """Take a called-off order up again."""


@dataclass(frozen=True)
class StartAnew:
    """The order so far is done with; what follows is another one."""


Act = Add | Replace | Cancel | Revive | StartAnew


@dataclass(frozen=True)
class Draft:
    """The draft so far: its lines, whether it was called off, and what was on it then."""

    lines: tuple[DraftLine, ...] = ()
    cancelled: bool = False
    called_off: tuple[DraftLine, ...] = ()
    wanted: bool = False

    @property
    def latest(self) -> tuple[DraftLine, ...]:
        """Its lines; of an order that was called off, those that it had."""
        return self.lines or (self.called_off if self.cancelled else ())

    def apply(self, act: Act) -> "Draft":
        """The draft after an act."""
        match act:
            case Add(lines, more):
                return _added(self, lines, more)
            case Replace(indices, lines):
                return _replaced(self, indices, lines)
            case Cancel():
                return Draft((), cancelled=self.wanted, called_off=self.lines or self.called_off, wanted=self.wanted)
            case Revive():
                return Draft(self.called_off, wanted=True)
            case StartAnew():
                return Draft(called_off=self.lines)


def _added(draft: Draft, lines: tuple[DraftLine, ...], more: bool) -> Draft:
    result = list(draft.lines)
    for line in lines:
        index = next((i for i, old in enumerate(result) if _same_thing(old, line)), None)
        if index is None:
            result.append(line)
        else:
            result[index] = _merged(result[index], line, more=more)
    return Draft(tuple(result), wanted=True)


def _replaced(draft: Draft, indices: tuple[int, ...], lines: tuple[DraftLine, ...]) -> Draft:
    if not indices:
        return _added(draft, lines, more=False)
    first = min(indices)
    kept = [(i, line) for i, line in enumerate(draft.lines) if i not in indices]
    result = [line for i, line in kept if i < first]
    after = [line for i, line in kept if i > first]
    for line in lines:
        for others in (result, after):
            index = next((i for i, old in enumerate(others) if _same_thing(old, line)), None)
            if index is not None:
                others[index] = _merged(others[index], line, more=True)
                break
        else:
            result.append(line)
    everything = (*result, *after)
    return Draft(everything, cancelled=not everything, called_off=draft.lines if not everything else (), wanted=True)


def _same_thing(old: DraftLine, new: DraftLine) -> bool:
    if old.group is None or new.group is None:
        return old.group is new.group and old.text.casefold() == new.text.casefold()
    is_alike = bool(old.rivals) == bool(new.rivals) and (not old.rivals or old.options == new.options)
    return old.group == new.group and old.skus == new.skus and is_alike


def _merged(old: DraftLine, new: DraftLine, *, more: bool) -> DraftLine:
    is_silent = not new.said_quantity and new.quantity == 1 and old.said_quantity  # named again, and not counted
    quantity = old.quantity + new.quantity if more else old.quantity if is_silent else new.quantity
    evidence = tuple(dict.fromkeys((*old.evidence, *new.evidence)))
    return new._replace(
        group=old.group,
        quantity=quantity,
        text=old.text,
        options={**old.options, **new.options},
        evidence=evidence,
        features={**old.features, **new.features},
        said_quantity=old.said_quantity or new.said_quantity,
    )
