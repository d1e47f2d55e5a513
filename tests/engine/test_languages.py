"""Every language folder's examples, found by folder: a new language needs nothing here."""

import re
import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from engine.conversation import Message, Sender
from engine.extraction.detail.vocabulary import words_around
from engine.extraction.number import NumberKind
from engine.extraction.utterance import Annotator, Utterance
from engine.language import Lexicon, languages, lexicon
from engine.language.language import SECTIONS, read_language
from engine.language.lexicon import spoken
from engine.text import fold

FOLDERS = {code: files("engine.language") / code for code in languages()}
EVERYDAY = tuple(code for code, language in languages().items() if language.always)
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to-add-a-language.md"
LISTS = {"words", "packs", "times", "details", "homographs"}


def examples_of(code: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((FOLDERS[code] / "examples.toml").read_text(encoding="utf-8"))["example"])


ALL = [(code, example) for code in FOLDERS for example in examples_of(code)]


def reading_of(text: str, codes: tuple[str, ...]) -> Utterance:
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    return Annotator(lambda _: False).read(message, Lexicon.of(codes))


def codes_of(examples: list[dict[str, Any]]) -> tuple[str, ...]:
    """The languages that the examples, taken together as one chat, are read in."""
    return spoken(token.word for example in examples for token in reading_of(example["text"], EVERYDAY).tokens)


def check(example: dict[str, Any], codes: tuple[str, ...]) -> None:
    utterance = reading_of(example["text"], codes)
    quantities = [
        f"{number.quantity.normalize():f}" + (f" {number.unit}" if number.unit else "")
        for number in utterance.numbers
        if number.kind in {NumberKind.BARE, NumberKind.MEASURE, NumberKind.COUNT}
    ]
    prices = [f"{number.value:f}" for number in utterance.numbers if number.kind is NumberKind.PRICE]
    assert quantities == example.get("numbers", quantities)
    assert prices == example.get("prices", prices)
    for role, expected in example.get("roles", {}).items():
        tags = [tag for tag in utterance.tags.all if tag.role.value == role]
        words = [" ".join(token.word for token in utterance.tokens[tag.start : tag.end]) for tag in tags]
        said = {*words, *(fold(tag.value) for tag in tags)}
        missing = [one for one in expected if not any(f" {fold(one)} " in f" {phrase} " for phrase in said)]
        assert not missing, f"{role} of {example['text']!r}: {missing} not in {sorted(said)}"


@pytest.mark.parametrize(("code", "example"), ALL, ids=[f"{code}: {e['text']}" for code, e in ALL])
def test_example_is_read(code: str, example: dict[str, Any]) -> None:
    check(example, codes_of(examples_of(code)))


@pytest.mark.parametrize("code", FOLDERS)
def test_language_is_recognized_by_its_own_examples(code: str) -> None:
    assert code in codes_of(examples_of(code))


@pytest.mark.parametrize("code", EVERYDAY)
def test_everyday_chats_switch_on_no_other_language(code: str) -> None:
    assert codes_of(examples_of(code)) == EVERYDAY


@pytest.mark.parametrize("code", FOLDERS)
def test_examples_show_what_a_language_can_do(code: str) -> None:
    shown = {role for example in examples_of(code) for role in example.get("roles", {})}
    assert {"give", "want", "remove", "change", "yes", "not", "color", "goods"} <= shown
    assert any("numbers" in example for example in examples_of(code))


@pytest.mark.parametrize("code", FOLDERS)
def test_no_word_has_two_values_in_one_section(code: str) -> None:
    data = tomllib.loads((FOLDERS[code] / "words.toml").read_text(encoding="utf-8"))
    twice = {}
    for section in SECTIONS - LISTS:
        values = defaultdict(set)
        for value, spellings in data.get(section, {}).items():
            for spelling in spellings:
                values[fold(spelling)].add(value)
        known = {fold(word) for word in data.get("homographs", {}).get(section, ())}
        twice[section] = {word: found for word, found in values.items() if len(found) > 1 and word not in known}
    assert not any(twice.values()), twice


def test_language_that_leads_keeps_its_words_to_itself() -> None:
    codes = spoken(["me", "manda", "once", "playeras", "negras", "y", "una", "blusa", "sin", "mangas", "porfa"])
    assert codes == ("es", "en")
    roles = {tag.role.value for tag in Lexicon.of(codes).tags(["once"])}
    assert roles == {"number"}


def test_hindi_stays_beside_a_language_that_mixes_it() -> None:
    assert spoken(["don", "kilo", "kanda", "pathva", "ani", "udya", "sakali", "dya"]) == ("mr", "en", "hi")


def test_everyday_language_that_nobody_speaks_goes_unread() -> None:
    said = "hello could you send ten small fir trees please and that would be all thank you very much".split()
    assert spoken(said, {"fir", "trees"}.__contains__) == ("en",)
    assert spoken([*said, "bhaiya"], {"fir", "trees"}.__contains__) == ("en", "hi")
    assert spoken([*said, "dal"], {"fir", "dal"}.__contains__) == ("en", "hi")


def test_misspelt_section_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "words.toml").write_text('name = "X"\n[colours]\nred = ["ruj"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="unknown colours; known are"):
        read_language(folder)


def test_misspelt_kind_of_details_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "details.toml"
    path.write_text('[cue]\nadress = ["anwani"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"unknown adress in \[cue\]; known are"):
        list(words_around(path))


def test_language_of_the_how_to_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words, examples, details = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    folder = tmp_path / "sw"
    folder.mkdir()
    (folder / "words.toml").write_text(words, encoding="utf-8")
    (folder / "details.toml").write_text(details, encoding="utf-8")
    assert ("kesho", "day.tomorrow", "kesho") in words_around(folder / "details.toml")
    with_it = {**languages(), "sw": read_language(folder)}
    monkeypatch.setattr(lexicon, "languages", lambda: with_it)
    written = tomllib.loads(examples)["example"]
    codes = codes_of(written)
    assert codes == ("sw", "en")
    for example in written:
        check(example, codes)
