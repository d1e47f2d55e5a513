"""How many published cases of Recognizers-Text are read right: `python -m training.recognizers --errors 10`.

Its cases hold every number of general prose. Counted are those that an order can need; `_REASONS` says what is left
out and why, and the command how many for each reason.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from training.command import run
from training.public_data import PUBLIC

FILES = {
    "Number_English_NumberModel": "English numbers",
    "Number_Hindi_NumberModel": "Hindi numbers",
    "NumberWithUnit_English_DimensionModel": "English dimensions",
}
_MOST = Decimal(1_000_000_000)
_QUARTER = Decimal("0.25")
_UNITS = {
    "Kilogram": "kg", "Gram": "g", "Milligram": "mg", "Liter": "L", "Milliliter": "ml", "Meter": "m",
    "Centimeter": "cm", "Millimeter": "mm", "Inch": "inch", "Foot": "ft", "Ounce": "oz", "Pound": "lb",
}  # fmt: skip
_EVERYDAY = tuple(code for code, language in languages().items() if language.always)

Reading: TypeAlias = list[tuple[Decimal, str]]  # each number with its unit, "" where none is asked for
Result: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why shopping does not need a case: `applies` is asked for the text and one of its numbers."""

    what: str
    applies: Callable[[str, Result], bool]


def _matches(pattern: str) -> Callable[[str, Result], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda _, result: compiled.search(result["Text"]) is not None


def _value(result: Result) -> Decimal:
    return Decimal(result["Resolution"]["value"])


def _is_of_other_unit(_: str, result: Result) -> bool:
    unit = result["Resolution"].get("unit")
    return unit is not None and (unit not in _UNITS or result["Resolution"]["value"] is None)


def _is_of_two_units(_: str, result: Result) -> bool:
    return "unit" in result["Resolution"] and len(re.findall(r"\d+ ?[a-z]+", result["Text"])) > 1


_REASONS = (
    Reason("units in which shops sell nothing: miles, acres, angles, bits, spoons", _is_of_other_unit),
    Reason("two units in one measure: 5 feet 2 inches", _is_of_two_units),
    Reason(
        "powers and finance's letters: 1.3x10^6, 1e10, 10G, 1MM",
        lambda _, result: (
            re.search(r"\^|\de[+-]?\d|\d ?(?:[GMTb]|MM|mil|bln|tln)$", result["Text"], re.IGNORECASE) is not None
            and "unit" not in result["Resolution"]
        ),
    ),
    Reason("less than nothing", lambda _, result: _value(result) < 0),
    Reason("a hundred crore (a billion) and more", lambda _, result: _value(result) >= _MOST),
    Reason("shares and ratios: one out of three, 1 over 21, एक बटा तीन", _matches(r"\b(?:over|out of|in)\b|बट[ाे]|में से")),
    Reason(
        "fractions that no scale shows: thirds, fifths, पाँचवाँ भाग",
        lambda _, result: (
            result["Resolution"].get("subtype") == "fraction" and _value(result) % _QUARTER != 0
        ) or re.search(r"\w{3,}(?<!four)ths?\b|व(?:ां|ाँ|ीं|ें)$|ाँचवा$|\bfirsts?\b|तिहाई", result["Text"]) is not None,
    ),
    Reason(
        "digits parted by spaces (to a shop '2 500 g' is two of 500 g) or a decimal comma in English or Hindi",
        _matches(r"^\d{1,3}(?:[ \u202f]\d{3})+\b|^\d+,\d{1,2}$|^\d{1,3}(?:\.\d{3})+,"),
    ),
    Reason("parts of an address in the network", lambda text, _: re.search(r"\d+(?:\.\d+){3}", text) is not None),
)  # fmt: skip
_WITH_UNIT = Reason("no number to them, a measure or a date to a shop: 180ml, May 4th", lambda text, _: bool(text))
_UNIT_GLUED = re.compile(r"\d ?(?:ml|मिलि|एमएल|एम\.एल|km|किमी|मि|m\b|th\b|थे)")


@dataclass(frozen=True)
class Case:
    """A published text and the numbers in it."""

    text: str
    expected: Reading


@dataclass(frozen=True)
class Share:
    """How the cases of one file went: `reasons` counts those that shopping does not need."""

    name: str
    right: int
    wrong: tuple[tuple[Case, Reading], ...]
    reasons: Counter[str]

    @property
    def needed(self) -> int:
        """How many cases were counted."""
        return self.right + len(self.wrong)

    @property
    def left_out(self) -> int:
        """How many cases were not."""
        return self.reasons.total()

    @property
    def value(self) -> float:
        """The share read right, 0..1; 0 where no case was counted."""
        return self.right / self.needed if self.needed else 0.0


def read_share(path: Path) -> Share:
    """The share of a file's cases that the engine reads right."""
    with_units = "Dimension" in path.name
    reasons: Counter[str] = Counter()
    needed: list[Case] = []
    for one in json.loads(path.read_text(encoding="utf-8-sig")):
        if reason := _reason(one, with_units):
            reasons[reason.what] += 1
        else:
            needed.append(Case(one["Input"], [_expected(result) for result in one["Results"]]))
    readings = [(case, _read(case.text, with_units)) for case in needed]
    wrong = tuple((case, found) for case, found in readings if found != case.expected)
    return Share(path.stem, len(needed) - len(wrong), wrong, reasons)


def _reason(one: Mapping[str, Any], with_units: bool) -> Reason | None:
    """Why shopping does not need a case; None where it does."""
    text = one["Input"]
    if not one["Results"] and not with_units and _UNIT_GLUED.search(text):
        return _WITH_UNIT
    found = ((reason, result) for result in one["Results"] for reason in _REASONS)
    return next((reason for reason, result in found if reason.applies(text, result)), None)


def _expected(result: Result) -> tuple[Decimal, str]:
    return _value(result), _UNITS.get(result["Resolution"].get("unit", ""), "")


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
    folder: Annotated[Path, typer.Option(help="Folder with the published JSON files.")] = PUBLIC / "recognizers",
    errors: Annotated[int, typer.Option(help="Show the first N wrong cases of each file.")] = 0,
) -> None:
    """Print, for each file of numbers and dimensions, the share of cases read right."""
    for name in FILES:
        share = read_share(folder / f"{name}.json")
        typer.echo(f"{share.name}: {share.right} of {share.needed} = {share.value:.3f} ({share.left_out} left out)")
        for what, count in share.reasons.most_common():
            typer.echo(f"  left out {count}: {what}")
        for case, found in share.wrong[:errors]:
            typer.echo(f"  {case.text!r}: {_shown(found)} instead of {_shown(case.expected)}")


def _shown(reading: Reading) -> str:
    return ", ".join(f"{value:f} {unit}".strip() for value, unit in reading) or "nothing"


if __name__ == "__main__":
    run(main)
