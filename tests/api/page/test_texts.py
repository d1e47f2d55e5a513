"""The page says the same things in each language."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).parents[3] / "dashboard" / "src"
ENGLISH = sorted((SOURCES / "i18n" / "en").glob("*.json"))
PLURALS = re.compile(r"_(zero|one|two|few|many|other)$")


def texts(path: Path) -> dict[str, str]:
    """All texts of a file by their names: `login.title`."""

    def walk(value: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - any JSON
        if isinstance(value, str):
            return {name: value}
        return {key: text for part, inner in value.items() for key, text in walk(inner, f"{name}.{part}").items()}

    return walk(json.loads(path.read_text(encoding="utf-8")), path.stem)


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_hindi_says_all_that_english_says(path: Path) -> None:
    english, hindi = texts(path), texts(SOURCES / "i18n" / "hi" / path.name)
    assert {PLURALS.sub("", name) for name in hindi} == {PLURALS.sub("", name) for name in english}


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_both_languages_fill_in_the_same_words(path: Path) -> None:
    english, hindi = texts(path), texts(SOURCES / "i18n" / "hi" / path.name)

    def blanks(text: str) -> set[str]:
        return set(re.findall(r"{{\s*(\w+)", text)) - {"count"}

    assert {name: blanks(english[name]) for name in english.keys() & hindi} == {
        name: blanks(hindi[name]) for name in english.keys() & hindi
    }
