"""Pack sizes as amounts that can be compared and added up."""

import re
from dataclasses import dataclass
from decimal import Decimal

# canonical unit -> (dimension, how many base units)
_BASE = {
    "kg": ("g", Decimal(1000)), "g": ("g", Decimal(1)), "mg": ("mg", Decimal(1)), "L": ("ml", Decimal(1000)), "ml": ("ml", Decimal(1)),
    "m": ("cm", Decimal(100)), "cm": ("cm", Decimal(1)), "mm": ("mm", Decimal(1)), "inch": ("inch", Decimal(1)), "ft": ("ft", Decimal(1)),
    "oz": ("oz", Decimal(1)), "lb": ("oz", Decimal(16)), "dozen": ("pc", Decimal(12)), "pc": ("pc", Decimal(1)),
}  # fmt: skip
PACK = "pack:"  # begins the dimension of containers: "pack:bag"
_ADDITIVE = frozenset({"g", "ml", "cm", "oz", "pc"})


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


_SIZE = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>[a-zA-Z]+)\b")
_PACK_OF = re.compile(r"\b(?:pack|box|set|tray|combo|caja|kit|pct|isi|pacote|paquete|caixa)\s*(?:of|de|com|con|isi)?\s*(?P<value>\d+)|(?P<value2>\d+)\s*(?:pcs?|pieces?|nos|un|uds?|pz|biji|pzas?|unid\w*|tabs?|tablets?|capsules?)\b", re.IGNORECASE)  # fmt: skip
_SPELLINGS = {
    "kg": "kg", "kgs": "kg", "kilo": "kg", "g": "g", "gm": "g", "gms": "g", "gram": "g", "grams": "g", "gr": "g", "mg": "mg", "l": "L", "ltr": "L",
    "litre": "L", "liter": "L", "litres": "L", "ml": "ml", "m": "m", "mtr": "m", "meter": "m", "metre": "m", "cm": "cm", "mm": "mm", "inch": "inch", "in": "inch",
    "inches": "inch", "ft": "ft", "oz": "oz", "lb": "lb", "w": "W", "a": "A", "amp": "A", "v": "V", "gb": "GB", "tb": "TB", "mah": "mAh", "dozen": "dozen",
}  # fmt: skip


def parse_size(text: str) -> Measure | None:
    """The amount that a size column names, or None where it names none ("XL", "iPhone 13").

    >>> parse_size("500 g").amount, parse_size("1.5 kg").amount, parse_size("dozen"), parse_size("XL")
    (Decimal('500'), Decimal('1500.0'), Measure(amount=Decimal('12'), dimension='pc'), None)
    """
    folded = text.strip().casefold()
    if folded == "dozen":
        return Measure(Decimal(12), "pc")
    for match in _SIZE.finditer(folded):
        if unit := _SPELLINGS.get(match["unit"]):
            return Measure.of(Decimal(match["value"]), unit)
    if match := _PACK_OF.search(folded):
        return Measure(Decimal(match["value"] or match["value2"]), "pc")
    return None


def fewest_packs(amount: Decimal, sizes: list[Decimal], most: int = 500) -> dict[Decimal, int] | None:
    """The fewest packs of `sizes` that sum exactly to `amount`, as counts by size; None if none do.

    Ties go to the larger packs. `most` bounds the number of packs.

    >>> fewest_packs(Decimal(1500), [Decimal(500), Decimal(1000)])
    {Decimal('1000'): 1, Decimal('500'): 1}
    >>> fewest_packs(Decimal(700), [Decimal(500), Decimal(1000)]) is None
    True
    """
    sizes = sorted(set(sizes), reverse=True)
    best: dict[Decimal, tuple[int, Decimal | None]] = {Decimal(0): (0, None)}
    frontier = [Decimal(0)]
    for packs in range(1, most + 1):
        reached = []
        for total in frontier:
            for size in sizes:
                new = total + size
                if new <= amount and new not in best:
                    best[new] = (packs, size)
                    reached.append(new)
        if amount in best or not reached:
            break
        frontier = reached
    if amount not in best or amount == 0:
        return None
    counts: dict[Decimal, int] = {}
    while amount:
        size = best[amount][1] or amount
        counts[size] = counts.get(size, 0) + 1
        amount -= size
    return dict(sorted(counts.items(), reverse=True))
