"""Pack sizes as amounts that can be compared and added up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from engine.catalog_match.pieces import pieces_of
from engine.language import Role, languages
from engine.text import fold

# canonical unit -> (dimension, how many base units)
_BASE = {
    "kg": ("g", Decimal(1000)), "g": ("g", Decimal(1)), "mg": ("mg", Decimal(1)),
    "L": ("ml", Decimal(1000)), "ml": ("ml", Decimal(1)),
    "m": ("cm", Decimal(100)), "cm": ("cm", Decimal(1)), "mm": ("mm", Decimal(1)),
    "inch": ("inch", Decimal(1)), "ft": ("ft", Decimal(1)), "oz": ("oz", Decimal(1)), "lb": ("oz", Decimal(16)),
    "dozen": ("pc", Decimal(12)), "pc": ("pc", Decimal(1)), "tab": ("pc", Decimal(1)),
}  # fmt: skip
PACK = "pack:"  # begins the dimension of containers: "pack:bag"
_ADDITIVE = frozenset({"g", "ml", "cm", "yard", "oz", "pc"})


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in base units of a dimension: 1 kg is 1000 of "g", a dozen 12 of "pc", 6 inch 6 of "inch"."""

    amount: Decimal
    dimension: str

    @classmethod
    def of(cls, value: Decimal, unit: str) -> "Measure":
        """An amount of a canonical unit; units that do not convert are dimensions of their own."""
        dimension, factor = _BASE.get(unit, (unit, Decimal(1)))
        return cls(value * factor, dimension)

    @property
    def is_additive(self) -> bool:
        """Whether packs of it make up a larger amount: two 500 g are 1 kg, two 6 inch pots are no 12 inch pot."""
        return self.dimension in _ADDITIVE or self.dimension.startswith(PACK)


_SIZE = re.compile(
    r"(?<![\d./])(?:(?:(?P<whole>\d+)[\s-]+)?(?P<over>\d+)/(?P<under>[1-9]\d*)|(?P<value>\d+(?:\.\d+)?))"
    r"\s*(?P<unit>[^\W\d_][^\s\d.,;:/()+*-]*)"
)
_PIECES = re.compile(
    r"\b(?:pack|box|set|tray|combo|caja|kit|pct|isi|pacote|paquete|caixa)\s*(?:of|de|com|con|isi)?\s*(?P<inside>\d+)"
    r"|(?P<said>\d+)\s*(?:pcs?|pieces?|nos|un|uds?|pz|biji|pzas?|unid\w*|tabs?|tablets?|capsules?)\b"
)
_SPELLINGS = {
    "kg": "kg", "kgs": "kg", "kilo": "kg", "g": "g", "gm": "g", "gms": "g", "gram": "g", "grams": "g", "gr": "g",
    "kilos": "kg", "kilogram": "kg", "kilograms": "kg", "grm": "g", "grms": "g",
    "mg": "mg", "l": "L", "ltr": "L", "ltrs": "L", "litre": "L", "liter": "L", "litres": "L", "liters": "L", "ml": "ml",
    "m": "m", "mtr": "m", "mtrs": "m", "meter": "m", "metre": "m", "meters": "m", "metres": "m", "cm": "cm", "mm": "mm",
    "inch": "inch", "in": "inch", "inches": "inch", "ft": "ft", "feet": "ft", "foot": "ft",
    "oz": "oz", "ounce": "oz", "ounces": "oz", "lb": "lb", "lbs": "lb",
    "w": "W", "watt": "W", "watts": "W", "a": "A", "amp": "A", "amps": "A", "v": "V", "volt": "V", "volts": "V",
    "gb": "GB", "tb": "TB", "mah": "mAh", "dozen": "dozen",
    "page": "page", "pages": "page", "pg": "page", "yard": "yard", "yards": "yard", "yd": "yard", "yds": "yard",
    "sq": "sqmm", "sqmm": "sqmm",
}  # fmt: skip

_NAMED_PIECES = {"dozen": 12, "piece": 1, "per piece": 1, "single piece": 1, "satuan": 1, "unidad": 1, "unidade": 1}


@lru_cache(maxsize=4096)
def parse_size(text: str) -> Measure | None:
    """The amount that a size column names, or None where it names none ("XL", "iPhone 13").

    >>> parse_size("500 g").amount, parse_size("1.5 kg").amount, parse_size("dozen"), parse_size("XL")
    (Decimal('500'), Decimal('1500.0'), Measure(amount=Decimal('12'), dimension='pc'), None)
    >>> parse_size("1 litro") == parse_size("1 L"), parse_size("2 किलो").amount
    (True, Decimal('2000'))
    >>> parse_size("3/4 inch"), parse_size("1 1/2 inch").amount
    (Measure(amount=Decimal('0.75'), dimension='inch'), Decimal('1.5'))
    """
    folded = text.strip().casefold()
    if (named := _NAMED_PIECES.get(folded)) is not None:
        return Measure(Decimal(named), "pc")
    for match in _SIZE.finditer(folded):
        if unit := _SPELLINGS.get(match["unit"]) or _spoken_units().get(fold(match["unit"])):
            return Measure.of(_value(match), unit)
    pieces = _PIECES.search(folded)
    inside = Decimal(pieces["inside"] or pieces["said"]) if pieces else pieces_of(folded)
    return Measure(inside, "pc") if inside else None


@cache
def _spoken_units() -> dict[str, str]:
    """The units as they are spelled in any language: "litro", "किलो"."""
    words = (word for language in languages().values() for word in language.words)
    return {said[0]: unit for said, role, unit in words if role is Role.UNIT and len(said) == 1}


def _value(match: re.Match[str]) -> Decimal:
    """The number of a size: "1.5", "3/4", "1 1/2"."""
    if match["value"]:
        return Decimal(match["value"])
    return Decimal(match["whole"] or 0) + Decimal(match["over"]) / Decimal(match["under"])


def fewest_packs(amount: Decimal, sizes: Iterable[Decimal], most: int = 500) -> dict[Decimal, int] | None:
    """The fewest packs of `sizes` that sum exactly to `amount`, as counts by size; None if none do.

    Ties go to the larger packs. `most` bounds the number of packs.

    >>> fewest_packs(Decimal(1500), [Decimal(500), Decimal(1000)])
    {Decimal('1000'): 1, Decimal('500'): 1}
    >>> fewest_packs(Decimal(700), [Decimal(500), Decimal(1000)]) is None
    True
    """
    last_pack = _last_packs(amount, sorted(set(sizes), reverse=True), most)
    if amount not in last_pack:
        return None
    counts: dict[Decimal, int] = {}
    while amount:
        size = last_pack[amount]
        counts[size] = counts.get(size, 0) + 1
        amount -= size
    return dict(sorted(counts.items(), reverse=True))


def _last_packs(amount: Decimal, sizes: Sequence[Decimal], most: int) -> dict[Decimal, Decimal]:
    """To each sum that is reached on the way to `amount`, with as few packs as can be, the pack that completes it."""
    last_pack: dict[Decimal, Decimal] = {}
    frontier = [Decimal(0)]
    for _ in range(most):
        reached = []
        for total in frontier:
            for size in sizes:
                new = total + size
                if new <= amount and new not in last_pack:
                    last_pack[new] = size
                    reached.append(new)
        if amount in last_pack or not reached:
            break
        frontier = reached
    return last_pack
