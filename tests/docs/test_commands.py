"""Commands in the documentation exist, with the options that they are shown with, and every command is documented."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from api.cli import app
from tests.docs.pages import PAGES, ROOT, blocks, name

COMMANDS = typer.main.get_group(app).commands
SATYASELL = re.compile(r"(?:^|&& |[`$/])satyasell ((?:[^`\n\\&]|\\\n)+)", re.MULTILINE)
MAKE = re.compile(r"(?:^\$ |`)make ([a-z]+)", re.MULTILINE)
TARGETS = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def satyasell_commands(page: Path) -> Iterator[list[str]]:
    """The words after `satyasell` of each command on a page."""
    text = page.read_text(encoding="utf-8")
    for shown in SATYASELL.findall(text):
        with_options = shown.replace("\\\n", " ").partition(" | ")[0].partition("  #")[0]
        yield shlex.split(with_options.replace("…", ""))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_is_shown_exists_with_its_options(page: Path) -> None:
    for word, *arguments in satyasell_commands(page):
        if word.startswith("-"):
            continue
        assert word in COMMANDS
        known = {option for parameter in COMMANDS[word].params for option in parameter.opts} | {"--help"}
        shown = {argument.partition("=")[0] for argument in arguments if argument.startswith("--")}
        assert shown <= known


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_target_that_is_shown_exists(page: Path) -> None:
    assert set(MAKE.findall(page.read_text(encoding="utf-8"))) <= set(TARGETS)


def test_every_command_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert [word for word in COMMANDS if f"| `satyasell {word}` |" not in index] == []


def test_no_page_has_a_block_that_never_ends() -> None:
    for page in PAGES:
        fences = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("```")]
        assert len(fences) == 2 * len(list(blocks(page))), name(page)
