"""One item that names several values of an option: a wish for each."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.catalog_match.option import Fits
from engine.catalog_match.value import Chosen
from engine.clause.wish import Wish


def counted(wishes: Sequence[Wish], counts: Sequence[Decimal]) -> list[Wish]:
    """ "2 short 1 long", "indigo 5 mustard 2": of as many numbers as values, each counts its own."""
    if len(wishes) < 2 or len(counts) != len(wishes):
        return list(wishes)
    return [wish._replace(quantity=count) for wish, count in zip(wishes, counts, strict=True)]


def apart(wish: Wish, fits: Fits) -> list[Wish]:
    """One wish for each value where different words name several values of one option ("red aur blue").

    Where as many values of another option are said, one beside each, they go together: "red M, blue L".
    """
    several = {name: apart for name in wish.options if len(apart := fits.apart(name)) > 1}
    if not several:
        return [wish]
    first, *others = several
    beside = [name for name in others if _are_beside(several[first], several[name])]
    told = zip(*(several[name] for name in (first, *beside)), strict=True)
    return [with_values(wish, dict(zip((first, *beside), values, strict=True))) for values in told]


def _are_beside(ones: Sequence[Chosen], others: Sequence[Chosen]) -> bool:
    """Whether values of two options are said in turn: "red M, blue L"."""
    in_turn = [min(c.positions) for pair in zip(ones, others, strict=False) for c in sorted(pair, key=_first)]
    return len(ones) == len(others) and in_turn == sorted(in_turn)


def _first(chosen: Chosen) -> int:
    return min(chosen.positions)


def with_values(wish: Wish, chosen: Mapping[str, Chosen]) -> Wish:
    """A wish with these values of its options."""
    return wish._replace(
        options={**wish.options, **{name: fit.values for name, fit in chosen.items()}},
        told={**wish.told, **{name: tuple(sorted(fit.positions)) for name, fit in chosen.items()}},
    )
