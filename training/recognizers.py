"""How many published cases of Recognizers-Text are read right: `python -m training.recognizers --errors 10`.

Its cases hold every number of general prose. Those are counted that an order can need: integers, decimals and
fractions below a crore (ten million), of units in which goods are sold. Powers, negative numbers, fractions as at
school ("five hundredths", "one over twenty") and those that no scale shows (thirds) are left out, and so are texts
without a number: "180ml" is none to the number recognizer, yet a quantity to a shop.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from engine.conversation import Message, Sender
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Annotator
from engine.language import Lexicon, languages

CASES = Path(__file__).resolve().parents[2] / "shared" / "benchmark" / "public" / "recognizers"
_CRORE = Decimal(10_000_000)
_DIGITS = 3  # after the point: more says no scale
_AS_AT_SCHOOL = re.compile(
    r"\^|\b(?:over|out of)\b|ths?\b|बट[ाे]|"
    r"(?<![\u0900-\u097f])(?!सा?वा)[\u0900-\u097f]+व(?:ां|ाँ|ीं|ें|ा)(?![\u0900-\u097f])",
    re.IGNORECASE,
)
_UNITS = {
    "Kilogram": "kg", "Gram": "g", "Milligram": "mg", "Liter": "L", "Milliliter": "ml", "Meter": "m",
    "Centimeter": "cm", "Millimeter": "mm", "Inch": "inch", "Foot": "ft", "Ounce": "oz", "Pound": "lb",
}  # fmt: skip
_EVERYDAY = tuple(code for code, language in languages().items() if language.always)

Reading: TypeAlias = list[tuple[Decimal, str]]  # each number with its unit, "" where none is asked for


@dataclass(frozen=True)
class Case:
    """A published text and the numbers in it."""

    text: str
    expected: Reading


@dataclass(frozen=True)
class Share:
    """How the cases of one file went: `left_out` are those that shopping does not need."""

    name: str
    right: int
    wrong: tuple[tuple[Case, Reading], ...]
    left_out: int

    @property
    def needed(self) -> int:
        """How many cases were counted."""
        return self.right + len(self.wrong)

    @property
    def value(self) -> float:
        """The share read right, 0..1; 0 where no case was counted."""
        return self.right / self.needed if self.needed else 0.0


def read_share(path: Path) -> Share:
    """The share of a file's cases that the engine reads right."""
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    needed = [case for one in cases if (case := _case(one)) is not None]
    with_units = "Dimension" in path.name
    readings = [(case, _read(case.text, with_units)) for case in needed]
    wrong = tuple((case, found) for case, found in readings if found != case.expected)
    return Share(path.stem, len(needed) - len(wrong), wrong, len(cases) - len(needed))


def _case(one: Mapping[str, Any]) -> Case | None:
    """The case as shopping sees it, or None where it does not need it."""
    if _AS_AT_SCHOOL.search(" ".join(result["Text"] for result in one["Results"])):
        return None
    expected = [_expected(result) for result in one["Results"]]
    kept = [one for one in expected if one is not None]
    return Case(one["Input"], kept) if kept and len(kept) == len(expected) else None


def _expected(result: Mapping[str, Any]) -> tuple[Decimal, str] | None:
    resolution = result["Resolution"]
    unit = resolution.get("unit", "")
    if resolution.get("subtype") == "power" or (unit and unit not in _UNITS) or resolution["value"] is None:
        return None
    value = Decimal(resolution["value"])
    if not 0 <= value < _CRORE or -int(value.normalize().as_tuple().exponent) > _DIGITS:
        return None
    return value, _UNITS.get(unit, "")


def _read(text: str, with_units: bool) -> Reading:
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    numbers = Annotator(lambda _: False).read(message, Lexicon.of(_EVERYDAY)).numbers
    return list(_found(numbers, with_units))


def _found(numbers: Sequence[Number], with_units: bool) -> Iterator[tuple[Decimal, str]]:
    for number in numbers:
        if not with_units:
            yield number.quantity, ""
        elif number.kind is NumberKind.MEASURE and number.unit in _UNITS.values():
            yield number.value, number.unit or ""


def main(
    folder: Annotated[Path, typer.Option(help="Folder with the published JSON files.")] = CASES,
    errors: Annotated[int, typer.Option(help="Show the first N wrong cases of each file.")] = 0,
) -> None:
    """Print, for each file of numbers and dimensions, the share of cases read right."""
    for name in ("Number_English_NumberModel", "Number_Hindi_NumberModel", "NumberWithUnit_English_DimensionModel"):
        share = read_share(folder / f"{name}.json")
        typer.echo(f"{share.name}: {share.right} of {share.needed} = {share.value:.3f} ({share.left_out} left out)")
        for case, found in share.wrong[:errors]:
            typer.echo(f"  {case.text!r}: {_shown(found)} instead of {_shown(case.expected)}")


def _shown(reading: Reading) -> str:
    return ", ".join(f"{value:f} {unit}".strip() for value, unit in reading) or "nothing"


if __name__ == "__main__":
    typer.run(main)
