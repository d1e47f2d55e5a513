"""How the share of published number cases is counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.recognizers import read_share


def result(text: str, value: str, **more: str) -> dict[str, Any]:
    return {"Text": text, "Resolution": {"value": value, **more}}


def cases_file(folder: Path, name: str, *cases: tuple[str, list[dict[str, Any]]]) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps([{"Input": text, "Results": results} for text, results in cases]), encoding="utf-8")
    return path


def test_share_is_of_the_cases_that_shopping_needs(tmp_path: Path) -> None:
    path = cases_file(
        tmp_path,
        "Number_English_NumberModel",
        ("seventy", [result("seventy", "70", subtype="integer")]),
        ("one and a fourth", [result("one and a fourth", "1.25", subtype="fraction")]),
        ("a zillion", [result("zillion", "7", subtype="integer")]),
        ("nothing at all", []),
        ("two thirds", [result("two thirds", "0.666666666666667", subtype="fraction")]),
        ("twenty fifths", [result("twenty fifths", "4", subtype="fraction")]),
        ("-4", [result("-4", "-4", subtype="integer")]),
        ("1.1^23", [result("1.1^23", "8.95430243255239", subtype="power")]),
        ("1 over 4", [result("1 over 4", "0.25", subtype="fraction")]),
        ("the 180ml liquid", []),
    )
    share = read_share(path)
    assert (share.right, share.needed, share.left_out, share.value) == (3, 4, 6, 0.75)
    assert [case.text for case, _ in share.wrong] == ["a zillion"]
    assert sorted(share.reasons.values()) == [1, 1, 1, 1, 2]


def test_dimension_is_right_with_its_unit(tmp_path: Path) -> None:
    path = cases_file(
        tmp_path,
        "NumberWithUnit_English_DimensionModel",
        ("about 17 cm", [result("17 cm", "17", unit="Centimeter")]),
        ("about 18 cm", [result("18 cm", "18", unit="Inch")]),
        ("I'm tired", []),
        ("9 barrels", [result("9 barrels", "9", unit="Barrel")]),
        ("5 ft 2 in", [result("5 ft 2 in", "5.1667", unit="Foot")]),
    )
    share = read_share(path)
    assert (share.right, share.needed, share.left_out) == (2, 3, 2)


@pytest.mark.parametrize("text", ["डेढ़", "सवा"])
def test_hindi_fraction_is_needed(tmp_path: Path, text: str) -> None:
    path = cases_file(tmp_path, "Number_Hindi_NumberModel", (text, [result(text, "1.5" if text == "डेढ़" else "1.25")]))
    assert read_share(path).value == 1
