"""Collects the rows of a file into variants: one SKU once, a product's aliases on all its variants."""

from dataclasses import dataclass, replace
from enum import StrEnum

from engine.catalog import Variant
from engine.catalog_file.cells import Cells
from engine.catalog_file.problem import Problem


class CatalogFormat(StrEnum):
    """Whose layout a catalogue file has."""

    META = "meta"
    SHOPIFY = "shopify"


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """What a file holds: the variants of its good rows, and the problems of the bad ones.

    `left_out` counts the rows that are well formed but not for sale (archived, draft). `format` is
    None where the file is no catalogue.
    """

    variants: tuple[Variant, ...]
    problems: tuple[Problem, ...] = ()
    format: CatalogFormat | None = None
    left_out: int = 0


class CatalogBuilder:
    """Takes rows in the file's order; `build` gives the file's content."""

    def __init__(self, layout: CatalogFormat) -> None:
        self._format = layout
        self._lines: dict[str, int] = {}
        self._variants: list[Variant] = []
        self._problems: list[Problem] = []
        self._product_aliases: dict[str, dict[str, None]] = {}
        self._left_out = 0

    def add(self, variant: Variant, cells: Cells, sku_column: str, product_aliases: tuple[str, ...]) -> None:
        """Keep the variant of a row, unless the row has problems or its SKU was there before."""
        first = self._lines.get(variant.sku) if variant.sku else None
        if first is not None:
            cells.blame(sku_column, f"the SKU {variant.sku!r} is already in line {first}; a SKU must be unique")
        if cells.problems:
            self._problems += cells.problems
            return
        self._lines[variant.sku] = cells.line
        self._variants.append(variant)
        if product_aliases:
            known = self._product_aliases.setdefault(variant.item_group_id, {})
            known.update(dict.fromkeys(product_aliases))

    def reject(self, problem: Problem) -> None:
        """Note a row of which nothing can be kept."""
        self._problems.append(problem)

    def leave_out(self) -> None:
        """Count a row that is not for sale."""
        self._left_out += 1

    def build(self) -> CatalogFile:
        """Everything that was added."""
        variants = tuple(map(self._with_product_aliases, self._variants))
        return CatalogFile(variants, tuple(self._problems), self._format, self._left_out)

    def _with_product_aliases(self, variant: Variant) -> Variant:
        shared = self._product_aliases.get(variant.item_group_id)
        if not shared:
            return variant
        return replace(variant, aliases=tuple(dict.fromkeys((*variant.aliases, *shared))))
